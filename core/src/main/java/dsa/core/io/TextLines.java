package dsa.core.io;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The lines of a UTF-8 text file, one after the other. A byte-order mark is skipped; lines end in
 * LF or CRLF. Memory is bounded by the longest line allowed.
 */
final class TextLines implements Closeable {

  private static final int LONGEST_LINE = 1 << 22;

  private final String file;
  private final InputStream in;
  private byte[] buffer = new byte[1 << 16];
  private int start;
  private int end;
  private long line;
  private boolean endedByNewline = true;

  private TextLines(String file, InputStream in) {
    this.file = file;
    this.in = in;
  }

  /**
   * Opens {@code path}.
   *
   * @throws MalformedFileException if it cannot be read or its first bytes are not UTF-8 text
   */
  static TextLines open(Path path) throws IOException {
    return of(path.toString(), InputFile.open(path));
  }

  /** The lines of {@code in}, called {@code name} in messages; see {@link #open}. */
  static TextLines of(String name, InputStream in) throws IOException {
    TextLines lines = new TextLines(name, in);
    try {
      lines.skipByteOrderMark();
    } catch (IOException e) {
      lines.close();
      throw e;
    }
    return lines;
  }

  private void skipByteOrderMark() throws IOException {
    end = Math.max(0, in.readNBytes(buffer, 0, 4));
    if (startsWith(0xEF, 0xBB, 0xBF)) {
      start = 3;
    } else if (startsWith(0xFE, 0xFF) || startsWith(0xFF, 0xFE)) {
      throw new MalformedFileException(file, 1, "is UTF-16 text; save it as UTF-8");
    } else if (startsWith('P', 'K', 3, 4) || startsWith(0x1F, 0x8B)) {
      throw new MalformedFileException(file, 0, "is a compressed archive; unpack it first");
    }
  }

  private boolean startsWith(int... bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (i >= end || (buffer[i] & 0xff) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  /** The file's name as the user gave it. */
  String file() {
    return file;
  }

  /** The number of the line last returned, from 1. */
  long line() {
    return line;
  }

  /** Whether the line last reached was closed by a newline; only a file's last can lack one. */
  boolean endedByNewline() {
    return endedByNewline;
  }

  /** A fault at the line last returned. */
  MalformedFileException malformed(String what) {
    return new MalformedFileException(file, line, what);
  }

  /**
   * The next line without its end, or null after the last.
   *
   * @throws MalformedFileException if the line is not UTF-8 or longer than 4 MiB
   */
  String next() throws IOException {
    int from = start;
    while (true) {
      for (int i = from; i < end; i++) {
        if (buffer[i] == '\n') {
          endedByNewline = true;
          int length = i - start - (i > start && buffer[i - 1] == '\r' ? 1 : 0);
          String text = decode(start, length);
          start = i + 1;
          return text;
        }
      }
      from = end - start;
      if (start > 0) {
        System.arraycopy(buffer, start, buffer, 0, from);
        end = from;
        start = 0;
      }
      if (end == buffer.length) {
        if (end >= LONGEST_LINE) {
          line++;
          endedByNewline = true; // or not: nobody has looked
          throw malformed("is longer than 4 MiB; this is not a table or log of lines");
        }
        buffer = Arrays.copyOf(buffer, buffer.length * 2);
      }
      int read = in.read(buffer, end, buffer.length - end);
      if (read < 0) {
        if (end == 0) {
          return null;
        }
        endedByNewline = false;
        String text = decode(0, end - (buffer[end - 1] == '\r' ? 1 : 0));
        start = end;
        return text;
      }
      end += read;
    }
  }

  private String decode(int offset, int length) throws MalformedFileException {
    line++;
    String text = new String(buffer, offset, length, StandardCharsets.UTF_8);
    if (text.indexOf('\0') >= 0) {
      throw malformed("holds a zero byte; this is not UTF-8 text");
    }
    if (text.indexOf('\uFFFD') >= 0) { // stands for what is no UTF-8, or, rarely, for itself
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(buffer, offset, length));
      } catch (CharacterCodingException e) {
        throw malformed("is not UTF-8 text; save the file as UTF-8");
      }
    }
    return text;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
