package dsa.core.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.complexity.Complexity;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The NAS spaces are compared through what their cells cost: one wrong operation shifts them all.
 */
final class CellSpecTest {

  /** The one cell network of the NDS release that is known whole. */
  private static final String AMOEBA =
      "cells cifar:32 d12 | avg_pool_3x3(0)+conv_7x1_1x7(1) sep_conv_3x3(2)+sep_conv_5x5(0)"
          + " dil_sep_conv_3x3(2)+dil_sep_conv_3x3(2) skip_connect(4)+dil_sep_conv_3x3(4)"
          + " conv_7x1_1x7(2)+sep_conv_3x3(4) -> 3 5 6"
          + " | avg_pool_3x3(0)+dil_sep_conv_3x3(1) sep_conv_3x3(0)+sep_conv_3x3(0)"
          + " skip_connect(2)+sep_conv_7x7(0) conv_7x1_1x7(4)+skip_connect(4)"
          + " conv_7x1_1x7(0)+conv_7x1_1x7(5) -> 3 6";

  private static final String DARTS_REDUCTION =
      " | max_pool_3x3(0)+max_pool_3x3(1) skip_connect(2)+max_pool_3x3(1)"
          + " max_pool_3x3(0)+skip_connect(2) skip_connect(2)+max_pool_3x3(1) -> 2 3 4 5";

  private static final String DARTS_V2 =
      "cells cifar:36 d20 | sep_conv_3x3(0)+sep_conv_3x3(1) sep_conv_3x3(0)+sep_conv_3x3(1)"
          + " sep_conv_3x3(1)+skip_connect(0) skip_connect(0)+dil_conv_3x3(2) -> 2 3 4 5"
          + DARTS_REDUCTION;

  @Test
  void theRecordOfTheReleaseHasItsParameters() {
    Complexity cost = ArchitectureSpec.parse(AMOEBA).complexity(Task.CIFAR10);
    assertEquals(4_190_314, cost.params());
    assertEquals(654_774_026, cost.macs());
  }

  @Test
  void theSecondNetworkOfDartsHasItsCosts() {
    Complexity cost = ArchitectureSpec.parse(DARTS_V2).complexity(Task.CIFAR10);
    assertEquals(3_349_342, cost.params());
    assertEquals(528_359_050, cost.macs());
  }

  @Test
  void theOutputsOfTheRecordAreItsLooseEnds() {
    CellSpec spec = CellSpec.parse(AMOEBA);
    assertEquals(List.of(3, 5, 6), Cell.OutputRule.LOOSE_ENDS.concat(spec.normal().nodes()));
    assertEquals(List.of(3, 6), Cell.OutputRule.LOOSE_ENDS.concat(spec.reduction().nodes()));
    assertEquals(
        List.of(2, 3, 4, 5, 6), Cell.OutputRule.ALL_NODES.concat(spec.reduction().nodes()));
  }

  @Test
  void textsAreReadBack() {
    for (String text :
        List.of(
            AMOEBA,
            DARTS_V2,
            "cells imagenet:48 d14 aux | none(0)&conv_1x1(1) -> 2 | max_pool_5x5(0)+none(2)"
                .replace("none(2)", "none(1) -> 2"))) {
      assertEquals(text, ArchitectureSpec.parse(text).text());
    }
  }

  @Test
  void anImageNetCellBeginsAfterAReduction() {
    CellSpec spec = CellSpec.parse(DARTS_V2.replace("cifar:36 d20", "imagenet:48 d14"));
    NetworkPlan plan = spec.plan(Task.IMAGENET);
    List<Shape> shapes = plan.shapes();
    assertEquals(new Shape(48, 56, 56), shapes.get(0));
    assertEquals(new Shape(48, 28, 28), shapes.get(1));
    assertEquals(new Shape(48, 28, 28), shapes.get(2));
    // The published count of DARTS on ImageNet is 4.7 M parameters with its auxiliary head off.
    assertTrue(plan.complexity().params() > 4_600_000 && plan.complexity().params() < 4_800_000);
  }

  @Test
  void theAuxiliaryClassifierOnImageNetHasNoNormBehindItsSecondConvolution() {
    CellSpec spec = CellSpec.parse(DARTS_V2.replace("cifar:36 d20", "imagenet:48 d14 aux"));
    assertEquals(5_979_528, spec.complexity(Task.IMAGENET).params()); // quark0/darts, DARTS_V2
  }

  @Test
  void whatIsNoCellIsRefusedWithItsPlace() {
    for (String[] wrong :
        new String[][] {
          {"cells cifar:16 d8 | x", "is not of the form"},
          {"cells cifar:16 d8 | sep_conv_3x3(0)+sep_conv_4x4(1) -> 2 | x", "kernels are odd"},
          {"cells cifar:16 d8 | sep_conv_3x3(2)+none(1) -> 2 | x", "reads state 2"},
          {"cells cifar:16 d8 | sep_conv_3x3(0)+none(1) -> 3 | x", "rising list"},
          {"cells cifar:0 d8 | none(0)+none(1) -> 2 | none(0)+none(1) -> 2", "width is 2 to"},
          {"cells cifar:16 d8 | sepp(0)+none(1) -> 2 | x", "cell operation 'sepp' is none of"},
          {"cells cifar:16 d8 | skip_connect_3x3(0)+none(1) -> 2 | x", "_3x3' is none of none,"},
          {"cells cifar:16 d8 | none_5x5(0)+none(1) -> 2 | x", "'none_5x5' is none of none,"},
          {"cells cifar:16 d8 | conv_03x03(0)+none(1) -> 2 | x", "'conv_03x03' is none of none,"},
        }) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> ArchitectureSpec.parse(wrong[0]));
      assertTrue(e.getMessage().contains(wrong[1]), e.getMessage());
    }
  }
}
