package dsa.figures;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * A figure before it is ink: what is plotted against what. Its CSV file and its picture are both
 * made from this object, so they cannot disagree.
 *
 * @param title drawn above; empty for none, as in a paper, where the caption says it
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param series at least one; bands are drawn below all others, else later ones on top
 */
public record Figure(String title, Axis x, Axis y, List<Series> series) {

  /** Copies the series; rejects none. */
  public Figure {
    series = List.copyOf(series);
    if (series.isEmpty()) {
      throw new IllegalArgumentException("a figure of no models: give it at least one series");
    }
  }

  /** The same figure under {@code newTitle}. */
  public Figure titled(String newTitle) {
    return new Figure(newTitle, x, y, series);
  }

  /** The same figure with x from {@code low} to {@code high}. */
  public Figure range(double low, double high) {
    return new Figure(title, x.range(low, high), y, series);
  }

  /**
   * The names of the series, each once, in order of appearance: the order of the legend and of the
   * colours.
   */
  public List<String> names() {
    LinkedHashSet<String> names = new LinkedHashSet<>();
    for (Series one : series) {
      names.add(one.name());
    }
    return new ArrayList<>(names);
  }

  /**
   * The series that stands for {@code name} in the legend: the first of that name that is not a
   * band, else the band.
   */
  public Series leader(String name) {
    Series leader = null;
    for (Series one : series) {
      if (one.name().equals(name) && (leader == null || leader instanceof Band)) {
        leader = one;
      }
    }
    if (leader == null) {
      throw new IllegalArgumentException("the figure has no series '" + name + "'");
    }
    return leader;
  }

  /**
   * What the legend prints for {@code name}: its note in brackets, if it has one, and the name, as
   * in {@code [3891|4.9|7.5] resnet}.
   */
  public String legend(String name) {
    return leader(name).note().map(note -> "[" + note + "] ").orElse("") + name;
  }
}
