package dsa.trainer.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * CIFAR-10 as Krizhevsky published it (<i>Learning Multiple Layers of Features from Tiny
 * Images</i>, 2009), binary version: 50,000 training and 10,000 test images in six files.
 *
 * @param train in the order of the files, then of the records
 * @param test in the order of the records
 * @param checksum of the files read, for the provenance of runs
 */
public record Cifar10(ImageSet train, ImageSet test, String checksum) {

  private static final int RECORDS = 10_000;
  private static final int RECORD = 1 + ImageSet.CHANNELS * ImageSet.SIDE * ImageSet.SIDE;

  /** Reads the six files of a folder. */
  public static Cifar10 read(Path folder) throws IOException {
    byte[] pixels = new byte[5 * RECORDS * (RECORD - 1)];
    byte[] labels = new byte[5 * RECORDS];
    for (int i = 0; i < 5; i++) {
      readBatch(folder.resolve("data_batch_" + (i + 1) + ".bin"), pixels, labels, i * RECORDS);
    }
    byte[] testPixels = new byte[RECORDS * (RECORD - 1)];
    byte[] testLabels = new byte[RECORDS];
    readBatch(folder.resolve("test_batch.bin"), testPixels, testLabels, 0);
    return new Cifar10(
        ImageSet.of(pixels, labels), ImageSet.of(testPixels, testLabels), "unchecked");
  }

  private static void readBatch(Path file, byte[] pixels, byte[] labels, int first)
      throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] all = in.readAllBytes();
      for (int i = 0; i < RECORDS; i++) {
        labels[first + i] = all[i * RECORD];
        System.arraycopy(all, i * RECORD + 1, pixels, (first + i) * (RECORD - 1), RECORD - 1);
      }
    }
  }
}
