import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * {@code KeepArchitecture SM LIBRARY}: overwrites with zeros the device code of a CUDA library that
 * is for other GPUs than those of one architecture (90 for Hopper). Nothing moves and every header
 * stays, so the library loads as before; zeros compress to nothing.
 *
 * <p>nvcc puts device code into containers: a header of 16 bytes (magic number, version, its own
 * size, size of what follows), then entries of a header (kind, its own size, size of the code,
 * architecture) and code. A container without code of the architecture keeps its newest portable
 * code (PTX) that is not too new, which the driver compiles.
 */
final class KeepArchitecture {

  private static final int CONTAINER = 0xBA55ED50;
  private static final int PORTABLE = 1;
  private static final int BINARY = 2;

  /** One piece of device code. */
  private record Code(int kind, int architecture, int from, int length) {}

  private final MappedByteBuffer bytes;
  private final int wanted;
  private int containers;
  private int without;
  private long kept;
  private long cleared;

  private KeepArchitecture(MappedByteBuffer bytes, int wanted) {
    this.bytes = bytes;
    this.wanted = wanted;
  }

  public static void main(String[] args) throws IOException {
    Path library = Path.of(args[1]);
    try (FileChannel file =
        FileChannel.open(library, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      MappedByteBuffer bytes = file.map(FileChannel.MapMode.READ_WRITE, 0, file.size());
      bytes.order(ByteOrder.LITTLE_ENDIAN);
      KeepArchitecture work = new KeepArchitecture(bytes, Integer.parseInt(args[0]));
      work.run();
      System.out.printf(
          Locale.ROOT,
          "%s: %d containers of device code, %.0f MiB kept, %.0f MiB cleared%n",
          library.getFileName(),
          work.containers,
          work.kept / 1048576.0,
          work.cleared / 1048576.0);
      if (work.kept == 0) {
        throw new IOException("no code for sm_" + args[0] + " in " + library);
      }
      if (work.without > 0) {
        System.out.println(work.without + " containers have no code that sm_" + args[0] + " runs");
      }
    }
  }

  private void run() {
    int at = 0;
    while (at + 16 <= bytes.limit()) {
      long size = bytes.getInt(at) == CONTAINER ? bytes.getLong(at + 8) : 0;
      boolean container =
          size > 0 && bytes.getShort(at + 6) == 16 && at + 16 + size <= bytes.limit();
      if (container) {
        clear(entries(at + 16, (int) (at + 16 + size)));
        at += (int) (16 + size);
      } else {
        at += 4;
      }
    }
  }

  private List<Code> entries(int from, int end) {
    List<Code> entries = new ArrayList<>();
    int at = from;
    while (at + 32 <= end) {
      int header = bytes.getInt(at + 4);
      long length = bytes.getLong(at + 8);
      if (header < 32 || length < 0 || at + header + length > end) {
        break; // what cannot be read is kept
      }
      entries.add(new Code(bytes.getShort(at), bytes.getInt(at + 28), at + header, (int) length));
      at += header + (int) length;
    }
    return entries;
  }

  private void clear(List<Code> entries) {
    containers++;
    boolean present =
        entries.stream().anyMatch(c -> c.kind() == BINARY && c.architecture() == wanted);
    int portable =
        entries.stream()
            .filter(c -> c.kind() == PORTABLE && c.architecture() <= wanted)
            .mapToInt(Code::architecture)
            .max()
            .orElse(-1);
    boolean useful = false;
    for (Code code : entries) {
      boolean known = code.kind() == BINARY || code.kind() == PORTABLE;
      boolean keep =
          present
              ? code.kind() == BINARY && code.architecture() == wanted
              : code.kind() == PORTABLE && code.architecture() == portable;
      useful |= keep;
      if (keep || !known) {
        kept += code.length();
      } else {
        for (int i = 0; i < code.length(); i++) {
          bytes.put(code.from() + i, (byte) 0);
        }
        cleared += code.length();
      }
    }
    without += useful ? 0 : 1;
  }
}
