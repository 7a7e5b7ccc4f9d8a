package dsa.core.io;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** The rows of a table, one after the other, whatever kind of file they come from. */
public interface TableRows extends Closeable {

  /** The column names. */
  List<String> header();

  /**
   * Goes to the next row.
   *
   * @return false after the last
   */
  boolean next() throws IOException;

  /** The text of cell {@code column} of the current row; empty where there is none. */
  String cell(int column);

  /**
   * The number in cell {@code column} of the current row.
   *
   * @throws MalformedFileException if the cell holds no finite number
   */
  double number(int column) throws MalformedFileException;

  /** What divides the cells: where it is a comma, no number has a decimal comma. */
  char delimiter();

  /** The line on which the current row begins, from 1. */
  long line();

  /** A fault in the current row. */
  MalformedFileException malformed(String what);

  /** A fault in the current row and what would cure it. */
  MalformedFileException malformed(String what, Remedy remedy);
}
