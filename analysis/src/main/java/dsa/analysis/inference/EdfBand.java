package dsa.analysis.inference;

import dsa.analysis.edf.DkwBand;
import java.util.List;

/**
 * An EDF, or the difference of two, with its uncertainty on a grid of errors. All lists are as long
 * as the grid. Beyond the smallest and the largest error observed every resample agrees and the
 * bands have no width; {@link DkwBand} has.
 *
 * @param grid errors, ascending, percent
 * @param value F (or F_A − F_B) at each, errors equal to it counted
 * @param low lower ends of pointwise percentile intervals: each holds the truth at its own error
 * @param high their upper ends
 * @param simultaneousLow lower ends of a band that holds the whole curve, studentized sup-t
 *     (Montiel Olea and Plagborg-Møller, J. Applied Econometrics, 2019)
 * @param simultaneousHigh its upper ends
 */
public record EdfBand(
    List<Double> grid,
    List<Double> value,
    List<Double> low,
    List<Double> high,
    List<Double> simultaneousLow,
    List<Double> simultaneousHigh) {

  /** Copies the lists. */
  public EdfBand {
    grid = List.copyOf(grid);
    value = List.copyOf(value);
    low = List.copyOf(low);
    high = List.copyOf(high);
    simultaneousLow = List.copyOf(simultaneousLow);
    simultaneousHigh = List.copyOf(simultaneousHigh);
  }
}
