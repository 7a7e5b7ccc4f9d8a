package dsa.trainer.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.BlockType;
import dsa.core.arch.NetworkPlan;
import dsa.core.arch.StageSpec;
import dsa.core.arch.StagedSpec;
import dsa.core.arch.Task;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Where rectifiers stand decides no number, so no other test would tell that they had stopped to
 * move in front of concatenations, which is worth a good part of the time that cells take.
 */
final class DataFlowTest {

  private static NetworkPlan plan(String text) {
    return ArchitectureSpec.parse(text).plan(Task.CIFAR10);
  }

  private static int place(NetworkPlan plan, String name) {
    return IntStream.range(0, plan.parts().size())
        .filter(i -> plan.parts().get(i).name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void rectifiersMoveInFrontOfTheConcatenationOfACell() {
    NetworkPlan plan =
        plan(
            "cells cifar:4 d3 | sep_conv_3x3(0)+conv_3x3(1) max_pool_3x3(0)+sep_conv_3x3(2) -> 2 3"
                + " | sep_conv_3x3(0)+conv_3x3(1) max_pool_3x3(0)+sep_conv_3x3(1) -> 2 3");
    DataFlow flow = DataFlow.of(plan);
    int first = place(plan, "cell1.output");
    assertTrue(flow.takesRectified(first));
    assertFalse(flow.readPlain(first));
    assertTrue(flow.readRectified(first));
    int node = place(plan, "cell1.node2");
    assertFalse(flow.readPlain(node));
    int last = place(plan, "cell3.output");
    assertFalse(flow.takesRectified(last), "the classifier reads the last cell as it is");
    assertTrue(flow.readPlain(place(plan, "cell1.input0")), "a pool reads it as it is");
    assertTrue(flow.readRectified(place(plan, "cell1.input0")), "a convolution, rectified");
  }

  @Test
  void sumsAreRectifiedBehind() {
    NetworkPlan plan = plan("graph | conv1@4 bn | <1> conv1@4 bn | <1+2> relu conv1@4 bn");
    DataFlow flow = DataFlow.of(plan);
    for (int i = 0; i < plan.parts().size(); i++) {
      assertFalse(flow.takesRectified(i), plan.parts().get(i).name());
    }
  }

  @Test
  void whatReachesNoLogitIsNotComputed() {
    NetworkPlan plan =
        plan(
            "cells cifar:4 d4 aux | conv_3x3(0)+conv_3x3(1) conv_3x3(0)+skip_connect(1) -> 3"
                + " | conv_3x3(1)+conv_3x3(1) -> 2");
    DataFlow flow = DataFlow.of(plan);
    List<String> idle =
        IntStream.range(0, plan.parts().size())
            .filter(i -> !flow.computed(i))
            .mapToObj(i -> plan.parts().get(i).name())
            .toList();
    assertTrue(
        idle.containsAll(List.of("auxiliary", "cell1.node2", "cell1.node2.first", "cell3.input0")),
        idle.toString());
    assertTrue(flow.computed(place(plan, "cell1.input0")));
    assertEquals(1, idle.stream().filter("auxiliary"::equals).count());
  }

  @Test
  void networksOfStagesAreComputedAsTheyAreWritten() {
    for (BlockType block : BlockType.values()) {
      NetworkPlan plan =
          StagedSpec.cifar(block, List.of(StageSpec.plain(2, 16, 1), StageSpec.plain(1, 32, 2)))
              .plan(Task.CIFAR10);
      DataFlow flow = DataFlow.of(plan);
      for (int i = 0; i < plan.parts().size(); i++) {
        assertTrue(flow.readPlain(i) && !flow.readRectified(i) && !flow.takesRectified(i));
      }
    }
  }
}
