package dsa.trainer.data;

import dsa.core.FileFailure;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/**
 * Writes a file and says which, if the disk takes no more: the same copy may also fail because of
 * where the bytes come from, and the two want different remedies.
 */
final class DiskStream extends FilterOutputStream {

  private final Path file;

  DiskStream(Path file, OpenOption... options) throws IOException {
    super(Files.newOutputStream(file, options));
    this.file = file;
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    try {
      out.write(bytes, from, count);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      out.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private FileSystemException failed(IOException e) {
    return FileFailure.of(file, "cannot be written", e);
  }
}
