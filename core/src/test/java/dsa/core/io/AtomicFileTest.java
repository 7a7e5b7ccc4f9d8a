package dsa.core.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.FileFailure;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @Test
  void whatAKilledProcessLeftIsDeletedWhenItIsOld() throws IOException {
    Path file = folder.resolve("x.csv");
    String uuid = ".8f14e45f-ceea-467f-a4b2-9a6b8ba1c2d3.partial";
    Path stale = Files.writeString(folder.resolve("x.csv" + uuid), "half");
    Path fresh = Files.writeString(folder.resolve("x.csv" + uuid.replace('8', '9')), "half");
    Path mine = Files.writeString(folder.resolve("x.csv.mine.partial"), "half");
    Path other = Files.writeString(folder.resolve("y.csv" + uuid), "half");
    for (Path old : List.of(stale, mine, other)) {
      Files.setLastModifiedTime(old, FileTime.from(Instant.EPOCH));
    }
    AtomicFile.writeText(file, "whole");
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(Set.of(file, fresh, mine, other), files.collect(Collectors.toSet()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\u00e4", "\ud83d\ude00"})
  void namesMayBeAsLongAsTheSystemTakes(String letter) throws IOException {
    Path file = folder.resolve(letter.repeat(255 / letter.getBytes(UTF_8).length));
    AtomicFile.writeText(file, "whole");
    assertEquals("whole", Files.readString(file));
  }

  /** Writes half a file and waits to be ended. */
  static final class Interrupted {
    public static void main(String[] arguments) throws IOException {
      AtomicFile.write(
          Path.of(arguments[0]),
          out -> {
            out.write(new byte[1 << 20]);
            System.out.println("writing");
            try {
              Thread.sleep(60_000);
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          });
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there destroy() kills at once")
  void aProcessThatIsAskedToEndLeavesNoHalfFile() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Interrupted.class.getName(),
                folder.resolve("x.csv").toString())
            .start();
    assertEquals("writing", process.inputReader().readLine());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(1, files.count(), "half a file");
    }
    process.destroy();
    assertEquals(143, process.waitFor());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aLinkIsWrittenThrough() throws IOException {
    Path real = folder.resolve("there/real.csv");
    Files.createDirectory(real.getParent());
    Path link = Files.createSymbolicLink(folder.resolve("link.csv"), Path.of("there/real.csv"));
    Path second = Files.createSymbolicLink(folder.resolve("second.csv"), Path.of("link.csv"));
    AtomicFile.writeText(second, "new"); // of a file that is not there yet
    assertEquals("new", Files.readString(real));
    AtomicFile.writeText(link, "newer");
    assertEquals("newer", Files.readString(real));
    assertTrue(Files.isSymbolicLink(link) && Files.isSymbolicLink(second));
    Path loop = folder.resolve("loop");
    Files.createSymbolicLink(loop, Path.of("loop"));
    assertThrows(FileSystemException.class, () -> AtomicFile.writeText(loop, "x"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whereNothingCanBeWrittenTheFileIsNamed() {
    FileSystemException failure =
        assertThrows(
            FileSystemException.class, () -> AtomicFile.writeText(Path.of("/proc/x.csv"), "x"));
    assertEquals("/proc/x.csv", failure.getFile());
    assertTrue(failure.getReason().contains("name another"), failure.getReason());
  }

  @Test
  void whatASystemSaysBecomesFileCauseAndRemedy() {
    assertEquals(
        "/full: cannot be written: the disk is full; make room or name another folder",
        FileFailure.sentence(
                FileFailure.of(
                    Path.of("/full"),
                    "cannot be written",
                    new IOException("No space left on device")))
            .orElseThrow());
    assertEquals(
        "a: is a folder; name a file",
        FileFailure.sentence(new FileSystemException("a", null, "Is a directory")).orElseThrow());
    String own = "was removed while it was read, so that nothing is known about its remaining rows";
    assertEquals(
        "a: " + own, FileFailure.sentence(new FileSystemException("a", null, own)).orElseThrow());
  }

  @Test
  void smallFilesAreReadWithinBounds() throws IOException {
    Path file = Files.writeString(folder.resolve("small"), "1234");
    assertEquals("1234", InputFile.text(file, 4));
    assertThrows(MalformedFileException.class, () -> InputFile.text(file, 3));
    Files.write(file, new byte[] {(byte) 0xff});
    assertThrows(MalformedFileException.class, () -> InputFile.text(file, 4));
    assertThrows(MalformedFileException.class, () -> InputFile.text(folder, 4));
  }
}
