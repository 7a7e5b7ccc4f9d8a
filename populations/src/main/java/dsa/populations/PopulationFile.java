package dsa.populations;

import dsa.core.io.DelimitedRows;
import dsa.core.io.InputFile;
import dsa.core.io.MalformedFileException;
import dsa.core.io.PopulationCsv;
import dsa.core.io.Remark;
import dsa.core.io.Remedy;
import dsa.core.io.RunLog;
import dsa.core.run.Metric;
import dsa.core.run.Population;
import dsa.populations.importers.CsvImporter;
import dsa.populations.importers.CsvMapping;
import dsa.populations.importers.ImportOptions;
import dsa.populations.importers.Imported;
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

  private static final int HEAD = 64;

  private PopulationFile() {}

  /**
   * Reads the population in a file.
   *
   * @throws MalformedFileException if it holds none, or none of this metric
   */
  static OpenedPopulation open(Path file, Optional<Metric> metric) throws IOException {
    try (InputStream in = new BufferedInputStream(InputFile.open(file), 1 << 16)) {
      in.mark(HEAD);
      String head = new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1).strip();
      in.reset();
      if (RunLog.announces(head)) {
        return SweepRuns.ofLog(file, in).read(metric.orElse(Metric.TEST_ERROR));
      }
      if (head.startsWith("[") || head.startsWith("{") || head.startsWith("PK")) {
        throw new MalformedFileException(
            file.toString(), 0, "is no population but a source of one", Remedy.IMPORT_RECORDS);
      }
      return ofTable(file, DelimitedRows.of(file.toString(), in), metric);
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
      return new OpenedPopulation(population, file.toString(), List.of(), Optional.empty());
    }
    if (metric.isPresent() && metric.get().isLoss()) {
      throw new MalformedFileException(
          file.toString(),
          0,
          "is a table of test errors without learning curves, so that it gives no "
              + metric.get().quantity(),
          Remedy.METRIC);
    }
    Imported imported =
        CsvImporter.read(file, rows, CsvMapping.recognized(), ImportOptions.withDefaults());
    List<Remark> remarks = imported.report().remarks();
    return new OpenedPopulation(imported.population(), file.toString(), remarks, Optional.empty());
  }
}
