package dsa.cli;

import dsa.core.io.NearNames;
import dsa.core.run.Circumstances;
import dsa.core.run.ErrorKind;
import dsa.core.run.Population;
import dsa.core.run.Populations;
import dsa.populations.importers.PopulationFile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/**
 * Populations as users name them: a file or a sweep's folder, the name of a file in {@code data/},
 * or the name of a population that comes with the program, in this order; {@code name=} before any
 * of them gives it another name.
 */
final class PopulationArguments {

  private static final Path DATA = Path.of("data");

  private PopulationArguments() {}

  /**
   * A population and where it comes from.
   *
   * @param population the models
   * @param from the file, folder or name
   * @param notes what had to be assumed or is missing, one sentence each
   * @param circumstances of its runs, if they are known
   */
  record Loaded(
      Population population,
      String from,
      List<String> notes,
      Optional<Circumstances> circumstances) {

    private Loaded called(String name) {
      return new Loaded(
          new Population(name, population.models(), population.origin()),
          from,
          notes,
          circumstances);
    }
  }

  /** Loads all of them; what had to be assumed about foreign files goes to standard error. */
  static List<Population> load(List<String> arguments, Console console) throws IOException {
    return loadAll(arguments, console).stream().map(Loaded::population).toList();
  }

  /** As {@link #load}, with what is known about their runs. */
  static List<Loaded> loadAll(List<String> arguments, Console console) throws IOException {
    List<FutureTask<Loaded>> tasks = new ArrayList<>();
    for (String argument : arguments) {
      tasks.add(new FutureTask<>(() -> open(argument, EmbeddedPopulations.OURS)));
    }
    tasks.stream().parallel().forEach(FutureTask::run);
    List<Loaded> populations = new ArrayList<>();
    for (FutureTask<Loaded> task : tasks) {
      populations.add(told(result(task), console));
    }
    return populations;
  }

  /** Loads one. */
  static Population load(String argument, Console console) throws IOException {
    return told(open(argument, EmbeddedPopulations.OURS), console).population();
  }

  /** Finds one where {@code embedded} are those that come with the program. */
  static Loaded open(String argument, EmbeddedPopulations embedded) throws IOException {
    int equals = argument.indexOf('=');
    boolean named = equals > 0 && !Files.exists(Path.of(argument));
    Loaded loaded = find(named ? argument.substring(equals + 1) : argument, embedded);
    return named ? loaded.called(argument.substring(0, equals)) : loaded;
  }

  private static Loaded find(String text, EmbeddedPopulations embedded) throws IOException {
    if (text.isBlank()) {
      throw new IllegalArgumentException("no file is named where a population should stand");
    }
    Path path = Path.of(text);
    if (Files.isDirectory(path) || SweepRuns.isLogOfSweep(path)) {
      return ofSweep(path);
    }
    if (Files.exists(path)) {
      return ofFile(path);
    }
    Path shipped = DATA.resolve(text + ".csv");
    if (path.getNameCount() == 1 && Files.exists(shipped)) {
      return ofFile(shipped);
    }
    List<String> names = embedded.names();
    String name = text.toLowerCase(Locale.ROOT);
    if (names.contains(name)) {
      Populations.Collected collected = embedded.open(name);
      return new Loaded(
          collected.population(), name, List.of(), Optional.of(collected.circumstances()));
    }
    throw new IllegalArgumentException(unknown(text, shipped(), names));
  }

  private static Loaded ofFile(Path file) throws IOException {
    PopulationFile.Opened opened = PopulationFile.open(file);
    return new Loaded(opened.population(), file.toString(), opened.notes(), opened.circumstances());
  }

  private static Loaded ofSweep(Path path) throws IOException {
    SweepRuns runs = SweepRuns.open(path);
    Populations.Collected collected = runs.collect(runs.name(), ErrorKind.MIN);
    List<String> notes = new ArrayList<>();
    runs.warning().ifPresent(notes::add);
    notes.add("a sweep: smallest error over the epochs, " + runs.account(collected));
    return new Loaded(
        collected.population(), path.toString(), notes, Optional.of(collected.circumstances()));
  }

  private static String unknown(String text, List<String> shipped, List<String> embedded) {
    List<String> known = new ArrayList<>();
    if (!shipped.isEmpty()) {
      known.add("in data/ (" + String.join(", ", shipped) + ")");
    }
    if (!embedded.isEmpty()) {
      known.add("built in (" + String.join(", ", embedded) + ")");
    }
    Set<String> names = new LinkedHashSet<>(shipped);
    names.addAll(embedded);
    List<String> near = NearNames.of(text, names);
    return "there is no file '"
        + text
        + "'"
        + (known.isEmpty() ? "" : " and no such name " + String.join(" or ", known))
        + "; "
        + (near.isEmpty()
            ? "name a file, or give name=file"
            : "did you mean " + String.join(" or ", near) + "?");
  }

  private static Loaded told(Loaded loaded, Console console) {
    for (String note : loaded.notes()) {
      console.err().println(loaded.from() + ": " + note);
    }
    return loaded;
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
