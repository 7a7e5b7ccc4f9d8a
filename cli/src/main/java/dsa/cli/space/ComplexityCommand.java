package dsa.cli.space;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dsa.cli.console.Console;
import dsa.cli.console.ExitCode;
import dsa.cli.console.OutputFormat;
import dsa.cli.console.OutputOptions;
import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.NetworkPlan;
import dsa.core.arch.Task;
import dsa.core.complexity.Complexity;
import dsa.core.io.ArchitecturesFile;
import dsa.core.io.MalformedFileException;
import dsa.core.run.DrawnModel;
import dsa.figures.table.Column;
import dsa.figures.table.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Counts what networks cost. */
@Command(
    name = "complexity",
    description = {
      "Count the parameters, multiply-adds, NDS flops and activations of a network, or of every network of a file.",
      "",
      "The counts of a file are checked against those it records."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  dsa complexity \"residual cifar:16 | 9x16 s1 | 9x32 s2 | 9x64 s2\"",
      "  dsa complexity \"bottleneck imagenet:64 | 3x256 s1 b64 g1 | 4x512 s2 b128 g1\" --task imagenet --layers",
      "  dsa complexity archs.jsonl --format csv",
      "",
      "Reads: a file, if one is named.  Writes: nothing."
    })
public final class ComplexityCommand implements Callable<Integer> {

  private static final String FORMAT = "dsa.complexity/1";

  private final Console console;
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "ARCH|FILE",
      description =
          "A network as text: block, stem:width, then depth x width and stride of each stage (see docs/formats.md); or a file of networks or with a genotype.")
  private String what;

  @Mixin private NetworkText networkText;

  @Option(names = "--layers", description = "One row a layer; for a network, not for a file.")
  private boolean layers;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      converter = TaskConverter.class,
      description =
          "cifar10 or imagenet. Default: what the file says; cifar10 for a network given as text.")
  private Optional<Task> task = Optional.empty();

  @Mixin private OutputOptions output;

  /** The command, speaking to {@code console}. */
  public ComplexityCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    boolean text = NetworkText.isOneNetwork(what);
    if (!text && !Files.exists(Path.of(what))) {
      throw new IllegalArgumentException(
          "'"
              + what
              + "' is neither a file nor a network such as 'residual cifar:16 | 9x16 s1 | 9x32 s2'");
    }
    if (!text && layers) {
      throw new ParameterException(
          spec.commandLine(), "--layers is for one network, not for a file");
    }
    PrintWriter out = console.out();
    boolean json = output.format() == OutputFormat.JSON;
    if (!text) {
      List<DrawnModel> models = recounted(Path.of(what));
      if (json) {
        ObjectNode object = JsonNodeFactory.instance.objectNode().put("format", FORMAT);
        ArrayNode array = object.putArray("networks");
        models.forEach(model -> array.add(ComplexityTables.json(model)));
        out.println(object);
      } else {
        out.print(output.render(ComplexityTables.of(models)));
      }
      return ExitCode.OK;
    }
    Task on = task.orElse(Task.CIFAR10);
    ArchitectureSpec network = networkText.read(what, on, spec);
    Complexity total = network.complexity(on);
    List<NetworkPlan.Layer> each = layers ? network.plan(on).layers() : List.of();
    out.print(
        json
            ? json(network, total, each, on) + "\n"
            : output.render(layers ? layers(each, total) : totals(total)));
    return ExitCode.OK;
  }

  private List<DrawnModel> recounted(Path file) throws IOException {
    List<DrawnModel> recorded = new ArrayList<>();
    ArchitecturesFile.Header header = ArchitecturesFile.read(file, recorded::add);
    Task on = task.orElse(header.task());
    List<DrawnModel> counted = new ArrayList<>();
    for (DrawnModel model : recorded) {
      Complexity complexity = model.spec().complexity(on);
      if (on.equals(header.task()) && !complexity.equals(model.complexity())) {
        throw new MalformedFileException(
            file.toString(),
            counted.size() + 2,
            "network "
                + model.index()
                + " is recorded with "
                + model.complexity()
                + " but costs "
                + complexity
                + "; sample the file again");
      }
      counted.add(new DrawnModel(model.index(), model.spec(), complexity));
    }
    return counted;
  }

  private static Table totals(Complexity c) {
    return Table.of(
            Column.count("params"),
            Column.count("macs"),
            Column.count("nds flops"),
            Column.count("activations"))
        .row(c.params(), c.macs(), c.ndsFlops(), c.activations())
        .build();
  }

  private static Table layers(List<NetworkPlan.Layer> each, Complexity total) {
    Table.Builder table =
        Table.of(
            Column.text("part"),
            Column.text("layer"),
            Column.text("input"),
            Column.text("output"),
            Column.count("params"),
            Column.count("macs"),
            Column.count("nds flops"),
            Column.count("activations"));
    for (NetworkPlan.Layer layer : each) {
      Complexity c = layer.cost();
      table.row(
          layer.name(),
          layer.op().label(),
          layer.input().toString(),
          layer.output().toString(),
          c.params(),
          c.macs(),
          c.ndsFlops(),
          c.activations());
    }
    table.row(
        "total", "", "", "", total.params(), total.macs(), total.ndsFlops(), total.activations());
    return table.build();
  }

  private ObjectNode json(
      ArchitectureSpec network, Complexity total, List<NetworkPlan.Layer> each, Task on) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("format", FORMAT).put("architecture", network.text()).put("task", on.name());
    json.setAll(ComplexityTables.json(total));
    if (layers) {
      ArrayNode array = json.putArray("layers");
      for (NetworkPlan.Layer layer : each) {
        ObjectNode row =
            array
                .addObject()
                .put("part", layer.name())
                .put("layer", layer.op().label())
                .put("input", layer.input().toString())
                .put("output", layer.output().toString());
        row.setAll(ComplexityTables.json(layer.cost()));
      }
    }
    return json;
  }

  static final class TaskConverter implements ITypeConverter<Task> {
    @Override
    public Task convert(String text) {
      try {
        return Task.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
