package dsa.core.io;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Opens files for reading; what cannot be read is refused in one sentence. */
public final class InputFile {

  private InputFile() {}

  /**
   * The bytes of {@code file}.
   *
   * @throws MalformedFileException if it does not exist, is a folder or may not be read
   */
  public static InputStream open(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new MalformedFileException(file.toString(), 0, "is a folder; name a file in it");
    }
    try {
      return Files.exists(file) && !Files.isRegularFile(file)
          ? new FileInputStream(file.toFile()) // a pipe has no position, which channels ask for
          : Files.newInputStream(file);
    } catch (NoSuchFileException e) {
      throw new MalformedFileException(file.toString(), 0, "does not exist; check the name");
    } catch (AccessDeniedException e) {
      throw new MalformedFileException(
          file.toString(), 0, "may not be read; check its permissions");
    }
  }
}
