package dsa.cli.train;

import dsa.trainer.data.DataFolder;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where CIFAR-10 is, for the commands that fetch or read it. */
public final class DataOption {

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Where CIFAR-10 is. Default: what 'dsa data where' prints.")
  private Optional<Path> given = Optional.empty();

  Path folder() {
    return folder(given);
  }

  /** The folder that was named. */
  Optional<Path> given() {
    return given;
  }

  /** {@code given}, or the folder that this process's environment makes the default. */
  static Path folder(Optional<Path> given) {
    return DataFolder.of(
        given,
        System.getenv(),
        System.getProperty("os.name"),
        Path.of(System.getProperty("user.home")));
  }
}
