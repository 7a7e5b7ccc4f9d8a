package dsa.cli.space;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dsa.cli.console.Console;
import dsa.cli.console.ExitCode;
import dsa.cli.console.OutputFormat;
import dsa.cli.console.OutputOptions;
import dsa.figures.table.Column;
import dsa.figures.table.Table;
import dsa.sampler.DesignSpace;
import dsa.sampler.spaces.Spaces;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the built-in design spaces. */
@Command(
    name = "spaces",
    description =
        "List the built-in design spaces, and those on the class path, and how many encodings each has.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Sizes count encodings; 'dsa describe' says how many different networks they come to.",
      "",
      "Wherever a space is asked for, the path of a space file of your own does as well; see docs/formats.md.",
      "",
      "Examples:",
      "  dsa spaces",
      "  dsa spaces --format csv",
      "",
      "Reads: nothing.  Writes: nothing."
    })
public final class SpacesCommand implements Callable<Integer> {

  private final Console console;
  @Mixin private OutputOptions output;

  /** The command, speaking to {@code console}. */
  public SpacesCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Table.Builder table =
        Table.of(
            Column.text("space"),
            Column.text("task"),
            Column.count("dimensions"),
            Column.count("encodings"),
            Column.text("description"));
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("format", "dsa.spaces/2");
    ArrayNode spaces = json.putArray("spaces");
    List<DesignSpace> all = new ArrayList<>();
    for (String name : Spaces.names()) {
      all.add(Spaces.find(name));
    }
    all.parallelStream().forEach(DesignSpace::size); // those of RegNet take a second each
    for (DesignSpace space : all) {
      table.row(
          space.head().name(),
          space.head().task().name(),
          space.dimensions().size(),
          space.size().toString(),
          space.head().description());
      spaces
          .addObject()
          .put("name", space.head().name())
          .put("task", space.head().task().name())
          .put("dimensions", space.dimensions().size())
          .put("encodings", space.size())
          .put("description", space.head().description());
    }
    PrintWriter out = console.out();
    out.print(output.format() == OutputFormat.JSON ? json + "\n" : output.render(table.build()));
    return ExitCode.OK;
  }
}
