package dsa.core.io;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dsa.core.FileFailure;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;

/** Writes files that are either whole or absent: a half-written file never has the real name. */
public final class AtomicFile {

  /** Characters of a file's name that the name of its half-written form begins with. */
  private static final int LONGEST_PREFIX = 40;

  private static final int MOST_LINKS = 40;

  private static final Duration STALE = Duration.ofHours(1);

  private AtomicFile() {}

  /** Writes the content of a file to a stream. */
  @FunctionalInterface
  public interface Content {

    /** Writes all of it; the stream is closed by the caller. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Replaces {@code file} by {@code content}, or leaves it as it was if anything fails. Creates its
   * folder. A symbolic link stays, and the file that it leads to is replaced.
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
    writeDurably(file, out -> out.write(content));
  }

  /** The same of content that is written to a stream. */
  public static void writeDurably(Path file, Content content) throws IOException {
    write(file, content, true);
  }

  /** The file that a chain of symbolic links stands for, which need not exist. */
  private static Path behindLinks(Path file) throws IOException {
    Path target = file;
    for (int links = 0; Files.isSymbolicLink(target); links++) {
      if (links == MOST_LINKS) {
        throw new FileSystemLoopException(file.toString());
      }
      target = target.resolveSibling(Files.readSymbolicLink(target));
    }
    return target;
  }

  private static void write(Path named, Content content, boolean durably) throws IOException {
    Path file = behindLinks(named);
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, "is a folder, not a file");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      // the superuser may replace even /dev/stdout
      throw new FileSystemException(file.toString(), null, "is a device or a pipe, not a file");
    }
    Path folder = file.toAbsolutePath().getParent();
    try {
      Files.createDirectories(folder);
    } catch (NoSuchFileException e) { // as in /proc, whose folders are the system's
      throw FileFailure.of(folder, "cannot be made", e);
    }
    // not createTempFile, which hides what it makes from everybody else
    String name = partialName(file);
    Path partial = folder.resolve(name + UUID.randomUUID() + ".partial");
    try (Unfinished unfinished = Unfinished.at(partial)) {
      try (OutputStream out =
          new BufferedOutputStream(new Named(file, created(file, partial)), 1 << 16)) {
        content.writeTo(out);
      }
      if (durably) {
        force(partial, WRITE);
      }
      deleteStale(partial, name);
      try {
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (durably) {
      forceFolder(folder);
      if (folder.getParent() != null) { // it may be as new as the file
        forceFolder(folder.getParent());
      }
    }
  }

  /** How the names of files begin that are to replace {@code file}: short, as names are limited. */
  private static String partialName(Path file) {
    String name = file.getFileName().toString();
    int kept = Math.min(LONGEST_PREFIX, name.codePointCount(0, name.length()));
    return name.substring(0, name.offsetByCodePoints(0, kept)) + ".";
  }

  /**
   * Deletes what processes left that were killed while they wrote the same file, long before {@code
   * partial} was written.
   */
  private static void deleteStale(Path partial, String name) {
    Pattern same =
        Pattern.compile(
            Pattern.quote(name) + "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.partial");
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(
            partial.getParent(), f -> same.matcher(f.getFileName().toString()).matches())) {
      Instant stale = Files.getLastModifiedTime(partial).toInstant().minus(STALE);
      for (Path file : files) {
        if (!Unfinished.isAt(file) && Files.getLastModifiedTime(file).toInstant().isBefore(stale)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // it only takes room
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

  private static OutputStream created(Path file, Path partial) throws IOException {
    try {
      return Files.newOutputStream(partial, CREATE_NEW, WRITE);
    } catch (IOException e) {
      throw FileFailure.of(file, "cannot be written", e);
    }
  }

  /** Says which file it is that a disk has no room for. */
  private static final class Named extends FilterOutputStream {

    private final Path file;

    Named(Path file, OutputStream out) {
      super(out);
      this.file = file;
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      try {
        out.write(bytes, from, count);
      } catch (IOException e) {
        throw FileFailure.of(file, "cannot be written", e);
      }
    }
  }

  /** Replaces {@code file} by {@code text} in UTF-8. */
  public static void writeText(Path file, String text) throws IOException {
    write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
