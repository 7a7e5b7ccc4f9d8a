package dsa.analysis.association;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * How much of what sets models apart would be there again under another seed. For n models trained
 * k times each, x_ij the error of model i in replicate j, the one-way analysis of variance:
 *
 * <ul>
 *   <li>within: MSW = Σ_i Σ_j (x_ij − x̄_i)² / (n (k − 1)), the variances of the models, each with
 *       k − 1 degrees of freedom, pooled; its root is the standard deviation of a replicate
 *   <li>between: MSB = k Σ_i (x̄_i − x̄)² / (n − 1), that is k times the variance of the means
 *   <li>reliability of one run: ICC(1) = (MSB − MSW) / (MSB + (k − 1) MSW)
 * </ul>
 *
 * <p>Shrout and Fleiss, <i>Intraclass Correlations: Uses in Assessing Rater Reliability</i>,
 * Psychological Bulletin 86, 1979, their ICC(1, 1). A shift that a whole replicate shares counts as
 * noise within the models.
 *
 * @param models n
 * @param replicates k
 * @param replicateSd √MSW, in the unit of the errors
 * @param spreadOfMeans the standard deviation of the models' means, √(MSB / k)
 * @param reliability ICC(1), the share of a single run's variance that lies between the models; at
 *     most 1, and below 0 if the means differ less than noise alone makes them; absent if all
 *     errors are equal
 */
public record ReplicateNoise(
    int models,
    int replicates,
    double replicateSd,
    double spreadOfMeans,
    OptionalDouble reliability) {

  /**
   * Analyses replicates.
   *
   * @param errors one array a replicate, each with one finite error a model, models in the same
   *     order; at least two replicates of at least two models
   */
  public static ReplicateNoise of(double[][] errors) {
    int k = errors.length;
    int n = k == 0 ? 0 : errors[0].length;
    if (k < 2 || n < 2 || Arrays.stream(errors).anyMatch(column -> column.length != n)) {
      throw new IllegalArgumentException(
          k + " replicates of " + n + " models: not two or more of the same two or more models");
    }
    boolean allEqual = true;
    double[] means = new double[n];
    double grandMean = 0;
    for (int i = 0; i < n; i++) {
      for (double[] replicate : errors) {
        if (!Double.isFinite(replicate[i])) {
          throw new IllegalArgumentException("an error of model " + i + " is " + replicate[i]);
        }
        allEqual &= replicate[i] == errors[0][0];
        means[i] += replicate[i];
      }
      means[i] /= k;
      grandMean += means[i];
    }
    grandMean /= n;
    double within = 0;
    double between = 0;
    for (int i = 0; i < n; i++) {
      for (double[] replicate : errors) {
        within += (replicate[i] - means[i]) * (replicate[i] - means[i]);
      }
      between += (means[i] - grandMean) * (means[i] - grandMean);
    }
    double msw = within / (n * (k - 1.0));
    double msb = k * between / (n - 1);
    return new ReplicateNoise(
        n,
        k,
        Math.sqrt(msw),
        Math.sqrt(msb / k),
        allEqual ? OptionalDouble.empty() : OptionalDouble.of((msb - msw) / (msb + (k - 1) * msw)));
  }
}
