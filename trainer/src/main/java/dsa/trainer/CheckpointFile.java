package dsa.trainer;

import dsa.core.run.EpochResult;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * The latest checkpoint of one run, in one file. It ends with a checksum of everything before, so
 * that a damaged file is known and counts as none: the run begins anew.
 */
public final class CheckpointFile implements Checkpoints {

  private static final String FORMAT = "dsa.checkpoint/2";
  private static final int CHUNK = 1 << 14;
  private static final int MOST_EPOCHS = 1 << 20;

  private final Path file;

  private CheckpointFile(Path file) {
    this.file = file;
  }

  /** The checkpoint kept in {@code file}, which need not exist yet; its folder must. */
  public static CheckpointFile at(Path file) {
    return new CheckpointFile(file);
  }

  @Override
  public void save(Checkpoint checkpoint) throws IOException {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    try {
      try (FileChannel channel =
          FileChannel.open(
              partial,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        write(checkpoint, new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16));
        channel.force(true);
      }
      Files.move(
          partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private static void write(Checkpoint checkpoint, OutputStream stream) throws IOException {
    CheckedOutputStream checked = new CheckedOutputStream(stream, new CRC32C());
    DataOutputStream out = new DataOutputStream(checked);
    out.writeUTF(FORMAT);
    out.writeUTF(checkpoint.key());
    out.writeInt(checkpoint.epochs().size());
    for (EpochResult epoch : checkpoint.epochs()) {
      out.writeInt(epoch.epoch());
      out.writeDouble(epoch.trainLoss());
      out.writeDouble(epoch.trainErrorPct());
      out.writeDouble(epoch.validationErrorPct().orElse(Double.NaN));
      out.writeDouble(epoch.testErrorPct().orElse(Double.NaN));
      out.writeDouble(epoch.trainSeconds());
      out.writeDouble(epoch.evaluationSeconds());
      out.writeDouble(epoch.cpuSeconds().orElse(Double.NaN));
    }
    out.writeInt(checkpoint.tensors().size());
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Float.BYTES);
    for (float[] tensor : checkpoint.tensors()) {
      out.writeInt(tensor.length);
      for (int from = 0; from < tensor.length; from += CHUNK) {
        int count = Math.min(CHUNK, tensor.length - from);
        chunk.clear().asFloatBuffer().put(tensor, from, count);
        out.write(chunk.array(), 0, count * Float.BYTES);
      }
    }
    out.writeLong(checked.getChecksum().getValue());
    out.flush();
  }

  @Override
  public Optional<Checkpoint> latest(String key) throws IOException {
    try (InputStream stream = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return read(stream, Files.size(file)).filter(checkpoint -> checkpoint.key().equals(key));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (EOFException | java.io.UTFDataFormatException | IllegalArgumentException e) {
      return Optional.empty(); // cut short or damaged
    }
  }

  private static Optional<Checkpoint> read(InputStream stream, long size) throws IOException {
    CheckedInputStream checked = new CheckedInputStream(stream, new CRC32C());
    DataInputStream in = new DataInputStream(checked);
    if (!in.readUTF().equals(FORMAT)) {
      return Optional.empty();
    }
    String key = in.readUTF();
    List<EpochResult> epochs = new ArrayList<>();
    int epochCount = count(in.readInt(), MOST_EPOCHS);
    for (int i = 0; i < epochCount; i++) {
      epochs.add(
          new EpochResult(
              in.readInt(),
              in.readDouble(),
              in.readDouble(),
              present(in.readDouble()),
              present(in.readDouble()),
              in.readDouble(),
              in.readDouble(),
              present(in.readDouble())));
    }
    List<float[]> tensors = new ArrayList<>();
    int tensorCount = count(in.readInt(), size);
    byte[] chunk = new byte[CHUNK * Float.BYTES];
    for (int i = 0; i < tensorCount; i++) {
      float[] tensor = new float[count(in.readInt(), size / Float.BYTES)];
      for (int from = 0; from < tensor.length; from += CHUNK) {
        int count = Math.min(CHUNK, tensor.length - from);
        in.readFully(chunk, 0, count * Float.BYTES);
        ByteBuffer.wrap(chunk).asFloatBuffer().get(tensor, from, count);
      }
      tensors.add(tensor);
    }
    long checksum = checked.getChecksum().getValue();
    if (in.readLong() != checksum || in.read() != -1) {
      return Optional.empty();
    }
    return Optional.of(new Checkpoint(key, epochs, tensors));
  }

  /** A count that the file can hold: a damaged one must not ask for all memory. */
  private static int count(int value, long most) {
    if (value < 0 || value > most) {
      throw new IllegalArgumentException("count " + value + " in a file with room for " + most);
    }
    return value;
  }

  private static OptionalDouble present(double value) {
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** Forgets the checkpoint, if there is one. */
  public void delete() throws IOException {
    Files.deleteIfExists(file);
  }
}
