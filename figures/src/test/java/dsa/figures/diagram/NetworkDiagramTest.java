package dsa.figures.diagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.Task;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.figures.diagram.Drawing.Box;
import dsa.figures.diagram.Drawing.Curve;
import dsa.figures.diagram.Drawing.Words;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A drawing in which boxes cover each other, or that lacks an operation, shows another network. */
final class NetworkDiagramTest {

  private static final List<String> OPS =
      List.of("none", "skip_connect", "max_pool_3x3", "sep_conv_5x5", "dil_sep_conv_3x3");

  /** A random cell of {@code nodes} nodes whose output is all of them. */
  private static String cell(int nodes, RandomStream random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < nodes; i++) {
      text.append(edge(i, random)).append(random.nextInt(2) == 0 ? '+' : '&');
      text.append(edge(i, random)).append(' ');
    }
    return text
        + "-> "
        + String.join(" ", IntStream.range(2, nodes + 2).mapToObj(Integer::toString).toList());
  }

  private static String edge(int node, RandomStream random) {
    return OPS.get(random.nextInt(OPS.size())) + "(" + random.nextInt(node + 2) + ")";
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 5, 8})
  void boxesOfCellsAreOnThePageAndApart(int nodes) {
    for (int draw = 0; draw < 40; draw++) {
      RandomStream random = SeedPath.root(draw).child(nodes).generator();
      String text = "cells cifar:16 d8 | " + cell(nodes, random) + " | " + cell(nodes, random);
      Drawing drawing = NetworkDiagram.of(ArchitectureSpec.parse(text), Task.CIFAR10);
      List<Box> boxes = marks(drawing, Box.class);
      assertEquals(2 * (2 + 3 * nodes + 1), boxes.size());
      assertEquals(2 * 5 * nodes, marks(drawing, Curve.class).size(), text);
      assertApart(drawing, text);
    }
  }

  private static void assertApart(Drawing drawing, String text) {
    List<Box> boxes = marks(drawing, Box.class);
    for (Box a : boxes) {
      assertTrue(
          a.x() >= 0
              && a.y() >= 0
              && a.x() + a.width() <= drawing.width()
              && a.y() + a.height() <= drawing.height(),
          text);
      for (Box b : boxes.subList(boxes.indexOf(a) + 1, boxes.size())) {
        boolean apart =
            a.x() + a.width() <= b.x()
                || b.x() + b.width() <= a.x()
                || a.y() + a.height() <= b.y()
                || b.y() + b.height() <= a.y();
        assertTrue(apart, text);
      }
    }
  }

  private static <M> List<M> marks(Drawing drawing, Class<M> kind) {
    return drawing.marks().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  @Test
  void blocksAreAsHighAsTheyHaveChannels() {
    Drawing drawing =
        NetworkDiagram.of(
            ArchitectureSpec.parse("residual cifar:16 | 2x16 s1 | 2x64 s2"), Task.CIFAR10);
    List<Box> bars = marks(drawing, Box.class);
    assertEquals(5, bars.size());
    assertEquals(bars.get(0).height() * 4, bars.get(3).height(), 1e-9);
    assertFalse(bars.get(2).rgb() == bars.get(3).rgb());
    assertTrue(marks(drawing, Words.class).stream().anyMatch(w -> w.text().equals("16x16")));
  }

  @Test
  void graphsShowWhatEachSegmentDoesAndWhichItReadsAndNoOther() {
    Drawing drawing =
        NetworkDiagram.of(
            ArchitectureSpec.parse(
                "graph | conv3@8 bn relu | 2x conv3@8/2 | <1> conv1@8/4 | <2+3> id"),
            Task.CIFAR10);
    List<String> words = marks(drawing, Words.class).stream().map(Words::text).toList();
    for (String line :
        List.of(
            "image, 3x32x32",
            "1: conv3@8 bn relu",
            "2: 2x conv3@8/2",
            "8x8x8",
            "3: conv1@8/4",
            "4: added; id",
            "mean of each channel, 10 logits",
            "4 segments")) {
      assertTrue(words.contains(line), line + " in " + words);
    }
    assertEquals(6, marks(drawing, Curve.class).size());
    assertApart(drawing, "graph");
  }

  @Test
  void longOperationsAreWrapped() {
    String ops = "sum(conv1@144 bn swish split(72: dw3; 36: dw3d2; 36: dw3d3) conv1@3 bn; id)";
    Drawing drawing = NetworkDiagram.of(ArchitectureSpec.parse("graph | " + ops), Task.CIFAR10);
    List<String> words = marks(drawing, Words.class).stream().map(Words::text).toList();
    assertTrue(words.stream().allMatch(line -> line.length() <= 46), words.toString());
    assertTrue(String.join(" ", words).contains(ops), words.toString());
    assertApart(drawing, ops);
  }

  @Test
  void graphsOfVeryManySegmentsAreBars() {
    String text = "graph" + " | conv3@8 | conv1@8".repeat(50);
    Drawing drawing = NetworkDiagram.of(ArchitectureSpec.parse(text), Task.CIFAR10);
    assertEquals(100, marks(drawing, Box.class).size());
    assertEquals(List.of(), marks(drawing, Curve.class));
  }

  @Test
  void filesAreXmlWithTheNamesOfOperationsAsText() throws Exception {
    String text = "cells cifar:16 d8 | sep_conv_5x5(0)&none(1) -> 2 | conv_7x1_1x7(1)+none(1) -> 2";
    String svg = DrawingFile.svg(NetworkDiagram.of(ArchitectureSpec.parse(text), Task.CIFAR10));
    assertEquals(
        "svg",
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
            .getDocumentElement()
            .getTagName());
    assertTrue(svg.contains(">conv_7x1_1x7</text>"));
    assertTrue(svg.contains(">2: &amp;</text>"));
  }
}
