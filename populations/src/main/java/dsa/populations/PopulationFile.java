package dsa.populations;

import dsa.core.io.DelimitedRows;
import dsa.core.io.InputFile;
import dsa.core.io.MalformedFileException;
import dsa.core.io.PopulationCsv;
import dsa.core.io.Remedy;
import dsa.core.io.RunLog;
import dsa.core.run.Metric;
import dsa.core.run.Population;
import dsa.populations.importers.ImportOptions;
import dsa.populations.importers.Imported;
import dsa.populations.importers.JsonShape;
import dsa.populations.importers.JsonSource;
import dsa.populations.importers.table.CsvImporter;
import dsa.populations.importers.table.CsvMapping;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A file that is no sweep's: a population file, a run log, or a table of another project whose
 * columns can be recognised. It is read once from its beginning to its end, so that it may be a
 * pipe.
 */
final class PopulationFile {

  private static final int HEAD = 1 << 16;

  private PopulationFile() {}

  /**
   * Reads the population in a file.
   *
   * @throws MalformedFileException if it holds none, or none of this metric
   */
  static OpenedPopulation open(Path file, Optional<Metric> metric) throws IOException {
    String name = file.toString();
    try (InputStream in =
        new BufferedInputStream(JsonSource.unpacked(name, InputFile.open(file)), HEAD)) {
      in.mark(HEAD);
      byte[] head = in.readNBytes(HEAD);
      in.reset();
      String start =
          new String(head, 0, Math.min(64, head.length), StandardCharsets.ISO_8859_1).strip();
      if (RunLog.announces(start)) {
        return SweepRuns.ofLog(file, in).read(metric.orElse(Metric.TEST_ERROR));
      }
      Optional<JsonShape> shape = JsonShape.of(head);
      if (shape.isPresent()) {
        checkError(file, metric);
        return opened(file, JsonFormats.read(name, shape.get(), in, ImportOptions.withDefaults()));
      }
      if (start.startsWith("[") || start.startsWith("{")) {
        throw new MalformedFileException(
            name, 0, "is JSON, but not of records that a population could be made of");
      }
      return ofTable(file, DelimitedRows.of(name, in), metric);
    }
  }

  private static OpenedPopulation opened(Path file, Imported imported) {
    return new OpenedPopulation(
        imported.population(),
        file.toString(),
        imported.report().summary(),
        imported.report().remarks(),
        Optional.empty());
  }

  private static void checkError(Path file, Optional<Metric> metric) throws IOException {
    if (metric.isPresent() && metric.get().isLoss()) {
      throw new MalformedFileException(
          file.toString(),
          0,
          "is a table of test errors without learning curves, so that it gives no "
              + metric.get().quantity(),
          Remedy.METRIC);
    }
  }

  private static OpenedPopulation ofTable(Path file, DelimitedRows rows, Optional<Metric> metric)
      throws IOException {
    if (PopulationCsv.announces(rows)) {
      Population population = PopulationCsv.read(rows);
      Metric held = population.origin().metric();
      if (held != metric.orElse(held)) {
        throw new MalformedFileException(
            file.toString(),
            0,
            "holds the " + held.quantity() + " of its models, not the " + metric.get().quantity(),
            Remedy.METRIC);
      }
      return new OpenedPopulation(
          population, file.toString(), List.of(), List.of(), Optional.empty());
    }
    checkError(file, metric);
    return opened(
        file, CsvImporter.read(file, rows, CsvMapping.recognized(), ImportOptions.withDefaults()));
  }
}
