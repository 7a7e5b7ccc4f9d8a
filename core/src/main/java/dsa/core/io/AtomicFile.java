package dsa.core.io;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Writes files that are either whole or absent: a half-written file never has the real name. */
public final class AtomicFile {

  private AtomicFile() {}

  /** Writes the content of a file to a stream. */
  @FunctionalInterface
  public interface Content {

    /** Writes all of it; the stream is closed by the caller. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Replaces {@code file} by {@code content}, or leaves it as it was if anything fails. Creates its
   * folder.
   *
   * @throws FileSystemException if {@code file} is a folder, a device or a pipe
   */
  public static void write(Path file, Content content) throws IOException {
    write(file, content, false);
  }

  /**
   * The same, on disk when this returns where the platform can tell. That takes long enough to be
   * noticed: for files that others are built on.
   *
   * @throws FileSystemException if {@code file} is a folder, a device or a pipe
   */
  public static void writeDurably(Path file, byte[] content) throws IOException {
    write(file, out -> out.write(content), true);
  }

  private static void write(Path file, Content content, boolean durably) throws IOException {
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, "is a folder, not a file");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      // the superuser may replace even /dev/stdout
      throw new FileSystemException(file.toString(), null, "is a device or a pipe, not a file");
    }
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    // not createTempFile, which hides what it makes from everybody else
    Path partial = folder.resolve(file.getFileName() + "." + UUID.randomUUID() + ".partial");
    try {
      try (OutputStream out =
          new BufferedOutputStream(Files.newOutputStream(partial, CREATE_NEW, WRITE), 1 << 16)) {
        content.writeTo(out);
      }
      if (durably) {
        force(partial, WRITE);
      }
      try {
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(partial);
    }
    if (durably) {
      forceFolder(folder);
      if (folder.getParent() != null) { // it may be as new as the file
        forceFolder(folder.getParent());
      }
    }
  }

  /** Puts the names in a folder on disk. */
  private static void forceFolder(Path folder) {
    try {
      force(folder, READ);
    } catch (IOException e) {
      // Windows opens no folder, and some file systems force none
    }
  }

  private static void force(Path file, OpenOption mode) throws IOException {
    try (FileChannel channel = FileChannel.open(file, mode)) {
      channel.force(true);
    }
  }

  /** Replaces {@code file} by {@code text} in UTF-8. */
  public static void writeText(Path file, String text) throws IOException {
    write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
