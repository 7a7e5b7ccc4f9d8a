package dsa.figures;

import dsa.core.ForeignText;
import java.util.Optional;

/**
 * Named numbers of a figure. Series of one name belong together: they share colour, dash pattern
 * and legend entry. The subclasses say how the numbers are drawn.
 */
public abstract sealed class Series permits StepLine, Line, Band, Points, Histogram {

  private final String name;
  private final Optional<String> note;
  private final double[][] columns;

  Series(String name, Optional<String> note, double[]... columns) {
    this.name = oneLine(name);
    this.note = note.map(Series::oneLine);
    this.columns = columns.clone();
    for (int c = 0; c < columns.length; c++) {
      if (columns[c].length != columns[0].length) {
        throw new IllegalArgumentException(
            "series '"
                + name
                + "' has "
                + columns[0].length
                + " x but "
                + columns[c].length
                + " values");
      }
      this.columns[c] = columns[c].clone();
      for (double value : columns[c]) {
        if (!Double.isFinite(value)) {
          throw new IllegalArgumentException("series '" + name + "' holds " + value);
        }
      }
    }
    if (columns[0].length == 0) {
      throw new IllegalArgumentException("series '" + name + "' has no models to show");
    }
  }

  private static String oneLine(String text) {
    if (text.isBlank() || !ForeignText.isPlain(text)) {
      throw new IllegalArgumentException(
          "a series needs a name of one line without control characters");
    }
    return text;
  }

  /** What the legend calls it. */
  public final String name() {
    return name;
  }

  /** Numbers that the legend shows beside the name, such as {@code 3891|4.9|7.5}. */
  public final Optional<String> note() {
    return note;
  }

  /** How many points, steps or bars it has, at least 1. */
  public final int size() {
    return columns[0].length;
  }

  /** The same numbers under another name. */
  public abstract Series renamed(String newName);

  /** The word for its kind in CSV files. */
  public abstract String kind();

  double[] column(int index) {
    return columns[index].clone();
  }

  void checkAscending(double[] values, boolean strictly, String what) {
    for (int i = 1; i < values.length; i++) {
      if (values[i] < values[i - 1] || (strictly && values[i] == values[i - 1])) {
        throw new IllegalArgumentException(
            "series '"
                + name
                + "': "
                + what
                + " falls or stalls from "
                + values[i - 1]
                + " to "
                + values[i]);
      }
    }
  }
}
