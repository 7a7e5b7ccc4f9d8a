package dsa.trainer;

import dsa.trainer.data.Cifar10;
import dsa.trainer.djl.DjlEngine;
import dsa.trainer.engine.DeviceKind;
import dsa.trainer.engine.Engine;
import dsa.trainer.engine.Engine.Availability;
import dsa.trainer.engine.EngineException;
import dsa.trainer.engine.EngineOptions;
import dsa.trainer.engine.Ops;
import dsa.trainer.engine.Processor;
import dsa.trainer.libtorch.LibtorchEngine;
import dsa.trainer.network.ModelTrainer;
import dsa.trainer.network.NetworkTrainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The engines this program has, best first, and how one is chosen. Asking loads natives. */
public final class Engines {

  /** The engine that is no library of this program: the PyTorch of a Python that is here. */
  public static final String PYTORCH = "pytorch";

  private Engines() {}

  /** All engines, the preferred one first. */
  public static List<Engine> all() {
    return List.of(new LibtorchEngine(), new DjlEngine());
  }

  /** The names of {@link #all}. */
  public static List<String> names() {
    return all().stream().map(Engine::name).toList();
  }

  /** All names that users may give: those, and {@link #PYTORCH}, which is used when asked for. */
  public static List<String> choices() {
    List<String> choices = new ArrayList<>(names());
    choices.add(PYTORCH);
    return List.copyOf(choices);
  }

  /**
   * What is to train.
   *
   * @param engine that was chosen
   * @param device that was chosen
   */
  public record Choice(Engine engine, DeviceKind device) {}

  /**
   * The engine and device asked for; where it was left open, a GPU before the processor and
   * libtorch before DJL.
   *
   * @param engine a name, or empty for the first that works
   * @param device empty for a GPU if there is a usable one, else the processor
   * @throws EngineException if nothing fits, saying why of each
   * @throws IllegalArgumentException if no engine has that name
   */
  public static Choice choose(Optional<String> engine, Optional<DeviceKind> device) {
    List<Engine> candidates =
        all().stream().filter(e -> engine.isEmpty() || e.name().equals(engine.get())).toList();
    if (candidates.isEmpty()) {
      throw new IllegalArgumentException(
          "engine '" + engine.get() + "' is none of " + String.join(", ", names()));
    }
    List<String> reasons = new ArrayList<>();
    for (DeviceKind kind : device.map(List::of).orElse(List.of(DeviceKind.CUDA, DeviceKind.CPU))) {
      for (Engine candidate : candidates) {
        Availability availability = candidate.availability(kind);
        if (availability.usable()) {
          return new Choice(candidate, kind);
        }
        reasons.add(candidate.name() + " on " + kind.label() + ": " + availability.detail());
      }
    }
    throw new EngineException(
        "no engine can train as asked; " + String.join("; ", reasons), false, null);
  }

  /**
   * A trainer of networks on CIFAR-10.
   *
   * @param choice engine and device
   * @param options the same device, threads and precision
   * @param images what to train and test on
   * @param nanoTime a clock for durations
   */
  public static ModelTrainer trainer(
      Choice choice, EngineOptions options, Cifar10 images, LongSupplier nanoTime) {
    return trainer(choice.engine().open(options), images, nanoTime);
  }

  private static <T> ModelTrainer trainer(Ops<T> ops, Cifar10 images, LongSupplier nanoTime) {
    return new NetworkTrainer<>(ops, images, nanoTime, Processor::cpuSeconds);
  }
}
