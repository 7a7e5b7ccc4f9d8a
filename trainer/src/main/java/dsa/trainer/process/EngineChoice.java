package dsa.trainer.process;

import dsa.trainer.Engines;
import dsa.trainer.engine.DeviceKind;
import dsa.trainer.engine.Engine;
import dsa.trainer.engine.Engine.Availability;
import dsa.trainer.engine.EngineException;
import dsa.trainer.engine.Precision;
import dsa.trainer.pytorch.PythonProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is to compute, as far as it was chosen.
 *
 * @param engine by name, or empty for the first of {@link Engines#all} that works
 * @param device or empty for a GPU if there is a usable one, else the processor
 * @param threads of arithmetic in each worker, at least 1; another number sums in another order
 * @param python interpreter of the engine {@link Engines#PYTORCH}, by name or path
 */
public record EngineChoice(
    Optional<String> engine, Optional<DeviceKind> device, int threads, String python) {

  /** The interpreter where none is named. */
  public static final String DEFAULT_PYTHON = "python3";

  /** What a driver of NVIDIA leaves, on Linux itself and under Windows. */
  private static final List<Path> NVIDIA_DRIVER =
      List.of(Path.of("/dev/nvidiactl"), Path.of("/dev/dxg"));

  private static final List<DeviceKind> GPUS =
      List.of(DeviceKind.CUDA, DeviceKind.XPU, DeviceKind.MPS);

  private static final int MOST_GPU_WORKERS = 64;

  /** Rejects unknown engines and fewer than one thread. */
  public EngineChoice {
    if (engine.isPresent() && !Engines.choices().contains(engine.get())) {
      throw new IllegalArgumentException(
          "engine '" + engine.get() + "' is none of " + String.join(", ", Engines.choices()));
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads=" + threads + " < 1");
    }
  }

  /** Whatever works best, with one thread. */
  public static EngineChoice withDefaults() {
    return new EngineChoice(Optional.empty(), Optional.empty(), 1, DEFAULT_PYTHON);
  }

  /** This engine; see {@link Engines#choices}. */
  public EngineChoice withEngine(String name) {
    return new EngineChoice(Optional.of(name), device, threads, python);
  }

  /** This device. */
  public EngineChoice withDevice(DeviceKind kind) {
    return new EngineChoice(engine, Optional.of(kind), threads, python);
  }

  /** So many threads. */
  public EngineChoice withThreads(int count) {
    return new EngineChoice(engine, device, count, python);
  }

  /** This interpreter, for the engine {@link Engines#PYTORCH}. */
  public EngineChoice withPython(String interpreter) {
    return new EngineChoice(engine, device, threads, interpreter);
  }

  /** Whether a Python trains, and not this program. */
  public boolean isPytorch() {
    return engine.equals(Optional.of(Engines.PYTORCH));
  }

  /**
   * The device asked for; where that was left open, a GPU if an engine asked for can use one, else
   * the processor. Asked of processes of their own, as loading native libraries may end one; that
   * may take minutes.
   *
   * @param told why a GPU that this machine seems to have is not used
   * @throws EngineException if a GPU was asked for and no engine asked for can use one, or if a
   *     Python was asked for and it cannot train
   */
  public DeviceKind resolved(EngineProbe probe, Consumer<String> told) throws IOException {
    if (isPytorch()) {
      return resolved(PythonProbe.of(python));
    }
    if (device.equals(Optional.of(DeviceKind.CPU))) {
      return DeviceKind.CPU;
    }
    if (device.isPresent() && device.get() != DeviceKind.CUDA) {
      throw new EngineException(
          "on "
              + device.get().label()
              + " only the engine "
              + Engines.PYTORCH
              + " computes; choose that engine, or another device",
          false,
          null);
    }
    List<String> reasons = new ArrayList<>();
    for (String name : engine.map(List::of).orElse(Engines.names())) {
      Availability found = probe.of(name, DeviceKind.CUDA);
      if (found.usable()) {
        return DeviceKind.CUDA;
      }
      reasons.add(name + " on cuda: " + found.detail());
    }
    if (device.isEmpty()) {
      if (NVIDIA_DRIVER.stream().anyMatch(Files::exists)) {
        told.accept("the GPU is not used: " + String.join("; ", reasons));
      }
      return DeviceKind.CPU;
    }
    throw new EngineException(
        "no engine can train as asked; " + String.join("; ", reasons), false, null);
  }

  private DeviceKind resolved(Map<DeviceKind, Availability> found) {
    if (device.isEmpty()) {
      for (DeviceKind gpu : GPUS) {
        if (found.get(gpu).usable()) {
          return gpu;
        }
      }
    }
    DeviceKind asked = device.orElse(DeviceKind.CPU);
    if (!found.get(asked).usable()) {
      throw new EngineException(
          Engines.PYTORCH + " on " + asked.label() + ": " + found.get(asked).detail(), false, null);
    }
    return asked;
  }

  /**
   * Rejects a precision in which no engine asked for computes on such a device, before any is
   * loaded.
   *
   * @throws EngineException in the words of the first of them
   */
  public void check(DeviceKind resolved, Precision precision) {
    if (isPytorch()) {
      if (resolved == DeviceKind.CPU && precision == Precision.BF16) {
        throw new EngineException(
            Engines.PYTORCH
                + " computes in bf16 on GPUs only; take a recipe of precision fp32, or a GPU",
            false,
            null);
      }
      return;
    }
    List<EngineException> refusals = new ArrayList<>();
    for (Engine each : Engines.all()) {
      if (engine.isEmpty() || engine.get().equals(each.name())) {
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

  /** How many workers may train at once: on the processor as many as have cores of their own. */
  public int mostWorkers(DeviceKind resolved) {
    int cores = Runtime.getRuntime().availableProcessors();
    return resolved == DeviceKind.CPU ? Math.max(1, cores / threads) : MOST_GPU_WORKERS;
  }

  /** How many do unless it was chosen: one on each GPU, on the processor as many as may. */
  public int defaultWorkers(DeviceKind resolved) {
    return switch (resolved) {
      case CPU -> mostWorkers(resolved);
      case CUDA -> Math.max(1, Math.min(MOST_GPU_WORKERS, Gpus.visible(System.getenv()).size()));
      case MPS, XPU -> 1;
    };
  }
}
