package dsa.populations.importers;

import dsa.core.io.DelimitedRows;
import dsa.core.io.InputFile;
import dsa.core.io.MalformedFileException;
import dsa.core.io.PopulationCsv;
import dsa.core.io.RunLog;
import dsa.core.run.Circumstances;
import dsa.core.run.ErrorKind;
import dsa.core.run.Population;
import dsa.core.run.Populations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens whatever file a user names as a population. */
public final class PopulationFile {

  private PopulationFile() {}

  /**
   * A population and what had to be assumed to read it.
   *
   * @param population the models
   * @param notes one sentence each; empty for the project's own population files
   * @param circumstances of its runs, if it is a log of them
   */
  public record Opened(
      Population population, List<String> notes, Optional<Circumstances> circumstances) {

    /** Copies the notes. */
    public Opened {
      notes = List.copyOf(notes);
    }
  }

  /**
   * Reads a population file, a run log (smallest error over the epochs), or a foreign table whose
   * columns can be recognised.
   *
   * @throws MalformedFileException if it is none of these; the message says what to do
   */
  public static Opened open(Path file) throws IOException {
    String head = headOf(file);
    if (RunLog.announces(head)) {
      return openLog(file);
    }
    if (head.startsWith("[") || head.startsWith("{") || head.startsWith("PK")) {
      throw new MalformedFileException(
          file.toString(),
          0,
          "is no population but a source of one; make it with 'dsa import nds' or 'dsa import pycls'");
    }
    try (DelimitedRows rows = DelimitedRows.open(file)) {
      if (PopulationCsv.announces(rows)) {
        return new Opened(PopulationCsv.read(rows), List.of(), Optional.empty());
      }
      Imported imported =
          CsvImporter.read(file, rows, CsvMapping.recognized(), ImportOptions.withDefaults());
      return new Opened(imported.population(), imported.report().lines(), Optional.empty());
    }
  }

  /** Whether {@code file} begins as a run log of any version does. */
  public static boolean isRunLog(Path file) throws IOException {
    return RunLog.announces(headOf(file));
  }

  private static String headOf(Path file) throws IOException {
    try (InputStream in = InputFile.open(file)) {
      return new String(in.readNBytes(64), StandardCharsets.ISO_8859_1).strip();
    }
  }

  private static Opened openLog(Path file) throws IOException {
    RunLog.Contents contents = RunLog.at(file).read();
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    Populations.Collected collected;
    try {
      collected =
          Populations.of(
              dot > 0 ? name.substring(0, dot) : name, contents.runs().stream(), ErrorKind.MIN);
    } catch (IllegalArgumentException e) {
      throw new MalformedFileException(file.toString(), 0, String.valueOf(e.getMessage()));
    }
    List<String> notes = new ArrayList<>();
    contents.warning().ifPresent(notes::add);
    notes.add(
        "a run log: smallest error over the epochs, "
            + collected.merged()
            + " reruns merged, "
            + collected.circumstances().failed()
            + " failed runs left out");
    return new Opened(collected.population(), notes, Optional.of(collected.circumstances()));
  }
}
