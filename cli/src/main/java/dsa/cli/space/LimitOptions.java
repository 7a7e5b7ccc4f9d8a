package dsa.cli.space;

import dsa.core.complexity.ComplexityMeasure;
import dsa.core.complexity.FlopsConvention;
import dsa.core.complexity.Quantity;
import dsa.sampler.ComplexityCap;
import dsa.sampler.ComplexityCap.Combination;
import dsa.sampler.ComplexityLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** What a network may cost; shared by the commands that draw or count. */
public final class LimitOptions {

  /** How the limits combine. */
  enum Rule {
    ANY,
    ALL,
    NDS;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A closed range of counts. */
  record Range(long low, long high) {}

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--max-params",
      paramLabel = "N",
      converter = MaximumConverter.class,
      description = "At most so many parameters, such as 0.856M.")
  private Optional<Range> maxParams = Optional.empty();

  @Option(
      names = "--max-flops",
      paramLabel = "N",
      converter = MaximumConverter.class,
      description = "At most so many flops, such as 0.129B.")
  private Optional<Range> maxFlops = Optional.empty();

  @Option(
      names = "--max-activations",
      paramLabel = "N",
      converter = MaximumConverter.class,
      description = "At most so many activations, such as 0.545M.")
  private Optional<Range> maxActivations = Optional.empty();

  @Option(
      names = "--params",
      paramLabel = "LOW..HIGH",
      converter = ParamsConverter.class,
      description = "Parameters in this range, both ends included; either may be left out.")
  private Optional<Range> params = Optional.empty();

  @Option(
      names = "--flops",
      paramLabel = "LOW..HIGH",
      converter = FlopsConverter.class,
      description = "Flops in this range, such as 0.12B..0.13B.")
  private Optional<Range> flops = Optional.empty();

  @Option(
      names = "--activations",
      paramLabel = "LOW..HIGH",
      converter = ActivationsConverter.class,
      description = "Activations in this range.")
  private Optional<Range> activations = Optional.empty();

  @Option(
      names = "--flops-kind",
      paramLabel = "KIND",
      defaultValue = "nds",
      description =
          "What a flop is: nds (as in the NDS release) or macs (multiply-adds). Default:"
              + " ${DEFAULT-VALUE}.")
  private FlopsConvention flopsKind;

  @Option(
      names = "--cap",
      paramLabel = "RULE",
      defaultValue = "all",
      description =
          "all: every limit must hold; any: one is enough; nds: the rule of the published"
              + " populations (any of params < 0.856M, flops < 0.129B, activations <= 544778),"
              + " without other limits. Default: ${DEFAULT-VALUE}.")
  private Rule rule;

  /** The cap asked for; {@link ComplexityCap#NONE} if no limit was given. */
  ComplexityCap cap() {
    List<ComplexityLimit> limits = new ArrayList<>();
    add(limits, ComplexityMeasure.PARAMS, maxParams);
    add(limits, ComplexityMeasure.PARAMS, params);
    add(limits, ComplexityMeasure.FLOPS, maxFlops);
    add(limits, ComplexityMeasure.FLOPS, flops);
    add(limits, ComplexityMeasure.ACTIVATIONS, maxActivations);
    add(limits, ComplexityMeasure.ACTIVATIONS, activations);
    if (rule == Rule.NDS) {
      if (!limits.isEmpty()) {
        throw new ParameterException(
            command.commandLine(), "--cap nds brings its own limits; leave the others out");
      }
      return ComplexityCap.NDS;
    }
    return new ComplexityCap(rule == Rule.ANY ? Combination.ANY : Combination.ALL, limits);
  }

  private void add(List<ComplexityLimit> limits, ComplexityMeasure measure, Optional<Range> range) {
    range.ifPresent(r -> limits.add(new ComplexityLimit(measure, flopsKind, r.low(), r.high())));
  }

  static final class MaximumConverter implements ITypeConverter<Range> {
    @Override
    public Range convert(String text) {
      try {
        return new Range(0, Quantity.parse(text));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** Reads the range of one measure, which messages name. */
  private abstract static class RangeConverter implements ITypeConverter<Range> {

    private final ComplexityMeasure measure;

    RangeConverter(ComplexityMeasure measure) {
      this.measure = measure;
    }

    @Override
    public Range convert(String text) {
      try {
        ComplexityLimit limit =
            ComplexityLimit.parse(measure, FlopsConvention.NDS, text.replaceFirst(":", ".."));
        return new Range(limit.low(), limit.high());
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  static final class ParamsConverter extends RangeConverter {
    ParamsConverter() {
      super(ComplexityMeasure.PARAMS);
    }
  }

  static final class FlopsConverter extends RangeConverter {
    FlopsConverter() {
      super(ComplexityMeasure.FLOPS);
    }
  }

  static final class ActivationsConverter extends RangeConverter {
    ActivationsConverter() {
      super(ComplexityMeasure.ACTIVATIONS);
    }
  }
}
