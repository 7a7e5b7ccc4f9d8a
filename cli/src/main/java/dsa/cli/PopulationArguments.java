package dsa.cli;

import dsa.core.io.foreign.PopulationFile;
import dsa.core.run.Population;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
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
    List<FutureTask<Loaded>> tasks = new ArrayList<>();
    for (String argument : arguments) {
      tasks.add(new FutureTask<>(() -> open(argument)));
    }
    tasks.stream().parallel().forEach(FutureTask::run);
    List<Population> populations = new ArrayList<>();
    for (FutureTask<Loaded> task : tasks) {
      populations.add(told(result(task), console));
    }
    return populations;
  }

  /** Loads one. */
  static Population load(String argument, Console console) throws IOException {
    return told(open(argument), console);
  }

  private record Loaded(Population population, Path file, List<String> notes) {}

  private static Loaded open(String argument) throws IOException {
    int equals = argument.indexOf('=');
    boolean named = equals > 0 && !Files.exists(Path.of(argument));
    Path file = file(named ? argument.substring(equals + 1) : argument);
    PopulationFile.Opened opened = PopulationFile.open(file);
    Population population = opened.population();
    return new Loaded(
        named
            ? new Population(
                argument.substring(0, equals), population.models(), population.origin())
            : population,
        file,
        opened.notes());
  }

  private static Population told(Loaded loaded, Console console) {
    for (String note : loaded.notes()) {
      console.err().println(loaded.file() + ": " + note);
    }
    return loaded.population();
  }

  private static Loaded result(FutureTask<Loaded> finished) throws IOException {
    try {
      return finished.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      } else if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("reading was interrupted");
    }
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
