package dsa.cli.console;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** What made a report, label by label, for readers who want to make it again. */
public final class Made {

  private Made() {}

  /** The command as it was given, and what ran it. */
  public static Map<String, String> by(CommandSpec command) {
    Map<String, String> made = new LinkedHashMap<>();
    made.put(
        "command",
        "dsa "
            + command.root().commandLine().getParseResult().originalArgs().stream()
                .map(Made::quoted)
                .collect(Collectors.joining(" ")));
    made.put("version", "dsa " + Version.number());
    made.put("Java", Runtime.version().toString());
    made.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return made;
  }

  /** An argument as a shell reads it back. */
  private static String quoted(String argument) {
    return argument.matches("[A-Za-z0-9_./:=,@%+-]+")
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }
}
