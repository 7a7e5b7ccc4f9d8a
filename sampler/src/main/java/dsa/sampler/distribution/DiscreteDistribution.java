package dsa.sampler.distribution;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A distribution over finitely many decimals. The values are exact multiples of the quantum, never
 * sums of rounded ones; probabilities are those of the continuous distributions of pycls' sweeps
 * ({@code sweep/samplers.py}) after their quantization, so that drawing needs neither logarithms
 * nor rejection.
 */
public final class DiscreteDistribution {

  private static final int MOST_VALUES = 65_536;

  private final DistributionType type;
  private final String range; // in words
  private final List<BigDecimal> values;
  private final double[] upTo; // cumulative; the last is 1
  private final int[] guide; // the first place whose upTo exceeds i / guide.length

  private DiscreteDistribution(DistributionType type, String range, Masses masses) {
    this.type = type;
    this.range = range;
    this.values = List.copyOf(masses.values);
    this.upTo = masses.cumulated();
    this.guide = guide(upTo);
  }

  /**
   * Where to begin to look for a place: at {@code guide[(int) (u · guide.length)]}, the first place
   * whose cumulative probability is above u is that or one of the next few.
   *
   * @param upTo cumulative probabilities, the last of which is 1
   */
  public static int[] guide(double[] upTo) {
    int[] guide = new int[Integer.highestOneBit(upTo.length) * 4];
    int place = 0;
    for (int i = 0; i < guide.length; i++) {
      while (upTo[place] <= (double) i / guide.length) {
        place++;
      }
      guide[i] = place;
    }
    return guide;
  }

  /**
   * A distribution over the multiples of {@code quantum} in a closed range, or over its powers of
   * two.
   *
   * @throws IllegalArgumentException if the quantum is not above 0, the range is empty, not above 0
   *     where the distribution needs logarithms, or does not begin and end where the distribution
   *     can land, or if there are more than 65,536 values
   */
  public static DiscreteDistribution of(
      DistributionType type, BigDecimal low, BigDecimal high, BigDecimal quantum) {
    String range = type.label() + " distribution from " + low + " to " + high + " by " + quantum;
    if (quantum.signum() <= 0) {
      throw new IllegalArgumentException(range + ": the quantum must be above 0");
    }
    if (low.compareTo(high) > 0) {
      throw new IllegalArgumentException(range + ": the range is empty");
    }
    if (type != DistributionType.UNIFORM && type != DistributionType.NORMAL && low.signum() <= 0) {
      throw new IllegalArgumentException(range + ": the range must lie above 0");
    }
    boolean mixed = type == DistributionType.POWER2_OR_LOG_UNIFORM;
    if (type == DistributionType.POWER2_UNIFORM || mixed) {
      for (BigDecimal end : List.of(low, high, quantum)) {
        if (!isPowerOfTwo(end)) {
          throw new IllegalArgumentException(range + ": " + end + " is no power of two");
        }
      }
    }
    if (!mixed && !(isMultiple(low, quantum) && isMultiple(high, quantum))) {
      throw new IllegalArgumentException(range + ": both ends must be multiples of the quantum");
    }
    if (type != DistributionType.POWER2_UNIFORM
        && high.subtract(low)
                .divide(quantum, 0, RoundingMode.FLOOR)
                .compareTo(BigDecimal.valueOf(MOST_VALUES - 1))
            > 0) {
      throw new IllegalArgumentException(
          range + ": more than " + MOST_VALUES + " values; use a larger quantum");
    }
    String inWords =
        "from "
            + low.toPlainString()
            + " to "
            + high.toPlainString()
            + " by "
            + quantum.toPlainString();
    return new DiscreteDistribution(type, inWords, masses(type, low, high, quantum));
  }

  /**
   * A log-uniform distribution over listed values {@code v1 < v2 < …}: vi is as likely as {@code ln
   * vi − ln v(i−1)} says, as if a log-uniform number were rounded up to the next value of the list,
   * and v1 is as likely as v2. So the values of a geometric sequence, such as 1, 2, 4, are equally
   * likely, and the multiples of a quantum from that on are as likely as in {@link #of}.
   *
   * @throws IllegalArgumentException if there are none, or they are not above 0 and rising
   */
  public static DiscreteDistribution logUniformOver(List<BigDecimal> values) {
    String list = String.join(", ", values.stream().map(BigDecimal::toPlainString).toList());
    if (values.isEmpty() || values.get(0).signum() <= 0) {
      throw new IllegalArgumentException(
          "log-uniform distribution over [" + list + "]: there must be values, all above 0");
    }
    Masses masses = new Masses();
    for (int i = 0; i < values.size(); i++) {
      BigDecimal above = values.get(Math.max(i, Math.min(1, values.size() - 1)));
      BigDecimal below = values.get(Math.max(i - 1, 0));
      if (i > 0 && above.compareTo(below) <= 0) {
        throw new IllegalArgumentException(
            "log-uniform distribution over ["
                + list
                + "]: the values must be listed in rising order");
      }
      double mass = StrictMath.log(above.doubleValue()) - StrictMath.log(below.doubleValue());
      masses.add(values.get(i), values.size() == 1 ? 1 : mass);
    }
    return new DiscreteDistribution(DistributionType.LOG_UNIFORM, "over " + list, masses);
  }

  /** The same, of decimals as people write them. */
  public static DiscreteDistribution of(
      DistributionType type, String low, String high, String quantum) {
    return of(type, new BigDecimal(low), new BigDecimal(high), new BigDecimal(quantum));
  }

  /** The shape. */
  public DistributionType type() {
    return type;
  }

  /** What can be drawn, in rising order; each with a probability above 0. */
  public List<BigDecimal> values() {
    return values;
  }

  /** How likely the value at {@code place} is. */
  public double probability(int place) {
    return place == 0 ? upTo[0] : upTo[place] - upTo[place - 1];
  }

  /** How likely {@code value} is; 0 if it cannot be drawn. */
  public double probability(BigDecimal value) {
    int place = Collections.binarySearch(values, value);
    return place < 0 ? 0 : probability(place);
  }

  /** Whether all values are equally likely. */
  public boolean isUniform() {
    return values.size() == 1
        || type == DistributionType.UNIFORM
        || type == DistributionType.POWER2_UNIFORM;
  }

  /** Draws a place in {@link #values}. */
  public int draw(RandomGenerator random) {
    double u = random.nextDouble();
    int place = guide[(int) (u * guide.length)];
    while (upTo[place] <= u) {
      place++;
    }
    return place;
  }

  /** Draws a place from {@code from} to {@code to - 1}, as {@link #draw} does given those. */
  public int draw(RandomGenerator random, int from, int to) {
    double below = from == 0 ? 0 : upTo[from - 1];
    double u = below + random.nextDouble() * (upTo[to - 1] - below);
    int place = from;
    while (place < to - 1 && upTo[place] <= u) {
      place++;
    }
    return place;
  }

  /** The distribution in words: {@code log-uniform from 8 to 256 by 8}. */
  public String text() {
    return values.size() == 1
        ? "always " + values.get(0).toPlainString()
        : type.label() + " " + range;
  }

  // ---- probabilities

  /** Values in rising order and their probabilities, which need not add up to 1 yet. */
  private static final class Masses {

    final List<BigDecimal> values = new ArrayList<>();
    final List<Double> masses = new ArrayList<>();

    void add(BigDecimal value, double mass) {
      if (mass > 0) {
        values.add(value);
        masses.add(mass);
      }
    }

    double[] cumulated() {
      double[] upTo = new double[masses.size()];
      double sum = 0;
      for (int i = 0; i < upTo.length; i++) {
        sum += masses.get(i);
        upTo[i] = sum;
      }
      for (int i = 0; i < upTo.length; i++) {
        upTo[i] /= sum;
      }
      return upTo;
    }
  }

  private static Masses masses(
      DistributionType type, BigDecimal low, BigDecimal high, BigDecimal quantum) {
    Masses masses = new Masses();
    if (type == DistributionType.POWER2_UNIFORM) {
      for (BigDecimal v = low; v.compareTo(high) <= 0; v = v.add(v)) {
        masses.add(v, 1);
      }
    } else if (type == DistributionType.POWER2_OR_LOG_UNIFORM) {
      int above = 0;
      for (BigDecimal v = low; v.compareTo(high) <= 0; v = v.add(v)) {
        if (v.compareTo(quantum) < 0) {
          masses.add(v, 1);
        } else {
          above++;
        }
      }
      if (above > 0) {
        Masses upper =
            masses(DistributionType.LOG_UNIFORM, low.max(quantum), high, quantum.min(high));
        double[] upTo = upper.cumulated();
        for (int i = 0; i < upTo.length; i++) {
          masses.add(upper.values.get(i), above * (i == 0 ? upTo[0] : upTo[i] - upTo[i - 1]));
        }
      }
    } else {
      for (BigDecimal v = low; v.compareTo(high) <= 0; v = v.add(quantum)) {
        masses.add(v, mass(type, v, low, high, quantum));
      }
    }
    return masses;
  }

  private static double mass(
      DistributionType type,
      BigDecimal value,
      BigDecimal low,
      BigDecimal high,
      BigDecimal quantum) {
    double l = low.doubleValue();
    double h = high.doubleValue();
    double v = value.doubleValue();
    double q = quantum.doubleValue();
    if (type == DistributionType.UNIFORM || l == h) {
      return 1;
    }
    if (type == DistributionType.LOG_UNIFORM) {
      double least = l - Math.min(q, l / 2);
      return StrictMath.log(v) - StrictMath.log(Math.max(v - q, least));
    }
    double from = Math.max(l, v - q / 2);
    double to = Math.min(h, v + q / 2);
    if (type == DistributionType.LOG_NORMAL) {
      from = StrictMath.log(from);
      to = StrictMath.log(to);
      l = StrictMath.log(l);
      h = StrictMath.log(h);
    }
    double middle = (l + h) / 2;
    double deviation = (h - l) / 6;
    return normalUpTo((to - middle) / deviation) - normalUpTo((from - middle) / deviation);
  }

  /**
   * The standard normal distribution function at {@code z}, less one half, by its power series
   * (Marsaglia, <i>Evaluating the Normal Distribution</i>, J. Stat. Software 11(4), 2004); z is
   * within 3.
   */
  private static double normalUpTo(double z) {
    double term = z;
    double sum = z;
    for (int i = 3; Math.abs(term) > 1e-18 * Math.abs(sum); i += 2) {
      term *= z * z / i;
      sum += term;
    }
    return sum * StrictMath.exp(-z * z / 2) / StrictMath.sqrt(2 * Math.PI);
  }

  private static boolean isMultiple(BigDecimal value, BigDecimal quantum) {
    return value.remainder(quantum).signum() == 0;
  }

  private static boolean isPowerOfTwo(BigDecimal value) {
    double v = value.doubleValue();
    return v > 0
        && v <= 1L << 30
        && v >= 1.0 / (1 << 30)
        && new BigDecimal(v).compareTo(value) == 0
        && v == Math.scalb(1.0, Math.getExponent(v));
  }
}
