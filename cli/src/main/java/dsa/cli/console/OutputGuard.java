package dsa.cli.console;

import dsa.core.io.SweepFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Refuses an output that is a file of the input, for every command that has both: what is written
 * would replace what is read, such as the log of all trainings by a table of them.
 */
public final class OutputGuard {

  private static final String OUTPUT = "-o";

  private static final Set<String> OF_SWEEPS =
      Set.of(
          SweepFiles.PLAN,
          SweepFiles.ARCHITECTURES,
          SweepFiles.NEXT,
          SweepFiles.RUNS,
          "recipe.yaml",
          "status.json",
          "lock");

  private OutputGuard() {}

  /**
   * Checks what one command was given.
   *
   * @throws ParameterException if its output is a file of its input
   */
  public static void check(CommandLine command, ParseResult given) {
    if (!given.hasMatchedOption(OUTPUT)
        || !given.matchedOption(OUTPUT).paramLabel().equals("FILE")) {
      return; // where a folder should stand, a file is refused anyway
    }
    Optional<Path> output = existing(given.matchedOption(OUTPUT).stringValues().get(0));
    if (output.isEmpty() || Files.isDirectory(output.get())) {
      return;
    }
    for (String input : inputs(given)) {
      Optional<Path> path =
          existing(input).or(() -> existing(input.substring(input.indexOf('=') + 1)));
      if (path.isPresent() && isOf(output.get(), path.get())) {
        throw replaces(command, output.get(), path.get());
      }
    }
  }

  /**
   * Checks one file of a folder that a command writes into.
   *
   * @throws ParameterException if it is a file of the input
   */
  static void checkFile(CommandLine command, Path file) {
    for (String input : inputs(command.getParseResult())) {
      Optional<Path> path =
          existing(input).or(() -> existing(input.substring(input.indexOf('=') + 1)));
      if (path.isPresent() && isOf(file, path.get())) {
        throw replaces(command, file, path.get());
      }
    }
  }

  private static ParameterException replaces(CommandLine command, Path output, Path input) {
    return new ParameterException(
        command,
        "the output "
            + output
            + " is a file of the input "
            + input
            + " and would replace it; name another file");
  }

  private static List<String> inputs(ParseResult given) {
    List<String> inputs = new ArrayList<>();
    for (PositionalParamSpec positional : given.matchedPositionals()) {
      inputs.addAll(positional.stringValues());
    }
    for (OptionSpec option : given.matchedOptions()) {
      if (!List.of(option.names()).contains(OUTPUT)) {
        inputs.addAll(option.stringValues());
      }
    }
    return inputs;
  }

  private static Optional<Path> existing(String text) {
    try {
      Path path = Path.of(text);
      return text.isEmpty() || !Files.exists(path) ? Optional.empty() : Optional.of(path);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static boolean isOf(Path output, Path input) {
    try {
      if (!Files.isDirectory(input)) {
        return (Files.isRegularFile(output) && Files.isSameFile(output, input))
            || isOfSweep(output, input);
      }
      return OF_SWEEPS.contains(String.valueOf(output.getFileName()))
          && Files.isSameFile(output.toAbsolutePath().getParent(), input);
    } catch (IOException e) {
      return false; // whoever opens it will say why
    }
  }

  /** A log in a sweep's folder stands for the folder. */
  private static boolean isOfSweep(Path output, Path input) throws IOException {
    Path folder = input.toAbsolutePath().getParent();
    return input.endsWith(SweepFiles.RUNS)
        && Files.exists(folder.resolve(SweepFiles.PLAN))
        && isOf(output, folder);
  }
}
