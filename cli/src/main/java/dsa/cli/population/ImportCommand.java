package dsa.cli.population;

import dsa.cli.console.Console;
import dsa.cli.console.ExitCode;
import dsa.cli.console.ProgressMeter;
import dsa.cli.console.Remedies;
import dsa.cli.console.Require;
import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.BlockType;
import dsa.core.arch.StagedSpec;
import dsa.core.complexity.FlopsConvention;
import dsa.core.io.DelimitedRows;
import dsa.core.io.PopulationCsv;
import dsa.core.random.SeedPath;
import dsa.core.run.ErrorKind;
import dsa.core.run.Reruns;
import dsa.core.run.TrainedModel;
import dsa.populations.importers.ImportOptions;
import dsa.populations.importers.Imported;
import dsa.populations.importers.NasBenchMacroImporter;
import dsa.populations.importers.NdsImporter;
import dsa.populations.importers.NdsRelease;
import dsa.populations.importers.PyclsImporter;
import dsa.populations.importers.SeveralPopulationsException;
import dsa.populations.importers.table.CsvField;
import dsa.populations.importers.table.CsvImporter;
import dsa.populations.importers.table.CsvMapping;
import dsa.populations.importers.table.CsvUnit;
import dsa.sampler.DesignSpace;
import dsa.sampler.SpaceCensus;
import dsa.sampler.spaces.Spaces;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Makes population files from the files of other projects. */
@Command(
    name = "import",
    description = {
      "Make a population from a file of another project.",
      "",
      "Prints what was recognised, checked, merged and left out; with -o also writes the"
          + " population."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "FORMAT",
    subcommands = {
      ImportCommand.Nds.class,
      ImportCommand.Pycls.class,
      ImportCommand.Csv.class,
      ImportCommand.NasBenchMacro.class,
    },
    footer = {
      "",
      "Examples:",
      "  dsa import nds data.zip",
      "  dsa import nds data.zip --population ResNet -o resnet.csv",
      "  dsa import csv t.csv --name resnet --space resnet --error mean_min_test_top1_error -o"
          + " resnet.csv",
      "",
      "Reads: JSON, gzip, zip or CSV files.  Writes: with -o one population file."
    })
public final class ImportCommand implements Runnable {

  private final Console console;
  @Spec private CommandSpec spec;

  /** The command, speaking to {@code console}. */
  public ImportCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "import which format?");
  }

  /** What all formats share. */
  static final class Common {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
        names = "--name",
        paramLabel = "NAME",
        description = "Name of the population. Default: the source's.")
    private Optional<String> name = Optional.empty();

    @Option(
        names = "--dataset",
        paramLabel = "NAME",
        description =
            "What the models were trained on, such as cifar10. Default: as the source says.")
    private Optional<String> dataset = Optional.empty();

    @Option(
        names = "--reruns",
        paramLabel = "RULE",
        description =
            "Several runs of one network: mean, first, or all as models. Default: mean; all for"
                + " pycls and nas-bench-macro.")
    private Optional<Reruns> reruns = Optional.empty();

    @Option(
        names = "--chance-error",
        paramLabel = "PCT",
        description =
            "Error of guessing, percent; models no better count as diverged. Default: by the"
                + " dataset (cifar10, cifar100, imagenet, imagenet16-120), else 90.")
    private Optional<Double> chanceError = Optional.empty();

    @Option(
        names = {"-o", "--output"},
        paramLabel = "FILE",
        description = "Write the population here.")
    private Path file;

    ImportOptions options(ErrorKind error) {
      return options(error, Optional.empty());
    }

    ImportOptions options(ErrorKind error, Optional<String> otherwise) {
      chanceError.ifPresent(
          chance ->
              Require.that(
                  chance > 0 && chance <= 100,
                  spec,
                  "--chance-error " + chance + " is outside (0, 100] percent"));
      return new ImportOptions(
          name,
          dataset.or(() -> otherwise),
          error,
          reruns,
          chanceError.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
          share -> {});
    }

    int finish(Imported imported, ImportCommand command) throws IOException {
      PrintWriter out = command.console.out();
      imported.report().remarks().forEach(remark -> out.println(Remedies.sentence(remark, spec)));
      if (file == null) {
        out.println("nothing written: name a file with -o");
      } else {
        PopulationCsv.write(file, imported.population());
        out.println("written: " + file + " (" + imported.population().name() + ")");
      }
      return ExitCode.OK;
    }
  }

  /** Which error of a run is taken. */
  static final class ErrorKindOption {

    @Option(
        names = "--error-kind",
        paramLabel = "KIND",
        defaultValue = "min",
        description =
            "Which test error of a run: min (smallest over the epochs, as in the NDS figures) or"
                + " last. Default: ${DEFAULT-VALUE}.")
    private ErrorKind kind;

    /** Rejects kinds that published records do not have. */
    ErrorKind kind(CommandSpec spec) {
      Require.that(
          kind == ErrorKind.MIN || kind == ErrorKind.LAST,
          spec,
          "--error-kind " + kind.label() + ": these records have min and last");
      return kind;
    }
  }

  @Command(
      name = "nds",
      description = {
        "Import the NDS release: one JSON file a population, plain, gzipped, or inside data.zip.",
        "",
        "Several files or populations make one, so that seeds can be averaged. An archive of"
            + " several populations is listed if none is chosen."
      },
      mixinStandardHelpOptions = true,
      sortOptions = false,
      footer = {
        "",
        "Examples:",
        "  dsa import nds data.zip",
        "  dsa import nds data.zip --population ResNeXt-A -o resnext-a.csv",
        "  dsa import nds ResNet_rng1.json ResNet_rng2.json ResNet_rng3.json --name resnet"
      })
  static final class Nds implements Callable<Integer> {

    @ParentCommand private ImportCommand parent;
    @Spec private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE")
    private List<Path> files;

    @Option(
        names = "--population",
        paramLabel = "NAME",
        description = "A population of the release, such as ResNet; may be repeated.")
    private List<String> populations = List.of();

    @Mixin private ErrorKindOption error;
    @Mixin private Common common;

    @Override
    public Integer call() throws IOException {
      if (populations.isEmpty() && files.size() == 1) {
        List<String> held = NdsImporter.populationsIn(files.get(0));
        if (held.size() > 1) {
          return list(held);
        }
      }
      try (ProgressMeter meter = new ProgressMeter(parent.console, "reading")) {
        return common.finish(
            NdsImporter.read(files, populations, common.options(error.kind(spec)).watchedBy(meter)),
            parent);
      } catch (SeveralPopulationsException several) {
        if (files.size() > 1 || common.file != null) {
          throw several; // something was to be made
        }
        return list(several.records());
      }
    }

    private int list(Map<String, Integer> records) {
      PrintWriter out = parent.console.out();
      out.println(
          files.get(0) + " holds " + records.size() + " populations; choose with --population:");
      records.forEach(
          (name, count) ->
              out.println(
                  "  "
                      + DelimitedRows.shown(name)
                      + NdsRelease.datasetOf(name).map(set -> " (" + set + ")").orElse("")
                      + ", "
                      + count
                      + (count == 1 ? " record" : " records")));
      return ExitCode.OK;
    }

    private int list(List<String> held) {
      PrintWriter out = parent.console.out();
      out.println(
          files.get(0) + " holds " + held.size() + " populations; choose with --population:");
      for (String name : held) {
        out.println(
            "  " + name + NdsRelease.datasetOf(name).map(set -> " (" + set + ")").orElse(""));
      }
      return ExitCode.OK;
    }
  }

  @Command(
      name = "pycls",
      description = "Import a sweep.json collected by pycls.",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      footer = {"", "Example:", "  dsa import pycls sweep.json --name regnet -o regnet.csv"})
  static final class Pycls implements Callable<Integer> {

    @ParentCommand private ImportCommand parent;
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE")
    private Path file;

    @Option(names = "--partial", description = "Keep jobs that have not run all their epochs.")
    private boolean partial;

    @Mixin private ErrorKindOption error;
    @Mixin private Common common;

    @Override
    public Integer call() throws IOException {
      try (ProgressMeter meter = new ProgressMeter(parent.console, "reading")) {
        return common.finish(
            PyclsImporter.read(file, partial, common.options(error.kind(spec)).watchedBy(meter)),
            parent);
      }
    }
  }

  @Command(
      name = "nas-bench-macro",
      description = {
        "Import NAS-Bench-Macro, as published (JSON) or as a table: 6,561 encodings of 3,969"
            + " networks, three runs each.",
        "",
        "Every encoding is a model; --reruns first keeps one of each network."
      },
      mixinStandardHelpOptions = true,
      sortOptions = false,
      footer = {
        "",
        "Example:",
        "  dsa import nas-bench-macro nas-bench-macro_cifar10.json -o macro.csv"
      })
  static final class NasBenchMacro implements Callable<Integer> {

    @ParentCommand private ImportCommand parent;

    @Parameters(paramLabel = "FILE")
    private Path file;

    @Mixin private Common common;

    @Override
    public Integer call() throws IOException {
      return common.finish(
          NasBenchMacroImporter.read(file, common.options(ErrorKind.UNSTATED)), parent);
    }
  }

  @Command(
      name = "csv",
      aliases = "table",
      description = {
        "Import any table with a column of errors or accuracies: delimited text, JSON of records"
            + " (Ray Tune's result.json, pandas), or a run history of SMAC.",
        "",
        "Columns and units are recognised where they are not given. Columns d1,w1,... (and"
            + " r1,g1,...) become architectures, whose complexity is checked. All further columns"
            + " are kept; rows of one name are averaged unless they differ in a setting, such as lr"
            + " or config/..."
      },
      mixinStandardHelpOptions = true,
      sortOptions = false,
      footer = {
        "",
        "Examples:",
        "  dsa import csv t.csv --name resnet --space resnet --error mean_min_test_top1_error -o"
            + " resnet.csv",
        "  dsa import csv t.csv --error top1 --error-unit accuracy-fraction --params size"
            + " --params-unit m"
      })
  static final class Csv implements Callable<Integer> {

    @ParentCommand private ImportCommand parent;

    @Parameters(paramLabel = "FILE")
    private Path file;

    @Option(
        names = "--space",
        paramLabel = "SPACE",
        description = "The design space of the networks: a built-in name or a space file.")
    private String space;

    @Option(
        names = "--error",
        paramLabel = "COLUMN",
        description = "Column of test errors or accuracies.")
    private String error;

    @Option(
        names = "--error-unit",
        paramLabel = "UNIT",
        converter = ErrorUnit.class,
        description = "error-percent, error-fraction, accuracy-percent or accuracy-fraction.")
    private CsvUnit errorUnit;

    @Option(
        names = "--error-kind",
        paramLabel = "KIND",
        defaultValue = "unstated",
        description =
            "Which test error it is: min (over the epochs) or last. Default: by its name.")
    private ErrorKind kind;

    @Option(names = "--params", paramLabel = "COLUMN", description = "Column of params.")
    private String params;

    @Option(
        names = "--params-unit",
        paramLabel = "UNIT",
        converter = CountUnit.class,
        description = "raw, k, m or b.")
    private CsvUnit paramsUnit;

    @Option(names = "--flops", paramLabel = "COLUMN", description = "Column of flops.")
    private String flops;

    @Option(
        names = "--flops-unit",
        paramLabel = "UNIT",
        converter = CountUnit.class,
        description = "raw, k, m or b.")
    private CsvUnit flopsUnit;

    @Option(
        names = "--flops-convention",
        paramLabel = "KIND",
        description = "How flops are counted: macs, or nds (macs + 5 per output of a batch norm).")
    private Optional<FlopsConvention> convention = Optional.empty();

    @Option(names = "--activations", paramLabel = "COLUMN", description = "Column of activations.")
    private String activations;

    @Option(
        names = "--activations-unit",
        paramLabel = "UNIT",
        converter = CountUnit.class,
        description = "raw, k, m or b.")
    private CsvUnit activationsUnit;

    @Option(names = "--id", paramLabel = "COLUMN", description = "Column of the models' names.")
    private String id;

    @Option(
        names = "--runs",
        paramLabel = "N",
        defaultValue = "1",
        description = "How many trainings each row is the mean of. Default: ${DEFAULT-VALUE}.")
    private int runs;

    @Option(
        names = "--partial",
        description = "Keep rows whose status, such as running or crashed, is not finished.")
    private boolean partial;

    @Mixin private Common common;

    @Override
    public Integer call() throws IOException {
      Optional<DesignSpace> known =
          space == null ? Optional.empty() : Optional.of(Spaces.find(space));
      Imported imported =
          CsvImporter.read(
              file,
              mapping(known.map(Csv::block)),
              common.options(kind, known.map(of -> of.head().task().name())));
      known.ifPresent(of -> parent.console.out().println(membership(of, imported)));
      return common.finish(imported, parent);
    }

    private CsvMapping mapping(Optional<BlockType> block) {
      Map<CsvField, String> columns = new EnumMap<>(CsvField.class);
      Map<CsvField, CsvUnit> units = new EnumMap<>(CsvField.class);
      put(columns, CsvField.ID, id);
      put(columns, CsvField.ERROR, error);
      put(columns, CsvField.PARAMS, params);
      put(columns, CsvField.FLOPS, flops);
      put(columns, CsvField.ACTIVATIONS, activations);
      put(units, CsvField.ERROR, errorUnit);
      put(units, CsvField.PARAMS, paramsUnit);
      put(units, CsvField.FLOPS, flopsUnit);
      put(units, CsvField.ACTIVATIONS, activationsUnit);
      return new CsvMapping(columns, units, convention, block, runs, partial);
    }

    private static <T> void put(Map<CsvField, T> map, CsvField field, T value) {
      if (value != null) {
        map.put(field, value);
      }
    }

    private static BlockType block(DesignSpace space) {
      int[] choice = new int[space.choiceLength()];
      space.choose(SeedPath.root(0).generator(), choice);
      ArchitectureSpec any = space.decode(choice); // all have the same block
      if (any instanceof StagedSpec staged) {
        return staged.block();
      }
      throw new IllegalArgumentException("space " + space.head().name() + " has no stages");
    }

    private static String membership(DesignSpace space, Imported imported) {
      List<ArchitectureSpec> known =
          imported.population().models().stream()
              .map(TrainedModel::architecture)
              .flatMap(Optional::stream)
              .toList();
      SpaceCensus census =
          space
              .census()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          space.head().name()
                              + " is too large to be listed and does not say what it contains"));
      long members = known.stream().filter(census::contains).count();
      return members + " of " + known.size() + " architectures are in space " + space.head().name();
    }
  }

  /** Units of errors. */
  static final class ErrorUnit implements ITypeConverter<CsvUnit> {
    @Override
    public CsvUnit convert(String text) {
      return unit(text, CsvUnit.errors());
    }
  }

  /** Units of counts. */
  static final class CountUnit implements ITypeConverter<CsvUnit> {
    @Override
    public CsvUnit convert(String text) {
      return unit(text, CsvUnit.counts());
    }
  }

  private static CsvUnit unit(String text, List<CsvUnit> allowed) {
    try {
      return CsvUnit.parse(text, allowed);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
