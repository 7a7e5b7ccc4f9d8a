package dsa.cli.compare;

import dsa.analysis.weighting.DivergedModels;
import dsa.analysis.weighting.EmptyBins;
import dsa.analysis.weighting.Normalization;
import dsa.analysis.weighting.Weighting;
import dsa.cli.console.Require;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.complexity.Quantity;
import dsa.core.run.Population;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How complexity is taken out; shared by the commands that compare or describe populations. */
public final class NormalizationOptions {

  /** Of the figures of the papers. */
  private static final int PUBLISHED_BINS = 10;

  /** What is held fixed: a measure, or nothing. */
  record Given(Optional<ComplexityMeasure> measure) {}

  @Option(
      names = "--given",
      paramLabel = "MEASURE",
      defaultValue = "params",
      converter = GivenConverter.class,
      description =
          "Complexity to hold fixed: params, flops, activations, or none. Default:"
              + " ${DEFAULT-VALUE}.")
  private Given given;

  @Option(
      names = "--range",
      paramLabel = "LOW:HIGH",
      converter = RangeConverter.class,
      description =
          "Complexity range, exclusive on both sides, such as 0.024M:0.856M. Default: all models;"
              + " with --bins, from the largest 5 %% quantile of the populations to the smallest 95"
              + " %% quantile.")
  private Normalization.Range range;

  @Option(
      names = "--bins",
      paramLabel = "K",
      description =
          "Complexity bins of equal weight, as published. Default: none, but many narrow strata"
              + " that all populations share.")
  private Integer bins;

  @Option(
      names = "--published",
      description =
          "As in the papers: --bins 10. What complexity inside the bins explains is said as well.")
  private boolean published;

  @Option(
      names = "--empty-bins",
      paramLabel = "POLICY",
      description =
          "What to do if a bin holds no model of some population: error (as published), merge"
              + " (fewer bins), drop (the bin, everywhere), shrink (the range). With --bins;"
              + " default: merge.")
  private EmptyBins emptyBins;

  @Option(
      names = "--diverged",
      paramLabel = "POLICY",
      defaultValue = "worst",
      description =
          "What to do with models that diverged, which have no error or that of guessing: worst (keep, at the error of guessing),"
              + " drop, refuse. Default: ${DEFAULT-VALUE}.")
  private DivergedModels diverged;

  Optional<ComplexityMeasure> given() {
    return given.measure();
  }

  /** Whether a range was given. */
  boolean ranged() {
    return range != null;
  }

  DivergedModels diverged() {
    return diverged;
  }

  /** Ends a command that was wrongly used. */
  void check(CommandSpec spec) {
    Require.that(bins == null || bins >= 1, spec, "--bins " + bins + " is below 1");
    Require.that(
        given.measure().isPresent()
            || (range == null && bins == null && emptyBins == null && !published),
        spec,
        "--range, --bins, --published and --empty-bins need a measure of complexity; leave out"
            + " --given none");
    Require.that(
        !published || bins == null || bins == PUBLISHED_BINS,
        spec,
        "--published has " + PUBLISHED_BINS + " bins; give --bins alone for another number");
    Require.that(
        emptyBins == null || bins != null || published,
        spec,
        "--empty-bins needs --bins or --published");
    if (published) {
      bins = PUBLISHED_BINS;
    }
  }

  /** The weighting asked for; what was left open fits these populations. */
  Weighting weighting(List<Population> populations) {
    if (given.measure().isEmpty()) {
      return new Weighting.Equal();
    }
    if (bins == null) {
      Weighting.InStrata strata = Weighting.InStrata.of(given.measure().get());
      return range == null ? strata : strata.within(range);
    }
    return binned(populations, given.measure().get());
  }

  private Weighting binned(List<Population> populations, ComplexityMeasure measure) {
    Weighting.PublishedBins weighting = Weighting.PublishedBins.fittedTo(populations, measure);
    weighting = bins == null ? weighting : weighting.withBins(bins);
    weighting = range == null ? weighting : weighting.within(range);
    return emptyBins == null ? weighting : weighting.with(emptyBins);
  }

  /** The populations weighted by bins, for what is planned for bins of equal weight. */
  Normalization.Result weightedByBins(List<Population> populations) {
    Weighting weighting =
        given.measure().isEmpty()
            ? new Weighting.Equal()
            : binned(populations, given.measure().get());
    return weighting.of(populations, diverged);
  }

  /** The populations weighted together. */
  Normalization.Result weighted(List<Population> populations) {
    return weighting(populations).of(populations, diverged);
  }

  static final class GivenConverter implements ITypeConverter<Given> {
    @Override
    public Given convert(String text) {
      if (text.toLowerCase(Locale.ROOT).equals("none")) {
        return new Given(Optional.empty());
      }
      try {
        return new Given(Optional.of(ComplexityMeasure.parse(text)));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage() + "; none holds nothing fixed");
      }
    }
  }

  static final class RangeConverter implements ITypeConverter<Normalization.Range> {
    @Override
    public Normalization.Range convert(String text) {
      String[] ends = text.split(":", -1);
      if (ends.length != 2) {
        throw new TypeConversionException("'" + text + "' is not of the form LOW:HIGH");
      }
      try {
        return new Normalization.Range(Quantity.parse(ends[0]), Quantity.parse(ends[1]));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
