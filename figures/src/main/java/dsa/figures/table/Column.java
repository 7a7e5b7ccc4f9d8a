package dsa.figures.table;

/**
 * A column of a table.
 *
 * @param header its name
 * @param unit the unit of its numbers, such as {@code %}; empty for none
 * @param align where its cells stand
 * @param digits decimals of its fractional numbers in readable forms, at least 0; CSV has them all
 */
public record Column(String header, String unit, Align align, int digits) {

  /** Where cells stand in their column. */
  public enum Align {
    /** Words. */
    LEFT,
    /** Numbers. */
    RIGHT
  }

  /** Rejects a blank header and negative digits. */
  public Column {
    if (header.isBlank()) {
      throw new IllegalArgumentException("a column needs a header");
    }
    if (digits < 0) {
      throw new IllegalArgumentException("digits=" + digits + " < 0");
    }
  }

  /** A column of words. */
  public static Column text(String header) {
    return new Column(header, "", Align.LEFT, 0);
  }

  /** A column of whole numbers. */
  public static Column count(String header) {
    return new Column(header, "", Align.RIGHT, 0);
  }

  /** A column of numbers without unit, shown with {@code digits} decimals. */
  public static Column number(String header, int digits) {
    return new Column(header, "", Align.RIGHT, digits);
  }

  /** The same column with its numbers in {@code newUnit}. */
  public Column in(String newUnit) {
    return new Column(header, newUnit, align, digits);
  }

  /** Header and unit, as in {@code error (%)}. */
  public String title() {
    return unit.isEmpty() ? header : header + " (" + unit + ")";
  }
}
