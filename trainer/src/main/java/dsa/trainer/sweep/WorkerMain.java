package dsa.trainer.sweep;

import dsa.trainer.process.CodeVersion;
import dsa.trainer.process.WorkerMessage;
import dsa.trainer.Engines;
import dsa.trainer.data.Cifar10;
import dsa.trainer.engine.DeviceKind;
import dsa.trainer.engine.EngineException;
import dsa.trainer.engine.EngineOptions;
import dsa.trainer.network.ModelTrainer;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A {@link Worker} as a process: trains what its supervisor tells it on standard input. */
final class WorkerMain {

  private static final String ANY_ENGINE = "auto";

  private WorkerMain() {}

  /**
   * The arguments of a worker.
   *
   * @param folder of the sweep
   * @param images folder of the images
   * @param engine by name, or empty for the first that works
   */
  static List<String> arguments(
      Path folder, Path images, Optional<String> engine, DeviceKind device, int threads) {
    return List.of(
        folder.toString(),
        images.toString(),
        engine.orElse(ANY_ENGINE),
        device.name(),
        String.valueOf(threads));
  }

  /** Takes {@link #arguments}. */
  public static void main(String[] arguments) throws IOException {
    PrintWriter out =
        new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    try {
      SweepFolder sweep = SweepFolder.open(Path.of(arguments[0]));
      Cifar10 images = Cifar10.read(Path.of(arguments[1]));
      if (!images.checksum().equals(sweep.plan().datasetChecksum())) {
        throw new EngineException(
            arguments[1] + " holds other images than those that the sweep began with", false, null);
      }
      Engines.Choice choice =
          Engines.choose(
              Optional.of(arguments[2]).filter(name -> !name.equals(ANY_ENGINE)),
              Optional.of(DeviceKind.valueOf(arguments[3])));
      EngineOptions options =
          new EngineOptions(
              choice.device(), Integer.parseInt(arguments[4]), sweep.recipe().precision());
      try (ModelTrainer trainer = Engines.trainer(choice, options, images, System::nanoTime)) {
        new Worker(
                sweep, trainer, CodeVersion.text(), InstantSource.system(), System::nanoTime, out)
            .work(
                new BufferedReader(
                    new InputStreamReader(
                        new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8)),
                () -> Runtime.getRuntime().halt(1));
      }
    } catch (EngineException e) {
      out.println(new WorkerMessage.Unable(e.getMessage()).text());
    }
  }
}
