package dsa.populations;

import dsa.core.io.MalformedFileException;
import dsa.core.io.NearNames;
import dsa.core.run.Metric;
import dsa.core.run.Population;
import dsa.populations.builtin.BuiltInPopulations;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/**
 * Where a population comes from. {@code PopulationSource.open("resnext-a").population()} is a
 * built-in one; the folder of a sweep, finished or running, a run log, a population file and a
 * table of another project are opened in the same way. A source is read each time it is asked.
 */
public final class PopulationSource {

  private static final Path DATA = Path.of("data");

  private final String from;
  private final Optional<String> name;
  private final Reader reader;

  private PopulationSource(String from, Optional<String> name, Reader reader) {
    this.from = from;
    this.name = name;
    this.reader = reader;
  }

  /** Reads a source under its own name. */
  private interface Reader {
    OpenedPopulation read(Optional<Metric> metric) throws IOException;
  }

  /**
   * The source that a text names: a file or a sweep's folder, the name of a file in {@code data/},
   * or the name of a built-in population, in this order; {@code name=} before any of them gives the
   * population that name.
   *
   * @throws IllegalArgumentException if it names none; the message says what there is
   */
  public static PopulationSource open(String text) throws IOException {
    return open(text, BuiltInPopulations.OURS);
  }

  /** The population file, run log, table of another project or folder of a sweep at a path. */
  public static PopulationSource open(Path path) throws IOException {
    return at(path);
  }

  /** As {@link #open(String)}, where {@code builtIn} are those that come with the program. */
  static PopulationSource open(String text, BuiltInPopulations builtIn) throws IOException {
    int equals = text.indexOf('=');
    if (equals > 0 && !Files.exists(Path.of(text))) {
      return find(text.substring(equals + 1), builtIn).named(text.substring(0, equals));
    }
    return find(text, builtIn);
  }

  private static PopulationSource find(String text, BuiltInPopulations builtIn) throws IOException {
    if (text.isBlank()) {
      throw new IllegalArgumentException("no file is named where a population should stand");
    }
    Path path = Path.of(text);
    if (Files.exists(path)) {
      return at(path);
    }
    Path inData = DATA.resolve(text + ".csv");
    if (path.getNameCount() == 1 && Files.exists(inData)) {
      return at(inData);
    }
    String name = text.toLowerCase(Locale.ROOT);
    if (builtIn.names().contains(name)) {
      return new PopulationSource(
          name,
          Optional.empty(),
          metric -> SweepRuns.builtIn(name, builtIn).read(metric.orElse(Metric.TEST_ERROR)));
    }
    throw new IllegalArgumentException(unknown(text, namesInData(), builtIn.names()));
  }

  private static PopulationSource at(Path path) throws IOException {
    boolean sweep = Files.isDirectory(path) || SweepRuns.isLogOfSweep(path);
    return new PopulationSource(
        path.toString(),
        Optional.empty(),
        metric ->
            sweep
                ? SweepRuns.open(path).read(metric.orElse(Metric.TEST_ERROR))
                : PopulationFile.open(path, metric));
  }

  private static String unknown(String text, List<String> inData, List<String> builtIn) {
    List<String> known = new ArrayList<>();
    if (!inData.isEmpty()) {
      known.add("in data/ (" + String.join(", ", inData) + ")");
    }
    if (!builtIn.isEmpty()) {
      known.add("built in (" + String.join(", ", builtIn) + ")");
    }
    Set<String> names = new LinkedHashSet<>(inData);
    names.addAll(builtIn);
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

  /** The names that are found without a path: of the files in {@code data/}, then built-in ones. */
  public static List<String> names() throws IOException {
    Set<String> names = new LinkedHashSet<>(namesInData());
    names.addAll(BuiltInPopulations.OURS.names());
    return List.copyOf(names);
  }

  private static List<String> namesInData() throws IOException {
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

  /** The file, folder or name it is, as it was given. */
  public String from() {
    return from;
  }

  /** This source, its population under another name. */
  public PopulationSource named(String newName) {
    return new PopulationSource(from, Optional.of(newName), reader);
  }

  /** The population that a file holds, or of runs the one of their smallest test errors. */
  public Population population() throws IOException {
    return read(Optional.empty()).population();
  }

  /**
   * The population of its models' {@code metric}, and what had to be assumed to read it.
   *
   * @throws MalformedFileException if a file is not what it should be
   * @throws IllegalArgumentException if it holds no result, or not this metric
   */
  public OpenedPopulation read(Metric metric) throws IOException {
    return read(Optional.of(metric));
  }

  /** As above; where no metric is asked for, what a file holds, and of runs the test error. */
  public OpenedPopulation read(Optional<Metric> metric) throws IOException {
    OpenedPopulation opened = reader.read(metric);
    return name.isPresent() ? opened.named(name.get()) : opened;
  }

  /**
   * Reads several at once. Populations that come by the same name from different places and were
   * given none are told apart by the folders they are in.
   *
   * @return in the order of {@code sources}
   */
  public static List<OpenedPopulation> readAll(
      List<PopulationSource> sources, Optional<Metric> metric) throws IOException {
    List<FutureTask<OpenedPopulation>> tasks = new ArrayList<>();
    for (PopulationSource source : sources) {
      tasks.add(new FutureTask<>(() -> source.read(metric)));
    }
    tasks.stream().parallel().forEach(FutureTask::run);
    List<OpenedPopulation> opened = new ArrayList<>();
    for (FutureTask<OpenedPopulation> task : tasks) {
      opened.add(result(task));
    }
    return distinguished(sources, opened);
  }

  private static List<OpenedPopulation> distinguished(
      List<PopulationSource> sources, List<OpenedPopulation> opened) {
    Map<String, Set<String>> placesOf = new HashMap<>();
    for (OpenedPopulation each : opened) {
      placesOf.computeIfAbsent(each.population().name(), name -> new HashSet<>()).add(each.from());
    }
    List<OpenedPopulation> distinct = new ArrayList<>();
    for (int i = 0; i < opened.size(); i++) {
      OpenedPopulation each = opened.get(i);
      String own = each.population().name();
      boolean shared = sources.get(i).name.isEmpty() && placesOf.get(own).size() > 1;
      distinct.add(shared ? each.named(qualified(own, each.from())) : each);
    }
    return distinct;
  }

  /** The name behind that of the folder it is in; a sweep's folder is in the one above it. */
  private static String qualified(String name, String from) {
    Path path = Path.of(from).toAbsolutePath().normalize();
    if (!Files.exists(path)) {
      return name; // built in
    }
    if (SweepRuns.isLog(path)) {
      path = path.getParent(); // the log has its folder's name
    }
    Path folder = path.getParent();
    Path last = folder == null ? null : folder.getFileName();
    return last == null ? name : last + "/" + name;
  }

  private static OpenedPopulation result(FutureTask<OpenedPopulation> finished) throws IOException {
    try {
      return finished.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      } else if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure; // out of memory, such as
      }
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("reading was interrupted");
    }
  }
}
