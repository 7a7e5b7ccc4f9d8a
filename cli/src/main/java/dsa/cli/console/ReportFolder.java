package dsa.cli.console;

import dsa.core.io.AtomicFile;
import dsa.core.io.InputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * A folder of reports and its index, {@value #INDEX}, which tells files that reports wrote from
 * those of the user: the former are replaced by a later report, which says so, the latter are not.
 */
public final class ReportFolder {

  /** The file that lists the others. */
  public static final String INDEX = "index.md";

  private static final String MARK = "<!-- dsa.report-index/1 -->";
  private static final Pattern ENTRY = Pattern.compile("\\| \\[([^]]+)]\\([^)]*\\) \\| (.*) \\|");
  private static final int LARGEST_INDEX = 1 << 20;

  private final Path folder;
  private final boolean ours;
  private final Map<String, String> earlier;

  private ReportFolder(Path folder, boolean ours, Map<String, String> earlier) {
    this.folder = folder;
    this.ours = ours;
    this.earlier = earlier;
  }

  /** The folder at a path, which need not exist. */
  public static ReportFolder open(Path folder) throws IOException {
    Map<String, String> earlier = new LinkedHashMap<>();
    Path index = folder.resolve(INDEX);
    boolean ours = !Files.exists(index);
    if (Files.isRegularFile(index)) {
      List<String> lines = InputFile.text(index, LARGEST_INDEX).lines().toList();
      ours = !lines.isEmpty() && lines.get(0).equals(MARK);
      for (String line : ours ? lines : List.<String>of()) {
        Matcher entry = ENTRY.matcher(line);
        if (entry.matches() && Files.exists(folder.resolve(entry.group(1)))) {
          earlier.put(entry.group(1), entry.group(2));
        }
      }
    }
    return new ReportFolder(folder, ours, earlier);
  }

  /**
   * Makes sure that nothing of the user's would be replaced.
   *
   * @param names of the files to be written
   * @param force whether files that no report wrote may be replaced; those of the input never are
   * @throws ParameterException if something would
   */
  public void claim(Collection<String> names, boolean force, CommandLine command)
      throws IOException {
    List<String> strange = new ArrayList<>();
    for (String name : names) {
      Path file = folder.resolve(name);
      if (Files.exists(file)) {
        OutputGuard.checkFile(command, file);
        if (!earlier.containsKey(name)) {
          strange.add(name);
        }
      }
    }
    if (!strange.isEmpty() && !force) {
      throw new ParameterException(
          command,
          folder
              + " holds "
              + strange.get(0)
              + (strange.size() > 1 ? " and " + (strange.size() - 1) + " more" : "")
              + " that no report listed in its "
              + INDEX
              + " wrote; name another folder, or replace them with --force");
    }
  }

  /**
   * Writes the index, unless a file of the user's has its name, and says what was written.
   *
   * @param written files by name, with what they hold
   */
  public void finish(Map<String, String> written, String typed, Console console)
      throws IOException {
    Map<String, String> left = new LinkedHashMap<>(earlier);
    left.keySet().removeAll(written.keySet());
    if (ours) {
      StringBuilder text = new StringBuilder(MARK + "\n# Report\n\n");
      text.append("Made by `").append(typed.replace('`', '\'')).append("`.\n\n");
      list(text, written);
      if (!left.isEmpty()) {
        list(text.append("\nOf earlier reports:\n\n"), left);
      }
      AtomicFile.writeText(folder.resolve(INDEX), text.toString());
    }
    boolean replaced = written.keySet().stream().anyMatch(earlier::containsKey);
    console
        .err()
        .println(
            "written: "
                + folder
                + (replaced ? ", in place of an earlier report" : "")
                + (left.isEmpty()
                    ? ""
                    : "; left from earlier: "
                        + left.size()
                        + " files, which its "
                        + INDEX
                        + " lists"));
  }

  private static void list(StringBuilder text, Map<String, String> files) {
    text.append("| file | holds |\n|---|---|\n");
    files.forEach(
        (name, what) ->
            text.append("| [" + name + "](" + name + ") | ").append(what).append(" |\n"));
  }
}
