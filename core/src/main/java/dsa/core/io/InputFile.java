package dsa.core.io;

import dsa.core.FileFailure;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
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
      return new Named(
          file,
          Files.exists(file) && !Files.isRegularFile(file)
              ? new FileInputStream(file.toFile()) // a pipe has no position, which channels ask for
              : Files.newInputStream(file));
    } catch (NoSuchFileException e) {
      throw new MalformedFileException(file.toString(), 0, "does not exist; check the name");
    } catch (AccessDeniedException e) {
      throw new MalformedFileException(
          file.toString(), 0, "may not be read; check its permissions");
    }
  }

  /**
   * The text of a small file.
   *
   * @param most bytes that it may have
   * @throws MalformedFileException if it cannot be read, is larger or is not UTF-8
   */
  public static String text(Path file, int most) throws IOException {
    byte[] bytes;
    try (InputStream in = open(file)) {
      bytes = in.readNBytes(most + 1);
    }
    if (bytes.length > most) {
      throw new MalformedFileException(
          file.toString(), 0, "is larger than " + most / 1024 + " KiB, which no such file is");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedFileException(file.toString(), 0, "is not UTF-8 text; restore it");
    }
  }

  /** Says which file it is that a disk or a network fails on. */
  private static final class Named extends FilterInputStream {

    private final Path file;

    Named(Path file, InputStream in) {
      super(in);
      this.file = file;
    }

    @Override
    public int read() throws IOException {
      try {
        return in.read();
      } catch (IOException e) {
        throw failed(e);
      }
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      try {
        return in.read(bytes, from, count);
      } catch (IOException e) {
        throw failed(e);
      }
    }

    private FileSystemException failed(IOException e) {
      return FileFailure.of(file, "cannot be read", e);
    }
  }
}
