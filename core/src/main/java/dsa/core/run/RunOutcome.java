package dsa.core.run;

import java.util.List;

/** What one training run came to. All three are results: they are recorded, counted and shown. */
public sealed interface RunOutcome {

  /**
   * Training went through to its last epoch.
   *
   * @param minTestError the smallest top-1 test error of any evaluated epoch, percent in [0, 100]
   * @param lastTestError top-1 test error after the last epoch, percent in [minTestError, 100]
   * @param testErrorByEpoch top-1 test error after each evaluated epoch, percent; empty if it was
   *     not kept
   */
  record Completed(double minTestError, double lastTestError, List<Double> testErrorByEpoch)
      implements RunOutcome {

    /** Copies the curve; rejects errors outside [0, 100] and a curve that says otherwise. */
    public Completed {
      if (!(minTestError >= 0 && minTestError <= lastTestError && lastTestError <= 100)) {
        throw new IllegalArgumentException(
            "test errors min="
                + minTestError
                + " last="
                + lastTestError
                + " are not ordered inside [0, 100] percent");
      }
      testErrorByEpoch = List.copyOf(testErrorByEpoch);
      if (!testErrorByEpoch.isEmpty()
          && (testErrorByEpoch.get(testErrorByEpoch.size() - 1) != lastTestError
              || smallest(testErrorByEpoch) != minTestError)) {
        throw new IllegalArgumentException(
            "test errors min="
                + minTestError
                + " last="
                + lastTestError
                + " are not those of the curve "
                + testErrorByEpoch);
      }
    }

    /**
     * The outcome a curve of test errors stands for.
     *
     * @throws IllegalArgumentException if the curve is empty or leaves [0, 100] percent
     */
    public static Completed of(List<Double> testErrorByEpoch) {
      if (testErrorByEpoch.isEmpty()) {
        throw new IllegalArgumentException("a completed run has at least one epoch");
      }
      return new Completed(
          smallest(testErrorByEpoch),
          testErrorByEpoch.get(testErrorByEpoch.size() - 1),
          testErrorByEpoch);
    }

    private static double smallest(List<Double> errors) {
      double least = Double.POSITIVE_INFINITY;
      for (double error : errors) {
        least = Math.min(least, error);
      }
      return least;
    }
  }

  /**
   * The loss left the numbers.
   *
   * @param epoch in which it did, from 1
   */
  record Diverged(int epoch) implements RunOutcome {

    /** Rejects epochs below 1. */
    public Diverged {
      if (epoch < 1) {
        throw new IllegalArgumentException("diverged in epoch " + epoch + " < 1");
      }
    }
  }

  /**
   * The run never came to a result, for a reason outside the model: it may be tried again.
   *
   * @param reason in one sentence
   */
  record Failed(String reason) implements RunOutcome {}
}
