package dsa.core.io;

import java.io.IOException;

/**
 * A file that is not what it should be. The message is one sentence that names the file, the line
 * and the remedy.
 */
public final class MalformedFileException extends IOException {

  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 500;

  /**
   * A fault at a line.
   *
   * @param file the file's name as the user gave it
   * @param line counted from 1; 0 if the fault belongs to no line
   * @param what what is wrong and what to do; shortened if a file's own text made it long
   */
  public MalformedFileException(String file, long line, String what) {
    super(file + (line > 0 ? ":" + line : "") + ": " + sentence(what));
  }

  private static String sentence(String what) {
    String start = what.length() > LONGEST ? what.substring(0, LONGEST) + "…" : what;
    return start.replaceAll("\\p{Cntrl}", " ");
  }
}
