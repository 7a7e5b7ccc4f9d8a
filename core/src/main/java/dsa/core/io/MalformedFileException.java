package dsa.core.io;

import java.io.IOException;
import java.util.Optional;

/**
 * A file that is not what it should be. The message is one sentence that names the file, the line
 * and, unless that is left to {@link #remedy}, what to do.
 */
public class MalformedFileException extends IOException implements Remediable {

  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 500;

  private final transient Optional<Remedy> remedy;

  /**
   * A fault at a line.
   *
   * @param file the file's name as the user gave it
   * @param line counted from 1; 0 if the fault belongs to no line
   * @param what what is wrong and what to do; shortened if a file's own text made it long
   */
  public MalformedFileException(String file, long line, String what) {
    super(message(file, line, what));
    this.remedy = Optional.empty();
  }

  /**
   * A fault at a line with what would cure it.
   *
   * @param file the file's name as the user gave it
   * @param line counted from 1; 0 if the fault belongs to no line
   * @param what what is wrong; shortened if a file's own text made it long
   * @param remedy what to do
   */
  public MalformedFileException(String file, long line, String what, Remedy remedy) {
    super(message(file, line, what));
    this.remedy = Optional.of(remedy);
  }

  @Override
  public Optional<Remedy> remedy() {
    return remedy;
  }

  private static String message(String file, long line, String what) {
    return file + (line > 0 ? ":" + line : "") + ": " + sentence(what);
  }

  private static String sentence(String what) {
    String start = what.length() > LONGEST ? what.substring(0, LONGEST) + "…" : what;
    return start.replaceAll("\\p{Cntrl}", " ");
  }
}
