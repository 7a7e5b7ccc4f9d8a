package dsa.sampler.cells;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.CellSpec;
import dsa.core.complexity.Complexity;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.complexity.FlopsConvention;
import dsa.core.io.MalformedFileException;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.sampler.ComplexityCap;
import dsa.sampler.ComplexityCap.Combination;
import dsa.sampler.ComplexityLimit;
import dsa.sampler.DesignSpace;
import dsa.sampler.Dimension;
import dsa.sampler.NetworkTally;
import dsa.sampler.PopulationSampler;
import dsa.sampler.Repeats;
import dsa.sampler.spaces.Spaces;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The NAS spaces are known by their sizes: an operation, a node or an output rule amiss is another
 * space, and every draw from it looks like a draw from the right one.
 */
final class CellSpaceTest {

  private static final String SMALL =
      """
      format: dsa.space/1
      kind: cells
      name: small
      task: cifar10
      stacking: cifar
      ops: [skip_connect, conv_3x3]
      nodes: 2
      combine: [add, concat]
      output: loose-ends
      width: [4, 6]
      depth: [3, 5]
      """;

  private static CellSpace read(String text) throws IOException {
    return (CellSpace)
        Spaces.read("s.yaml", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  static List<String> cellSpaces() throws IOException {
    List<String> names = new ArrayList<>();
    for (String name : Spaces.builtIn()) {
      if (Spaces.find(name) instanceof CellSpace) {
        names.add(name);
      }
    }
    return names;
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "nasnet, 71465842174521600, 71465842",
    "amoeba, 556627761561600, 556628",
    "pnas, 556627761561600, 556628",
    "enas, 5062500000000, 5063",
    "darts, 241591910400, 242",
    "nasnet-seed, 2286906949584691200, 2286906950",
  })
  void cellsNumberAsPublished(String name, BigInteger cells, BigInteger billions)
      throws IOException {
    CellSpace space = (CellSpace) Spaces.find(name);
    assertEquals(cells, space.cells());
    assertEquals(
        billions,
        new BigDecimal(space.cells())
            .movePointLeft(9)
            .setScale(0, RoundingMode.HALF_UP)
            .toBigInteger());
    assertEquals(cells.pow(2).multiply(BigInteger.valueOf(15)), space.size());
  }

  @Test
  void cellsOfUnorderedOperandsNumberAsInPrint() throws IOException {
    assertEquals(
        new BigDecimal("2.49e15"),
        new BigDecimal(((CellSpace) Spaces.find("nasnet")).cellsOfUnorderedOperands())
            .round(new java.math.MathContext(3)));
    assertEquals(
        new BigDecimal("17.66e9"),
        new BigDecimal(((CellSpace) Spaces.find("darts")).cellsOfUnorderedOperands())
            .round(new java.math.MathContext(4)));
  }

  /** Counted once by another route: the sum of 1 / encodings over random cells. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({"darts", "enas", "nasnet", "nasnet-seed"})
  void differentCellsNumberAsASampleOfTheirEncodingsSays(String name) throws IOException {
    CellSpace space = (CellSpace) Spaces.find(name);
    double distinct = new BigDecimal(space.distinctCells().orElseThrow()).doubleValue();
    double all = new BigDecimal(space.cells()).doubleValue();
    RandomStream random = SeedPath.root(11).child(name).generator();
    int[] choice = new int[space.choiceLength()];
    int draws = 40_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < draws; i++) {
      space.choose(random, choice);
      double share = 1.0 / ((CellSpec) space.decode(choice)).normal().encodings();
      sum += share;
      squares += share * share;
    }
    double mean = sum / draws;
    double deviation = Math.sqrt((squares / draws - mean * mean) / draws);
    assertEquals(distinct / all, mean, 3.3 * deviation);
    assertEquals(
        Optional.of(space.distinctCells().orElseThrow().pow(2).multiply(BigInteger.valueOf(15))),
        space.census().orElseThrow().networks());
  }

  @ParameterizedTest(name = "{0} nodes, {1} ops, {2} combines")
  @CsvSource({
    "1, 1, 1, 3",
    "1, 3, 1, 21",
    "1, 3, 2, 42",
    "2, 1, 1, -1",
    "2, 3, 1, -1",
    "2, 2, 2, -1",
    "3, 2, 1, -1",
    "3, 1, 2, -1",
  })
  void differentCellsNumberAsListingThemSays(int nodes, int ops, int combines, long known)
      throws IOException {
    List<String> names = List.of("skip_connect", "conv_3x3", "max_pool_3x3").subList(0, ops);
    CellSpace space =
        read(
            SMALL
                .replace("[skip_connect, conv_3x3]", names.toString())
                .replace("nodes: 2", "nodes: " + nodes)
                .replace("[add, concat]", combines == 1 ? "add" : "[add, concat]")
                .replace("[4, 6]", "4")
                .replace("[3, 5]", "3"));
    Map<ArchitectureSpec, Long> networks = new HashMap<>();
    int[] choice = new int[space.choiceLength()];
    int cell = (choice.length - 2) / 2;
    long encodings = 0;
    int at;
    do {
      encodings++;
      CellSpec spec = (CellSpec) space.decode(choice);
      long same = spec.normal().encodings();
      assertEquals(
          same * spec.reduction().encodings(),
          space.census().orElseThrow().encodings(choice).orElseThrow());
      networks.put(spec.canonical(), same);
      at = 0;
      while (at < cell && ++choice[at] == optionsAt(at, ops, combines)) {
        choice[at++] = 0;
      }
    } while (at < cell);
    assertEquals(BigInteger.valueOf(encodings), space.cells());
    assertEquals(BigInteger.valueOf(networks.size()), space.distinctCells().orElseThrow());
    assertEquals(encodings, networks.values().stream().mapToLong(Long::longValue).sum());
    if (known > 0) {
      assertEquals(known, networks.size());
    }
  }

  private static int optionsAt(int at, int ops, int combines) {
    int perNode = combines == 1 ? 2 : 3;
    return at % perNode == 2 ? combines : (at / perNode + 2) * ops;
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0}")
  @MethodSource("cellSpaces")
  void tablesPriceADrawAsItsPlanDoes(String name) throws IOException {
    DesignSpace space = Spaces.find(name);
    RandomStream random = SeedPath.root(7).child(name).generator();
    int[] choice = new int[space.choiceLength()];
    for (int i = 0; i < 60; i++) {
      space.choose(random, choice);
      ArchitectureSpec spec = space.decode(choice);
      Complexity cost = space.complexity(choice);
      assertEquals(spec.complexity(space.head().task()), cost, spec.text());
      assertTrue(space.census().orElseThrow().contains(spec));
      assertTrue(space.census().orElseThrow().contains(spec.canonical()));
      assertTrue(
          new ComplexityLimit(
                  ComplexityMeasure.PARAMS,
                  FlopsConvention.NDS,
                  space.census().orElseThrow().costs().least().params(),
                  space.census().orElseThrow().costs().greatest().params())
              .admits(cost));
      assertTrue(
          space.census().orElseThrow().costs().least().macs() <= cost.macs()
              && cost.macs() <= space.census().orElseThrow().costs().greatest().macs());
      assertEquals(spec.canonical().complexity(space.head().task()), cost);
    }
  }

  @ParameterizedTest(name = "{0}, {1}, {2}")
  @CsvSource({
    "loose-ends, '[add, concat]', conv_3x3",
    "loose-ends, '[concat, add]', none",
    "loose-ends, concat, 'skip_connect, conv_3x3'",
    "all-nodes, add, 'skip_connect, max_pool_3x3'",
  })
  @Tag("slow")
  void extremesAndCountsAreThoseOfListingASmallSpace(String output, String combine, String ops)
      throws IOException {
    CellSpace space =
        read(
            SMALL
                .replace("loose-ends", output)
                .replace("[add, concat]", combine)
                .replace("skip_connect, conv_3x3", ops)
                .replace("width: [4, 6]", "width: 6"));
    int opCount = ops.split(",").length;
    int combines = combine.split(",").length;
    List<Complexity> costs = new ArrayList<>();
    boolean listed = space.size().compareTo(NetworkTally.MOST_ENCODINGS) <= 0;
    Map<ArchitectureSpec, Complexity> networks = new HashMap<>();
    int[] choice = new int[space.choiceLength()];
    int cells = choice.length - 2;
    int at;
    do {
      costs.add(space.complexity(choice));
      if (listed) {
        networks.put(space.decode(choice).canonical(), space.complexity(choice));
      }
      at = 0;
      while (at < choice.length
          && ++choice[at]
              == (at < cells ? optionsAt(at % (cells / 2), opCount, combines) : at - cells + 1)) {
        choice[at++] = 0;
      }
    } while (at < choice.length);
    assertEquals(BigInteger.valueOf(costs.size()), space.size());
    for (ComplexityMeasure measure : ComplexityMeasure.values()) {
      for (FlopsConvention convention : FlopsConvention.values()) {
        ComplexityLimit any = new ComplexityLimit(measure, convention, 0, Long.MAX_VALUE);
        long[] sorted = costs.stream().mapToLong(any::value).sorted().toArray();
        assertEquals(sorted[0], any.value(space.census().orElseThrow().costs().least()));
        assertEquals(
            sorted[sorted.length - 1], any.value(space.census().orElseThrow().costs().greatest()));
        long middle = sorted[sorted.length / 3];
        ComplexityCap cap =
            new ComplexityCap(
                Combination.ALL, List.of(new ComplexityLimit(measure, convention, 0, middle)));
        assertEquals(
            Arrays.stream(sorted).filter(value -> value <= middle).count(),
            space.census().orElseThrow().encodings(cap).orElseThrow());
        assertEquals(
            listed
                ? OptionalLong.of(networks.values().stream().filter(cap::admits).count())
                : OptionalLong.empty(),
            space.census().orElseThrow().networks(cap));
      }
    }
  }

  @Test
  void whatIsNotOfTheSpaceIsNotContained() throws IOException {
    DesignSpace space = Spaces.find("darts");
    String cells =
        " | sep_conv_3x3(0)+none(1) skip_connect(2)+none(0) none(0)+none(1) none(4)+none(1) -> 2 3"
            + " 4 5";
    String good = "cells cifar:16 d8" + cells + cells;
    assertTrue(space.census().orElseThrow().contains(ArchitectureSpec.parse(good)));
    for (String[] slip :
        new String[][] {
          {"cifar", "imagenet"},
          {":16", ":20"},
          {"d8", "d9"},
          {"d8", "d8 aux"},
          {"sep_conv_3x3", "sep_conv_7x7"},
          {"-> 2 3", "-> 3"},
          {"none(4)+", "none(4)&"},
        }) {
      assertFalse(
          space
              .census()
              .orElseThrow()
              .contains(ArchitectureSpec.parse(good.replace(slip[0], slip[1]))),
          slip[1]);
    }
    assertFalse(
        space
            .census()
            .orElseThrow()
            .contains(ArchitectureSpec.parse("residual cifar:16 | 1x16 s1")));
  }

  @Test
  void networksAreEquallyLikelyWhereThatIsAskedFor() throws IOException {
    CellSpace space =
        read(
            SMALL
                .replace("nodes: 2", "nodes: 1")
                .replace("[4, 6]", "4")
                .replace("[3, 5]", "3")
                .replace("[add, concat]", "add"));
    assertEquals(Optional.of(BigInteger.valueOf(100)), space.census().orElseThrow().networks());
    Map<ArchitectureSpec, Integer> seen = new HashMap<>();
    PopulationSampler.withDefaults()
        .uniformOverNetworks()
        .draw(space, ComplexityCap.NONE, 20_000, Repeats.KEPT, SeedPath.root(6))
        .models()
        .forEach(model -> seen.merge(model.spec().canonical(), 1, Integer::sum));
    assertEquals(100, seen.size());
    double square =
        seen.values().stream().mapToDouble(n -> (n - 200.0) * (n - 200.0) / 200.0).sum();
    assertTrue(square < 148.23, "chi-square of 99 degrees at 0.001: " + square);
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "kind: cells | kind: cell | 2: kind 'cell' is wrong: kinds of spaces are",
        "stacking: cifar | stacking: mnist | 5: stacking 'mnist' is wrong",
        "conv_3x3 | conv_4x4 | 6: ops[1] 'conv_4x4' is wrong: cell operation of kernel 4",
        "conv_3x3 | skip_connect | 6: ops[1] 'skip_connect' stands there twice",
        "'[skip_connect, conv_3x3]' | none | 6: ops 'none' is not a list of operations",
        "'[skip_connect, conv_3x3]' | '[]' | 6: ops is wrong: 0 operations",
        "nodes: 2 | nodes: 9 | 7: nodes 9 is wrong: cells of 9 nodes; they have 1 to 8",
        "nodes: 2 | nodes: [1, 2] | 7: nodes is not one number",
        "nodes: 2 | nodes: 1.5 | 7: nodes 1.5 is not a whole number",
        "'[add, concat]' | sum | 8: combine 'sum' is wrong: nodes combine by add or concat",
        "'[add, concat]' | '[add, add]' | 8: combine is wrong: combine is not one or both",
        "loose-ends | ends | 9: output 'ends' is wrong: the output is loose-ends or all-nodes",
        "'[4, 6]' | 1 | 10: width 1 is wrong: width 1 of a cell network; it is 2 to 4096",
        "'[3, 5]' | '[2, 5]' | 11: depth[0] 2 is wrong: depth 2 of a cell network; it is 3 to 200",
        "'[3, 5]' | 2 | 11: depth 2 is wrong: depth 2 of a cell network; it is 3 to 200",
        "'width: [4, 6]' | 'widths: [4, 6]' | 10: widths is not a key known here",
        "'width: [4, 6]' | 'block: residual' | 10: block 'residual' is not a key known here",
        "task: cifar10 | 'description: x' | the file has no key 'task'",
      })
  void aSlipIsNamedWithItsLineAndKey(String from, String to, String message) {
    String text = SMALL.replace(from, to);
    assertFalse(text.equals(SMALL), "the slip is not in the file");
    String refusal = assertThrows(MalformedFileException.class, () -> read(text)).getMessage();
    assertTrue(refusal.startsWith("s.yaml:") && refusal.contains(message), refusal);
    assertEquals(1, refusal.lines().count(), refusal);
  }

  @Test
  void tornAndScrambledFilesNeverEndInAStackTrace() {
    RandomStream random = SeedPath.root(8).generator();
    String noise = "{}[]:,&*!|>%@`\"'-? \n\t0.9é\u0000";
    int refused = 0;
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = SMALL.getBytes(StandardCharsets.UTF_8);
      if (i % 3 == 0) {
        bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      }
      for (int k = 1 + random.nextInt(4); k > 0 && bytes.length > 0; k--) {
        bytes[random.nextInt(bytes.length)] = (byte) noise.charAt(random.nextInt(noise.length()));
      }
      try {
        Spaces.read("s.yaml", new ByteArrayInputStream(bytes));
      } catch (MalformedFileException e) {
        refused++;
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
      } catch (IOException | RuntimeException e) {
        throw new AssertionError(new String(bytes, StandardCharsets.UTF_8), e);
      }
    }
    assertTrue(refused > 1000, refused + " refused");
  }

  @Test
  void dimensionsNameEveryChoiceOnce() throws IOException {
    CellSpace space = read(SMALL);
    List<String> names = space.dimensions().stream().map(Dimension::name).toList();
    assertEquals(
        List.of(
            "normal.node2.input1",
            "normal.node2.op1",
            "normal.node2.input2",
            "normal.node2.op2",
            "normal.node2.combine"),
        names.subList(0, 5));
    assertEquals("reduction.node3.combine", names.get(19));
    assertEquals(List.of("width", "depth"), names.subList(20, 22));
    assertEquals(22, Set.copyOf(names).size());
    assertEquals("0, 1, 2", space.dimensions().get(5).text());
    Set<String> texts = new HashSet<>();
    RandomStream random = SeedPath.root(1).generator();
    int[] choice = new int[space.choiceLength()];
    Map<List<Integer>, String> byPlaces = new HashMap<>();
    for (int i = 0; i < 500; i++) {
      space.choose(random, choice);
      String text = space.decode(choice).text();
      texts.add(text);
      byPlaces.put(Arrays.stream(space.places(choice)).boxed().toList(), text);
    }
    assertEquals(texts.size(), byPlaces.size());
  }
}
