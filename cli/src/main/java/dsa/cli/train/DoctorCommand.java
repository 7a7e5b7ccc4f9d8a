package dsa.cli.train;

import dsa.cli.console.Console;
import dsa.cli.console.ExitCode;
import dsa.trainer.process.EngineProbe;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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
public final class DoctorCommand implements Callable<Integer> {

  /** How the report is printed. */
  enum Format {
    TEXT,
    JSON
  }

  private final Console console;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json. Default: text.")
  private Format format;

  /** The command, speaking to {@code console}. */
  public DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    MachineReport report = MachineReport.of(EngineProbe.withDefaults(), System.getenv());
    PrintWriter out = console.out();
    if (format == Format.JSON) {
      out.println(report.json());
    } else {
      report.lines(Math.min(console.columns(), 100)).forEach(out::println);
    }
    if (report.usable()) {
      return ExitCode.OK;
    }
    console.err().println("dsa: no engine works on this machine; the reasons are above.");
    return ExitCode.BAD_INPUT;
  }
}
