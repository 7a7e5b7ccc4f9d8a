package dsa.cli.console;

import java.io.PrintWriter;

/**
 * Where a command speaks to its user. Results go to {@code out}, everything else to {@code err}.
 *
 * @param out standard output
 * @param err standard error: messages and progress
 * @param terminal whether a person reads {@code out} as it comes
 * @param errTerminal whether a person reads {@code err} as it comes
 * @param unicode whether the terminal shows more than ASCII
 * @param columns width of the terminal in characters
 */
public record Console(
    PrintWriter out,
    PrintWriter err,
    boolean terminal,
    boolean errTerminal,
    boolean unicode,
    int columns) {

  /** Makes both fit for text from anywhere: what would drive a terminal is escaped. */
  public Console {
    out = ShownWriter.over(out);
    err = ShownWriter.over(err);
  }

  /** Standard output for what the program itself draws, with colours; no text from files. */
  public PrintWriter drawnOut() {
    return ((ShownWriter) out).drawing();
  }

  /** Standard error for what the program itself draws, over what is there; no text from files. */
  public PrintWriter drawnErr() {
    return ((ShownWriter) err).drawing();
  }

  /** A console that is a pair of files: no colours, no progress bars, 100 columns. */
  public static Console plain(PrintWriter out, PrintWriter err) {
    return new Console(out, err, false, false, true, 100);
  }
}
