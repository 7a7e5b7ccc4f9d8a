package dsa.analysis.weighting;

import dsa.analysis.edf.Edf;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A population as a comparison uses it: the admitted models by ascending error (ties in the order
 * of the source), each with its weight and its complexity bin or stratum. Made by {@link
 * Normalization}.
 */
public final class NormalizedPopulation {

  private final String name;
  private final Counts counts;
  private final int[] source;
  private final double[] errors;
  private final double[] complexities;
  private final double[] weights;
  private final int[] bins;

  private final Optional<Strata> strata;
  private final int withoutCounterpart;

  private NormalizedPopulation(
      String name,
      Counts counts,
      int[] source,
      double[] errors,
      double[] complexities,
      double[] weights,
      int[] bins,
      Optional<Strata> strata,
      int withoutCounterpart) {
    this.name = name;
    this.counts = counts;
    this.source = source;
    this.errors = errors;
    this.complexities = complexities;
    this.weights = weights;
    this.bins = bins;
    this.strata = strata;
    this.withoutCounterpart = withoutCounterpart;
  }

  /**
   * What became of the models of a population: recorded = divergedDropped + uncosted + outside +
   * used.
   *
   * @param recorded models before anything was left out
   * @param diverged of them, those that diverged, used or not
   * @param divergedDropped diverged models that were left out
   * @param uncosted models left out because the measure was not recorded for them
   * @param outside models left out because they lie outside the range, in a dropped bin or in a
   *     stratum where some population has no model
   */
  public record Counts(
      int recorded, int diverged, int divergedDropped, int uncosted, int outside) {}

  /**
   * Models in use, one in each place of the arrays, which are copied.
   *
   * @param source where each stands in the population's list
   * @param errors percent, ascending, at least one
   * @param complexities raw counts; zeros if nothing is held fixed
   * @param weights above 0 or 0, not all 0; of the order of one in sum
   * @param bins from 0
   * @throws IllegalArgumentException if the arrays differ in length, errors are not ascending
   *     numbers, or the counts do not add up
   */
  public static NormalizedPopulation of(
      String name,
      Counts counts,
      int[] source,
      double[] errors,
      double[] complexities,
      double[] weights,
      int[] bins) {
    int n = errors.length;
    if (n == 0
        || source.length != n
        || complexities.length != n
        || weights.length != n
        || bins.length != n) {
      throw new IllegalArgumentException(
          "%s: %s errors, %s complexities, %s weights, %s bins and %s places of models: not one of each for every model"
              .formatted(name, n, complexities.length, weights.length, bins.length, source.length));
    }
    if (n != counts.recorded - counts.divergedDropped - counts.uncosted - counts.outside) {
      throw new IllegalArgumentException(
          "%s uses %s models, which %s does not add up to".formatted(name, n, counts));
    }
    for (int i = 0; i < n; i++) {
      if (!(i == 0 ? Double.isFinite(errors[0]) : errors[i - 1] <= errors[i])
          || !(weights[i] >= 0)
          || bins[i] < 0) {
        throw new IllegalArgumentException(
            "%s, model %s of those in use: error %s, weight %s, bin %s"
                .formatted(name, i, errors[i], weights[i], bins[i]));
      }
    }
    return new NormalizedPopulation(
        name,
        counts,
        source.clone(),
        errors.clone(),
        complexities.clone(),
        weights.clone(),
        bins.clone(),
        Optional.empty(),
        0);
  }

  /** The population's name. */
  public String name() {
    return name;
  }

  /** Models in the population before anything was left out: dropped + uncosted + outside + used. */
  public int recorded() {
    return counts.recorded;
  }

  /** Models of the whole population that diverged, kept or not. */
  public int diverged() {
    return counts.diverged;
  }

  /** Diverged models that were left out. */
  public int divergedDropped() {
    return counts.divergedDropped;
  }

  /** Models left out because the measure was not recorded for them. */
  public int uncosted() {
    return counts.uncosted;
  }

  /**
   * The models of this population that have a stratum, with the weights of those; their bins are
   * strata then.
   *
   * @param stratum of each model in use; −1 where some population has none
   * @param weight of one model in each stratum
   */
  NormalizedPopulation in(Strata shared, int[] stratum, double[] weight) {
    int[] matched = IntStream.range(0, stratum.length).filter(i -> stratum[i] >= 0).toArray();
    int unmatched = stratum.length - matched.length;
    return new NormalizedPopulation(
        name,
        new Counts(
            counts.recorded,
            counts.diverged,
            counts.divergedDropped,
            counts.uncosted,
            counts.outside + unmatched),
        Arrays.stream(matched).map(i -> source[i]).toArray(),
        Arrays.stream(matched).mapToDouble(i -> errors[i]).toArray(),
        Arrays.stream(matched).mapToDouble(i -> complexities[i]).toArray(),
        Arrays.stream(matched).mapToDouble(i -> weight[stratum[i]]).toArray(),
        Arrays.stream(matched).map(i -> stratum[i]).toArray(),
        Optional.of(shared),
        unmatched);
  }

  /**
   * The same in strata that its bins and weights are already those of.
   *
   * @param unmatched how many of {@link #outside} have no counterpart
   */
  public NormalizedPopulation in(Strata shared, int unmatched) {
    return new NormalizedPopulation(
        name, counts, source, errors, complexities, weights, bins, Optional.of(shared), unmatched);
  }

  /**
   * The strata of complexity that carry the weights; empty if bins do, or nothing is held fixed.
   */
  public Optional<Strata> strata() {
    return strata;
  }

  /**
   * Models without weight because their stratum holds no model of some other population. Which
   * models those are depends on the sample, so they take part in resampling.
   */
  public int withoutCounterpart() {
    return withoutCounterpart;
  }

  /**
   * Models left out because they lie outside the range, in a dropped bin or in a stratum where some
   * population has no model.
   */
  public int outside() {
    return counts.outside;
  }

  /** Models in use. */
  public int size() {
    return errors.length;
  }

  /** Errors of the models in use, ascending, percent. */
  public double[] errors() {
    return errors.clone();
  }

  /**
   * Complexities of the models in use, raw counts, in the order of {@link #errors}; zeros if
   * nothing is held fixed.
   */
  public double[] complexities() {
    return complexities.clone();
  }

  /**
   * Weights of the models in use in the order of {@link #errors}; they sum to one up to rounding.
   */
  public double[] weights() {
    return weights.clone();
  }

  /** The bin, or stratum, of each model in use in the order of {@link #errors}, from 0. */
  public int[] bins() {
    return bins.clone();
  }

  /** Where each model in use stands in the population's list, in the order of {@link #errors}. */
  public int[] sourceIndices() {
    return source.clone();
  }

  /** The normalized EDF. */
  public Edf edf() {
    return Edf.of(errors, weights);
  }

  /** The EDF of the same models with equal weights. */
  public Edf unweightedEdf() {
    return Edf.of(errors);
  }

  /** Kish's (Σw)²/Σw²: how many equally weighted models would be as informative. */
  public double effectiveSampleSize() {
    double sum = 0;
    double squares = 0;
    for (double w : weights) {
      sum += w;
      squares += w * w;
    }
    return sum * sum / squares;
  }

  /** The largest share of the total weight that one model carries. */
  public double largestWeight() {
    return Arrays.stream(weights).max().orElseThrow();
  }
}
