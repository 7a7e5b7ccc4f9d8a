package dsa.cli;

import dsa.trainer.Engines;
import dsa.trainer.engine.DeviceKind;
import dsa.trainer.engine.Engine;
import dsa.trainer.engine.EngineException;
import dsa.trainer.engine.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What computes, for the commands that train. */
final class EngineOption {

  private static final String AUTO = "auto";

  /** What a driver of NVIDIA leaves, on Linux itself and under Windows. */
  private static final List<Path> NVIDIA_DRIVER =
      List.of(Path.of("/dev/nvidiactl"), Path.of("/dev/dxg"));

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      defaultValue = AUTO,
      description = "libtorch, djl or auto, the first of these that works. Default: auto.")
  private String engine;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = AUTO,
      description = "cpu, cuda or auto, a GPU if there is one. Default: auto.")
  private String device;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Threads of arithmetic in each worker; another number gives other last digits. Default: 1.")
  private int threads;

  /** Rejects names that are none. */
  void check(CommandSpec spec) {
    Require.that(
        List.of("libtorch", "djl", AUTO).contains(engine.toLowerCase(Locale.ROOT)),
        spec,
        "--engine " + engine + " is none of libtorch, djl, auto");
    Require.that(
        List.of("cpu", "cuda", AUTO).contains(device.toLowerCase(Locale.ROOT)),
        spec,
        "--device " + device + " is none of cpu, cuda, auto");
    Require.that(threads >= 1, spec, "--threads " + threads + " is below 1");
  }

  /**
   * Rejects a precision in which no engine asked for computes on such a device, before any is
   * loaded.
   *
   * @throws EngineException in the words of the first of them
   */
  void check(DeviceKind resolved, Precision precision) {
    List<EngineException> refusals = new ArrayList<>();
    for (Engine each : Engines.all()) {
      if (engine().isEmpty() || engine().get().equals(each.name())) {
        try {
          each.check(resolved, precision);
          return;
        } catch (EngineException e) {
          refusals.add(e);
        }
      }
    }
    throw refusals.get(0);
  }

  Optional<String> engine() {
    return Optional.of(engine.toLowerCase(Locale.ROOT)).filter(name -> !name.equals(AUTO));
  }

  Optional<DeviceKind> device() {
    return Optional.of(device.toUpperCase(Locale.ROOT))
        .filter(name -> !name.equalsIgnoreCase(AUTO))
        .map(DeviceKind::valueOf);
  }

  int threads() {
    return threads;
  }

  /**
   * The device asked for; where that was left open, a GPU if libtorch can use one, else the
   * processor. Asked of a process of its own, as loading native libraries may end one.
   *
   * @param told why a GPU that this machine seems to have is not used
   * @throws EngineException if a GPU was asked for and no engine asked for can use one
   */
  DeviceKind resolved(EngineProbe probe, Consumer<String> told) throws IOException {
    if (device().equals(Optional.of(DeviceKind.CPU))) {
      return DeviceKind.CPU;
    }
    List<String> reasons = new ArrayList<>();
    for (String name : engine().map(List::of).orElse(Engines.names())) {
      Engine.Availability found = probe.of(name, DeviceKind.CUDA);
      if (found.usable()) {
        return DeviceKind.CUDA;
      }
      reasons.add(name + " on cuda: " + found.detail());
    }
    if (device().isEmpty()) {
      if (NVIDIA_DRIVER.stream().anyMatch(Files::exists)) {
        told.accept("the GPU is not used: " + String.join("; ", reasons));
      }
      return DeviceKind.CPU;
    }
    throw new EngineException(
        "no engine can train as asked; " + String.join("; ", reasons), false, null);
  }

  /** The same choice for another process. */
  List<String> arguments(DeviceKind resolved) {
    return List.of(
        "--engine", engine, "--device", resolved.label(), "--threads", String.valueOf(threads));
  }
}
