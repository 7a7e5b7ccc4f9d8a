package dsa.cli.train;

import dsa.cli.console.Console;
import dsa.cli.console.ExitCode;
import dsa.cli.console.Require;
import dsa.trainer.pytorch.PythonFiles;
import dsa.trainer.recipe.TrainingRecipes;
import dsa.trainer.sweep.PackedSweep;
import dsa.trainer.sweep.SweepFolder;
import dsa.trainer.sweep.SweepNetworks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Packs a sweep for a machine without Java. */
@Command(
    name = "pack",
    description = {
      "Pack a sweep for a machine that has PyTorch, but no Java and no network.",
      "",
      "The folder is a sweep's, with a Python file that trains its networks one after the other"
          + " ('python3 train.py' there) and writes the run log of 'dsa train'. It may be killed"
          + " at any time; the same call goes on. Brought home, the folder is read by 'dsa"
          + " status', 'collect', 'agreement' and 'compare'.",
      "",
      "Python's PyTorch must be 1.13 or newer; it needs no other package."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  dsa pack resnet.jsonl --recipe gpu-10 -o packed/resnet",
      "  cd packed/resnet; python3 train.py --workers 4 --minutes 12",
      "  dsa collect packed/resnet -o resnet.csv",
      "",
      "Reads: an architectures file or the folder of a sweep; CIFAR-10 only if it is named or"
          + " packed.  Writes: a folder, see docs/formats.md."
    })
public final class PackCommand implements Callable<Integer> {

  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SWEEP",
      description =
          "A file that 'dsa sample' wrote, or the folder of a sweep, whose runs are not packed.")
  private Path source;

  @Option(
      names = "--recipe",
      paramLabel = "RECIPE",
      description = "Of a file: a built-in recipe or a recipe file. A sweep has its own.")
  private Optional<String> recipe = Optional.empty();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER",
      required = true,
      description = "Folder of the packed sweep, made if it does not exist.")
  private Path folder;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description =
          "Of a file: root of what is random in training. Default: the seed that the networks were"
              + " drawn with.")
  private Optional<Long> seed = Optional.empty();

  @Mixin private DataOption data;

  @Option(
      names = "--with-images",
      description = "Pack the images too (180 MB), for a machine that does not have them.")
  private boolean withImages;

  /** The command, speaking to {@code console}. */
  public PackCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    boolean begun = Files.isDirectory(source);
    Require.that(
        begun || recipe.isPresent(), spec, "a file of networks needs --recipe to be packed");
    Require.that(
        !begun || (recipe.isEmpty() && seed.isEmpty()),
        spec,
        "the sweep in " + source + " has a recipe and a seed; leave --recipe and --seed out");
    SweepFolder packed =
        begun
            ? PackedSweep.of(
                source, withImages ? Optional.of(data.folder()) : data.given(), withImages, folder)
            : PackedSweep.of(
                SweepNetworks.read(source),
                TrainingRecipes.find(recipe.orElseThrow()),
                seed,
                withImages ? Optional.of(data.folder()) : data.given(),
                withImages,
                folder);
    int networks = packed.models().size();
    console
        .out()
        .printf(
            "%s holds %d network%s to be trained by %s (%.1f MB); 'python3 %s' in it trains %s%n",
            folder,
            networks,
            networks == 1 ? "" : "s",
            packed.recipe().name(),
            megabytes(),
            PythonFiles.PROGRAM,
            networks == 1 ? "it" : "them");
    return ExitCode.OK;
  }

  private double megabytes() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum()
          / 1e6;
    }
  }
}
