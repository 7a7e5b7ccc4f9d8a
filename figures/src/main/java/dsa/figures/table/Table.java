package dsa.figures.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Rows of cells under columns with units; immutable. */
public final class Table {

  private final List<Column> columns;
  private final List<List<Optional<Object>>> rows;

  private Table(List<Column> columns, List<List<Optional<Object>>> rows) {
    this.columns = List.copyOf(columns);
    this.rows = List.copyOf(rows);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("a table needs a column");
    }
  }

  /** Collects rows; good for one table at a time and not for several threads. */
  public static final class Builder {

    private final List<Column> columns;
    private final List<List<Optional<Object>>> rows = new ArrayList<>();

    private Builder(List<Column> columns) {
      this.columns = List.copyOf(columns);
    }

    /**
     * Adds a row.
     *
     * @param cells one for each column: text, {@code int}, {@code long} or {@code double}, or an
     *     {@code Optional} of these, empty where there is nothing to show. Text is welcome in a
     *     column of numbers, as in {@code < 0.001}.
     */
    public Builder row(Object... cells) {
      if (cells.length != columns.size()) {
        throw new IllegalArgumentException(
            "a row of " + cells.length + " cells for " + columns.size() + " columns");
      }
      List<Optional<Object>> row = new ArrayList<>(cells.length);
      for (Object cell : cells) {
        row.add(content(cell));
      }
      rows.add(List.copyOf(row));
      return this;
    }

    /** The table of the rows so far. */
    public Table build() {
      return new Table(columns, rows);
    }

    private static Optional<Object> content(Object cell) {
      if (cell instanceof Optional<?> optional) {
        return optional.isPresent() ? content(optional.get()) : Optional.empty();
      }
      if (cell instanceof OptionalDouble optional) {
        return optional.isPresent() ? Optional.of(optional.getAsDouble()) : Optional.empty();
      }
      if (cell instanceof OptionalLong optional) {
        return optional.isPresent() ? Optional.of(optional.getAsLong()) : Optional.empty();
      }
      if (cell instanceof String || cell instanceof Double || cell instanceof Long) {
        return Optional.of(cell);
      }
      if (cell instanceof Integer whole) {
        return Optional.of(whole.longValue());
      }
      throw new IllegalArgumentException("a cell is text, a whole number or a double, not " + cell);
    }
  }

  /** A table of these columns, to be filled row by row. */
  public static Builder of(Column... columns) {
    return new Builder(List.of(columns));
  }

  /** The columns. */
  public List<Column> columns() {
    return columns;
  }

  /** How many rows. */
  public int size() {
    return rows.size();
  }

  /** A cell with its column's digits; empty text where there is nothing to show. */
  public String shown(int row, int column) {
    return rows.get(row)
        .get(column)
        .map(
            cell ->
                cell instanceof Double number
                    ? Decimals.fixed(number, columns.get(column).digits())
                    : cell.toString())
        .orElse("");
  }

  /** A cell with all its digits; empty text where there is nothing. */
  String exact(int row, int column) {
    return rows.get(row).get(column).map(Object::toString).orElse("");
  }
}
