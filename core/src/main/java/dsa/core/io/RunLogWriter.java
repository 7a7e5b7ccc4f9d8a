package dsa.core.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import dsa.core.FileFailure;
import dsa.core.run.RunRecord;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * Appends to a {@link RunLog} and holds it open meanwhile. So a log that somebody deletes or
 * replaces is noticed, and what it held can still be copied where the system keeps deleted files
 * for those that have them open, as Unix does. Not thread-safe.
 */
public final class RunLogWriter implements Closeable {

  private static final int LONGEST_LINE = 1 << 22;

  private final Path file;
  private final FileChannel channel;
  private final Object key;
  private long end;

  private RunLogWriter(Path file, FileChannel channel, Object key, long end) {
    this.file = file;
    this.channel = channel;
    this.key = key;
    this.end = end;
  }

  /**
   * Opens a log, or creates it with its folder. A last line that an earlier process left half
   * written is removed; a whole record that only lacks its newline gets one.
   */
  public static RunLogWriter open(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      long end = endOfLastLine(channel);
      channel.truncate(end);
      return new RunLogWriter(file, channel, key(file), end);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** What tells this file from others that may get its name; null where there is no such thing. */
  private static Object key(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  /** Adds one run at the end, on disk when this returns. */
  public void append(RunRecord run) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((RunLog.line(run) + "\n").getBytes(StandardCharsets.UTF_8));
    long length = bytes.remaining();
    channel.position(end);
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (IOException e) {
      try {
        channel.truncate(end);
      } catch (IOException other) {
        e.addSuppressed(other); // readers leave half a line out
      }
      throw FileFailure.of(file, "cannot be written", e);
    }
    end += length;
  }

  /** Whether the log is still the file of its name and nobody else has written to it. */
  public boolean isIntact() throws IOException {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return now.isRegularFile()
          && Objects.equals(now.fileKey(), key)
          && channel.size() == end
          && now.size() == end;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Writes all that was appended, and what the log held before, to another file, on disk. */
  public void copyTo(Path other) throws IOException {
    AtomicFile.writeDurably(
        other,
        out -> {
          byte[] buffer = new byte[1 << 16];
          ByteBuffer bytes = ByteBuffer.wrap(buffer);
          for (long at = 0; at < end; ) {
            int read = channel.read(bytes.clear().limit((int) Math.min(end - at, 1 << 16)), at);
            if (read < 0) {
              throw new EOFException(file + " was cut short at byte " + at);
            }
            out.write(buffer, 0, read);
            at += read;
          }
        });
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static long endOfLastLine(FileChannel channel) throws IOException {
    long size = channel.size();
    ByteBuffer one = ByteBuffer.allocate(1);
    long end = size;
    while (end > 0) {
      one.clear();
      channel.read(one, end - 1);
      if (one.get(0) == '\n') {
        break;
      }
      end--;
    }
    if (end < size && size - end < LONGEST_LINE) {
      ByteBuffer tail = ByteBuffer.allocate((int) (size - end));
      channel.read(tail, end);
      try {
        RunLog.parse(StandardCharsets.UTF_8.newDecoder().decode(tail.flip()).toString());
        channel.write(ByteBuffer.wrap(new byte[] {'\n'}), size);
        return size + 1;
      } catch (CharacterCodingException | JsonProcessingException | IllegalArgumentException e) {
        return end; // cut short: reading it reported that
      }
    }
    return end;
  }
}
