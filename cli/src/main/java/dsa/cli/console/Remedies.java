package dsa.cli.console;

import dsa.core.io.Remark;
import dsa.core.io.Remedy;
import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What a user can type to cure a fault. A remedy that the command at hand has no option for is told
 * as the command that has one, so that every advice can be followed where it is given.
 */
public final class Remedies {

  private Remedies() {}

  /** A remark as one sentence of {@code command}. */
  public static String sentence(Remark remark, CommandSpec command) {
    return remark.text() + remark.remedy().map(remedy -> "; " + words(remedy, command)).orElse("");
  }

  /** What to do, as the end of a sentence. */
  public static String words(Remedy remedy, CommandSpec command) {
    return switch (remedy) {
      case ERROR_COLUMN -> column("--error", command);
      case PARAMS_COLUMN -> column("--params", command);
      case FLOPS_COLUMN -> column("--flops", command);
      case ACTIVATIONS_COLUMN -> column("--activations", command);
      case ERROR_UNIT -> unit("--error-unit", command);
      case PARAMS_UNIT -> unit("--params-unit", command);
      case FLOPS_UNIT -> unit("--flops-unit", command);
      case ACTIVATIONS_UNIT -> unit("--activations-unit", command);
      case FLOPS_CONVENTION -> of("say it with", "--flops-convention", "csv", command);
      case SPACE -> of("name it with", "--space", "csv", command);
      case CHANCE_ERROR -> of("say it with", "--chance-error", "csv", command);
      case POPULATION -> of("choose with", "--population", "nds", command);
      case PARTIAL ->
          has("--partial", command)
              ? "--partial keeps them"
              : importing("csv") + ", which has --partial for that";
      case RERUNS -> of("see", "--reruns", "nas-bench-macro", command);
      case METRIC ->
          command.findOption("--metric") != null
              ? "take another --metric"
              : "'dsa compare', 'dsa edf' and 'dsa agreement' take other values than test errors";
      case IMPORT_TABLE -> "'dsa import csv' reads tables";
      case IMPORT_RECORDS -> "make it with 'dsa import nds' or 'dsa import pycls'";
      case TRAIN_A_SWEEP -> "'dsa train' makes one";
      case TRAIN_BOTH -> "'dsa train' makes both";
      case SWEEP_STATUS -> "see 'dsa status'";
      case FETCH_DATA -> "'dsa data fetch" + dataFolder(command) + "' gets the published files";
      case NAME_THE_ARCHIVE -> "name it with --from";
    };
  }

  /** The folder of the data set as it was given to the command, for another command. */
  private static String dataFolder(CommandSpec command) {
    ArgSpec where = command.findOption("--data");
    for (PositionalParamSpec each : command.positionalParameters()) {
      where = where == null && each.paramLabel().equals("FOLDER") ? each : where;
    }
    Object given = where == null ? null : where.getValue();
    return given instanceof Optional<?> folder
        ? folder.map(path -> " --data " + path).orElse("")
        : given == null ? "" : " --data " + given;
  }

  private static String column(String option, CommandSpec command) {
    return of("choose the column with", option, "csv", command);
  }

  private static String unit(String option, CommandSpec command) {
    return of("give the unit with", option, "csv", command);
  }

  private static String of(String verb, String option, String format, CommandSpec command) {
    return has(option, command)
        ? verb + " " + option
        : importing(format) + ", which has " + option + " for that";
  }

  /** Whether an option means here what it means where files are imported. */
  private static boolean has(String option, CommandSpec command) {
    return command.parent() != null
        && command.parent().name().equals("import")
        && command.findOption(option) != null;
  }

  private static String importing(String format) {
    return "import the file with 'dsa import " + format + "'";
  }
}
