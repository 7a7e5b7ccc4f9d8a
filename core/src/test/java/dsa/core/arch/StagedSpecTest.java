package dsa.core.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A form that joins different networks, or parts equal ones, miscounts every space of stages. */
final class StagedSpecTest {

  /** The operations alone, without the names of the stages they belong to. */
  private static List<List<Op>> ops(ArchitectureSpec spec) {
    return spec.plan(Task.CIFAR10).parts().stream().map(NetworkPlan.Part::ops).toList();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      value = {
        "residual cifar:16 | 1x16 s1 | 2x16 s1; residual cifar:16 | 3x16 s1",
        "residual cifar:8 | 1x16 s1 | 2x16 s1; residual cifar:8 | 3x16 s1",
        "vanilla cifar:16 | 1x16 s2 | 2x16 s1 | 1x16 s1 | 1x16 s2 | 1x16 s1;"
            + " vanilla cifar:16 | 4x16 s2 | 2x16 s2",
        "bottleneck cifar:16 | 1x64 s2 b32 g4 | 2x64 s1 b32 g4;"
            + " bottleneck cifar:16 | 3x64 s2 b32 g4",
        "se-bottleneck cifar:16 | 1x32 s1 b32 g4 | 2x64 s1 b32 g4 | 1x64 s1 b32 g4;"
            + " se-bottleneck cifar:16 | 1x32 s1 b32 g4 | 3x64 s1 b32 g4",
      })
  void stagesThatGoOnWithTheBlocksBeforeAreOne(String text, String canonical) {
    ArchitectureSpec spec = ArchitectureSpec.parse(text);
    assertEquals(canonical, spec.canonical().text());
    assertEquals(ops(spec), ops(spec.canonical()));
    assertEquals(spec.complexity(Task.CIFAR10), spec.canonical().complexity(Task.CIFAR10));
    assertEquals(spec.canonical(), spec.canonical().canonical());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "residual cifar:16 | 1x16 s1 | 2x16 s2",
    "residual cifar:16 | 1x16 s1 | 2x32 s1",
    "bottleneck cifar:16 | 1x64 s1 b32 g4 | 2x64 s1 b16 g4",
    "bottleneck cifar:16 | 1x64 s1 b32 g4 | 2x64 s1 b32 g8",
    "bottleneck cifar:16 | 1x64 s1 b32 g4 | 1x32 s1 b32 g4 | 1x64 s1 b32 g4",
  })
  void stagesThatDifferStayApart(String text) {
    ArchitectureSpec spec = ArchitectureSpec.parse(text);
    assertEquals(spec, spec.canonical());
    StagedSpec staged = (StagedSpec) spec;
    StageSpec first = staged.stages().get(0);
    StageSpec second = staged.stages().get(1);
    StageSpec joined = first.deeper(second.depth());
    assertNotEquals(
        ops(new StagedSpec(staged.block(), staged.stem(), 16, List.of(first, second))),
        ops(new StagedSpec(staged.block(), staged.stem(), 16, List.of(joined))));
  }

  @Test
  void depthsThatPassAnIntStayApart() {
    ArchitectureSpec spec =
        new StagedSpec(
            BlockType.VANILLA,
            Stem.CIFAR,
            16,
            List.of(StageSpec.plain(Integer.MAX_VALUE, 16, 1), StageSpec.plain(1, 16, 1)));
    assertEquals(spec, spec.canonical());
  }
}
