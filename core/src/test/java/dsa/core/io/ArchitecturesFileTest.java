package dsa.core.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.Task;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.core.run.DrawnModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Trainings last weeks and name their networks by index in this file: a reader that guesses, or a
 * format that changes without a new version, attaches errors to the wrong networks.
 */
final class ArchitecturesFileTest {

  private static final String SEALED =
      """
      {"format":"dsa.architectures/1","space":"resnext-a","task":"cifar10","seed":-7,"limits":"any of params <= 855999, flops[nds] <= 128999999","distinct":true,"draws":5,"rejected":2,"repeats":1,"models":2}
      {"index":0,"architecture":"residual cifar:16 | 9x16 s1 | 9x32 s2 | 9x64 s2","params":855770,"macs":125747850,"ndsFlops":128471690,"activations":544778}
      {"index":1,"architecture":"bottleneck cifar:16 | 2x64 s1 b32 g8 | 8x256 s2 b64 g16 | 4x128 s2 b128 g2","params":782170,"macs":123389194,"ndsFlops":130270474,"activations":1376266}
      """;

  private static final ArchitecturesFile.Header HEADER =
      new ArchitecturesFile.Header(
          "resnext-a",
          Task.CIFAR10,
          -7,
          "any of params <= 855999, flops[nds] <= 128999999",
          true,
          5,
          2,
          1,
          2);

  @TempDir private Path folder;

  private static List<DrawnModel> models() {
    List<DrawnModel> models = new ArrayList<>();
    for (String text :
        List.of(
            "residual cifar:16 | 9x16 s1 | 9x32 s2 | 9x64 s2",
            "bottleneck cifar:16 | 2x64 s1 b32 g8 | 8x256 s2 b64 g16 | 4x128 s2 b128 g2")) {
      ArchitectureSpec spec = ArchitectureSpec.parse(text);
      models.add(new DrawnModel(models.size(), spec, spec.complexity(Task.CIFAR10)));
    }
    return models;
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("a.jsonl"), text);
  }

  @Test
  void theFormatIsSealed() throws IOException {
    Path file = folder.resolve("archs.jsonl");
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    try {
      ArchitecturesFile.write(file, HEADER, models());
    } finally {
      Locale.setDefault(before);
    }
    assertEquals(SEALED, Files.readString(file));
  }

  @Test
  void whatIsWrittenReadsBackEqual() throws IOException {
    List<DrawnModel> read = new ArrayList<>();
    assertEquals(HEADER, ArchitecturesFile.read(file(SEALED), read::add));
    assertEquals(models(), read);
    read.clear();
    String windows = "\uFEFF" + SEALED.replace("\n", "\r\n");
    assertEquals(HEADER, ArchitecturesFile.read(file(windows), read::add));
    assertEquals(models(), read);
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "dsa.architectures/1 ~ dsa.architectures/2 ~ 1: unknown format dsa.architectures/2; known",
        "\"format\":\"dsa.architectures/1\", ~ `` ~ 1: has no field 'format'",
        "cifar10 ~ mnist ~ 1: task 'mnist' is neither",
        "\"seed\":-7 ~ \"seed\":7.5 ~ 1: seed is neither text, true, false nor a whole number",
        "\"seed\":-7 ~ \"seed\":99999999999999999999 ~ 1: seed is neither",
        "\"seed\":-7 ~ \"seed\":\"7\" ~ 1: seed is not a whole number",
        "true ~ 1 ~ 1: distinct is neither true nor false",
        "\"draws\":5 ~ \"draws\":5,\"draws\":5 ~ 1: is no JSON: Duplicate",
        "\"draws\":5 ~ \"extra\":5 ~ 1: 'extra' is not a field",
        "\"draws\":5 ~ \"draws\":-5 ~ 1: draws -5 is below 0",
        "\"index\":0 ~ \"index\":1 ~ 3: index 1 follows 1; indices must rise",
        "\"index\":0 ~ \"index\":9999999999 ~ 2: index 9999999999 is above",
        "residual cifar ~ resid cifar ~ 2: block 'resid' is none of",
        "9x16 s1 ~ 9x16 ~ 2: architecture 'residual",
        "\"params\":855770 ~ \"params\":null ~ 2: params is neither",
        "\"params\":855770 ~ \"params\":{\"a\":1} ~ 2: params is neither",
        "\"params\":855770, ~ `` ~ 2: has no field 'params'",
        "\"models\":2 ~ \"models\":3 ~ 3: ends after 2 networks, its header says 3",
        "544778} ~ 544778 ~ 2: is no JSON",
        "544778} ~ 544778} 7 ~ 2: has something behind",
      })
  void aFaultIsNamedWithItsLine(String from, String to, String message) throws IOException {
    String text = SEALED.replace(from, to);
    assertTrue(!text.equals(SEALED));
    Path file = file(text);
    String refusal =
        assertThrows(MalformedFileException.class, () -> ArchitecturesFile.read(file, m -> {}))
            .getMessage();
    assertTrue(refusal.startsWith(file + ":" + message), refusal);
    assertEquals(1, refusal.lines().count());
  }

  @Test
  void blankEndlessAndForeignLinesAreRefused() throws IOException {
    for (String text :
        List.of("", "\n" + SEALED, SEALED.replace("}\n{", "}\n\n{"), "x".repeat(1 << 20))) {
      Path file = file(text);
      assertThrows(MalformedFileException.class, () -> ArchitecturesFile.read(file, m -> {}));
    }
    Path file = folder.resolve("latin.jsonl");
    Files.write(file, "{\"format\":\"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));
    assertThrows(MalformedFileException.class, () -> ArchitecturesFile.read(file, m -> {}));
  }

  @Tag("slow")
  @Test
  void tornAndScrambledFilesAreReadOrRefused() throws IOException {
    RandomStream random = SeedPath.root(9).generator();
    String noise = "{}[]:,\"\\0-9.eE tnul\n\r\u0000\u00e9";
    int refused = 0;
    for (int i = 0; i < 2000; i++) {
      StringBuilder text = new StringBuilder(SEALED);
      text.setLength(i % 2 == 0 ? random.nextInt(text.length()) + 1 : text.length());
      for (int k = random.nextInt(4); k > 0; k--) {
        text.setCharAt(random.nextInt(text.length()), noise.charAt(random.nextInt(noise.length())));
      }
      Path file = file(text.toString());
      try {
        ArchitecturesFile.read(file, m -> {});
      } catch (MalformedFileException e) {
        refused++;
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
      }
    }
    assertTrue(refused > 1000, refused + " of 2000 refused");
  }
}
