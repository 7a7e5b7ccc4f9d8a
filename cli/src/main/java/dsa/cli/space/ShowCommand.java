package dsa.cli.space;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dsa.cli.console.Console;
import dsa.cli.console.ExitCode;
import dsa.cli.console.OutputOptions;
import dsa.cli.console.Require;
import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.CellSpec;
import dsa.core.arch.genotype.Genotype;
import dsa.core.arch.NetworkPlan;
import dsa.core.arch.Op;
import dsa.core.arch.Shape;
import dsa.core.arch.Task;
import dsa.core.complexity.Complexity;
import dsa.core.io.ArchitecturesFile;
import dsa.core.run.DrawnModel;
import dsa.figures.diagram.DrawingFile;
import dsa.figures.diagram.NetworkDiagram;
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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints and draws one network. */
@Command(
    name = "show",
    description = {
      "Show a network as it is built: every layer with its shapes and costs; and draw it, the graph of its cells or segments or the widths of its stages.",
      "",
      "Blocks and cells that follow each other unchanged are shown once, with their number."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  dsa show \"residual cifar:16 | 9x16 s1 | 9x32 s2 | 9x64 s2\"",
      "  dsa show archs.jsonl --index 3 -o network.svg",
      "  dsa show genotype.txt --width 16 --depth 8 -o mine.jsonl",
      "  dsa train mine.jsonl --recipe cpu-mini -o runs/mine",
      "",
      "Reads: a file, if one is named.  Writes: an SVG or architectures file, if asked."
    })
public final class ShowCommand implements Callable<Integer> {

  private static final String FORMAT = "dsa.network/1";

  /** In place of a space's name. */
  private static final String GIVEN = "given";

  private final Console console;
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "ARCH|FILE",
      description =
          "A network as text or a genotype (see docs/formats.md), or a file of networks or with a genotype.")
  private String what;

  @Mixin private NetworkText text;

  @Option(
      names = "--index",
      paramLabel = "N",
      description = "Which network of the file, by its index.")
  private Optional<Integer> index = Optional.empty();

  @Option(
      names = "--task",
      paramLabel = "TASK",
      converter = ComplexityCommand.TaskConverter.class,
      description =
          "cifar10 or imagenet. Default: what the file says; cifar10 for a network given as text.")
  private Optional<Task> task = Optional.empty();

  @Option(names = "--every", description = "Show repeated blocks and cells as often as they occur.")
  private boolean every;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Where the drawing goes, if it ends in .svg; or an architectures file of this network, to be trained, if it ends in .jsonl.")
  private Optional<Path> file = Optional.empty();

  @Mixin private OutputOptions output;

  /** A network and what it is for. */
  private record Subject(ArchitectureSpec network, Task task) {}

  /** The command, speaking to {@code console}. */
  public ShowCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    String name = file.map(Path::toString).orElse(".svg");
    Require.that(
        name.endsWith(".svg") || name.endsWith(".jsonl"),
        spec,
        "--output " + name + " ends neither in .svg nor in .jsonl");
    Subject subject = subject();
    NetworkPlan plan = subject.network().plan(subject.task());
    List<Shape> shapes = plan.shapes();
    List<PlanUnits.Run> runs =
        every ? List.of(new PlanUnits.Run(0, plan.parts().size(), 1)) : PlanUnits.of(plan, shapes);
    PrintWriter out = console.out();
    switch (output.format()) {
      case JSON -> out.println(json(subject, plan, shapes));
      case CSV, LATEX, MARKDOWN -> out.print(output.render(table(plan, shapes, runs)));
      default -> {
        out.println(subject.network().text());
        genotype(subject.network()).map(Genotype::text).ifPresent(out::println);
        out.println();
        out.print(output.render(table(plan, shapes, runs)));
      }
    }
    if (file.isPresent()) {
      if (name.endsWith(".svg")) {
        DrawingFile.write(file.get(), NetworkDiagram.of(subject.network(), subject.task()));
      } else {
        ArchitecturesFile.write(file.get(), header(subject), List.of(model(subject)));
      }
      console.err().println("written: " + file.get());
    }
    return ExitCode.OK;
  }

  /** Of a network that was given, not drawn. */
  private static ArchitecturesFile.Header header(Subject subject) {
    return new ArchitecturesFile.Header(GIVEN, subject.task(), 0, "none", true, 1, 0, 0, 1);
  }

  private static DrawnModel model(Subject subject) {
    ArchitectureSpec network = subject.network();
    return new DrawnModel(0, network, network.complexity(subject.task()));
  }

  /** The cells as a genotype, if the network is one of cells that a genotype can write. */
  private static Optional<Genotype> genotype(ArchitectureSpec network) {
    return network instanceof CellSpec cells && Genotype.writes(cells)
        ? Optional.of(Genotype.of(cells))
        : Optional.empty();
  }

  private Subject subject() throws IOException {
    if (NetworkText.isOneNetwork(what)) {
      Require.that(index.isEmpty(), spec, "--index is for files of several networks");
      Task on = task.orElse(Task.CIFAR10);
      return new Subject(text.read(what, on, spec), on);
    }
    Path path = Path.of(what);
    if (!Files.exists(path)) {
      throw new IllegalArgumentException(
          "'"
              + what
              + "' is neither a file nor a network such as 'residual cifar:16 | 9x16 s1 | 9x32 s2'");
    }
    List<DrawnModel> models = new ArrayList<>();
    ArchitecturesFile.Header header = ArchitecturesFile.read(path, models::add);
    Require.that(
        index.isPresent() || models.size() == 1,
        spec,
        what + " holds " + models.size() + " networks; choose one with --index");
    return models.stream()
        .filter(model -> index.isEmpty() || model.index() == index.get())
        .findFirst()
        .map(model -> new Subject(model.spec(), task.orElse(header.task())))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    what
                        + " has no network of index "
                        + index.get()
                        + "; its indices are "
                        + models.get(0).index()
                        + " to "
                        + models.get(models.size() - 1).index()));
  }

  private static Table table(NetworkPlan plan, List<Shape> shapes, List<PlanUnits.Run> runs) {
    Table.Builder table =
        Table.of(
            Column.text("part"),
            Column.text("times"),
            Column.text("reads"),
            Column.text("layer"),
            Column.text("output"),
            Column.count("params"),
            Column.count("macs"),
            Column.count("activations"));
    for (PlanUnits.Run run : runs) {
      for (int i = run.first(); i < run.first() + run.parts(); i++) {
        rows(table, plan, shapes, i, run.times());
      }
    }
    Complexity total = plan.complexity();
    table.row("total", "", "", "", "", total.params(), total.macs(), total.activations());
    return table.build();
  }

  private static void rows(
      Table.Builder table, NetworkPlan plan, List<Shape> shapes, int index, int times) {
    NetworkPlan.Part part = plan.parts().get(index);
    String reads = reads(plan, index);
    String often = times > 1 ? "x" + times : "";
    List<NetworkPlan.Layer> layers = NetworkPlan.layersOf(part, plan.joined(part, shapes));
    if (layers.isEmpty()) {
      table.row(part.name(), often, reads, "", shapes.get(index).toString(), 0L, 0L, 0L);
    }
    boolean first = true;
    for (int from = 0; from < layers.size(); ) {
      int to = from + 1;
      while (to < layers.size() && together(layers, from, to)) {
        to++;
      }
      List<NetworkPlan.Layer> row = layers.subList(from, to);
      Complexity c =
          row.stream().map(NetworkPlan.Layer::cost).reduce(Complexity.ZERO, Complexity::plus);
      table.row(
          row.get(0).name(),
          first ? often : "",
          first ? reads : "",
          String.join(" ", row.stream().map(layer -> layer.op().label()).toList()),
          row.get(row.size() - 1).output().toString(),
          c.params(),
          c.macs(),
          c.activations());
      first = false;
      from = to;
    }
  }

  /**
   * Whether a layer stands in the row of those before it: what follows or precedes the one that
   * counts.
   */
  private static boolean together(List<NetworkPlan.Layer> layers, int from, int next) {
    NetworkPlan.Layer layer = layers.get(next);
    if (!layer.name().equals(layers.get(from).name())) {
      return false;
    }
    boolean begun = layers.subList(from, next).stream().anyMatch(l -> !trimming(l.op()));
    boolean ended =
        begun
            && layer.op() instanceof Op.Relu
            && layers.subList(from, next).stream().anyMatch(l -> l.op() instanceof Op.Relu);
    return begun ? trimming(layer.op()) && !ended : true;
  }

  /** Norms and activations, which are shown beside the convolution they belong to. */
  private static boolean trimming(Op op) {
    return op.role() == Op.Role.NORM || op.role() == Op.Role.ACTIVATION;
  }

  /** What a part reads, if that is not the part before alone. */
  private static String reads(NetworkPlan plan, int index) {
    NetworkPlan.Part part = plan.parts().get(index);
    if (part.inputs().equals(List.of(index - 1))) {
      return "";
    }
    List<String> names =
        part.inputs().stream()
            .map(i -> i == NetworkPlan.IMAGE ? "image" : plan.parts().get(i).name())
            .toList();
    return String.join(part.join() == NetworkPlan.Join.SUM ? " + " : " & ", names);
  }

  private static ObjectNode json(Subject subject, NetworkPlan plan, List<Shape> shapes) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("format", FORMAT);
    json.put("architecture", subject.network().text()).put("task", subject.task().name());
    genotype(subject.network())
        .ifPresent(
            genotype ->
                json.put("genotype", genotype.text())
                    .putRawValue("ndsGenotype", new RawValue(genotype.json())));
    json.setAll(ComplexityTables.json(plan.complexity()));
    ArrayNode parts = json.putArray("parts");
    for (int i = 0; i < plan.parts().size(); i++) {
      NetworkPlan.Part part = plan.parts().get(i);
      ObjectNode node = parts.addObject().put("name", part.name());
      ArrayNode inputs = node.putArray("inputs");
      part.inputs().forEach(inputs::add);
      if (part.inputs().size() > 1) {
        node.put("join", part.join() == NetworkPlan.Join.SUM ? "sum" : "concat");
      }
      node.put("ops", Op.textOf(part.ops())).put("output", shapes.get(i).toString());
      ArrayNode layers = node.putArray("layers");
      for (NetworkPlan.Layer layer : NetworkPlan.layersOf(part, plan.joined(part, shapes))) {
        ObjectNode row =
            layers
                .addObject()
                .put("name", layer.name())
                .put("layer", layer.op().label())
                .put("input", layer.input().toString())
                .put("output", layer.output().toString());
        row.setAll(ComplexityTables.json(layer.cost()));
      }
    }
    return json;
  }
}
