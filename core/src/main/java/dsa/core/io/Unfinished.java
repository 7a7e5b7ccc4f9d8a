package dsa.core.io;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A file, or a folder of files, that is being written under a name of its own. Closing it deletes
 * what is left under that name; so does the end of the process, unless it is killed at once.
 */
public final class Unfinished implements Closeable {

  /** Of this process; what else would know them when it ends? */
  private static final Set<Path> ALL = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Unfinished::deleteAll, "unfinished files"));
  }

  private final Path path;

  private Unfinished(Path path) {
    this.path = path;
  }

  /** One that is to be created at {@code path}. */
  public static Unfinished at(Path path) {
    Path absolute = path.toAbsolutePath();
    ALL.add(absolute);
    return new Unfinished(absolute);
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** Whether this process is writing a file or folder of that name. */
  static boolean isAt(Path path) {
    return ALL.contains(path.toAbsolutePath());
  }

  @Override
  public void close() throws IOException {
    try {
      delete(path);
    } finally {
      ALL.remove(path);
    }
  }

  private static void deleteAll() {
    for (Path path : ALL) {
      try {
        delete(path);
      } catch (IOException | UncheckedIOException e) {
        // it is being written to; there is nothing more to do
      }
    }
  }

  /** Deletes a file, or a folder with what is in it, if there is one. */
  public static void delete(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      Files.deleteIfExists(path);
      return;
    }
    List<Path> all;
    try (Stream<Path> files = Files.walk(path)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.deleteIfExists(each);
    }
  }
}
