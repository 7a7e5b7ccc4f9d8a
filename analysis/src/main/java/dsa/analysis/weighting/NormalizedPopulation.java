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
  private final int recorded;
  private final int diverged;
  private final int divergedDropped;
  private final int uncosted;
  private final int outside;
  private final int[] source;
  private final double[] errors;
  private final double[] complexities;
  private final double[] weights;
  private final int[] bins;

  private final Optional<Strata> strata;
  private final int withoutCounterpart;

  NormalizedPopulation(
      String name,
      int recorded,
      int diverged,
      int divergedDropped,
      int uncosted,
      int outside,
      int[] source,
      double[] errors,
      double[] complexities,
      double[] weights,
      int[] bins) {
    this(
        name,
        recorded,
        diverged,
        divergedDropped,
        uncosted,
        outside,
        source,
        errors,
        complexities,
        weights,
        bins,
        Optional.empty(),
        0);
  }

  private NormalizedPopulation(
      String name,
      int recorded,
      int diverged,
      int divergedDropped,
      int uncosted,
      int outside,
      int[] source,
      double[] errors,
      double[] complexities,
      double[] weights,
      int[] bins,
      Optional<Strata> strata,
      int withoutCounterpart) {
    this.name = name;
    this.recorded = recorded;
    this.diverged = diverged;
    this.divergedDropped = divergedDropped;
    this.uncosted = uncosted;
    this.outside = outside;
    this.source = source;
    this.errors = errors;
    this.complexities = complexities;
    this.weights = weights;
    this.bins = bins;
    this.strata = strata;
    this.withoutCounterpart = withoutCounterpart;
  }

  /** The population's name. */
  public String name() {
    return name;
  }

  /** Models in the population before anything was left out: dropped + uncosted + outside + used. */
  public int recorded() {
    return recorded;
  }

  /** Models of the whole population that diverged, kept or not. */
  public int diverged() {
    return diverged;
  }

  /** Diverged models that were left out. */
  public int divergedDropped() {
    return divergedDropped;
  }

  /** Models left out because the measure was not recorded for them. */
  public int uncosted() {
    return uncosted;
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
        recorded,
        diverged,
        divergedDropped,
        uncosted,
        outside + unmatched,
        Arrays.stream(matched).map(i -> source[i]).toArray(),
        Arrays.stream(matched).mapToDouble(i -> errors[i]).toArray(),
        Arrays.stream(matched).mapToDouble(i -> complexities[i]).toArray(),
        Arrays.stream(matched).mapToDouble(i -> weight[stratum[i]]).toArray(),
        Arrays.stream(matched).map(i -> stratum[i]).toArray(),
        Optional.of(shared),
        unmatched);
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
    return outside;
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
