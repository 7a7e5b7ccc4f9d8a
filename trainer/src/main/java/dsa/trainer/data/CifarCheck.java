package dsa.trainer.data;

import dsa.core.io.MalformedFileException;
import dsa.core.io.Remedy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the files of a data set were found to be.
 *
 * @param folder where the files are: the folder named, or {@code cifar-10-batches-bin} in it
 * @param dataset what the files should be, such as {@code cifar10}
 * @param algorithm of the sums: MD5 or SHA-256
 * @param files the six, in the order in which they are read
 */
public record CifarCheck(Path folder, String dataset, String algorithm, List<CheckedFile> files) {

  /** Copies the files. */
  public CifarCheck {
    files = List.copyOf(files);
  }

  /**
   * What one file was found to be.
   *
   * @param name such as {@code data_batch_1.bin}
   * @param bytes its length; empty if it is missing
   * @param sum its checksum, hexadecimal; empty if its length is wrong already
   * @param fault what is wrong with it, to follow its name; empty if nothing is
   */
  public record CheckedFile(
      String name, OptionalLong bytes, Optional<String> sum, Optional<String> fault) {}

  /**
   * Reads the files of a folder and compares them with the published sums, or with those of a
   * sample if {@code dsa-sample.json} is there.
   *
   * @throws MalformedFileException if there is no such folder or the list of a sample is not one
   */
  public static CifarCheck of(Path folder) throws IOException {
    Path located = CifarFiles.locate(folder);
    return CifarFiles.announcedIn(located).check(located);
  }

  /** Whether all files are what they should be. */
  public boolean complete() {
    return files.stream().allMatch(file -> file.fault().isEmpty());
  }

  /**
   * Nothing if all files are what they should be.
   *
   * @throws MalformedFileException with one sentence on the first that is not
   */
  public void orElseThrow() throws MalformedFileException {
    for (CheckedFile file : files) {
      if (file.fault().isPresent()) {
        String at = folder.resolve(file.name()).toString();
        throw dataset.equals(CifarFiles.RELEASE.dataset())
            ? new MalformedFileException(at, 0, file.fault().get(), Remedy.FETCH_DATA)
            : new MalformedFileException(at, 0, file.fault().get() + "; write the sample anew");
      }
    }
  }
}
