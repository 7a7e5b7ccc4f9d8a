package dsa.trainer.data;

import dsa.core.io.Checksum;
import dsa.core.io.InputFile;
import dsa.core.io.MalformedFileException;
import dsa.core.io.Remedy;
import dsa.trainer.data.CifarCheck.CheckedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the files of a data set should be: five of training images, then one of test images, each a
 * row of records of one label and one image.
 *
 * @param dataset its name in run records
 * @param algorithm of the sums: MD5 or SHA-256
 * @param files the six, training first
 */
record CifarFiles(String dataset, String algorithm, List<Expected> files) {

  /** Bytes of a record: the label, then the red, green and blue planes. */
  static final int RECORD = 1 + ImageSet.CHANNELS * ImageSet.SIDE * ImageSet.SIDE;

  static final int CLASSES = 10;

  /** Records of a file as it was published. */
  static final int RECORDS = 10_000;

  static final List<String> NAMES =
      List.of(
          "data_batch_1.bin",
          "data_batch_2.bin",
          "data_batch_3.bin",
          "data_batch_4.bin",
          "data_batch_5.bin",
          "test_batch.bin");

  /** The names of the classes; nothing reads it, but it belongs to the release. */
  static final String CLASS_NAMES = "batches.meta.txt";

  /** The folder inside the published archive. */
  private static final String UNPACKED = "cifar-10-batches-bin";

  /** The files of Toronto's cifar-10-binary.tar.gz. */
  static final CifarFiles RELEASE =
      new CifarFiles(
          "cifar10",
          "MD5",
          List.of(
              new Expected(NAMES.get(0), RECORDS, "5dd7e06a14cb22eb9f671a540d1b7c25"),
              new Expected(NAMES.get(1), RECORDS, "5ea93a67294ea407fff1d09f752e9692"),
              new Expected(NAMES.get(2), RECORDS, "942cd6a4bcdd0dd3c604fbe906cb4421"),
              new Expected(NAMES.get(3), RECORDS, "ae636b3ba5c66a11e91e8cb52e771fcb"),
              new Expected(NAMES.get(4), RECORDS, "53f37980c15c3d472c316c40844f3f0d"),
              new Expected(NAMES.get(5), RECORDS, "803d5f7f4d78ea53de84dbe85f74fb6d")));

  /**
   * What one file should be.
   *
   * @param name in the folder
   * @param records at least 1
   * @param sum hexadecimal, of the whole file
   */
  record Expected(String name, int records, String sum) {

    long bytes() {
      return (long) records * RECORD;
    }
  }

  /** Takes the records of a file as they come. */
  @FunctionalInterface
  private interface Records {
    void accept(int record, byte[] bytes, int offset);
  }

  /** The folder that holds the files: {@code folder} or the one in it that the archive makes. */
  static Path locate(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      if (Files.exists(folder)) {
        throw new MalformedFileException(
            folder.toString(), 0, "is no folder; name the one that holds " + NAMES.get(0));
      }
      throw new MalformedFileException(folder.toString(), 0, "does not exist", Remedy.FETCH_DATA);
    }
    Path inside = folder.resolve(UNPACKED);
    boolean bare =
        NAMES.stream().noneMatch(name -> Files.exists(folder.resolve(name)))
            && !CifarSample.isIn(folder);
    return bare && Files.isDirectory(inside) ? inside : folder;
  }

  /** The files of a data set in a folder, with the list of a sample. */
  static List<String> namesIn(Path folder) {
    return CifarSample.isIn(folder)
        ? Stream.concat(NAMES.stream(), Stream.of(CifarSample.LIST)).toList()
        : NAMES;
  }

  /** What a folder says it holds: a sample, or else the release. */
  static CifarFiles announcedIn(Path folder) throws IOException {
    return CifarSample.isIn(folder) ? CifarSample.listed(folder) : RELEASE;
  }

  long bytes() {
    return files.stream().mapToLong(Expected::bytes).sum();
  }

  CifarCheck check(Path folder) throws IOException {
    return check(folder, files.stream().<Records>map(file -> (i, bytes, at) -> {}).toList());
  }

  /** The images, once all files are found to be what they should be. */
  Cifar10 read(Path folder) throws IOException {
    int last = files.size() - 1;
    int trainSize = files.subList(0, last).stream().mapToInt(Expected::records).sum();
    byte[] trainPixels = new byte[trainSize * (RECORD - 1)];
    byte[] trainLabels = new byte[trainSize];
    byte[] testPixels = new byte[files.get(last).records() * (RECORD - 1)];
    byte[] testLabels = new byte[files.get(last).records()];
    int[] first = new int[files.size()];
    for (int i = 1; i < last; i++) {
      first[i] = first[i - 1] + files.get(i - 1).records();
    }
    List<Records> targets =
        IntStream.rangeClosed(0, last)
            .mapToObj(
                i ->
                    i < last
                        ? into(trainPixels, trainLabels, first[i])
                        : into(testPixels, testLabels, 0))
            .toList();
    check(folder, targets).orElseThrow();
    return new Cifar10(
        dataset,
        ImageSet.of(trainPixels, trainLabels),
        ImageSet.of(testPixels, testLabels),
        checksum());
  }

  private static Records into(byte[] pixels, byte[] labels, int first) {
    return (i, bytes, at) -> {
      labels[first + i] = bytes[at];
      System.arraycopy(bytes, at + 1, pixels, (first + i) * (RECORD - 1), RECORD - 1);
    };
  }

  String checksum() {
    String lines =
        files.stream()
            .map(file -> file.sum() + "  " + file.name() + "\n")
            .collect(Collectors.joining());
    Checksum checksum = Checksum.of("SHA-256");
    checksum.add(lines.getBytes(StandardCharsets.UTF_8));
    return checksum.hex().substring(0, 16);
  }

  /** Several files at once: the sums are most of the time that a start takes. */
  private CifarCheck check(Path folder, List<Records> targets) throws IOException {
    try {
      List<CheckedFile> checked =
          IntStream.range(0, files.size())
              .parallel()
              .mapToObj(
                  i -> {
                    try {
                      return check(folder, files.get(i), targets.get(i));
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  })
              .toList();
      return new CifarCheck(folder, dataset, algorithm, checked);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private CheckedFile check(Path folder, Expected expected, Records target) throws IOException {
    Path file = folder.resolve(expected.name());
    if (!Files.isRegularFile(file)) {
      String fault = Files.exists(file) ? "is no file" : "is missing";
      return new CheckedFile(
          expected.name(), OptionalLong.empty(), Optional.empty(), Optional.of(fault));
    }
    long size = Files.size(file);
    if (size != expected.bytes()) {
      String fault =
          "is "
              + size
              + " bytes long instead of "
              + expected.bytes()
              + (size < expected.bytes() ? ", so its end is missing" : "");
      return new CheckedFile(
          expected.name(), OptionalLong.of(size), Optional.empty(), Optional.of(fault));
    }
    Checksum checksum = Checksum.of(algorithm);
    Optional<String> label = Optional.empty();
    byte[] buffer = new byte[100 * RECORD];
    try (InputStream in = InputFile.open(file)) {
      for (int i = 0; i < expected.records(); ) {
        int read = in.readNBytes(buffer, 0, Math.min(100, expected.records() - i) * RECORD);
        checksum.add(buffer, read);
        for (int at = 0; at + RECORD <= read; at += RECORD) {
          if ((buffer[at] & 0xff) >= CLASSES && label.isEmpty()) {
            label =
                Optional.of(
                    "holds label "
                        + (buffer[at] & 0xff)
                        + " in record "
                        + i
                        + "; labels are 0 to "
                        + (CLASSES - 1));
          }
          target.accept(i++, buffer, at);
        }
        if (read % RECORD != 0 || read == 0) {
          break; // somebody cuts the file at this moment: its sum will be wrong
        }
      }
    }
    String sum = checksum.hex();
    Optional<String> fault = sum.equals(expected.sum()) ? label : Optional.of(wrong(sum, expected));
    return new CheckedFile(expected.name(), OptionalLong.of(size), Optional.of(sum), fault);
  }

  private String wrong(String sum, Expected expected) {
    for (Expected other : files) {
      if (other.sum().equals(sum)) {
        return "holds what belongs into " + other.name();
      }
    }
    return "has the " + algorithm + " sum " + sum + " instead of " + expected.sum();
  }
}
