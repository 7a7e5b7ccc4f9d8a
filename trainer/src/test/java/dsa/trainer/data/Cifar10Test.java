package dsa.trainer.data;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.io.MalformedFileException;
import dsa.core.io.Remedy;
import dsa.core.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A population trained on damaged images looks like any other, only worse. Without these a file cut
 * short, swapped, or of another data set is trained on for weeks.
 */
final class Cifar10Test {

  private static final String REMEDY = "; " + Remedy.FETCH_DATA;

  @TempDir Path folder;

  private static int[] countsOf(ImageSet images) {
    int[] counts = new int[CifarFiles.CLASSES];
    for (int i = 0; i < images.size(); i++) {
      counts[images.label(i)]++;
    }
    return counts;
  }

  private static int[] each(int count) {
    return IntStream.range(0, CifarFiles.CLASSES).map(i -> count).toArray();
  }

  @Tag("slow")
  @Test
  void thePublishedFilesAreReadAndDamageToAnyIsFound() throws IOException {
    Path shared = Shared.file("data/cifar10/test_batch.bin.xz").getParent();
    CifarFetch.withDefaults().from(shared, folder);
    Cifar10 images = Cifar10.read(folder);
    assertEquals("cifar10", images.name());
    assertEquals("933f552fa34f2e7d", images.checksum());
    assertArrayEquals(each(5000), countsOf(images.train()));
    assertArrayEquals(each(1000), countsOf(images.test()));
    assertTrue(CifarCheck.of(folder).complete());

    Path second = folder.resolve("data_batch_2.bin");
    byte[] sound = Files.readAllBytes(second);
    byte[] flipped = sound.clone();
    flipped[12_345_678] ^= 1;
    Files.write(second, flipped);
    assertTrue(
        refusalOf(folder)
            .matches(
                ".*data_batch_2.bin: has the MD5 sum [0-9a-f]{32} instead of "
                    + "5ea93a67294ea407fff1d09f752e9692; .*"));
    Files.write(second, Arrays.copyOf(sound, sound.length - 1));
    assertTrue(refusalOf(folder).contains("is 30729999 bytes long instead of 30730000"));
    Files.copy(folder.resolve("test_batch.bin"), second, StandardCopyOption.REPLACE_EXISTING);
    assertTrue(refusalOf(folder).contains("data_batch_2.bin: holds what belongs into test_batch"));
  }

  private static String told(MalformedFileException fault) {
    return fault.getMessage() + fault.remedy().map(remedy -> "; " + remedy).orElse("");
  }

  private static String refusalOf(Path folder) {
    return told(assertThrows(MalformedFileException.class, () -> Cifar10.read(folder)));
  }

  /** What small files in the place of CIFAR-10's are said to suffer from. */
  private String faultOf() {
    return told(
        assertThrows(MalformedFileException.class, () -> MadeUpData.expected().read(folder)));
  }

  @Test
  void imagesStandInTheOrderOfTheFilesAndRecords() throws IOException {
    MadeUpData.write(folder);
    Cifar10 images = MadeUpData.expected().read(folder);
    Map<String, byte[]> files = MadeUpData.files();
    assertEquals(5 * MadeUpData.RECORDS, images.train().size());
    assertEquals(MadeUpData.RECORDS, images.test().size());
    for (int i = 0; i < images.train().size(); i++) {
      byte[] file = files.get("data_batch_" + (1 + i / MadeUpData.RECORDS) + ".bin");
      assertRecord(file, i % MadeUpData.RECORDS, images.train(), i);
    }
    for (int i = 0; i < images.test().size(); i++) {
      assertRecord(files.get("test_batch.bin"), i, images.test(), i);
    }
  }

  private static void assertRecord(byte[] file, int record, ImageSet images, int image) {
    int at = record * CifarFiles.RECORD;
    assertEquals(file[at], images.label(image));
    assertArrayEquals(
        Arrays.copyOfRange(file, at + 1, at + CifarFiles.RECORD),
        Arrays.copyOfRange(images.pixels(), image * 3072, (image + 1) * 3072));
  }

  @Test
  void theChecksumIsOfWhatMd5sumPrints() throws IOException {
    MadeUpData.write(folder);
    StringBuilder lines = new StringBuilder();
    MadeUpData.files()
        .forEach(
            (name, bytes) ->
                lines.append(MadeUpData.sum("MD5", bytes)).append("  ").append(name).append('\n'));
    String sum = MadeUpData.sum("SHA-256", lines.toString().getBytes(US_ASCII));
    assertEquals(sum.substring(0, 16), MadeUpData.expected().read(folder).checksum());
  }

  @Test
  void everyDamageIsNamedWithItsRemedy() throws IOException {
    MadeUpData.write(folder);
    String remedy = REMEDY;
    Path third = folder.resolve("data_batch_3.bin");
    byte[] sound = Files.readAllBytes(third);

    Files.delete(third);
    assertEquals(third + ": is missing" + remedy, faultOf());

    Files.createDirectory(third);
    assertEquals(third + ": is no file" + remedy, faultOf());
    Files.delete(third);

    Files.write(third, Arrays.copyOf(sound, 61_000));
    assertEquals(
        third + ": is 61000 bytes long instead of 61460, so its end is missing" + remedy,
        faultOf());

    Files.write(third, Arrays.copyOf(sound, 61_461));
    assertEquals(third + ": is 61461 bytes long instead of 61460" + remedy, faultOf());

    byte[] flipped = sound.clone();
    flipped[40_000] ^= 4;
    Files.write(third, flipped);
    assertEquals(
        third
            + ": has the MD5 sum "
            + MadeUpData.sum("MD5", flipped)
            + " instead of "
            + MadeUpData.sum("MD5", sound)
            + remedy,
        faultOf());

    Files.write(third, Files.readAllBytes(folder.resolve("data_batch_5.bin")));
    assertEquals(third + ": holds what belongs into data_batch_5.bin" + remedy, faultOf());
  }

  @Test
  void theFirstOfSeveralFaultsIsNamedAndTheCheckHoldsAll() throws IOException {
    MadeUpData.write(folder);
    Files.delete(folder.resolve("test_batch.bin"));
    Files.write(folder.resolve("data_batch_1.bin"), new byte[7]);
    assertTrue(faultOf().contains("data_batch_1.bin"), faultOf());
    CifarCheck check = MadeUpData.expected().check(folder);
    assertFalse(check.complete());
    assertEquals(7, check.files().get(0).bytes().orElseThrow());
    assertEquals(Optional.of("is missing"), check.files().get(5).fault());
    assertEquals(Optional.empty(), check.files().get(2).fault());
    assertEquals(
        MadeUpData.sum("MD5", MadeUpData.files().get("data_batch_3.bin")),
        check.files().get(2).sum().orElseThrow());
  }

  @Test
  void theFolderMayBeTheOneThatTheArchiveMakesOrTheOneAroundIt() throws IOException {
    Path inside = folder.resolve("cifar-10-batches-bin");
    MadeUpData.write(inside);
    assertEquals(inside, CifarFiles.locate(folder));
    assertEquals(inside, CifarFiles.locate(inside));
    MadeUpData.write(folder);
    assertEquals(folder, CifarFiles.locate(folder));
  }

  @Test
  void aFolderThatIsNoneIsRefused() throws IOException {
    Path missing = folder.resolve("missing");
    assertEquals(missing + ": does not exist" + REMEDY, refusalOf(missing));
    Path file = Files.write(folder.resolve("file"), new byte[1]);
    assertEquals(
        file + ": is no folder; name the one that holds data_batch_1.bin", refusalOf(file));
    assertEquals(folder.resolve("data_batch_1.bin") + ": is missing" + REMEDY, refusalOf(folder));
  }
}
