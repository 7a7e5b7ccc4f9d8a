package dsa.populations.builtin;

import dsa.core.io.RunLog;
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
public final class BuiltInPopulations {

  /** Those of this program. */
  public static final BuiltInPopulations OURS = new BuiltInPopulations("/dsa/populations/builtin/");

  private final String folder;

  /** Those below a folder of resources, which ends in a slash. */
  public BuiltInPopulations(String folder) {
    this.folder = folder;
  }

  /** The names, in the order of the index; none if there is no index. */
  public List<String> names() {
    try (InputStream in = BuiltInPopulations.class.getResourceAsStream(folder + "index.txt")) {
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

  /**
   * The log of a population's runs.
   *
   * @param name one of {@link #names}
   */
  public RunLog.Contents open(String name) throws IOException {
    String resource = folder + name + "/runs.jsonl";
    InputStream in = BuiltInPopulations.class.getResourceAsStream(resource);
    if (in == null) {
      throw new FileNotFoundException(
          resource + " is in the program's index of populations but not in the program");
    }
    return RunLog.read(resource, in);
  }
}
