package dsa.analysis.weighting;

import dsa.core.complexity.ComplexityMeasure;
import dsa.core.run.Population;
import java.util.List;
import java.util.Optional;

/** How much each model counts in a comparison: how complexity is taken out, if it is. */
public sealed interface Weighting {

  /** The measure held fixed; empty if every model counts the same. */
  Optional<ComplexityMeasure> given();

  /** The range asked for, raw counts, exclusive on both sides; empty if nobody asked for one. */
  Optional<Normalization.Range> range();

  /**
   * Weights {@code populations} together.
   *
   * @param diverged what to do with diverged models
   * @throws IllegalArgumentException see {@link Normalization#of}
   */
  Normalization.Result of(List<Population> populations, DivergedModels diverged);

  /** Every model counts the same and none is outside. */
  record Equal() implements Weighting {

    @Override
    public Optional<ComplexityMeasure> given() {
      return Optional.empty();
    }

    @Override
    public Optional<Normalization.Range> range() {
      return Optional.empty();
    }

    @Override
    public Normalization.Result of(List<Population> populations, DivergedModels diverged) {
      return Normalization.withDefaults().givenNothing().with(diverged).of(populations);
    }
  }

  /**
   * Models in many narrow strata of complexity that all populations share ({@link Strata}): the
   * default, which needs neither a range nor a number of bins.
   *
   * @param measure what is held fixed
   * @param range raw counts, exclusive on both sides; empty for all models
   */
  record InStrata(ComplexityMeasure measure, Optional<Normalization.Range> range)
      implements Weighting {

    /** All models. */
    public static InStrata of(ComplexityMeasure measure) {
      return new InStrata(measure, Optional.empty());
    }

    /** The same over {@code newRange}. */
    public InStrata within(Normalization.Range newRange) {
      return new InStrata(measure, Optional.of(newRange));
    }

    @Override
    public Optional<ComplexityMeasure> given() {
      return Optional.of(measure);
    }

    @Override
    public Normalization.Result of(List<Population> populations, DivergedModels diverged) {
      Normalization normalization =
          Normalization.withDefaults().given(measure).inStrata().with(diverged);
      return range.map(normalization::within).orElse(normalization).of(populations);
    }
  }

  /**
   * Every bin of a shared range of complexity counts the same, as published ({@link
   * Normalization}).
   *
   * @param measure what is held fixed
   * @param range raw counts, exclusive on both sides; empty for that from the largest 5 % quantile
   *     of the populations to the smallest 95 % quantile
   * @param bins how many, at least 1
   * @param emptyBins what to do if a bin holds no model of some population
   */
  record PublishedBins(
      ComplexityMeasure measure, Optional<Normalization.Range> range, int bins, EmptyBins emptyBins)
      implements Weighting {

    private static final int MODELS_PER_BIN = 16;
    private static final int MOST = 10;
    private static final int FEWEST = 2;

    /** Rejects fewer than one bin. */
    public PublishedBins {
      if (bins < 1) {
        throw new IllegalArgumentException("bins=" + bins + " < 1");
      }
    }

    /**
     * Ten bins as published, or as many as leave 16 models a bin in the smallest population, at
     * least 2 (decision 0026); no range given; merged while one is empty.
     */
    public static PublishedBins fittedTo(List<Population> populations, ComplexityMeasure measure) {
      int fewest = populations.stream().mapToInt(p -> p.models().size()).min().orElse(0);
      return new PublishedBins(
          measure,
          Optional.empty(),
          Math.max(FEWEST, Math.min(MOST, fewest / MODELS_PER_BIN)),
          EmptyBins.MERGE);
    }

    /** The same over {@code newRange}. */
    public PublishedBins within(Normalization.Range newRange) {
      return new PublishedBins(measure, Optional.of(newRange), bins, emptyBins);
    }

    /** The same with {@code count} bins, at least 1. */
    public PublishedBins withBins(int count) {
      return new PublishedBins(measure, range, count, emptyBins);
    }

    /** The same with another policy for empty bins. */
    public PublishedBins with(EmptyBins policy) {
      return new PublishedBins(measure, range, bins, policy);
    }

    @Override
    public Optional<ComplexityMeasure> given() {
      return Optional.of(measure);
    }

    @Override
    public Normalization.Result of(List<Population> populations, DivergedModels diverged) {
      return normalization(diverged).of(populations);
    }

    /** The same bins with strata inside, which take out what complexity does inside a bin. */
    public Normalization.Result refined(List<Population> populations, DivergedModels diverged) {
      return normalization(diverged).inStrataInsideBins().of(populations);
    }

    private Normalization normalization(DivergedModels diverged) {
      Normalization normalization =
          Normalization.withDefaults().given(measure).withBins(bins).with(emptyBins).with(diverged);
      return range.map(normalization::within).orElse(normalization);
    }
  }
}
