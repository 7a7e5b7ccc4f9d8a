package dsa.trainer.sweep;

import dsa.core.arch.Task;
import dsa.core.io.ArchitecturesFile;
import dsa.core.io.InputFile;
import dsa.core.io.MalformedFileException;
import dsa.core.run.DrawnModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The networks of an architectures file, found fit to be trained: at least one, for CIFAR-10. */
public final class SweepNetworks {

  /** Bytes of an architectures file. */
  static final int LARGEST = 1 << 28;

  private final byte[] bytes;
  private final ArchitecturesFile.Header header;
  private final List<DrawnModel> models;

  private SweepNetworks(byte[] bytes, ArchitecturesFile.Header header, List<DrawnModel> models) {
    this.bytes = bytes;
    this.header = header;
    this.models = List.copyOf(models);
  }

  /**
   * Those of a file.
   *
   * @throws MalformedFileException if it is no architectures file, or not to be trained
   */
  public static SweepNetworks read(Path file) throws IOException {
    try (InputStream in = InputFile.open(file)) {
      return read(file.toString(), in);
    }
  }

  /**
   * Those of a stream.
   *
   * @param name what messages call it
   * @throws MalformedFileException as above, or if it is larger than 256 MiB
   */
  public static SweepNetworks read(String name, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(LARGEST + 1);
    if (bytes.length > LARGEST) {
      throw new MalformedFileException(
          name,
          0,
          "is larger than 256 MiB, a million networks; train it in parts, or check that it is an"
              + " architectures file");
    }
    return of(name, bytes);
  }

  /**
   * Those of a file's content.
   *
   * @param name what messages call it
   * @throws MalformedFileException if it is no architectures file, or not to be trained
   */
  public static SweepNetworks of(String name, byte[] content) throws IOException {
    byte[] bytes = content.clone();
    List<DrawnModel> models = new ArrayList<>();
    ArchitecturesFile.Header header =
        ArchitecturesFile.read(name, new ByteArrayInputStream(bytes), models::add);
    checkTask(name, header, models);
    if (models.isEmpty()) {
      throw new MalformedFileException(name, 0, "holds no network to train");
    }
    return new SweepNetworks(bytes, header, models);
  }

  /** Costs are logged as the file has them, so they must be those of the networks trained. */
  private static void checkTask(
      String file, ArchitecturesFile.Header header, List<DrawnModel> models) throws IOException {
    if (!header.task().equals(Task.CIFAR10)) {
      throw new MalformedFileException(
          file,
          1,
          "holds networks for "
              + header.task().name()
              + ", and networks are trained on "
              + Task.CIFAR10.name()
              + "; draw from a space for that");
    }
    for (int i = 0; i < models.size(); i++) {
      DrawnModel model = models.get(i);
      if (!model.complexity().equals(model.spec().complexity(Task.CIFAR10))) {
        throw new MalformedFileException(
            file, i + 2, "the costs are not those of the network; draw or write the file anew");
      }
    }
  }

  /** Where they come from. */
  public ArchitecturesFile.Header header() {
    return header;
  }

  /** In the order of the file. */
  public List<DrawnModel> models() {
    return models;
  }

  /** The content of the file. */
  byte[] bytes() {
    return bytes.clone();
  }
}
