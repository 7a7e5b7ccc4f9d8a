package dsa.trainer.data;

import dsa.core.io.MalformedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * CIFAR-10 as Krizhevsky published it (<i>Learning Multiple Layers of Features from Tiny
 * Images</i>, 2009), binary version: 50,000 training and 10,000 test images in six files. Or a
 * {@link CifarSample}, which is fewer images in files of the same format under another name.
 *
 * @param name what runs record as their data set: {@code cifar10}, or {@code cifar10-sample:} and
 *     the name of the sample, so that results on one are never taken for results on the other
 * @param train in the order of the files, then of the records
 * @param test in the order of the records
 * @param checksum of the files, for the provenance of runs: the first 16 hexadecimal digits of the
 *     SHA-256 sum of the six lines {@code SUM FILE}, each ended by a newline, as {@code md5sum}
 *     prints them, {@code data_batch_1.bin} first and {@code test_batch.bin} last; the sums are MD5
 *     of CIFAR-10 itself, SHA-256 of samples
 */
public record Cifar10(String name, ImageSet train, ImageSet test, String checksum) {

  /** What runs record of CIFAR-10 itself, whether or not it is here: its name. */
  public static final String PUBLISHED = CifarFiles.RELEASE.dataset();

  /** The checksum of the files as they were published. */
  public static String publishedChecksum() {
    return CifarFiles.RELEASE.checksum();
  }

  /**
   * Copies the files of a folder that {@link #read} takes.
   *
   * @param target folder, made if it does not exist
   */
  public static void copy(Path folder, Path target) throws IOException {
    Path located = CifarFiles.locate(folder);
    Files.createDirectories(target);
    for (String name : CifarFiles.namesIn(located)) {
      Files.copy(located.resolve(name), target.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * Reads the six files of a folder, or of {@code cifar-10-batches-bin} in it, and makes sure that
   * they are the published ones, byte for byte; or those of a sample, if {@code dsa-sample.json} is
   * there.
   *
   * @throws MalformedFileException if a file is missing, cut short, swapped or otherwise not the
   *     published one
   */
  public static Cifar10 read(Path folder) throws IOException {
    Path located = CifarFiles.locate(folder);
    return CifarFiles.announcedIn(located).read(located);
  }
}
