package dsa.figures;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * One axis of a figure.
 *
 * @param label what it measures, with the unit; may be empty
 * @param scale how values map to distances
 * @param low the value at its start, in ±1e15, at least 1e-15 on a logarithmic scale
 * @param high the value at its end, above {@code low} by 1e-12 and by 1e-10 of itself, at least
 */
public record Axis(String label, Scale scale, double low, double high) {

  /** Ends that differ by less than this share lose their difference on the way to ink. */
  private static final double TOO_CLOSE = 1e-10;

  /** Fewer marks than this do not show that a scale is logarithmic. */
  private static final int FEW_POWERS = 3;

  /** Values that differ by less than this share cannot be told apart by ticks of ten digits. */
  private static final double NEARLY_EQUAL = 1e-8;

  private static final double MARGIN = 0.03;

  /** Rejects a range that is empty or that the scale cannot show. */
  public Axis {
    double least = Math.max(1e-12, TOO_CLOSE * Math.max(Math.abs(low), Math.abs(high)));
    if (!scale.admits(low) || !scale.admits(high) || !(high - low >= least)) {
      throw new IllegalArgumentException(
          "axis '" + label + "' cannot run from " + low + " to " + high + ", " + scale);
    }
  }

  /** A linear axis. */
  public static Axis linear(String label, double low, double high) {
    return new Axis(label, Scale.LINEAR, low, high);
  }

  /**
   * An axis just wide enough for {@code values}. Equal or nearly equal values get a window around
   * them: half a unit to each side (a hundredth of the value if that is more), or a factor of two
   * on a logarithmic scale.
   *
   * @param values at least one, each as the scale allows (see {@link Axis})
   */
  public static Axis covering(String label, Scale scale, double... values) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      if (!scale.admits(value)) {
        throw new IllegalArgumentException(
            "axis '" + label + "' cannot show " + value + ", " + scale);
      }
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    if (values.length == 0) {
      throw new IllegalArgumentException("axis '" + label + "' has no values to cover");
    }
    double middle = low / 2 + high / 2;
    if (high - low > NEARLY_EQUAL * Math.abs(middle)) {
      return new Axis(label, scale, low, high);
    }
    double margin = Math.max(0.5, Math.abs(middle) / 100);
    return scale == Scale.LINEAR
        ? new Axis(label, scale, middle - margin, middle + margin)
        : new Axis(label, scale, middle / 2, middle * 2);
  }

  /** The same axis over another range. */
  public Axis range(double newLow, double newHigh) {
    return new Axis(label, scale, newLow, newHigh);
  }

  /**
   * The same axis with a {@value #MARGIN} share of its length added at each end, so that points
   * there are seen whole; a linear axis of values that are not below 0 does not go below 0.
   */
  Axis padded() {
    double start = scale.position(low);
    double end = scale.position(high);
    double margin = MARGIN * (end - start);
    double from = scale.value(start - margin);
    boolean clamped = scale == Scale.LINEAR && low >= 0 && from < 0;
    return range(clamped ? 0 : from, scale.value(end + margin));
  }

  /** Where {@code value} lies: 0 at the start of the axis, 1 at its end, outside beyond them. */
  public double fraction(double value) {
    double start = scale.position(low);
    return (scale.position(value) - start) / (scale.position(high) - start);
  }

  /**
   * Round values to mark, ascending, all within the range: multiples of 1, 2 or 5 times a power of
   * ten on a linear axis, powers of two or ten on a logarithmic one, with 2 and 5 times powers of
   * ten where that has fewer than three powers.
   *
   * @param most how many marks there is room for, at least 2; a logarithmic axis that spans no
   *     whole power may get none
   */
  public List<Double> ticks(int most) {
    double start = scale.position(low);
    double end = scale.position(high);
    double rough = (end - start) / Math.max(1, most - 1);
    double step;
    if (scale == Scale.LINEAR) {
      double power = Math.pow(10, Math.floor(Math.log10(rough)));
      double lead = rough / power;
      step = power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
    } else {
      step = Math.max(1, Math.ceil(rough));
    }
    double slack = (end - start) * 1e-9;
    List<Double> ticks = new ArrayList<>();
    for (double k = Math.ceil((start - slack) / step); k * step <= end + slack; k++) {
      ticks.add(rounded(scale.value(k * step)).doubleValue());
    }
    return scale == Scale.LOG10 && ticks.size() < FEW_POWERS ? within(most) : List.copyOf(ticks);
  }

  /** 1, 2 and 5 times powers of ten; every one of the nine multiples if these are too few. */
  private List<Double> within(int most) {
    List<Double> ticks = new ArrayList<>();
    for (int[] leads : new int[][] {{1, 2, 5}, {1, 2, 3, 4, 5, 6, 7, 8, 9}}) {
      if (ticks.size() >= FEW_POWERS) {
        break;
      }
      ticks.clear();
      int power = (int) Math.floor(Math.log10(low));
      for (; Math.pow(10, power) <= high; power++) {
        for (int lead : leads) {
          double tick = BigDecimal.valueOf(lead).scaleByPowerOfTen(power).doubleValue();
          if (tick >= low && tick <= high) {
            ticks.add(tick);
          }
        }
      }
    }
    while (ticks.size() > most) {
      List<Double> fewer = new ArrayList<>();
      for (int i = 0; i < ticks.size(); i += 2) {
        fewer.add(ticks.get(i));
      }
      ticks = fewer;
    }
    return List.copyOf(ticks);
  }

  /**
   * {@code value} as an axis prints it: plain ASCII digits, at most ten of them significant, no
   * exponent, no trailing zeros.
   */
  public static String tickLabel(double value) {
    BigDecimal rounded = rounded(value);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  private static BigDecimal rounded(double value) {
    return new BigDecimal(value).round(new MathContext(10));
  }
}
