package dsa.cli.console;

import dsa.core.ForeignText;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * Where all text passes that is shown: whatever would drive a terminal or turn the direction of
 * text, from whichever field of whichever file, goes out as its escape. What the program itself
 * draws on a terminal is written to {@link #drawing}.
 */
final class ShownWriter extends PrintWriter {

  private final PrintWriter drawing;

  private ShownWriter(PrintWriter drawing) {
    super(new Escaping(drawing));
    this.drawing = drawing;
  }

  /** A writer to {@code writer}, unless that is one already. */
  static ShownWriter over(PrintWriter writer) {
    return writer instanceof ShownWriter shown ? shown : new ShownWriter(writer);
  }

  /** The writer below, for colours and for moving the cursor. */
  PrintWriter drawing() {
    return drawing;
  }

  @Override
  public boolean checkError() {
    boolean here = super.checkError();
    return drawing.checkError() || here;
  }

  private static final class Escaping extends Writer {

    private final PrintWriter below;

    Escaping(PrintWriter below) {
      this.below = below;
    }

    @Override
    public void write(char[] characters, int from, int count) {
      write(new String(characters, from, count));
    }

    @Override
    public void write(String text, int from, int count) {
      write(text.substring(from, from + count));
    }

    @Override
    public void write(String text) {
      below.write(ForeignText.escaped(text));
    }

    @Override
    public void write(int character) {
      write(Character.toString((char) character));
    }

    @Override
    public void flush() {
      below.flush();
    }

    @Override
    public void close() {
      below.close();
    }
  }
}
