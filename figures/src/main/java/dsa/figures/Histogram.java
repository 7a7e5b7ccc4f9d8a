package dsa.figures;

import dsa.analysis.weighting.Bins;
import java.util.Arrays;
import java.util.Optional;

/** Bars over equal, adjacent bins. */
public final class Histogram extends Series {

  private Histogram(
      String name, Optional<String> note, double[] low, double[] high, double[] count) {
    super(name, note, low, high, count);
  }

  /**
   * How many {@code values} lie in each bin; those outside the bins are not counted.
   *
   * @param values at least one, in the unit of the bins; not changed
   */
  public static Histogram of(String name, double[] values, Bins bins) {
    if (values.length == 0) {
      throw new IllegalArgumentException("series '" + name + "' has no models to show");
    }
    double[] edges = bins.edges();
    double[] count = new double[bins.count()];
    for (double value : values) {
      bins.indexOf(value).ifPresent(bin -> count[bin]++);
    }
    return new Histogram(
        name,
        Optional.empty(),
        Arrays.copyOf(edges, bins.count()),
        Arrays.copyOfRange(edges, 1, edges.length),
        count);
  }

  /** The same bars with numbers for the legend. */
  public Histogram noted(String text) {
    return new Histogram(name(), Optional.of(text), low(), high(), count());
  }

  /** The lower edge of each bin. */
  public double[] low() {
    return column(0);
  }

  /** The upper edge of each bin: the lower edge of the next. */
  public double[] high() {
    return column(1);
  }

  /** The height of each bar. */
  public double[] count() {
    return column(2);
  }

  @Override
  public Histogram renamed(String newName) {
    return new Histogram(newName, note(), low(), high(), count());
  }

  @Override
  public String kind() {
    return "histogram";
  }
}
