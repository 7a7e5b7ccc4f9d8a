package dsa.core.run;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is measured of a trained model; less is better. Losses are what training itself gives, and
 * may order networks better than the test error of a short training does (Ru et al., <i>Speedy
 * Performance Estimation for Neural Architecture Search</i>, NeurIPS 2021, arXiv 2006.04492: the
 * sum of training losses).
 */
public enum Metric {
  /** Top-1 error on the test set, percent in [0, 100]. */
  TEST_ERROR("test error", "error", "errors", "%", "points", "test_error_pct"),
  /** Mean cross-entropy of the last epoch's training batches, nats. */
  TRAIN_LOSS(
      "training loss of the last epoch",
      "training loss",
      "training losses",
      "nats",
      "nats",
      "train_loss_nats"),
  /** Sum over the epochs of the mean cross-entropy of their training batches, nats. */
  TRAIN_LOSS_SUM(
      "sum of training losses",
      "sum of training losses",
      "sums of training losses",
      "nats",
      "nats",
      "train_loss_sum_nats");

  private final String quantity;
  private final String axis;
  private final String plural;
  private final String unit;
  private final String differenceUnit;
  private final String columnName;

  Metric(
      String quantity,
      String axis,
      String plural,
      String unit,
      String differenceUnit,
      String columnName) {
    this.quantity = quantity;
    this.axis = axis;
    this.plural = plural;
    this.unit = unit;
    this.differenceUnit = differenceUnit;
    this.columnName = columnName;
  }

  /** The name used in options and files, such as {@code train-loss}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What it is, for sentences. */
  public String quantity() {
    return quantity;
  }

  /** What it is, for axes, as in {@code error | params}. */
  public String axis() {
    return axis;
  }

  /** Several of them, as in {@code errors}. */
  public String plural() {
    return plural;
  }

  /** The unit of its values: {@code %} or {@code nats}. */
  public String unit() {
    return unit;
  }

  /** The unit of differences of its values: {@code points} of percent, or {@code nats}. */
  public String differenceUnit() {
    return differenceUnit;
  }

  /** The column of a population file that holds it. */
  public String columnName() {
    return columnName;
  }

  /** Whether it is a training loss, which only runs with learning curves give. */
  public boolean isLoss() {
    return this != TEST_ERROR;
  }

  /** Whether {@code value} can be one: finite, not below 0, and an error not above 100. */
  public boolean admits(double value) {
    return value >= 0 && (isLoss() ? value < Double.POSITIVE_INFINITY : value <= 100);
  }

  /** The range of its values in words, as in {@code is outside [0, 100] percent}. */
  public String range() {
    return isLoss() ? "[0, infinity) nats" : "[0, 100] percent";
  }

  /**
   * What guessing comes to: every class equally probable.
   *
   * @param classes at least 2
   * @param epochs of training, at least 1; only a sum depends on it
   */
  public double ofGuessing(int classes, int epochs) {
    return switch (this) {
      case TEST_ERROR -> 100.0 * (classes - 1) / classes;
      case TRAIN_LOSS -> Math.log(classes);
      case TRAIN_LOSS_SUM -> epochs * Math.log(classes);
    };
  }

  /**
   * The one metric of some populations.
   *
   * @throws IllegalArgumentException if they are of several, or there are none
   */
  public static Metric common(List<Population> populations) {
    Population first = populations.get(0);
    for (Population other : populations) {
      if (other.origin().metric() != first.origin().metric()) {
        throw new IllegalArgumentException(
            first.name()
                + " holds the "
                + first.origin().metric().quantity()
                + " of its models, "
                + other.name()
                + " the "
                + other.origin().metric().quantity()
                + ": values of different kinds are not compared");
      }
    }
    return first.origin().metric();
  }

  /**
   * Reads {@link #label()} in any case.
   *
   * @throws IllegalArgumentException if the text names no metric
   */
  public static Metric parse(String text) {
    for (Metric metric : values()) {
      if (metric.label().equals(text.toLowerCase(Locale.ROOT))) {
        return metric;
      }
    }
    throw new IllegalArgumentException(
        "metric '"
            + text
            + "' is none of "
            + Stream.of(values()).map(Metric::label).collect(Collectors.joining(", ")));
  }
}
