package dsa.figures;

import java.util.Optional;

/**
 * A distribution function: 0 left of the first x, then y[i] from x[i] up to, not including, x[i+1].
 */
public final class StepLine extends Series {

  private StepLine(String name, Optional<String> note, double[] x, double[] y) {
    super(name, note, x, y);
    checkAscending(x, true, "x");
    checkAscending(y, false, "y");
  }

  /**
   * A step line with no note.
   *
   * @param x where it steps, strictly ascending; copied
   * @param y the height from each x on, never falling; copied
   */
  public static StepLine of(String name, double[] x, double[] y) {
    return new StepLine(name, Optional.empty(), x, y);
  }

  /** The same line with numbers for the legend. */
  public StepLine noted(String text) {
    return new StepLine(name(), Optional.of(text), x(), y());
  }

  /** Where it steps. */
  public double[] x() {
    return column(0);
  }

  /** The height from each x on. */
  public double[] y() {
    return column(1);
  }

  @Override
  public StepLine renamed(String newName) {
    return new StepLine(newName, note(), x(), y());
  }

  @Override
  public String kind() {
    return "step";
  }
}
