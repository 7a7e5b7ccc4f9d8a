package dsa.trainer.data;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Where CIFAR-10 is kept when nobody says where. */
public final class DataFolder {

  private DataFolder() {}

  /**
   * The folder of the data: {@code given}; else that in the variable {@code DSA_DATA}; else {@code
   * dsa/cifar-10} where programs keep their data: in {@code XDG_DATA_HOME} or {@code
   * ~/.local/share}, on macOS in {@code ~/Library/Application Support}, on Windows in {@code
   * LOCALAPPDATA} or {@code ~/AppData/Local}. It need not exist.
   *
   * @param given by the user
   * @param environment the process's variables; blank ones do not count, nor does an {@code
   *     XDG_DATA_HOME} that is not absolute
   * @param os name of the operating system, as the property {@code os.name} has it
   * @param home the user's home folder
   */
  public static Path of(
      Optional<Path> given, Map<String, String> environment, String os, Path home) {
    return given
        .or(() -> path(environment, "DSA_DATA"))
        .orElseGet(() -> shared(environment, os, home).resolve("dsa").resolve("cifar-10"));
  }

  private static Path shared(Map<String, String> environment, String os, Path home) {
    String system = os.toLowerCase(Locale.ROOT);
    if (system.startsWith("windows")) {
      return path(environment, "LOCALAPPDATA")
          .orElseGet(() -> home.resolve("AppData").resolve("Local"));
    }
    if (system.startsWith("mac")) {
      return home.resolve("Library").resolve("Application Support");
    }
    return path(environment, "XDG_DATA_HOME")
        .filter(Path::isAbsolute) // as the XDG base directory specification has it
        .orElseGet(() -> home.resolve(".local").resolve("share"));
  }

  private static Optional<Path> path(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable))
        .filter(text -> !text.isBlank())
        .map(Path::of);
  }
}
