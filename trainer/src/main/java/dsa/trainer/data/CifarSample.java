package dsa.trainer.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dsa.core.io.AtomicFile;
import dsa.core.io.Checksum;
import dsa.core.io.InputFile;
import dsa.core.io.MalformedFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A small data set in CIFAR-10's file format, for tests and trials: the same six files with fewer
 * records, and {@code dsa-sample.json}, format {@code dsa.cifar-sample/1}, which says so (see
 * docs/formats.md). {@link Cifar10#read} takes its folder.
 */
public final class CifarSample {

  static final String LIST = "dsa-sample.json";
  private static final String FORMAT = "dsa.cifar-sample/1";
  private static final int MOST_BYTES = 1 << 16;
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
  private static final Pattern SUM = Pattern.compile("[0-9a-f]{64}");
  private static final JsonMapper JSON = new JsonMapper();

  private CifarSample() {}

  /**
   * Writes a sample that {@link Cifar10#read} gives back, with the data set's name {@code
   * cifar10-sample:NAME}. Replaces another sample in the folder, but never CIFAR-10 itself.
   *
   * @param name lower-case letters, digits, {@code .}, {@code _}, {@code -}; at most 64
   * @param train 5 to 50,000 images with labels 0 to 9; the five files hold one fifth each
   * @param test 1 to 10,000 images with such labels
   */
  public static void write(Path folder, String name, ImageSet train, ImageSet test)
      throws IOException {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("name " + name + " does not match " + NAME);
    }
    int parts = CifarFiles.NAMES.size() - 1;
    if (train.size() < parts || train.size() > parts * CifarFiles.RECORDS) {
      throw new IllegalArgumentException("train.size()=" + train.size() + " outside 5..50000");
    }
    if (test.size() < 1 || test.size() > CifarFiles.RECORDS) {
      throw new IllegalArgumentException("test.size()=" + test.size() + " outside 1..10000");
    }
    if (Files.exists(folder.resolve(CifarFiles.NAMES.get(0))) && !isIn(folder)) {
      throw new FileSystemException(
          folder.toString(), null, "holds CIFAR-10 already; choose another folder for a sample");
    }
    ObjectNode list = JSON.createObjectNode().put("format", FORMAT).put("name", name);
    ObjectNode files = list.putObject("files");
    for (int i = 0; i < parts; i++) {
      int from = (int) ((long) i * train.size() / parts);
      int to = (int) ((long) (i + 1) * train.size() / parts);
      writeFile(folder, CifarFiles.NAMES.get(i), train, from, to, files);
    }
    writeFile(folder, CifarFiles.NAMES.get(parts), test, 0, test.size(), files);
    AtomicFile.writeText(folder.resolve(LIST), list.toPrettyString() + "\n");
  }

  private static void writeFile(
      Path folder, String file, ImageSet images, int from, int to, ObjectNode list)
      throws IOException {
    int image = CifarFiles.RECORD - 1;
    Checksum checksum = Checksum.of("SHA-256");
    AtomicFile.write(
        folder.resolve(file),
        out -> {
          for (int i = from; i < to; i++) {
            int label = images.label(i);
            if (label < 0 || label >= CifarFiles.CLASSES) {
              throw new IllegalArgumentException("label(" + i + ")=" + label + " outside 0..9");
            }
            byte[] record = new byte[CifarFiles.RECORD];
            record[0] = (byte) label;
            System.arraycopy(images.pixels(), i * image, record, 1, image);
            checksum.add(record);
            out.write(record);
          }
        });
    list.putObject(file).put("records", to - from).put("sha256", checksum.hex());
  }

  /** Whether a folder says that it holds a sample. */
  static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(LIST));
  }

  /** What the files of a sample should be, as its list says. */
  static CifarFiles listed(Path folder) throws IOException {
    Path file = folder.resolve(LIST);
    JsonNode list = parsed(file);
    if (!list.path("format").asText().equals(FORMAT)) {
      throw fault(file, "does not begin with format " + FORMAT);
    }
    String name = list.path("name").asText();
    if (!NAME.matcher(name).matches()) {
      throw fault(file, "has no name of lower-case letters, digits, '.', '_' and '-'");
    }
    List<CifarFiles.Expected> files = new ArrayList<>();
    for (String each : CifarFiles.NAMES) {
      JsonNode entry = list.path("files").path(each);
      JsonNode records = entry.path("records");
      String sum = entry.path("sha256").asText();
      if (!records.isInt() || records.intValue() < 1 || records.intValue() > CifarFiles.RECORDS) {
        throw fault(file, "says of " + each + " no records from 1 to " + CifarFiles.RECORDS);
      }
      if (!SUM.matcher(sum).matches()) {
        throw fault(file, "says of " + each + " no sha256 of 64 hexadecimal digits");
      }
      files.add(new CifarFiles.Expected(each, records.intValue(), sum));
    }
    return new CifarFiles("cifar10-sample:" + name, "SHA-256", List.copyOf(files));
  }

  private static JsonNode parsed(Path file) throws IOException {
    try (InputStream in = InputFile.open(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw fault(file, "is larger than 64 KiB");
      }
      return JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw fault(file, "is no JSON");
    }
  }

  private static MalformedFileException fault(Path file, String what) {
    return new MalformedFileException(file.toString(), 0, what + "; write the sample anew");
  }
}
