package dsa.core.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is said to be on disk but is not, or is half there, is found out after a crash. */
final class AtomicFileTest {

  @TempDir Path folder;

  @Test
  void durableFilesReplaceOthersAndLeaveNothingElse() throws IOException {
    Path file = folder.resolve("new/file");
    AtomicFile.writeDurably(file, new byte[] {1, 2});
    AtomicFile.writeDurably(file, new byte[] {3});
    assertArrayEquals(new byte[] {3}, Files.readAllBytes(file));
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertEquals(List.of(file), files.toList());
    }
    assertThrows(
        FileSystemException.class, () -> AtomicFile.writeDurably(file.getParent(), new byte[1]));
  }
}
