package dsa.trainer.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.core.run.EpochResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that goes on from half a checkpoint, or from another run's, comes to a result that looks
 * like any other.
 */
final class CheckpointFileTest {

  @TempDir Path folder;

  private static Checkpoint checkpoint(String key) {
    RandomStream random = SeedPath.root(5).generator();
    float[] many = new float[40_000];
    for (int i = 0; i < many.length; i++) {
      many[i] = (float) random.nextDouble();
    }
    return new Checkpoint(
        key,
        List.of(
            new EpochResult(1, 2.25, 80, OptionalDouble.empty(), 75.5, 1.5, 0.25),
            new EpochResult(2, 1.75, 70, OptionalDouble.of(66), 65.5, 1.5, 0.25)),
        List.of(many, new float[0], new float[] {Float.NaN, -0f, Float.MIN_VALUE}));
  }

  private CheckpointFile saved(String key) throws IOException {
    CheckpointFile file = CheckpointFile.at(folder.resolve("run.ckpt"));
    file.save(checkpoint(key));
    return file;
  }

  @Test
  void whatIsReadIsWhatWasSaved() throws IOException {
    CheckpointFile file = saved("key");
    Checkpoint read = file.latest("key").orElseThrow();
    Checkpoint wanted = checkpoint("key");
    assertEquals(wanted.epochs(), read.epochs());
    assertEquals(wanted.tensors().size(), read.tensors().size());
    for (int i = 0; i < wanted.tensors().size(); i++) {
      assertArrayEquals(wanted.tensors().get(i), read.tensors().get(i));
    }
    assertEquals(Optional.empty(), file.latest("another key"));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
    file.delete();
    assertEquals(Optional.empty(), file.latest("key"));
  }

  @Tag("slow")
  @Test
  void aFileCutAnywhereCountsAsNone() throws IOException {
    CheckpointFile file = saved("key");
    Path path = folder.resolve("run.ckpt");
    byte[] whole = Files.readAllBytes(path);
    for (int cut = 0; cut < whole.length; cut += cut < 300 ? 1 : 997) {
      Files.write(path, Arrays.copyOf(whole, cut));
      assertFalse(file.latest("key").isPresent(), "cut at " + cut);
    }
  }

  @Tag("slow")
  @Test
  void aFileWithAnyByteChangedCountsAsNone() throws IOException {
    CheckpointFile file = saved("key");
    Path path = folder.resolve("run.ckpt");
    byte[] whole = Files.readAllBytes(path);
    for (int at = 0; at < whole.length; at += at < 300 ? 1 : 997) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) 0x41;
      Files.write(path, damaged);
      assertFalse(file.latest("key").isPresent(), "changed at " + at);
    }
    Files.write(path, Arrays.copyOf(whole, whole.length + 1));
    assertFalse(file.latest("key").isPresent());
    Files.write(path, whole);
    assertTrue(file.latest("key").isPresent());
  }
}
