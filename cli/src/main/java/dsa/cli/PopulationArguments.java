package dsa.cli;

import dsa.core.io.foreign.PopulationFile;
import dsa.core.run.Population;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Populations as users name them: a file, {@code name=file}, or the name of a file in {@code
 * data/}.
 */
final class PopulationArguments {

  private static final Path DATA = Path.of("data");

  private PopulationArguments() {}

  /** Loads all of them; what had to be assumed about foreign files goes to standard error. */
  static List<Population> load(List<String> arguments, Console console) throws IOException {
    List<Population> populations = new ArrayList<>();
    for (String argument : arguments) {
      populations.add(load(argument, console));
    }
    return populations;
  }

  /** Loads one. */
  static Population load(String argument, Console console) throws IOException {
    int equals = argument.indexOf('=');
    boolean named = equals > 0 && !Files.exists(Path.of(argument));
    Path file = file(named ? argument.substring(equals + 1) : argument);
    PopulationFile.Opened opened = PopulationFile.open(file);
    for (String note : opened.notes()) {
      console.err().println(file + ": " + note);
    }
    Population population = opened.population();
    return named
        ? new Population(argument.substring(0, equals), population.models(), population.origin())
        : population;
  }

  private static Path file(String text) throws IOException {
    if (text.isBlank()) {
      throw new IllegalArgumentException("no file is named where a population should stand");
    }
    Path file = Path.of(text);
    if (Files.exists(file)) {
      return file;
    }
    Path shipped = DATA.resolve(text + ".csv");
    if (file.getNameCount() == 1 && Files.exists(shipped)) {
      return shipped;
    }
    throw new IllegalArgumentException(
        "there is no file '" + text + "'" + known() + "; name a file, or give name=file");
  }

  private static String known() throws IOException {
    List<String> names = shipped();
    return names.isEmpty() ? "" : " and no such name in data/ (" + String.join(", ", names) + ")";
  }

  /** The names of the files in {@code data/}, sorted. */
  static List<String> shipped() throws IOException {
    if (!Files.isDirectory(DATA)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(DATA)) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(".csv"))
          .map(name -> name.substring(0, name.length() - ".csv".length()))
          .sorted()
          .toList();
    }
  }
}
