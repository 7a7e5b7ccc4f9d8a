package dsa.cli.space;

import dsa.cli.console.Require;
import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.CellSpec.Stacking;
import dsa.core.arch.Task;
import dsa.core.arch.genotype.Genotype;
import dsa.core.arch.genotype.NamedGenotypes;
import dsa.core.io.MalformedFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** A network given on the command line: as architecture text, or as a genotype with its size. */
public final class NetworkText {

  private static final int LONGEST_FILE = 1 << 20;
  private static final int MOST_NAMES = 20;

  @Option(
      names = "--width",
      paramLabel = "W",
      description = "For a genotype: channels of the first cell's operations.")
  private Optional<Integer> width = Optional.empty();

  @Option(names = "--depth", paramLabel = "D", description = "For a genotype: number of cells.")
  private Optional<Integer> depth = Optional.empty();

  @Option(
      names = "--aux",
      description = "For a genotype: with the auxiliary classifier of long trainings.")
  private boolean auxiliary;

  @Option(
      names = "--genotype",
      paramLabel = "NAME",
      description = "Which genotype of a file that holds several, such as DARTS_V2.")
  private Optional<String> chosen = Optional.empty();

  /** Whether an argument is a network, and not the name of a file. */
  static boolean isNetwork(String text) {
    return text.contains(" | ") || isGenotype(text);
  }

  private static boolean isGenotype(String text) {
    return text.contains("normal_concat");
  }

  /** Whether an argument is a network, or names a file that holds a genotype. */
  static boolean isOneNetwork(String argument) throws IOException {
    return isNetwork(argument) || genotypeIn(argument).isPresent();
  }

  /** The genotype that a file holds, if it holds one. */
  private static Optional<String> genotypeIn(String file) throws IOException {
    Path path = Path.of(file);
    if (!Files.isRegularFile(path) || Files.size(path) > LONGEST_FILE) {
      return Optional.empty();
    }
    return Optional.of(new String(Files.readAllBytes(path), StandardCharsets.UTF_8).strip())
        .filter(NetworkText::isGenotype);
  }

  /**
   * The network that an argument is, or whose genotype the file it names holds.
   *
   * @param task decides how the cells of a genotype are stacked
   * @throws IllegalArgumentException if the argument is none; the message says where
   * @throws MalformedFileException if the file holds none
   */
  ArchitectureSpec read(String argument, Task task, CommandSpec spec) throws IOException {
    if (isNetwork(argument)) {
      return parse(argument, task, spec);
    }
    try {
      return parse(chosen(genotypeIn(argument).orElseThrow()), task, spec);
    } catch (IllegalArgumentException e) {
      throw new MalformedFileException(argument, 0, e.getMessage());
    }
  }

  /** The one genotype of a text, or the one asked for; the text itself if it is one in JSON. */
  private String chosen(String text) {
    Map<String, String> genotypes = NamedGenotypes.in(text);
    if (chosen.isPresent() && !genotypes.containsKey(chosen.get())) {
      throw new IllegalArgumentException(
          "has no genotype '" + chosen.get() + "'" + namesOf(genotypes.keySet()));
    }
    if (chosen.isEmpty() && genotypes.size() > 1) {
      throw new IllegalArgumentException(
          "holds "
              + genotypes.size()
              + " genotypes"
              + namesOf(genotypes.keySet())
              + "; choose with --genotype");
    }
    return chosen
        .map(genotypes::get)
        .or(() -> genotypes.values().stream().findFirst())
        .orElse(text);
  }

  private static String namesOf(Collection<String> names) {
    return names.isEmpty()
        ? ""
        : " ("
            + names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
            + (names.size() > MOST_NAMES ? ", …" : "")
            + ")";
  }

  /**
   * The network that a text writes.
   *
   * @param task decides how the cells of a genotype are stacked
   * @throws IllegalArgumentException if it writes none; the message says where
   */
  private ArchitectureSpec parse(String text, Task task, CommandSpec spec) {
    boolean sized = width.isPresent() || depth.isPresent() || auxiliary;
    if (!isGenotype(text)) {
      Require.that(!sized, spec, "--width, --depth and --aux are for genotypes");
      return ArchitectureSpec.parse(text);
    }
    Require.that(
        width.isPresent() && depth.isPresent(),
        spec,
        "a genotype is a network only with --width and --depth");
    return Genotype.parse(text)
        .network(
            task.equals(Task.IMAGENET) ? Stacking.IMAGENET : Stacking.CIFAR,
            width.orElseThrow(),
            depth.orElseThrow(),
            auxiliary);
  }
}
