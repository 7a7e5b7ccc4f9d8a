package dsa.trainer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dsa.core.run.EpochResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writer and reader that change together agree with each other and not with the checkpoints that
 * lie in sweeps: the bytes, put together by docs/formats.md and not by the writer, seal the format.
 */
final class CheckpointFormatTest {

  /** Format, key, two epochs of two lines each, two tensors, checksum. */
  private static final String GOLDEN =
      """
      00106473612e636865636b706f696e742f32
      000561206b6579
      00000002
      00000001400200000000000040540000000000007ff8000000000000
      4052e000000000003ff80000000000003fd00000000000007ff8000000000000
      000000023ffc00000000000040518000000000004050800000000000
      40506000000000003ff80000000000003fd00000000000007ff8000000000000
      00000002
      000000033f800000bf00000000000000
      00000000
      00000000c46c6492
      """
          .replace("\n", "");

  @TempDir Path folder;

  @Test
  void theFormatIsSealed() throws IOException {
    Checkpoint checkpoint =
        new Checkpoint(
            "a key",
            List.of(
                new EpochResult(1, 2.25, 80, OptionalDouble.empty(), 75.5, 1.5, 0.25),
                new EpochResult(2, 1.75, 70, OptionalDouble.of(66), 65.5, 1.5, 0.25)),
            List.of(new float[] {1, -0.5f, 0}, new float[0]));
    Path path = folder.resolve("run.ckpt");
    CheckpointFile.at(path).save(checkpoint);
    assertEquals(GOLDEN, HexFormat.of().formatHex(Files.readAllBytes(path)));
    Files.write(path, HexFormat.of().parseHex(GOLDEN));
    Checkpoint read = CheckpointFile.at(path).latest("a key").orElseThrow();
    assertEquals(checkpoint.epochs(), read.epochs());
    assertEquals(2, read.tensors().size());
    assertArrayEquals(checkpoint.tensors().get(0), read.tensors().get(0));
    assertEquals(0, read.tensors().get(1).length);
  }
}
