package dsa.core.io;

import dsa.core.ForeignText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The rows of a table in a text file: a header, then rows of as many cells. Cells are divided by
 * comma, semicolon or tab, whichever the header holds most of, and may be quoted as in RFC 4180. A
 * first line that begins with {@code #} is kept apart. Blank lines are skipped.
 */
public final class DelimitedRows implements TableRows {

  private static final int MOST_COLUMNS = 1000;
  private static final int LONGEST_CELL = 1_000_000;
  private static final Set<String> ABSENT =
      Set.of(
          "nan",
          "-nan",
          "na",
          "n/a",
          "null",
          "none",
          "inf",
          "+inf",
          "-inf",
          "infinity",
          "+infinity",
          "-infinity");

  private final TextLines lines;
  private final Optional<String> comment;
  private final char delimiter;
  private final List<String> header;
  private final List<String> cells = new ArrayList<>();
  private long rowLine;

  private DelimitedRows(TextLines lines) throws IOException {
    this.lines = lines;
    String first = nextNonBlank();
    if (first != null && first.startsWith("#")) {
      comment = Optional.of(first.substring(1).strip());
      first = nextNonBlank();
    } else {
      comment = Optional.empty();
    }
    if (first == null) {
      throw lines.malformed("has no header line; the file is empty");
    }
    delimiter = delimiterOf(first);
    split(first);
    header = cells.stream().map(String::strip).toList();
    if (header.size() > MOST_COLUMNS) {
      throw malformed("has more than 1,000 columns; this is no table of models");
    }
    Set<String> names = new HashSet<>();
    for (String name : header) {
      if (!names.add(name) && !name.isEmpty()) {
        throw malformed("column '" + shown(name) + "' stands twice in the header");
      }
    }
  }

  /**
   * Opens a table and reads its header.
   *
   * @throws MalformedFileException if it cannot be read or has no header
   */
  public static DelimitedRows open(Path file) throws IOException {
    return of(file.toString(), InputFile.open(file));
  }

  /**
   * The rows in a stream, which is closed with them; see {@link #open}.
   *
   * @param name what messages call it
   */
  public static DelimitedRows of(String name, InputStream in) throws IOException {
    TextLines lines = TextLines.of(name, in);
    try {
      return new DelimitedRows(lines);
    } catch (IOException e) {
      lines.close();
      throw e;
    }
  }

  /** The first line without its {@code #}, if it began with one. */
  public Optional<String> comment() {
    return comment;
  }

  /** The column names, stripped of blanks. */
  @Override
  public List<String> header() {
    return header;
  }

  /** What divides the cells: comma, semicolon or tab. */
  @Override
  public char delimiter() {
    return delimiter;
  }

  /** The line on which the current row begins, from 1. */
  @Override
  public long line() {
    return rowLine;
  }

  /** A fault in the first line. */
  public MalformedFileException malformedFirstLine(String what) {
    return new MalformedFileException(lines.file(), 1, what);
  }

  /** A fault in the current row. */
  @Override
  public MalformedFileException malformed(String what) {
    return new MalformedFileException(lines.file(), rowLine, what);
  }

  /** A fault in the current row and what would cure it. */
  @Override
  public MalformedFileException malformed(String what, Remedy remedy) {
    return new MalformedFileException(lines.file(), rowLine, what, remedy);
  }

  /**
   * Goes to the next row.
   *
   * @return false after the last
   * @throws MalformedFileException if the row has more or fewer cells than the header
   */
  @Override
  public boolean next() throws IOException {
    String line = nextNonBlank();
    if (line == null) {
      return false;
    }
    split(line);
    if (cells.size() != header.size()) {
      throw malformed(
          "has "
              + cells.size()
              + " cells where the header has "
              + header.size()
              + "; the row is cut or a cell holds an unquoted delimiter");
    }
    return true;
  }

  /** The text of cell {@code column} of the current row, without blanks around it. */
  @Override
  public String cell(int column) {
    return cells.get(column);
  }

  /** Whether a cell says "no number": empty, NaN, NA, null, none, or an infinity. */
  public static boolean isAbsent(String cell) {
    return cell.isEmpty()
        || (cell.length() <= 9
            && !Character.isDigit(cell.charAt(0))
            && ABSENT.contains(cell.toLowerCase(Locale.ROOT)));
  }

  /**
   * The number in cell {@code column} of the current row; after a semicolon or tab a decimal comma
   * is understood.
   *
   * @throws MalformedFileException if the cell holds no finite number
   */
  @Override
  public double number(int column) throws MalformedFileException {
    String cell = cells.get(column);
    if (isShortWhole(cell)) {
      return Long.parseLong(cell);
    }
    String text = delimiter == ',' ? cell : cell.replace(',', '.');
    if (looksLikeNumber(text)) {
      try {
        double value = Double.parseDouble(text);
        if (Double.isFinite(value)) {
          return value;
        }
      } catch (NumberFormatException e) {
        // not a number: refused below
      }
    }
    throw malformed(
        "'"
            + shown(cell)
            + "' in column '"
            + shown(header.get(column))
            + "' is not a finite number");
  }

  /**
   * The count in cell {@code column} of the current row.
   *
   * @throws MalformedFileException if the cell holds no whole number from 0 to 2^63 - 1
   */
  public long count(int column) throws MalformedFileException {
    String cell = cells.get(column);
    boolean digits = !cell.isEmpty();
    for (int i = 0; i < cell.length(); i++) {
      digits &= cell.charAt(i) >= '0' && cell.charAt(i) <= '9';
    }
    if (digits) {
      try {
        return Long.parseLong(cell);
      } catch (NumberFormatException e) {
        // too large: refused below
      }
    }
    throw malformed(
        "'"
            + shown(cell)
            + "' in column '"
            + shown(header.get(column))
            + "' is not a whole number from 0 to 2^63 - 1");
  }

  /** Whether a cell is one to fifteen digits: a double holds that exactly. */
  private static boolean isShortWhole(String cell) {
    if (cell.isEmpty() || cell.length() > 15) {
      return false;
    }
    for (int i = 0; i < cell.length(); i++) {
      if (cell.charAt(i) < '0' || cell.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static boolean looksLikeNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!((c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E')) {
        return false;
      }
    }
    return true;
  }

  /** A cell as messages show it: short and on one line. */
  public static String shown(String cell) {
    return ForeignText.shown(cell, 120);
  }

  private String nextNonBlank() throws IOException {
    String line = lines.next();
    while (line != null && line.isBlank()) {
      line = lines.next();
    }
    rowLine = lines.line();
    return line;
  }

  private static char delimiterOf(String header) {
    char best = ',';
    long most = 0;
    for (char candidate : new char[] {',', ';', '\t'}) {
      long count = header.chars().filter(c -> c == candidate).count();
      if (count > most) {
        most = count;
        best = candidate;
      }
    }
    return best;
  }

  private void split(String line) throws IOException {
    cells.clear();
    if (line.indexOf('"') >= 0) {
      splitQuoted(line);
      return;
    }
    int from = 0;
    for (int to = line.indexOf(delimiter); to >= 0; to = line.indexOf(delimiter, from)) {
      cells.add(line.substring(from, to).strip());
      from = to + 1;
    }
    cells.add(line.substring(from).strip());
  }

  private void splitQuoted(String firstLine) throws IOException {
    String line = firstLine;
    StringBuilder cell = new StringBuilder();
    boolean inQuotes = false;
    boolean quoted = false;
    boolean blank = true;
    int i = 0;
    while (true) {
      if (i == line.length()) {
        if (!inQuotes) {
          break;
        }
        String more = lines.next();
        if (more == null) {
          throw malformed("opens a quote that is never closed");
        }
        if (cell.length() + more.length() > LONGEST_CELL) {
          throw malformed(
              "opens a quote that is not closed within a million characters; close it, or leave the"
                  + " cell out");
        }
        cell.append('\n');
        line = more;
        i = 0;
        continue;
      }
      char c = line.charAt(i++);
      if (inQuotes) {
        if (c != '"') {
          cell.append(c);
        } else if (i < line.length() && line.charAt(i) == '"') {
          cell.append('"');
          i++;
        } else {
          inQuotes = false;
        }
      } else if (c == '"' && blank && !quoted) {
        cell.setLength(0);
        inQuotes = true;
        quoted = true;
      } else if (c == delimiter) {
        cells.add(quoted ? cell.toString() : cell.toString().strip());
        cell.setLength(0);
        quoted = false;
        blank = true;
      } else if (!quoted || c != ' ') {
        cell.append(c);
        blank &= c == ' ';
      }
    }
    cells.add(quoted ? cell.toString() : cell.toString().strip());
  }

  /** {@code cell} as it stands in a comma-delimited file: quoted where it must be. */
  static String quoted(String cell) {
    for (int i = 0; i < cell.length(); i++) {
      char c = cell.charAt(i);
      if (c == ','
          || c == '"'
          || c == '#'
          || c < ' '
          || (c == ' ' && (i == 0 || i == cell.length() - 1))) {
        return '"' + cell.replace("\"", "\"\"") + '"';
      }
    }
    return cell;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
