package dsa.cli.train;

import dsa.cli.console.Require;
import dsa.trainer.Engines;
import dsa.trainer.engine.DeviceKind;
import dsa.trainer.process.EngineChoice;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What computes, for the commands that train. */
public final class EngineOption {

  private static final String AUTO = "auto";

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      defaultValue = AUTO,
      description =
          "libtorch, djl, pytorch (the PyTorch of a Python that is here) or auto, the first of the"
              + " former two that works. Default: auto.")
  private String engine;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = AUTO,
      description =
          "cpu, cuda or auto, a GPU if there is one; with pytorch mps and xpu too. Default: auto.")
  private String device;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Threads of arithmetic in each worker; another number sums in another order, so"
              + " that results differ by rounding. Default: 1.")
  private int threads;

  @Option(
      names = "--python",
      paramLabel = "PYTHON",
      defaultValue = EngineChoice.DEFAULT_PYTHON,
      description = "Interpreter for --engine pytorch, by name or path. Default: ${DEFAULT-VALUE}.")
  private String python;

  /** Rejects names that are none. */
  void check(CommandSpec spec) {
    Require.that(
        List.of("libtorch", "djl", Engines.PYTORCH, AUTO).contains(engine.toLowerCase(Locale.ROOT)),
        spec,
        "--engine " + engine + " is none of libtorch, djl, pytorch, auto");
    Require.that(
        List.of("cpu", "cuda", "mps", "xpu", AUTO).contains(device.toLowerCase(Locale.ROOT)),
        spec,
        "--device " + device + " is none of cpu, cuda, mps, xpu, auto");
    Require.that(threads >= 1, spec, "--threads " + threads + " is below 1");
  }

  /** What was asked for. */
  EngineChoice choice() {
    return new EngineChoice(
        Optional.of(engine.toLowerCase(Locale.ROOT)).filter(name -> !name.equals(AUTO)),
        Optional.of(device.toUpperCase(Locale.ROOT))
            .filter(name -> !name.equalsIgnoreCase(AUTO))
            .map(DeviceKind::valueOf),
        threads,
        python);
  }
}
