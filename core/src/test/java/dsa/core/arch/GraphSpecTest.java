package dsa.core.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Users' own spaces become graphs: a text that is read back as another network is a wrong record.
 */
final class GraphSpecTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "graph | conv3@16 bn relu",
        "graph | conv3@16 bn relu | 3x sum(conv3@16 bn relu conv3@16 bn; id) relu",
        "graph | conv3@16 | <1> max3/2 | <1> avg3/2 | <2 3> conv1@16 bn | <4+2> relu",
        "graph | conv3x5@24/2x1 bn relu | conv3@24/2g3d2 | dw5/2d2 swish se4 swishse6 shuffle2 shift",
        "graph | conv3@24 | split(8: dw3; 8: dw5; 8: id) cat(id; zero; conv1@8) innermax2/2 inneravg5/3",
        "graph | <0> conv3@8 | <0 1> conv1@4 innerconv2@8"
      })
  void textsAreReadBack(String text) {
    GraphSpec spec = GraphSpec.parse(text);
    assertEquals(text.replace("<0> conv3@8", "conv3@8").replace("<1> max3", "max3"), spec.text());
    assertEquals(spec, ArchitectureSpec.parse(spec.text()));
  }

  @Test
  void aStagedNetworkWrittenOutCostsTheSame() {
    String staged = "residual cifar:16 | 2x16 s1 | 1x32 s2";
    String graph =
        "graph | conv3@16 bn relu | 2x sum(conv3@16 bn relu conv3@16 bn; id) relu"
            + " | sum(conv3@32/2 bn relu conv3@32 bn; conv1@32/2 bn) relu";
    assertEquals(
        ArchitectureSpec.parse(staged).complexity(Task.CIFAR10),
        ArchitectureSpec.parse(graph).complexity(Task.CIFAR10));
  }

  @Test
  void blocksThatAreEmptyOrEqualDoNotMakeAnotherGraph() {
    List<Op> a = OpText.parse("conv3@8 bn relu");
    List<Op> b = OpText.parse("sum(conv3@8 bn; id)");
    GraphSpec spec = GraphSpec.ofBlocks(List.of(a, List.of(), b, b, List.of(), b, a));
    assertEquals("graph | conv3@8 bn relu | 3x sum(conv3@8 bn; id) | conv3@8 bn relu", spec.text());
    assertEquals(List.of(a, b, b, b, a), spec.blocks().orElseThrow());
    assertTrue(GraphSpec.parse("graph | conv3@8 | conv3@8").blocks().isEmpty());
    assertTrue(GraphSpec.parse("graph | conv3@8 | <0> conv3@8 | <1+2> id").blocks().isEmpty());
    assertTrue(GraphSpec.parse("graph | conv3@8 | 999999x relu").blocks().isEmpty());
    assertThrows(IllegalArgumentException.class, () -> GraphSpec.ofBlocks(List.of(List.of())));
  }

  @Test
  void anUnpaddedMaximumHalvesAnImage() {
    Op pool = OpText.parse("innermax2/2").get(0);
    assertEquals(new Shape(8, 16, 16), pool.output(new Shape(8, 32, 32)));
    assertEquals(8 * 16 * 16, pool.cost(new Shape(8, 32, 32)).activations());
    assertEquals(new Shape(8, 3, 3), pool.output(new Shape(8, 7, 7)));
    assertThrows(IllegalArgumentException.class, () -> pool.output(new Shape(8, 1, 1)));
  }

  @Test
  void inputsAreJoinedOrAdded() {
    List<Shape> shapes =
        GraphSpec.parse("graph | conv3@8 | <0> conv3@8 | <1+2> id | <1 2 3> id")
            .plan(Task.CIFAR10)
            .shapes();
    assertEquals(new Shape(8, 32, 32), shapes.get(2));
    assertEquals(new Shape(24, 32, 32), shapes.get(3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '"',
      value = {
        "graph |x!is not of the form",
        "graph | conv4@16!kernel must be odd",
        "graph | convolution!'convolution' is no operation",
        "graph | conv3@16 | <3> bn!reads segment 3",
        "graph | conv3@16 | <0> conv3@16!segment 1 is read by no other",
        "graph | sum(bn; bn; bn)!two branches",
        "graph | sum(bn; bn!')' should follow",
        "graph | split(bn; bn)!begins with its channels",
        "graph | bn )!')' too many",
        "graph | conv3@16 | <1 0+1> bn!segment 2",
        "graph | conv3@16 |  | bn!segment 2: operations ''",
      })
  void whatIsNoGraphIsRefusedWithItsPlace(String text, String message) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> ArchitectureSpec.parse(text));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void whatDoesNotFitIsSaidWithItsPart() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> ArchitectureSpec.parse("graph | conv3@16 | <0+1> bn").complexity(Task.CIFAR10));
    assertTrue(e.getMessage().startsWith("segment2: images of different shapes"), e.getMessage());
  }
}
