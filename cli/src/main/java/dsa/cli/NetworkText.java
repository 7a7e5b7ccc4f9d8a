package dsa.cli;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.CellSpec.Stacking;
import dsa.core.arch.Genotype;
import dsa.core.arch.Task;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** A network given on the command line: as architecture text, or as a genotype with its size. */
final class NetworkText {

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

  /** Whether an argument is a network, and not the name of a file. */
  static boolean isNetwork(String text) {
    return text.contains(" | ") || isGenotype(text);
  }

  private static boolean isGenotype(String text) {
    return text.contains("normal_concat");
  }

  /**
   * The network that an argument writes.
   *
   * @param task decides how the cells of a genotype are stacked
   * @throws IllegalArgumentException if it writes none; the message says where
   */
  ArchitectureSpec parse(String text, Task task, CommandSpec spec) {
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
