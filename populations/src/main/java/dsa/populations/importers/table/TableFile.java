package dsa.populations.importers.table;

import dsa.core.io.DelimitedRows;
import dsa.core.io.InputFile;
import dsa.core.io.MalformedFileException;
import dsa.core.io.PopulationCsv;
import dsa.core.io.TableRows;
import dsa.populations.importers.JsonShape;
import dsa.populations.importers.JsonSource;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Opens whatever can be read as a table: delimited text, JSON of records, run histories of SMAC.
 */
public final class TableFile {

  /** How much of a file is looked at to tell what it is. */
  public static final int HEAD = 1 << 16;

  private TableFile() {}

  /** The rows of a file, plain or packed with gzip, which may be a pipe. */
  static TableRows open(Path file) throws IOException {
    String name = file.toString();
    InputStream in = new BufferedInputStream(JsonSource.unpacked(name, InputFile.open(file)), HEAD);
    in.mark(HEAD);
    byte[] head = in.readNBytes(HEAD);
    in.reset();
    Optional<JsonShape> shape = JsonShape.of(head);
    if (shape.isPresent()) {
      return of(name, shape.get(), in);
    }
    DelimitedRows rows = DelimitedRows.of(name, in);
    if (PopulationCsv.announces(rows)) {
      rows.close();
      throw new MalformedFileException(
          name,
          0,
          "is a population already ("
              + PopulationCsv.FORMAT
              + "); use it as it is, nothing is left to import");
    }
    return rows;
  }

  /** The records of a JSON document as rows. */
  public static TableRows of(String name, JsonShape shape, InputStream in) throws IOException {
    return SmacHistory.recognizes(shape) ? SmacHistory.read(name, in) : JsonRecords.read(name, in);
  }
}
