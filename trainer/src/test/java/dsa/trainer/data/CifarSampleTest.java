package dsa.trainer.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.io.MalformedFileException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Results of a trial on a hundred images must not be taken for results on CIFAR-10: without these a
 * sample passes for the real thing, or a damaged one for itself.
 */
final class CifarSampleTest {

  @TempDir Path folder;

  /** Images whose pixels and labels say which they are. */
  private static ImageSet images(int count, int salt) {
    byte[] pixels = new byte[count * 3072];
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) ((i + salt) % 10);
      for (int j = 0; j < 3072; j++) {
        pixels[i * 3072 + j] = (byte) (i * 7 + j + salt);
      }
    }
    return ImageSet.of(pixels, labels);
  }

  private static void assertSame(ImageSet expected, ImageSet actual) {
    assertArrayEquals(expected.pixels(), actual.pixels());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.label(i), actual.label(i));
    }
  }

  private String refusal() {
    return assertThrows(MalformedFileException.class, () -> Cifar10.read(folder)).getMessage();
  }

  @Test
  void whatIsWrittenIsReadUnderAnotherName() throws IOException {
    for (int count : new int[] {5, 23, 1001}) {
      CifarSample.write(folder, "tiny-" + count, images(count, 1), images(7, 2));
      Cifar10 sample = Cifar10.read(folder);
      assertEquals("cifar10-sample:tiny-" + count, sample.name());
      assertSame(images(count, 1), sample.train());
      assertSame(images(7, 2), sample.test());
      assertTrue(CifarCheck.of(folder).complete());
    }
  }

  @Test
  void theListIsTheFormatsGolden() throws IOException {
    CifarSample.write(folder, "tiny", images(7, 1), images(1, 2));
    String list = Files.readString(folder.resolve("dsa-sample.json"));
    assertTrue(
        list.startsWith(
            """
            {
              "format" : "dsa.cifar-sample/1",
              "name" : "tiny",
              "files" : {
                "data_batch_1.bin" : {
                  "records" : 1,
                  "sha256" : \""""),
        list);
    String test = MadeUpData.sum("SHA-256", Files.readAllBytes(folder.resolve("test_batch.bin")));
    assertTrue(
        list.endsWith("\"records\" : 1,\n      \"sha256\" : \"" + test + "\"\n    }\n  }\n}\n"));
  }

  @Test
  void theChecksumFollowsTheImages() throws IOException {
    CifarSample.write(folder, "a", images(9, 1), images(3, 2));
    String first = Cifar10.read(folder).checksum();
    CifarSample.write(folder, "b", images(9, 1), images(3, 2));
    assertEquals(first, Cifar10.read(folder).checksum());
    CifarSample.write(folder, "b", images(9, 1), images(3, 3));
    assertNotEquals(first, Cifar10.read(folder).checksum());
  }

  @Test
  void damageIsNamed() throws IOException {
    CifarSample.write(folder, "tiny", images(10, 1), images(3, 2));
    Path file = folder.resolve("data_batch_4.bin");
    byte[] bytes = Files.readAllBytes(file);
    bytes[100] ^= 1;
    Files.write(file, bytes);
    assertTrue(refusal().startsWith(file + ": has the SHA-256 sum "), refusal());
    assertTrue(refusal().endsWith("; write the sample anew"), refusal());
    Files.write(file, new byte[3073]);
    assertEquals(
        file + ": is 3073 bytes long instead of 6146, so its end is missing; write the sample anew",
        refusal());
  }

  @Test
  void aLabelThatCifar10DoesNotHaveIsNamed() throws IOException {
    CifarSample.write(folder, "tiny", images(10, 1), images(3, 2));
    Path file = folder.resolve("test_batch.bin");
    byte[] bytes = Files.readAllBytes(file);
    String before = MadeUpData.sum("SHA-256", bytes);
    bytes[2 * 3073] = (byte) 200;
    Files.write(file, bytes);
    Path list = folder.resolve("dsa-sample.json");
    Files.writeString(
        list, Files.readString(list).replace(before, MadeUpData.sum("SHA-256", bytes)));
    assertEquals(
        file + ": holds label 200 in record 2; labels are 0 to 9; write the sample anew",
        refusal());
  }

  @Test
  void aListThatIsNoneIsRefused() throws IOException {
    CifarSample.write(folder, "tiny", images(10, 1), images(3, 2));
    Path list = folder.resolve("dsa-sample.json");
    String sound = Files.readString(list);
    Map<String, String> faults =
        Map.of(
            "",
            "does not begin with format dsa.cifar-sample/1",
            "[]",
            "does not begin with format dsa.cifar-sample/1",
            "{",
            "is no JSON",
            sound.replace("sample/1", "sample/2"),
            "does not begin with format",
            sound.replace("tiny", "Tiny Images"),
            "has no name of lower-case letters",
            sound.replace("data_batch_2", "data_batch_9"),
            "says of data_batch_2.bin no records",
            sound.replace("\"records\" : 2", "\"records\" : 10001"),
            "says of data_batch_1.bin no",
            sound.replace("sha256", "md5"),
            "says of data_batch_1.bin no sha256",
            " ".repeat(70_000),
            "is larger than 64 KiB");
    for (Map.Entry<String, String> fault : faults.entrySet()) {
      Files.writeString(list, fault.getKey());
      assertTrue(refusal().startsWith(list + ": " + fault.getValue()), refusal());
      assertTrue(refusal().endsWith("; write the sample anew"), refusal());
    }
  }

  @Test
  void neitherBadImagesNorCifar10ItselfAreOverwritten() throws IOException {
    ImageSet good = images(10, 1);
    ImageSet bad = ImageSet.of(new byte[5 * 3072], new byte[] {0, 1, 2, 3, 10});
    assertThrows(
        IllegalArgumentException.class, () -> CifarSample.write(folder, "Tiny", good, good));
    assertThrows(
        IllegalArgumentException.class,
        () -> CifarSample.write(folder, "tiny", images(4, 1), good));
    assertThrows(
        IllegalArgumentException.class,
        () -> CifarSample.write(folder, "tiny", good, images(0, 1)));
    Path other = folder.resolve("other");
    assertThrows(IllegalArgumentException.class, () -> CifarSample.write(other, "tiny", bad, good));
    MadeUpData.write(folder);
    FileSystemException failure =
        assertThrows(
            FileSystemException.class, () -> CifarSample.write(folder, "tiny", good, good));
    assertEquals("holds CIFAR-10 already; choose another folder for a sample", failure.getReason());
    assertArrayEquals(
        MadeUpData.files().get("data_batch_1.bin"),
        Files.readAllBytes(folder.resolve("data_batch_1.bin")));
  }
}
