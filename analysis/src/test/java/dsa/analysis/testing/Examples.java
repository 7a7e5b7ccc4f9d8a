package dsa.analysis.testing;

import dsa.core.io.PopulationCsv;
import dsa.core.run.Population;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** The populations of {@code data/} that nobody trained. */
public final class Examples {

  private static final Path DATA = Path.of(System.getProperty("dsa.root", ".."), "data");

  private Examples() {}

  public static Population narrow() {
    return population("example-narrow");
  }

  public static List<Population> both() {
    return List.of(narrow(), population("example-wide"));
  }

  private static Population population(String name) {
    try {
      return PopulationCsv.read(DATA.resolve(name + ".csv"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
