package dsa.cli;

import dsa.cli.console.Console;
import dsa.cli.console.ExitCode;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The program: {@code java -jar dsa.jar}. */
public final class Main {

  /** What the script {@code dsa} found, then what decides by POSIX; empty is as if unset. */
  private static final List<String> LOCALES =
      List.of("DSA_TERMINAL_LOCALE", "LC_ALL", "LC_CTYPE", "LANG");

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.setProperty(
        "java.awt.headless", "true"); // figures go to files; no display is looked for
    Watched watched = new Watched(new FileOutputStream(FileDescriptor.out));
    PrintWriter out = writer(watched);
    PrintWriter err = writer(new FileOutputStream(FileDescriptor.err));
    int code = Dsa.run(args, console(out, err, System.getenv(), isTerminal(1), isTerminal(2)));
    out.flush();
    err.flush();
    if (out.checkError() && code == ExitCode.OK) {
      code = ExitCode.INTERNAL_FAILURE;
      if (!"Broken pipe".equals(watched.failure)) { // whoever closes a pipe has read enough
        err.println("dsa: the output cannot be written to its end: " + watched.failure);
        err.flush();
      }
    }
    System.exit(code);
  }

  private static PrintWriter writer(OutputStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
  }

  /** Remembers why writing failed, which a {@link PrintWriter} does not. */
  private static final class Watched extends FilterOutputStream {

    private String failure = "closed";

    Watched(OutputStream stream) {
      super(stream);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      try {
        out.write(bytes, from, count);
      } catch (IOException e) {
        failure = e.getMessage();
        throw e;
      }
    }
  }

  /**
   * Whether a file descriptor is a terminal. Java 17 cannot tell; Linux does, elsewhere a console
   * must do.
   */
  @SuppressWarnings(
      "SystemConsoleNull") // from Java 22 on a console exists without a terminal; Linux does not
  // ask it
  private static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return System.console() != null;
    }
  }

  /** {@code NO_COLOR} and {@code TERM=dumb} are honoured; the width comes from {@code COLUMNS}. */
  static Console console(
      PrintWriter out,
      PrintWriter err,
      Map<String, String> environment,
      boolean outTerminal,
      boolean errTerminal) {
    boolean plain = environment.containsKey("NO_COLOR") || "dumb".equals(environment.get("TERM"));
    String locale = "";
    for (String name : LOCALES) {
      locale = locale.isEmpty() ? environment.getOrDefault(name, "") : locale;
    }
    String upper = locale.toUpperCase(Locale.ROOT);
    boolean unicode = !outTerminal || upper.contains("UTF-8") || upper.contains("UTF8");
    int columns = 100;
    try {
      columns = Math.max(40, Integer.parseInt(environment.getOrDefault("COLUMNS", "100")));
    } catch (NumberFormatException e) {
      // not a number: the default width is used
    }
    return new Console(out, err, outTerminal && !plain, errTerminal && !plain, unicode, columns);
  }
}
