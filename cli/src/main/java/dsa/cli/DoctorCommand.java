package dsa.cli;

import dsa.trainer.sweep.EngineProbe;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Says what this machine can train on. */
@Command(
    name = "doctor",
    description = {
      "Say which engines and devices this machine can train on, and why not on the others.",
      "",
      "Each engine is loaded in a process of its own; the first time it unpacks its libraries,"
          + " which takes seconds."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  dsa doctor",
      "  dsa doctor --format json",
      "",
      "Reads: nothing; looks whether CIFAR-10 is there.  Writes: nothing but the engines' unpacked"
          + " libraries."
    })
final class DoctorCommand implements Callable<Integer> {

  /** How the report is printed. */
  enum Format {
    TEXT,
    JSON
  }

  @ParentCommand private Dsa dsa;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json. Default: text.")
  private Format format;

  @Override
  public Integer call() throws IOException {
    MachineReport report = MachineReport.of(EngineProbe.withDefaults(), System.getenv());
    PrintWriter out = dsa.console().out();
    if (format == Format.JSON) {
      out.println(report.json());
    } else {
      report.lines(Math.min(dsa.console().columns(), 100)).forEach(out::println);
    }
    if (report.usable()) {
      return ExitCode.OK;
    }
    dsa.console().err().println("dsa: no engine works on this machine; the reasons are above.");
    return ExitCode.BAD_INPUT;
  }
}
