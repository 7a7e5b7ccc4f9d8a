package dsa.populations.importers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dsa.core.io.MalformedFileException;
import dsa.core.io.PopulationCsv;
import dsa.core.io.RunLog;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.core.run.ErrorKind;
import dsa.core.run.Population;
import dsa.core.run.Populations;
import dsa.core.run.Reruns;
import dsa.core.testing.MalformedInputs;
import dsa.populations.PopulationSource;
import dsa.populations.importers.table.CsvImporter;
import dsa.populations.importers.table.CsvMapping;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file cut short by a full disk or saved by a spreadsheet in another encoding must end in one
 * sentence with the file's name, not in a stack trace, a hang, or a population with wrong numbers.
 */
@Tag("slow")
final class FuzzTest {

  private static final int INPUTS = 10_000;

  @TempDir Path folder;

  /** One way to read a file to a population; a malformed file is refused by an exception. */
  private interface Reading {
    Population read(Path file) throws IOException;
  }

  private static final List<Reading> READINGS =
      List.of(
          FuzzTest::open,
          PopulationCsv::read,
          FuzzTest::readLog,
          file -> NdsImporter.read(List.of(file), List.of(), defaults()).population(),
          file ->
              NdsImporter.read(List.of(file), List.of("ResNet"), defaults().with(ErrorKind.LAST))
                  .population(),
          file -> PyclsImporter.read(file, true, defaults().with(Reruns.MEAN)).population(),
          file -> CsvImporter.read(file, CsvMapping.recognized(), defaults()).population(),
          file -> NasBenchMacroImporter.read(file, defaults()).population());

  /** Which of the {@link #READINGS} each of the sound files is for. */
  private static final List<Integer> READER_OF_SAMPLE = List.of(1, 1, 2, 3, 4, 5, 6, 6, 7, 0);

  private static ImportOptions defaults() {
    return ImportOptions.withDefaults();
  }

  /** What is not malformed and yet no population, such as a log without results, is named too. */
  private static Population open(Path file) throws IOException {
    try {
      return PopulationSource.open(file).population();
    } catch (IllegalArgumentException e) {
      assertTrue(e.getMessage().startsWith(file.toString()), () -> "no file: " + e.getMessage());
      throw new MalformedFileException(file.toString(), 0, e.getMessage());
    }
  }

  private static Population readLog(Path file) throws IOException {
    RunLog.Contents contents = RunLog.at(file).read();
    try {
      return Populations.of("log", contents.runs().stream(), ErrorKind.LAST).population();
    } catch (IllegalArgumentException e) {
      throw new MalformedFileException(file.toString(), 0, e.getMessage());
    }
  }

  @Tag("slow")
  @Test
  void everyMalformedInputIsRefusedInOneSentenceOrReadToAValidPopulation() throws IOException {
    List<byte[]> sound = MalformedInputs.soundFiles();
    int refused = 0;
    int accepted = 0;
    for (int i = 0; i < INPUTS; i++) {
      RandomStream random = SeedPath.root(20_260_101).child("fuzz").child(i).generator();
      Path file = folder.resolve("input");
      Files.write(file, MalformedInputs.damaged(sound.get(i % sound.size()), random));
      // Mostly the reader the sample is for, so that mutations reach deep; sometimes any other.
      Reading reading =
          random.nextInt(4) > 0
              ? READINGS.get(READER_OF_SAMPLE.get(i % sound.size()))
              : READINGS.get(random.nextInt(READINGS.size()));
      try {
        Population population = reading.read(file);
        accepted++;
        if (accepted % 10 == 0) {
          assertWritesAndReadsBack(population, i);
        }
      } catch (MalformedFileException e) {
        refused++;
        assertTrue(e.getMessage().startsWith(file.toString()), () -> "no file: " + e.getMessage());
        assertFalse(e.getMessage().contains("\n"), () -> "not one sentence: " + e.getMessage());
        assertTrue(e.getMessage().length() < 1000, () -> "too long: " + e.getMessage());
      } catch (IOException | RuntimeException | Error e) {
        Path kept = Files.createTempFile("fuzz", ".input");
        Files.copy(file, kept, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        fail("input " + i + " (kept as " + kept + ") ended in " + e, e);
      }
    }
    int all = refused;
    int good = accepted;
    assertEquals(INPUTS, refused + accepted);
    assertTrue(refused > INPUTS / 5, () -> "only " + all + " refused: mutations are too mild");
    assertTrue(accepted > INPUTS / 50, () -> "only " + good + " accepted: mutations are too harsh");
  }

  private void assertWritesAndReadsBack(Population population, int input) throws IOException {
    Path out = folder.resolve("out.csv");
    PopulationCsv.write(out, population);
    assertEquals(population, PopulationCsv.read(out), () -> "input " + input);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(0, files.filter(path -> path.toString().endsWith(".partial")).count());
    }
  }

  @Tag("slow")
  @Test
  void bombsEmptyFilesAndFoldersAreRefused() throws IOException {
    byte[] bomb =
        MalformedInputs.zipped(
            "ResNet.json", ("[" + " ".repeat(150 << 20)).getBytes(StandardCharsets.UTF_8));
    byte[] gzipBomb =
        MalformedInputs.gzipped(("[" + " ".repeat(150 << 20)).getBytes(StandardCharsets.UTF_8));
    List<byte[]> inputs =
        new ArrayList<>(List.of(bomb, gzipBomb, new byte[0], new byte[] {'P', 'K'}));
    inputs.add(new byte[] {0x1f, (byte) 0x8b});
    inputs.add("[".repeat(100_000).getBytes(StandardCharsets.UTF_8));
    List<Path> files = new ArrayList<>();
    for (byte[] input : inputs) {
      files.add(Files.write(folder.resolve("input" + files.size()), input));
    }
    files.add(Files.createDirectory(folder.resolve("a folder")));
    files.add(folder.resolve("missing"));
    for (Path file : files) {
      for (Reading reading : READINGS) {
        try {
          reading.read(file);
          fail(file + " was read");
        } catch (MalformedFileException e) {
          assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
        }
      }
    }
  }
}
