package dsa.populations;

import dsa.populations.importers.ImportOptions;
import dsa.populations.importers.Imported;
import dsa.populations.importers.JsonShape;
import dsa.populations.importers.NasBenchMacroImporter;
import dsa.populations.importers.NdsImporter;
import dsa.populations.importers.PyclsImporter;
import dsa.populations.importers.table.CsvImporter;
import dsa.populations.importers.table.CsvMapping;
import dsa.populations.importers.table.TableFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** The formats of JSON that populations are read from, in the order in which they are tried. */
final class JsonFormats {

  private static final List<Format> FORMATS =
      List.of(
          new Format(
              NasBenchMacroImporter::recognizes,
              (file, shape, in, options) -> NasBenchMacroImporter.read(file, in, options)),
          new Format(
              PyclsImporter::recognizes,
              (file, shape, in, options) -> PyclsImporter.read(file, in, options)),
          new Format(
              NdsImporter::recognizes,
              (file, shape, in, options) -> NdsImporter.read(file, in, options)),
          new Format(
              shape -> true,
              (file, shape, in, options) ->
                  CsvImporter.read(
                      Path.of(file),
                      TableFile.of(file, shape, in),
                      CsvMapping.recognized(),
                      options)));

  private JsonFormats() {}

  /** Reads a document of one format. */
  private interface Reader {
    Imported read(String file, JsonShape shape, InputStream in, ImportOptions options)
        throws IOException;
  }

  private record Format(Predicate<JsonShape> recognizes, Reader reader) {}

  /** Reads a document that begins as {@code shape} says. */
  static Imported read(String file, JsonShape shape, InputStream in, ImportOptions options)
      throws IOException {
    for (Format format : FORMATS) {
      if (format.recognizes().test(shape)) {
        return format.reader().read(file, shape, in, options);
      }
    }
    throw new AssertionError(shape);
  }
}
