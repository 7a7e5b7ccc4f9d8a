package dsa.cli.compare;

import dsa.analysis.report.ComparisonSettings;
import dsa.analysis.report.PowerReport;
import dsa.analysis.report.SampleSizeReport;
import dsa.analysis.weighting.Normalization;
import dsa.analysis.weighting.Weighting;
import dsa.cli.console.Console;
import dsa.cli.console.ExitCode;
import dsa.cli.console.OutputFormat;
import dsa.cli.console.OutputOptions;
import dsa.cli.console.Require;
import dsa.cli.population.PopulationArguments;
import dsa.cli.population.PopulationOptions;
import dsa.core.run.Population;
import dsa.figures.SampleSizeFigure;
import dsa.figures.table.Decimals;
import dsa.figures.table.SampleSizeTables;
import dsa.figures.table.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says how many models are enough. */
@Command(
    name = "sample-size",
    description = {
      "Say how many models describe a space, and how many it takes to tell two spaces apart.",
      "",
      "With one population, every model with the same weight: the distance D between samples of n"
          + " models and the whole population, samples included (or a --reference drawn from it),"
          + " and how often the best of M models 'beats' the best of B, two sets drawn"
          + " independently from it with replacement. With two: the models per space that show a"
          + " given difference of areas under the normalized EDF."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  dsa sample-size resnet.csv --given none",
      "  dsa sample-size resnet.csv --given none --reference 2048",
      "  dsa sample-size resnet.csv resnext-a.csv --difference 0.01 --power 0.8",
      "",
      "Reads: population files, or foreign CSV tables whose columns are recognised.",
      "Writes: nothing, or with -o DIR the figure of D against n and its data."
    })
public final class SampleSizeCommand implements Callable<Integer> {

  private static final List<String> OF_ONE = List.of("--trials", "--reference", "--many", "--few");
  private static final List<String> OF_TWO =
      List.of("--difference", "--power", "--alpha", "--epsilon");

  private final Console console;
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..2",
      paramLabel = "POPULATION",
      description = "A file, a sweep's folder, a name, or name=file.")
  private List<String> populations;

  @Option(
      names = "--difference",
      paramLabel = "AREA",
      split = ",",
      description =
          "With two populations: area differences to plan for, in (0, 1]. Default: the one"
              + " observed.")
  private List<Double> differences = List.of();

  @Option(
      names = "--power",
      paramLabel = "P",
      defaultValue = "0.8",
      description =
          "With two populations: chance to see the difference. Default: ${DEFAULT-VALUE}.")
  private double power;

  @Option(
      names = "--alpha",
      paramLabel = "P",
      defaultValue = "0.05",
      description = "With two populations: two-sided level of the test. Default: ${DEFAULT-VALUE}.")
  private double alpha;

  @Option(
      names = "--epsilon",
      paramLabel = "PERCENT",
      description =
          "With two populations: error up to which the area is taken. Default: 20, or the error of"
              + " guessing if half the models of one are above 20.")
  private Double epsilon;

  @Option(
      names = "--trials",
      paramLabel = "N",
      defaultValue = "50",
      description = "With one population: samples of each size. Default: ${DEFAULT-VALUE}.")
  private int trials;

  @Option(
      names = "--reference",
      paramLabel = "N",
      description =
          "With one population: models of the reference, drawn without replacement; figure 7 of the"
              + " paper has 16384. Default: all.")
  private Optional<Integer> reference = Optional.empty();

  @Option(
      names = "--many",
      paramLabel = "M",
      defaultValue = "1000",
      description = "With one population: models of the side with more. Default: ${DEFAULT-VALUE}.")
  private long many;

  @Option(
      names = "--few",
      paramLabel = "B",
      defaultValue = "100",
      description = "With one population: models of the other side. Default: ${DEFAULT-VALUE}.")
  private long few;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      defaultValue = "1",
      description = "Of the samples. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Mixin private NormalizationOptions options;
  @Mixin private PopulationOptions selection;

  @Mixin private OutputOptions output;

  @Mixin private FigureOptions figures;

  /** The command, speaking to {@code console}. */
  public SampleSizeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    check();
    options.check(spec);
    List<Population> loaded = PopulationArguments.load(populations, selection, spec, console);
    if (loaded.size() == 2) {
      return two(loaded);
    }
    Weighting weighting = options.ranged() ? options.weighting(loaded) : new Weighting.Equal();
    return one(weighting.of(loaded, options.diverged()));
  }

  private void check() {
    Require.that(
        populations.size() <= 2,
        spec,
        populations.size() + " populations are given; sample sizes are of one or of a pair");
    boolean pair = populations.size() == 2;
    Require.that(
        !pair || figures.folder().isEmpty(),
        spec,
        "the figure of D against n is of one population; leave out -o or name one");
    for (String option : pair ? OF_ONE : OF_TWO) {
      Require.that(
          !spec.commandLine().getParseResult().hasMatchedOption(option),
          spec,
          option + " is for " + (pair ? "one population" : "two populations") + "; leave it out");
    }
    for (double difference : differences) {
      Require.that(
          difference > 0 && difference <= 1,
          spec,
          "--difference " + difference + " is outside (0, 1]");
    }
    Require.that(power > 0 && power < 1, spec, "--power " + power + " is outside (0, 1)");
    Require.that(alpha > 0 && alpha < 1, spec, "--alpha " + alpha + " is outside (0, 1)");
    Require.that(
        epsilon == null || (epsilon > 0 && epsilon <= 100),
        spec,
        "--epsilon " + epsilon + " is outside (0, 100] %");
    Require.that(trials >= 1, spec, "--trials " + trials + " is below 1");
    Require.that(many >= 1, spec, "--many " + many + " is below 1");
    Require.that(few >= 1, spec, "--few " + few + " is below 1");
    reference.ifPresent(n -> Require.that(n >= 1, spec, "--reference " + n + " is below 1"));
  }

  private int one(Normalization.Result models) throws IOException {
    int all = models.populations().get(0).size();
    SampleSizeReport report =
        SampleSizeReport.of(models, reference.orElse(all), trials, many, few, seed);
    figures.write("sample-size", SampleSizeFigure.of(report));
    figures.tell(console);
    PrintWriter out = console.out();
    if (output.format() == OutputFormat.JSON) {
      out.print(report.json());
      return ExitCode.OK;
    }
    print(report.conditions(), SampleSizeTables.of(report), out);
    if (output.format() == OutputFormat.TEXT) {
      out.println(
          "D is the distance to "
              + (report.reference() == all ? "all " : "a reference of ")
              + report.reference()
              + " models, those of the sample included; every model has the same weight.");
      out.println(
          "The best of "
              + many
              + " models of "
              + report.models().name()
              + " beats the best of "
              + few
              + ", two sets drawn independently with replacement, in "
              + percent(report.versus().wins())
              + " of cases, loses in "
              + percent(report.versus().losses())
              + ", ties in "
              + percent(report.versus().ties())
              + "; a win of that kind says nothing about the space.");
    }
    out.print(output.notes(report.warnings()));
    return ExitCode.OK;
  }

  /** The table; as text what it is conditional on before it and an empty line after it. */
  private void print(String conditions, Table table, PrintWriter out) {
    boolean text = output.format() == OutputFormat.TEXT;
    out.print((text ? conditions + "\n\n" : "") + output.render(table) + (text ? "\n" : ""));
  }

  private int two(List<Population> loaded) {
    PowerReport report =
        PowerReport.of(
            options.weightedByBins(loaded),
            epsilon == null ? ComparisonSettings.epsilonFor(loaded) : epsilon,
            differences,
            alpha,
            power,
            seed);
    PrintWriter out = console.out();
    if (output.format() == OutputFormat.JSON) {
      out.print(report.json());
      return ExitCode.OK;
    }
    print(report.conditions(), SampleSizeTables.of(report), out);
    if (output.format() == OutputFormat.TEXT) {
      out.println(
          "Two-sided test at "
              + percent(alpha)
              + ", power "
              + percent(power)
              + ". With "
              + report.pilots()
              + " models per space, as many as the smaller population has in range, a difference of"
              + " "
              + Decimals.fixed(report.detectableWithPilots(), 5)
              + " is seen; the observed one is "
              + Decimals.fixed(report.observedDifference(), 5)
              + ".");
    }
    out.print(output.notes(report.warnings()));
    return ExitCode.OK;
  }

  private static String percent(double share) {
    return Decimals.fixed(100 * share, 1) + " %";
  }
}
