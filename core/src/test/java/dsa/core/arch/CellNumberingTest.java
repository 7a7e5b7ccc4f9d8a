package dsa.core.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.arch.Cell.Combine;
import dsa.core.arch.Cell.Edge;
import dsa.core.arch.Cell.Node;
import dsa.core.arch.Cell.OutputRule;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Twins that are not recognized are trained twice and counted as two networks; strangers taken for
 * twins are lost. Both leave populations that look right.
 */
final class CellNumberingTest {

  private static final List<CellOp> OPS =
      List.of(
          CellOp.parse("sep_conv_3x3"), CellOp.parse("skip_connect"), CellOp.parse("max_pool_3x3"));

  /** Every cell of a small space. */
  private static List<Cell> all(int nodes, int ops, List<Combine> combines, OutputRule rule) {
    List<List<Node>> lists = List.of(List.of());
    for (int i = 0; i < nodes; i++) {
      List<Edge> edges = new ArrayList<>();
      for (int input = 0; input < i + 2; input++) {
        for (CellOp op : OPS.subList(0, ops)) {
          edges.add(new Edge(op, input));
        }
      }
      List<List<Node>> longer = new ArrayList<>();
      for (List<Node> list : lists) {
        for (Edge first : edges) {
          for (Edge second : edges) {
            for (Combine combine : combines) {
              List<Node> more = new ArrayList<>(list);
              more.add(new Node(first, second, combine));
              longer.add(more);
            }
          }
        }
      }
      lists = longer;
    }
    return lists.stream().map(list -> Cell.of(list, rule)).toList();
  }

  /** All encodings of a cell, by trying every order of its nodes and every swap. */
  private static Set<Cell> twins(Cell cell) {
    int nodes = cell.nodes().size();
    Set<Cell> twins = new HashSet<>();
    for (List<Integer> order : orders(nodes)) {
      for (int swaps = 0; swaps < 1 << nodes; swaps++) {
        List<Node> list = new ArrayList<>();
        for (int at = 0; at < nodes; at++) {
          int old = order.get(at);
          Node node = cell.nodes().get(old);
          Edge first = renumbered(node.first(), order);
          Edge second = renumbered(node.second(), order);
          boolean swap = (swaps >>> old & 1) == 1;
          list.add(new Node(swap ? second : first, swap ? first : second, node.combine()));
        }
        List<Integer> concat =
            cell.concat().stream().map(state -> order.indexOf(state - 2) + 2).sorted().toList();
        if (IntStream.range(0, nodes)
            .allMatch(
                i -> list.get(i).first().input() < i + 2 && list.get(i).second().input() < i + 2)) {
          twins.add(new Cell(list, concat));
        }
      }
    }
    return twins;
  }

  private static Edge renumbered(Edge edge, List<Integer> order) {
    return edge.input() < 2 ? edge : new Edge(edge.op(), order.indexOf(edge.input() - 2) + 2);
  }

  private static List<List<Integer>> orders(int n) {
    if (n == 0) {
      return List.of(List.of());
    }
    List<List<Integer>> orders = new ArrayList<>();
    for (List<Integer> order : orders(n - 1)) {
      for (int at = 0; at < n; at++) {
        List<Integer> more = new ArrayList<>(order);
        more.add(at, n - 1);
        orders.add(more);
      }
    }
    return orders;
  }

  @ParameterizedTest(name = "{0} nodes, {1} ops, {2} combines, {3}")
  @CsvSource({
    "1, 3, 2, LOOSE_ENDS",
    "2, 3, 1, LOOSE_ENDS",
    "2, 3, 1, ALL_NODES",
    "2, 2, 2, LOOSE_ENDS",
    "3, 2, 1, LOOSE_ENDS",
    "3, 1, 2, ALL_NODES",
  })
  void classesAndTheirSizesAreThoseOfTryingAllNumberings(
      int nodes, int ops, int combines, OutputRule rule) {
    List<Cell> cells = all(nodes, ops, List.of(Combine.values()).subList(0, combines), rule);
    Set<Cell> left = new HashSet<>(cells);
    Set<Cell> forms = new HashSet<>();
    for (Cell cell : cells) {
      if (!left.contains(cell)) {
        continue;
      }
      Set<Cell> twins = twins(cell);
      Cell form = cell.canonical();
      assertTrue(twins.contains(form), () -> cell.text() + " became " + form.text());
      assertTrue(forms.add(form), () -> "two classes share " + form.text());
      for (Cell twin : twins) {
        assertEquals(form, twin.canonical());
        assertEquals(twins.size(), twin.encodings(), twin::text);
        assertTrue(left.remove(twin));
      }
    }
    assertTrue(left.isEmpty());
  }

  @Test
  void largeCellsAreRecognizedHoweverTheyAreNumbered() {
    RandomStream random = SeedPath.root(9).generator();
    Map<Cell, Integer> sizes = new HashMap<>();
    for (int trial = 0; trial < 60; trial++) {
      List<Node> nodes = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        nodes.add(
            new Node(
                new Edge(OPS.get(random.nextInt(2)), random.nextInt(i + 2)),
                new Edge(OPS.get(random.nextInt(2)), random.nextInt(i + 2)),
                Combine.ADD));
      }
      Cell cell = Cell.of(nodes, OutputRule.LOOSE_ENDS);
      Set<Cell> twins = twins(cell);
      assertEquals(twins.size(), cell.encodings(), cell::text);
      Set<Cell> forms = new HashSet<>();
      twins.forEach(twin -> forms.add(twin.canonical()));
      assertEquals(Set.of(cell.canonical()), forms);
      sizes.put(cell.canonical(), twins.size());
    }
    assertTrue(sizes.size() > 50);
  }

  @Test
  void manyEqualNodesTakeNoTime() {
    List<Node> equal = new ArrayList<>();
    List<Node> chains = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      equal.add(new Node(new Edge(OPS.get(1), 0), new Edge(OPS.get(1), 0), Combine.ADD));
      int input = i < 6 ? 0 : i - 4;
      chains.add(new Node(new Edge(OPS.get(0), input), new Edge(OPS.get(1), input), Combine.ADD));
    }
    assertTimeoutPreemptively(
        Duration.ofMinutes(10),
        () -> {
          assertEquals(1, Cell.of(equal, OutputRule.LOOSE_ENDS).encodings());
          assertTrue(Cell.of(chains, OutputRule.ALL_NODES).encodings() > 0);
        });
  }

  @Test
  void whatReadsAnotherStateOrGoesElsewhereIsAnotherCell() {
    Cell cell =
        Cell.parse("sep_conv_3x3(0)+skip_connect(1) skip_connect(1)+sep_conv_3x3(0) -> 2 3");
    assertNotEquals(
        cell.canonical(),
        Cell.parse("sep_conv_3x3(1)+skip_connect(0) skip_connect(1)+sep_conv_3x3(0) -> 2 3")
            .canonical());
    assertNotEquals(cell.canonical(), new Cell(cell.nodes(), List.of(2)).canonical());
    assertEquals(
        new Cell(cell.nodes(), List.of(2)).canonical(),
        new Cell(cell.nodes(), List.of(3)).canonical());
  }

  @Test
  void anUnusedNormalCellDoesNotTellNetworksApart() {
    String text = "cells cifar:8 d%d | %s(0)+none(1) -> 2 | none(0)+none(1) -> 2";
    for (int depth = 1; depth <= 4; depth++) {
      ArchitectureSpec one = ArchitectureSpec.parse(text.formatted(depth, "skip_connect"));
      ArchitectureSpec other = ArchitectureSpec.parse(text.formatted(depth, "conv_1x1"));
      assertEquals(depth < 3, one.canonical().equals(other.canonical()));
      assertEquals(
          depth < 3, one.plan(Task.CIFAR10).layers().equals(other.plan(Task.CIFAR10).layers()));
    }
  }
}
