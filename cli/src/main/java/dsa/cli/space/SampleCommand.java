package dsa.cli.space;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dsa.cli.console.Console;
import dsa.cli.console.ExitCode;
import dsa.cli.console.OutputFormat;
import dsa.cli.console.OutputOptions;
import dsa.cli.console.ProgressMeter;
import dsa.cli.console.Require;
import dsa.cli.population.PopulationArguments;
import dsa.cli.population.PopulationOptions;
import dsa.core.arch.Task;
import dsa.core.io.ArchitecturesFile;
import dsa.core.random.SeedPath;
import dsa.core.run.DrawnModel;
import dsa.core.run.Population;
import dsa.figures.table.Column;
import dsa.figures.table.Table;
import dsa.sampler.ComplexityCap;
import dsa.sampler.DesignSpace;
import dsa.sampler.Drawn;
import dsa.sampler.PopulationDraw;
import dsa.sampler.PopulationSampler;
import dsa.sampler.Repeats;
import dsa.sampler.spaces.Spaces;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Draws a population of networks. */
@Command(
    name = "sample",
    description = {
      "Draw networks from a design space, by its distribution, or from those of a population, within limits"
          + " on complexity.",
      "",
      "The distribution is uniform over encodings unless describe says otherwise. Networks outside the"
          + " limits are drawn again, so the population has that distribution over what the limits leave: it"
          + " stands for the space under its limits, not for the whole space. The same seed gives"
          + " the same networks, on any number of cores.",
      "",
      "From a population (a file that ends in .csv or .jsonl, or a sweep's folder) networks are"
          + " drawn without replacement, to be trained again; their index is their model's place in"
          + " it."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  dsa sample resnext-a --count 500 --seed 1 --cap nds --distinct -o archs.jsonl",
      "  dsa sample resnet --count 100 --seed 1 --max-params 0.856M --max-flops 0.129B -o"
          + " archs.jsonl",
      "  dsa sample my-space.yaml --count 100 --seed 1 --flops 0.12B..0.13B --flops-kind macs -o"
          + " archs.jsonl",
      "  dsa sample resnet.csv --count 40 --seed 1 --by-error -o - | dsa train - --recipe gpu-10 -o"
          + " runs/again",
      "",
      "Reads: a space file or a population, if one is named.  Writes: an architectures file."
    })
public final class SampleCommand implements Callable<Integer> {

  private final Console console;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SPACE", description = "A built-in name, a space file, or a population.")
  private String name;

  @Option(
      names = {"-n", "--count"},
      paramLabel = "N",
      required = true,
      description = "How many networks to keep.")
  private int count;

  @Option(
      names = "--seed",
      paramLabel = "S",
      required = true,
      description = "Root of all randomness, a whole number.")
  private long seed;

  @Mixin private LimitOptions limits;

  @Option(
      names = "--distinct",
      description =
          "Drop networks that were drawn before, as in the published populations. Otherwise draws"
              + " are independent.")
  private boolean distinct;

  /** What is equally likely. */
  private enum Uniform {
    ENCODINGS,
    NETWORKS
  }

  @Option(
      names = "--uniform-over",
      paramLabel = "WHAT",
      defaultValue = "encodings",
      description =
          "networks: make every network equally likely. encodings: draw encodings by the space's"
              + " distribution, usually all equally likely; a network that can be written in"
              + " several ways, as cells can, is then more likely than others. RegNet spaces with"
              + " distributions that are not uniform have encodings only. Default:"
              + " ${DEFAULT-VALUE}.")
  private Uniform uniformOver;

  /** The name of {@code --uniform-over networks} in 0.1, easily taken for {@code --distinct}. */
  @Option(names = "--unique", hidden = true)
  private boolean unique;

  @Option(
      names = "--direct",
      description =
          "Work out first which networks are within the limits and draw none of the others: for"
              + " limits that few networks are within, RegNet spaces only. The distribution is the same, the"
              + " networks under a seed are others.")
  private boolean direct;

  @Option(
      names = "--by-error",
      description =
          "From a population: cut its models by rising error into as many groups of equal size as"
              + " networks are drawn, and draw one of each. Otherwise every set is equally likely.")
  private boolean byError;

  @Option(
      names = "--max-draws",
      paramLabel = "N",
      defaultValue = "500000000",
      description = "Give up after so many draws. Default: ${DEFAULT-VALUE}.")
  private long maxDraws;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description =
          "Where the networks go; - is standard output, and messages go to standard error.")
  private Path file;

  @Mixin private OutputOptions output;

  @Mixin private PopulationOptions selection;

  /** The command, speaking to {@code console}. */
  public SampleCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Require.that(count >= 1, spec, "--count " + count + " is below 1");
    Require.that(maxDraws >= 1, spec, "--max-draws " + maxDraws + " is below 1");
    ComplexityCap cap = limits.cap();
    if (namesPopulation()) {
      Require.that(
          !overNetworks(),
          spec,
          "--uniform-over networks is for spaces; a population's models are drawn as they are");
      Require.that(!direct, spec, "--direct is for spaces; a population's models are listed");
      return fromPopulation(cap);
    }
    Require.that(!byError, spec, "--by-error is for populations; a space has no errors");
    Require.that(
        !overNetworks() || !direct,
        spec,
        "--uniform-over networks and --direct exclude each other; leave one out");
    DesignSpace space = Spaces.find(name);
    PopulationSampler sampler = PopulationSampler.withDefaults().maxDraws(maxDraws);
    if (overNetworks()) {
      sampler = sampler.uniformOverNetworks();
    } else if (direct) {
      sampler = sampler.directly();
    }
    Drawn drawn;
    try (ProgressMeter meter = new ProgressMeter(console, "drawing")) {
      drawn = sampler.watchedBy(meter).draw(space, cap, count, repeats(), SeedPath.root(seed));
    }
    ArchitecturesFile.Header header = sampler.header(space, cap, repeats(), seed, drawn);
    write(header, drawn.models());
    PrintWriter report = report();
    if (output.format() == OutputFormat.JSON) {
      report.println(json(space, header.limits(), drawn));
      return ExitCode.OK;
    }
    report.print(output.render(account(space, drawn)));
    if (!drawn.broken().isEmpty() && output.format() != OutputFormat.CSV) {
      report.println();
      report.print(output.render(broken(drawn)));
    }
    written();
    return ExitCode.OK;
  }

  private boolean overNetworks() {
    return unique || uniformOver == Uniform.NETWORKS;
  }

  private Repeats repeats() {
    return distinct ? Repeats.DROPPED : Repeats.KEPT;
  }

  private boolean toOutput() {
    return file.toString().equals("-");
  }

  private PrintWriter report() {
    return toOutput() ? console.err() : console.out();
  }

  private void write(ArchitecturesFile.Header header, List<DrawnModel> models) throws IOException {
    if (toOutput()) {
      ArchitecturesFile.write(console.out(), header, models);
    } else {
      ArchitecturesFile.write(file, header, models);
    }
  }

  private void written() {
    if (!toOutput()) {
      console.err().println("written: " + file);
    }
  }

  private boolean namesPopulation() {
    String text = name.toLowerCase(Locale.ROOT);
    return !Spaces.names().contains(text)
        && (text.endsWith(".csv") || text.endsWith(".jsonl") || Files.isDirectory(Path.of(name)));
  }

  private int fromPopulation(ComplexityCap cap) throws IOException {
    Population population =
        PopulationArguments.load(List.of(name), Optional.empty(), selection, spec, console).get(0);
    Task task =
        population
            .origin()
            .dataset()
            .map(dataset -> Task.parse(dataset.replaceFirst("-sample:.*", "")))
            .orElse(Task.CIFAR10);
    PopulationDraw drawn =
        PopulationDraw.of(
            population,
            task,
            cap,
            count,
            repeats(),
            byError ? PopulationDraw.Rule.BY_ERROR : PopulationDraw.Rule.UNIFORM,
            SeedPath.root(seed));
    String inWords =
        (byError ? "one of each of " + count + " groups by error" : "uniformly without replacement")
            + " of population "
            + population.name()
            + (cap.limits().isEmpty() ? "" : " with " + cap.text());
    // runs and their checkpoints are called by it
    String space = population.name().replaceAll("[^A-Za-z0-9._-]", "-");
    write(
        new ArchitecturesFile.Header(
            space,
            task,
            seed,
            inWords,
            distinct,
            population.models().size(),
            drawn.rejected(),
            drawn.repeats(),
            drawn.models().size()),
        drawn.models());
    if (output.format() == OutputFormat.JSON) {
      report()
          .println(
              JsonNodeFactory.instance
                  .objectNode()
                  .put("population", population.name())
                  .put("seed", seed)
                  .put("limits", inWords)
                  .put("distinct", distinct)
                  .put("models", population.models().size())
                  .put("rejected", drawn.rejected())
                  .put("repeats", drawn.repeats())
                  .put("kept", drawn.models().size())
                  .put("file", file.toString()));
      return ExitCode.OK;
    }
    report()
        .print(
            output.render(
                Table.of(
                        Column.text("population"),
                        Column.text("seed"),
                        Column.count("models"),
                        Column.count("rejected"),
                        Column.count("repeats"),
                        Column.count("kept"))
                    .row(
                        population.name(),
                        Long.toString(seed),
                        population.models().size(),
                        drawn.rejected(),
                        drawn.repeats(),
                        drawn.models().size())
                    .build()));
    written();
    return ExitCode.OK;
  }

  private Table account(DesignSpace space, Drawn drawn) {
    return Table.of(
            Column.text("space"),
            Column.text("seed"),
            Column.count("draws"),
            Column.count("rejected"),
            Column.count("repeats"),
            Column.count("kept"))
        .row(
            space.head().name(),
            Long.toString(seed),
            drawn.draws(),
            drawn.rejected(),
            drawn.repeats(),
            drawn.models().size())
        .build();
  }

  private static Table broken(Drawn drawn) {
    Table.Builder table = Table.of(Column.text("limit"), Column.count("rejected draws outside"));
    for (Drawn.Broken broken : drawn.broken()) {
      table.row(broken.limit().text(), broken.draws());
    }
    return table.build();
  }

  private ObjectNode json(DesignSpace space, String limitsInWords, Drawn drawn) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("space", space.head().name())
            .put("seed", seed)
            .put("limits", limitsInWords)
            .put("distinct", distinct)
            .put("draws", drawn.draws())
            .put("rejected", drawn.rejected())
            .put("repeats", drawn.repeats())
            .put("kept", drawn.models().size())
            .put("file", file.toString());
    ArrayNode broken = json.putArray("broken");
    for (Drawn.Broken each : drawn.broken()) {
      broken.addObject().put("limit", each.limit().text()).put("rejectedDraws", each.draws());
    }
    return json;
  }
}
