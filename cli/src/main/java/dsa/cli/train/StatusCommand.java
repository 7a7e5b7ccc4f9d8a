package dsa.cli.train;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dsa.cli.console.Console;
import dsa.cli.console.ExitCode;
import dsa.cli.console.OutputFormat;
import dsa.cli.console.OutputOptions;
import dsa.core.io.SweepPlan;
import dsa.figures.table.Column;
import dsa.figures.table.Table;
import dsa.trainer.sweep.SweepFolder;
import dsa.trainer.sweep.SweepProgress;
import dsa.trainer.sweep.SweepStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says how far a sweep is. */
@Command(
    name = "status",
    description = {
      "Say how far a sweep is, whether or not it is running.",
      "",
      "Results are counted in the log; what is running is what 'dsa train' wrote within the last"
          + " seconds."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  dsa status runs/resnet",
      "",
      "Reads: the folder of a sweep.  Writes: nothing."
    })
public final class StatusCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(paramLabel = "RUNS", description = "Folder of the sweep.")
  private Path folder;

  @Mixin private OutputOptions output;

  /** The command, speaking to {@code console}. */
  public StatusCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    SweepStatus status = SweepStatus.of(SweepFolder.open(folder), Instant.now());
    PrintWriter out = console.out();
    if (output.format() == OutputFormat.JSON) {
      out.println(json(status).toPrettyString());
      return ExitCode.OK;
    }
    SweepPlan plan = status.plan();
    if (output.format() == OutputFormat.TEXT) {
      out.println(
          plan.space()
              + " by "
              + plan.recipe()
              + " on "
              + plan.dataset()
              + ", seed "
              + plan.seed());
      out.println(
          TrainMeter.line(status.progress())
              + status
                  .supervisor()
                  .map(pid -> "; trained by process " + pid)
                  .orElse("; nobody trains it now"));
    }
    if (!status.progress().running().isEmpty() || output.format() != OutputFormat.TEXT) {
      out.print(output.render(table(status.progress())));
    }
    return ExitCode.OK;
  }

  private static Table table(SweepProgress progress) {
    Table.Builder table =
        Table.of(
            Column.text("running"),
            Column.text("epoch"),
            Column.number("test error", 2).in("%"),
            Column.count("since").in("s"));
    for (SweepProgress.Running one : progress.running()) {
      table.row(
          one.id(),
          one.epoch() + "/" + one.epochs(),
          one.testErrorPct(),
          Math.round(one.seconds()));
    }
    return table.build();
  }

  private static ObjectNode json(SweepStatus status) {
    SweepProgress progress = status.progress();
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("format", "dsa.sweep-status/1")
            .put("space", status.plan().space())
            .put("recipe", status.plan().recipe())
            .put("dataset", status.plan().dataset())
            .put("seed", status.plan().seed())
            .put("models", progress.models())
            .put("done", progress.done())
            .put("diverged", progress.diverged())
            .put("failed", progress.failed());
    status.supervisor().ifPresent(pid -> json.put("supervisor", pid));
    progress.bestErrorPct().ifPresent(best -> json.put("bestErrorPct", best));
    progress.secondsLeft().ifPresent(left -> json.put("secondsLeft", left));
    json.put("imagesPerSecond", progress.imagesPerSecond());
    ArrayNode running = json.putArray("running");
    for (SweepProgress.Running one : progress.running()) {
      ObjectNode node =
          running
              .addObject()
              .put("id", one.id())
              .put("epoch", one.epoch())
              .put("epochs", one.epochs())
              .put("seconds", one.seconds());
      if (one.epochShare() > 0) {
        node.put("epochShare", one.epochShare());
      }
      one.testErrorPct().ifPresent(error -> node.put("testErrorPct", error));
    }
    return json;
  }
}
