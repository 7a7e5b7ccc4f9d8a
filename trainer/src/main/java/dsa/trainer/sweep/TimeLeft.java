package dsa.trainer.sweep;

import dsa.core.complexity.Complexity;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Estimates how long networks take from those that are done. A network's time grows with its
 * multiply-adds and with its activations, which are moved through memory; the two weights are
 * fitted by least squares where the finished runs tell them apart, else time is taken to grow with
 * their sum, one activation as 60 multiply-adds.
 */
final class TimeLeft {

  private static final double MACS_PER_ACTIVATION = 60;
  private static final int ENOUGH = 8;

  private record Point(double macs, double activations, double seconds) {}

  private final List<Point> points = new ArrayList<>();

  /** Learns what a finished run took. */
  void add(Complexity complexity, double seconds) {
    points.add(new Point(complexity.macs(), complexity.activations(), seconds));
  }

  /** Whether any run's time is known. */
  boolean isKnown() {
    return !points.isEmpty();
  }

  /** The time a network is expected to take; empty before any is known. */
  OptionalDouble seconds(Complexity complexity) {
    if (points.isEmpty()) {
      return OptionalDouble.empty();
    }
    double[] weights = weights();
    return OptionalDouble.of(
        weights[0] * complexity.macs() + weights[1] * complexity.activations());
  }

  /**
   * The time until a sweep's last network is done: at least that of the network in progress that
   * takes longest, at least the work that is left shared by all workers. Before any network is done
   * those in progress are taken to go on as they did.
   *
   * @param pending networks that nobody trains yet
   * @param attempts networks in progress
   * @param cost of an attempt's network
   * @param workers 1 or more
   * @param nanos now, by the clock that the attempts began by
   * @return seconds; empty before the first network or epoch is done
   */
  OptionalDouble of(
      List<Complexity> pending,
      List<Attempt> attempts,
      Function<Attempt, Complexity> cost,
      int workers,
      long nanos) {
    TimeLeft known = isKnown() ? this : new TimeLeft();
    if (!isKnown()) {
      for (Attempt attempt : attempts) {
        attempt.secondsOfNetwork().ifPresent(all -> known.add(cost.apply(attempt), all));
      }
    }
    if (!known.isKnown()) {
      return OptionalDouble.empty();
    }
    double total = 0;
    double longest = 0;
    for (Complexity network : pending) {
      total += known.seconds(network).orElseThrow();
    }
    for (Attempt attempt : attempts) {
      double left =
          attempt
              .secondsLeft(nanos)
              .orElseGet(
                  () ->
                      Math.max(
                          0,
                          known.seconds(cost.apply(attempt)).orElseThrow()
                              - attempt.seconds(nanos)));
      total += left;
      longest = Math.max(longest, left);
    }
    return OptionalDouble.of(Math.max(longest, total / workers));
  }

  private double[] weights() {
    double mm = 0;
    double ma = 0;
    double aa = 0;
    double ms = 0;
    double as = 0;
    double both = 0;
    double total = 0;
    for (Point p : points) {
      mm += p.macs * p.macs;
      ma += p.macs * p.activations;
      aa += p.activations * p.activations;
      ms += p.macs * p.seconds;
      as += p.activations * p.seconds;
      both += p.macs + MACS_PER_ACTIVATION * p.activations;
      total += p.seconds;
    }
    double determinant = mm * aa - ma * ma;
    if (points.size() >= ENOUGH && determinant > 1e-6 * mm * aa) {
      double macs = (ms * aa - as * ma) / determinant;
      double activations = (as * mm - ms * ma) / determinant;
      if (macs >= 0 && activations >= 0) {
        return new double[] {macs, activations};
      }
    }
    return new double[] {total / both, MACS_PER_ACTIVATION * total / both};
  }
}
