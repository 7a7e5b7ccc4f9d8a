package dsa.cli;

import dsa.core.io.RunLog;
import dsa.core.run.ErrorKind;
import dsa.core.run.Populations;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The populations that come with the program: run logs among its resources, put there by the build
 * from {@code data/populations}, and an index of their names.
 */
final class EmbeddedPopulations {

  /** Those of this program. */
  static final EmbeddedPopulations OURS = new EmbeddedPopulations("/dsa/populations/");

  private final String folder;

  /** Those below a folder of resources, which ends in a slash. */
  EmbeddedPopulations(String folder) {
    this.folder = folder;
  }

  /** The names, in the order of the index; none if there is no index. */
  List<String> names() {
    try (InputStream in = EmbeddedPopulations.class.getResourceAsStream(folder + "index.txt")) {
      return in == null
          ? List.of()
          : new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank())
              .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The population of a name in the index, with the smallest error over the epochs. */
  Populations.Collected open(String name) throws IOException {
    String resource = folder + name + "/runs.jsonl";
    InputStream in = EmbeddedPopulations.class.getResourceAsStream(resource);
    if (in == null) {
      throw new FileNotFoundException(
          resource + " is in the program's index of populations but not in the program");
    }
    return Populations.of(name, RunLog.read(resource, in).runs().stream(), ErrorKind.MIN);
  }
}
