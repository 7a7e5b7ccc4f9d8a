package dsa.cli.train;

import dsa.cli.console.Console;
import dsa.cli.console.ExitCode;
import dsa.trainer.process.EngineChoice;
import dsa.trainer.process.EngineProbe;
import dsa.trainer.pytorch.PythonProbe;
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
          + " which takes seconds. pytorch is the PyTorch of the Python that is here or named."
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

  @Option(
      names = "--python",
      paramLabel = "PYTHON",
      defaultValue = EngineChoice.DEFAULT_PYTHON,
      description =
          "Interpreter that is asked for its PyTorch, by name or path. Default: ${DEFAULT-VALUE}.")
  private String python;

  /** The command, speaking to {@code console}. */
  public DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    MachineReport report =
        MachineReport.of(EngineProbe.withDefaults(), PythonProbe.of(python), System.getenv());
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
