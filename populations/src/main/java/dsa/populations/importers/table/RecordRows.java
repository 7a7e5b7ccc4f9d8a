package dsa.populations.importers.table;

import dsa.core.DecimalNumber;
import dsa.core.io.DelimitedRows;
import dsa.core.io.MalformedFileException;
import dsa.core.io.Remedy;
import dsa.core.io.TableRows;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Records of a file that is no table, as rows: a column for every name that any record has. */
final class RecordRows implements TableRows {

  private static final int MOST_COLUMNS = 1000;

  private final String file;
  private final List<Row> rows;
  private final List<String> header;
  private int next;

  /**
   * A record.
   *
   * @param line where it begins, from 1
   * @param cells texts by the names of their columns
   */
  record Row(long line, Map<String, String> cells) {}

  /**
   * Rows in the order of the records.
   *
   * @throws MalformedFileException if there is none, or they have too many names
   */
  RecordRows(String file, List<Row> rows) throws MalformedFileException {
    this.file = file;
    this.rows = rows;
    Set<String> names = new LinkedHashSet<>();
    for (Row row : rows) {
      names.addAll(row.cells().keySet());
      if (names.size() > MOST_COLUMNS) {
        throw new MalformedFileException(
            file, row.line(), "has more than 1,000 columns; this is no table of models");
      }
    }
    if (names.isEmpty()) {
      throw new MalformedFileException(file, 0, "holds no records");
    }
    this.header = new ArrayList<>(names);
  }

  @Override
  public List<String> header() {
    return header;
  }

  @Override
  public boolean next() {
    next++;
    return next <= rows.size();
  }

  private Row row() {
    return rows.get(Math.max(0, Math.min(next, rows.size()) - 1));
  }

  @Override
  public String cell(int column) {
    return row().cells().getOrDefault(header.get(column), "");
  }

  @Override
  public double number(int column) throws MalformedFileException {
    String cell = cell(column);
    if (!DecimalNumber.is(cell)) {
      throw malformed(
          "'"
              + DelimitedRows.shown(cell)
              + "' in column '"
              + DelimitedRows.shown(header.get(column))
              + "' is not a finite number");
    }
    return DecimalNumber.parse(cell);
  }

  @Override
  public char delimiter() {
    return ',';
  }

  @Override
  public long line() {
    return row().line();
  }

  @Override
  public MalformedFileException malformed(String what) {
    return new MalformedFileException(file, line(), what);
  }

  @Override
  public MalformedFileException malformed(String what, Remedy remedy) {
    return new MalformedFileException(file, line(), what, remedy);
  }

  @Override
  public void close() {
    // all is read
  }
}
