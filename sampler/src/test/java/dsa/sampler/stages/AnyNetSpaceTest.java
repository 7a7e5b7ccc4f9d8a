package dsa.sampler.stages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.BlockType;
import dsa.core.arch.StageSpec;
import dsa.core.arch.StagedSpec;
import dsa.core.arch.Stem;
import dsa.core.complexity.Complexity;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.complexity.ComplexityRange;
import dsa.core.complexity.FlopsConvention;
import dsa.core.io.MalformedFileException;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.sampler.ComplexityCap;
import dsa.sampler.ComplexityLimit;
import dsa.sampler.DesignSpace;
import dsa.sampler.Dimension;
import dsa.sampler.spaces.Spaces;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The step from one AnyNet space to the next is one tie; a tie that is drawn unevenly, or by
 * another distribution than the published one, looks like an effect of the tie itself.
 */
final class AnyNetSpaceTest {

  private static final List<String> ALL =
      List.of("anynetx-a", "anynetx-b", "anynetx-c", "anynetx-d", "anynetx-e");

  /** Two stages, so that all encodings can be written down. */
  private static String small(String ties) {
    return """
    format: dsa.space/1
    kind: anynet
    name: small
    task: cifar10
    block: bottleneck
    stem: {type: cifar, width: 16}
    strides: [1, 2]
    depth: [1, 3]
    width: {range: [8, 40], quantum: 8}
    ratio: [1, 4]
    group-width: [1, 4, 8, 16]
    constraints:
    """
        + ties.lines().map(line -> "  " + line.strip() + "\n").reduce("", String::concat);
  }

  private static AnyNetSpace space(String text) throws IOException {
    return (AnyNetSpace)
        Spaces.read("space.yaml", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "anynetx-a, 1846757322198614016", // (16 · 128 · 3 · 6)^4
    "anynetx-b, 68398419340689408", // (16 · 128 · 6)^4 · 3
    "anynetx-c, 316659348799488", // (16 · 128)^4 · 18
    "anynetx-d, 13821510942720", // C(131, 4) · 16^4 · 18
    "anynetx-e, 817446539520", // C(131, 4) · C(19, 4) · 18
  })
  void sizesAreExact(String name, BigInteger size) throws IOException {
    assertEquals(size, Spaces.find(name).size());
    assertTrue(
        Spaces.find(name).census().orElseThrow().networks().orElseThrow().compareTo(size) < 0);
  }

  /**
   * The published 1.32e13 and 5.50e11 are C by 4! once and twice: equal widths taken as unequal.
   */
  @Test
  void publishedSizesOfDAndEAreQuotientsOfC() throws IOException {
    BigInteger c = Spaces.find("anynetx-c").size();
    assertEquals(new BigInteger("13194139533312"), c.divide(BigInteger.valueOf(24)));
    assertEquals(new BigInteger("549755813888"), c.divide(BigInteger.valueOf(576)));
    assertTrue(c.divide(BigInteger.valueOf(24)).compareTo(Spaces.find("anynetx-d").size()) < 0);
    assertTrue(c.divide(BigInteger.valueOf(576)).compareTo(Spaces.find("anynetx-e").size()) < 0);
  }

  /** The encodings of each network of a two-stage space, one by one. */
  private static Map<StagedSpec, Long> enumerated(DesignSpace space, String ties) {
    return enumerated(space, ties, 2);
  }

  private static Map<StagedSpec, Long> enumerated(DesignSpace space, String ties, int stride) {
    List<Dimension> axes = space.dimensions();
    Map<StagedSpec, Long> encodings = new HashMap<>();
    int[] place = new int[8];
    while (true) {
      double[] v = new double[8];
      for (int i = 0; i < 8; i++) {
        v[i] = axes.get(i).values().get(place[i]);
      }
      boolean valid =
          holds(ties, "depth", v[0], v[4])
              && holds(ties, "width", v[1], v[5])
              && holds(ties, "ratio", v[2], v[6])
              && holds(ties, "group-width", v[3], v[7]);
      if (valid) {
        StageSpec one = StageSpec.compatible((int) v[0], (int) v[1], 1, 1 / v[2], (int) v[3]);
        StageSpec two = StageSpec.compatible((int) v[4], (int) v[5], stride, 1 / v[6], (int) v[7]);
        encodings.merge(
            new StagedSpec(BlockType.BOTTLENECK, Stem.CIFAR, 16, List.of(one, two)).canonical(),
            1L,
            Long::sum);
      }
      int i = 0;
      while (i < 8 && ++place[i] == axes.get(i).size()) {
        place[i++] = 0;
      }
      if (i == 8) {
        return encodings;
      }
    }
  }

  private static boolean holds(String ties, String axis, double before, double after) {
    List<String> lines = ties.lines().toList();
    if (lines.contains(axis + ": shared")) {
      return before == after;
    }
    return !lines.contains(axis + ": non-decreasing") || before <= after;
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "depth: non-decreasing",
        "ratio: shared",
        "ratio: shared\ngroup-width: shared",
        "ratio: shared\ngroup-width: shared\nwidth: non-decreasing",
        "ratio: shared\ngroup-width: shared\nwidth: non-decreasing\ndepth: non-decreasing",
        "group-width: shared",
        "width: non-decreasing",
        "width: shared\nratio: non-decreasing\ngroup-width: non-decreasing",
      })
  void countsEncodingsAndExtremesAreThoseOfAllCombinations(String ties) throws IOException {
    AnyNetSpace space = space(small(ties));
    Map<StagedSpec, Long> all = enumerated(space, ties);
    assertEquals(BigInteger.valueOf(all.values().stream().mapToLong(n -> n).sum()), space.size());
    space
        .census()
        .orElseThrow()
        .networks()
        .ifPresent(n -> assertEquals(BigInteger.valueOf(all.size()), n));
    assertEquals(
        ties.startsWith("width"),
        space.census().orElseThrow().networks().isEmpty(),
        "known but for odd combinations");
    ComplexityRange costs = null;
    for (StagedSpec spec : all.keySet()) {
      assertTrue(space.census().orElseThrow().contains(spec), spec.text());
      Complexity cost = spec.complexity(space.head().task());
      costs = costs == null ? ComplexityRange.of(cost) : costs.with(cost);
    }
    assertEquals(costs, space.census().orElseThrow().costs());
    RandomStream random = SeedPath.root(6).generator();
    int[] choice = new int[space.choiceLength()];
    double statistic = 0;
    Map<StagedSpec, Integer> drawn = new HashMap<>();
    int n = 60_000;
    for (int i = 0; i < n; i++) {
      space.choose(random, choice);
      StagedSpec spec = space.decode(choice);
      assertEquals(
          all.get(spec), space.census().orElseThrow().encodings(choice).orElseThrow(), spec.text());
      drawn.merge(spec, 1, Integer::sum);
    }
    for (Map.Entry<StagedSpec, Long> network : all.entrySet()) {
      double expected = network.getValue() * (double) n / space.size().doubleValue();
      double off = drawn.getOrDefault(network.getKey(), 0) - expected;
      statistic += off * off / expected;
    }
    assertTrue(statistic < critical(all.size() - 1), statistic + " for " + all.size());
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "ratio: shared",
        "depth: non-decreasing\nratio: shared",
        "ratio: shared\ngroup-width: shared\nwidth: non-decreasing\ndepth: shared",
        "width: shared\nratio: non-decreasing\ngroup-width: non-decreasing",
      })
  void stagesOfStrideOneMayBeOneWithTheStageBefore(String ties) throws IOException {
    AnyNetSpace space = space(small(ties).replace("strides: [1, 2]", "strides: [1, 1]"));
    Map<StagedSpec, Long> all = enumerated(space, ties, 1);
    assertEquals(BigInteger.valueOf(all.values().stream().mapToLong(n -> n).sum()), space.size());
    assertEquals(
        BigInteger.valueOf(all.size()), space.census().orElseThrow().networks().orElseThrow());
    assertTrue(all.keySet().stream().anyMatch(spec -> spec.stages().size() == 1));
    long middle = space.census().orElseThrow().costs().greatest().params() / 4;
    assertEquals(
        all.keySet().stream()
            .filter(s -> s.complexity(space.head().task()).params() <= middle)
            .count(),
        space
            .census()
            .orElseThrow()
            .networks(
                new ComplexityCap(
                    ComplexityCap.Combination.ALL,
                    List.of(
                        new ComplexityLimit(
                            ComplexityMeasure.PARAMS, FlopsConvention.MACS, 0, middle))))
            .orElseThrow());
    RandomStream random = SeedPath.root(17).generator();
    int[] choice = new int[space.choiceLength()];
    for (int i = 0; i < 3000; i++) {
      space.choose(random, choice);
      StagedSpec spec = space.decode(choice);
      assertEquals(
          all.get(spec.canonical()),
          space.census().orElseThrow().encodings(choice).orElseThrow(),
          spec.text());
      assertTrue(
          space.census().orElseThrow().contains(spec)
              && space.census().orElseThrow().contains(spec.canonical()),
          spec.text());
    }
    assertFalse(
        space
            .census()
            .orElseThrow()
            .contains(ArchitectureSpec.parse("bottleneck cifar:16 | 5x8 s1 b8 g1")));
  }

  /** The upper 0.001 point of chi-square, by Wilson and Hilferty's cube. */
  private static double critical(int df) {
    double v = 2.0 / (9 * df);
    return df * Math.pow(1 - v + 3.0902 * Math.sqrt(v), 3);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "anynetx-a",
        "anynetx-b",
        "anynetx-c",
        "anynetx-d",
        "anynetx-e",
        "anynetx-a-cifar",
        "anynetx-d-cifar",
        "anynetx-e-cifar"
      })
  void everyDimensionIsDrawnByItsDistribution(String name) throws IOException {
    DesignSpace space = Spaces.find(name);
    List<Dimension> axes = space.dimensions();
    int n = 100_000;
    int[][] counts = new int[axes.size()][];
    for (int d = 0; d < counts.length; d++) {
      counts[d] = new int[axes.get(d).size()];
    }
    SeedPath address = SeedPath.root(31).child(name);
    int[] choice = new int[space.choiceLength()];
    for (int i = 0; i < n; i++) {
      space.choose(address.child(i).generator(), choice);
      int[] places = space.places(choice);
      for (int d = 0; d < places.length; d++) {
        counts[d][places[d]]++;
      }
    }
    for (int d = 0; d < counts.length; d++) {
      String axis = axes.get(d).name();
      boolean rises =
          (axis.startsWith("width") && name.compareTo("anynetx-d") >= 0)
              || (axis.startsWith("depth") && name.startsWith("anynetx-e"));
      double[] distribution = logUniform(axes.get(d).values());
      double statistic = 0;
      int cells = 0;
      double expected = 0;
      double observed = 0;
      for (int place = 0; place < counts[d].length; place++) {
        expected += n * (rises ? orderStatistic(distribution, d / 4, place) : distribution[place]);
        observed += counts[d][place];
        if (expected >= 20 || place == counts[d].length - 1) { // rare ends are taken together
          statistic += (observed - expected) * (observed - expected) / Math.max(expected, 1e-9);
          cells++;
          expected = 0;
          observed = 0;
        }
      }
      assertTrue(statistic < critical(cells - 1), axis + ": " + statistic + " in " + cells);
    }
  }

  /** The share of each value, listed in rising order: its step in the logarithm. */
  private static double[] logUniform(List<Double> values) {
    double[] shares = new double[values.size()];
    double sum = 0;
    for (int i = 0; i < shares.length; i++) {
      int above = Math.max(i, 1);
      shares[i] = Math.log(values.get(above) / values.get(above - 1));
      sum += shares[i];
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] /= sum;
    }
    return shares;
  }

  /**
   * How likely the s-th smallest of four is {@code place}, where a multiset of places has the
   * product of their shares.
   */
  private static double orderStatistic(double[] distribution, int s, int place) {
    return multisets(distribution, 0, place + 1, s)
        * distribution[place]
        * multisets(distribution, place, distribution.length, 3 - s)
        / multisets(distribution, 0, distribution.length, 4);
  }

  /** The sum over the multisets of k of some places of the products of their shares. */
  private static double multisets(double[] distribution, int from, int to, int k) {
    double[] sums = new double[k + 1];
    sums[0] = 1;
    for (int place = from; place < to; place++) {
      for (int i = 1; i <= k; i++) {
        sums[i] += distribution[place] * sums[i - 1];
      }
    }
    return sums[k];
  }

  /** Every encoding of a small space as its places, with the distribution's share of it. */
  private static Map<List<Integer>, Double> shares(AnyNetSpace space, String ties) {
    List<Dimension> axes = space.dimensions();
    Map<List<Integer>, Double> shares = new HashMap<>();
    double sum = 0;
    int[] place = new int[8];
    int i;
    do {
      boolean valid = true;
      double share = 1;
      for (int axis = 0; axis < 4; axis++) {
        Dimension values = axes.get(axis);
        String name = values.name().replace("1", "");
        double[] distribution = logUniform(values.values());
        valid &= holds(ties, name, place[axis], place[axis + 4]);
        share *= distribution[place[axis]];
        share *=
            ties.lines().toList().contains(name + ": shared") ? 1 : distribution[place[axis + 4]];
      }
      if (valid) {
        shares.put(Arrays.stream(place).boxed().toList(), share);
        sum += share;
      }
      i = 0;
      while (i < 8 && ++place[i] == axes.get(i).size()) {
        place[i++] = 0;
      }
    } while (i < 8);
    double all = sum;
    shares.replaceAll((places, share) -> share / all);
    return shares;
  }

  /** Pearson's statistic, the rare taken together; below the critical value. */
  private static <T> void assertDrawnBy(Map<T, Double> shares, Map<T, Integer> drawn, int n) {
    double statistic = 0;
    double rare = 0;
    int rareDrawn = 0;
    int cells = 0;
    for (Map.Entry<T, Double> each : shares.entrySet()) {
      double expected = n * each.getValue();
      int observed = drawn.getOrDefault(each.getKey(), 0);
      if (expected < 10) {
        rare += expected;
        rareDrawn += observed;
      } else {
        statistic += (observed - expected) * (observed - expected) / expected;
        cells++;
      }
    }
    if (rare > 0) {
      statistic += (rareDrawn - rare) * (rareDrawn - rare) / rare;
      cells++;
    }
    assertEquals(n, drawn.values().stream().mapToInt(c -> c).sum());
    assertTrue(shares.keySet().containsAll(drawn.keySet()));
    assertTrue(statistic < critical(cells - 1), statistic + " for " + cells);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "ratio: shared",
        "ratio: shared\ngroup-width: shared\nwidth: non-decreasing",
        "width: non-decreasing\ndepth: non-decreasing",
        "width: shared\nratio: non-decreasing\ngroup-width: non-decreasing",
      })
  void tiesLeaveTheDistributionOfWhatTheyAllow(String ties) throws IOException {
    AnyNetSpace space =
        space(small(ties).replace("constraints:", "law: log-uniform\nconstraints:"));
    assertEquals(space(small(ties)).size(), space.size());
    assertEquals(
        space(small(ties)).census().orElseThrow().networks(),
        space.census().orElseThrow().networks());
    RandomStream random = SeedPath.root(15).generator();
    int[] choice = new int[space.choiceLength()];
    Map<List<Integer>, Integer> drawn = new HashMap<>();
    int n = 100_000;
    for (int i = 0; i < n; i++) {
      space.choose(random, choice);
      drawn.merge(Arrays.stream(space.places(choice)).boxed().toList(), 1, Integer::sum);
    }
    assertDrawnBy(shares(space, ties), drawn, n);
  }

  @Test
  void networksCanBeEquallyLikelyWhateverTheDistribution() throws IOException {
    String ties = "ratio: shared\ngroup-width: shared\nwidth: non-decreasing";
    AnyNetSpace space =
        space(small(ties).replace("constraints:", "law: log-uniform\nconstraints:"));
    Map<StagedSpec, Double> shares = new HashMap<>();
    Map<StagedSpec, Long> all = enumerated(space, ties);
    all.keySet().forEach(spec -> shares.put(spec, 1.0 / all.size()));
    RandomStream random = SeedPath.root(16).generator();
    int[] choice = new int[space.choiceLength()];
    Map<StagedSpec, Integer> drawn = new HashMap<>();
    int n = 60_000;
    for (int i = 0; i < n; i++) {
      space.overNetworks().choose(random, choice);
      drawn.merge(space.decode(choice), 1, Integer::sum);
    }
    assertDrawnBy(shares, drawn, n);
  }

  @Test
  void theDistributionIsSaidInWords() throws IOException {
    assertEquals(
        "depth log-uniform from 1 to 16 by 1, width log-uniform from 8 to 1024 by 8, ratio"
            + " log-uniform over 1, 2, 4, group-width log-uniform over 1, 2, 4, 8, 16, 32, all"
            + " independent, once for all stages where shared, given that what may not fall does"
            + " not",
        Spaces.find("anynetx-e").distribution());
    assertTrue(Spaces.find("anynetx-a").distribution().endsWith("all independent"));
    String uniform = small("ratio: shared").replace("depth:", "law: uniform\ndepth:");
    assertEquals("uniform over encodings", space(uniform).distribution());
    assertEquals("uniform over encodings", space(small("ratio: shared")).distribution());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      value = {
        "anynetx-a; bottleneck simple:32"
            + " | 1x8 s2 b4 g1 | 10x24 s2 b6 g1 | 2x64 s2 b64 g4 | 3x808 s2 b808 g404",
        "anynetx-e; bottleneck simple:32"
            + " | 1x24 s2 b12 g3 | 2x24 s2 b12 g3 | 2x88 s2 b44 g11 | 6x680 s2 b340 g85",
        "anynetx-e-cifar; bottleneck cifar:16"
            + " | 2x16 s1 b16 g1 | 2x32 s2 b32 g2 | 2x32 s2 b32 g2 | 4x64 s2 b64 g4",
      })
  void theFirstDrawStaysWhatItIs(String name, String first) throws IOException {
    DesignSpace space = Spaces.find(name);
    int[] choice = new int[space.choiceLength()];
    space.choose(SeedPath.root(42).child("draw").child(name).child(0).generator(), choice);
    assertEquals(first, space.decode(choice).text());
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"anynetx-a", "anynetx-e", "anynetx-b-cifar", "anynetx-d-cifar"})
  void tablesPriceADrawAsItsPlanDoes(String name) throws IOException {
    DesignSpace space = Spaces.find(name);
    RandomStream random = SeedPath.root(7).child(name).generator();
    int[] choice = new int[space.choiceLength()];
    for (int i = 0; i < 300; i++) {
      space.choose(random, choice);
      ArchitectureSpec spec = space.decode(choice);
      assertEquals(spec.complexity(space.head().task()), space.complexity(choice), spec.text());
      assertTrue(space.census().orElseThrow().contains(spec), spec.text());
      if (i % 30 == 0) {
        assertEquals(spec.plan(space.head().task()).complexity(), space.complexity(choice));
      }
    }
  }

  @Test
  void eachSpaceHoldsTheNext() throws IOException {
    for (int i = 0; i + 1 < ALL.size(); i++) {
      DesignSpace outer = Spaces.find(ALL.get(i));
      DesignSpace inner = Spaces.find(ALL.get(i + 1));
      RandomStream random = SeedPath.root(9).generator();
      int[] choice = new int[inner.choiceLength()];
      boolean differs = false;
      for (int n = 0; n < 100; n++) {
        inner.choose(random, choice);
        assertTrue(outer.census().orElseThrow().contains(inner.decode(choice)));
        outer.choose(random, choice);
        differs |= !inner.census().orElseThrow().contains(outer.decode(choice));
      }
      assertTrue(differs, ALL.get(i) + " is larger than the next");
    }
    assertFalse(
        Spaces.find("anynetx-a")
            .census()
            .orElseThrow()
            .contains(ArchitectureSpec.parse("bottleneck simple:32 | 1x8 s2 b8 g1")));
  }

  @Test
  void networksTooLargeToCountAreRefused() {
    String text =
        small("ratio: shared")
            .replace("width: {range: [8, 40], quantum: 8}", "width: [65536]")
            .replace("depth: [1, 3]", "depth: [65536]")
            .replace("cifar10", "imagenet");
    String said = assertThrows(MalformedFileException.class, () -> space(text)).getMessage();
    assertTrue(said.startsWith("space.yaml:1: the file is no space: the costs of "), said);
    assertTrue(said.endsWith("are too large to count, above 2^63 - 1"), said);
  }

  @Test
  void sharedValuesMayBeListedInAnyOrder() throws IOException {
    String text = small("ratio: shared");
    AnyNetSpace rising = space(text);
    AnyNetSpace falling = space(text.replace("ratio: [1, 4]", "ratio: [4, 1]"));
    assertEquals(rising.size(), falling.size());
    assertEquals(
        rising.census().orElseThrow().networks(), falling.census().orElseThrow().networks());
    RandomStream random = SeedPath.root(12).generator();
    int[] choice = new int[rising.choiceLength()];
    for (int i = 0; i < 100; i++) {
      falling.choose(random, choice);
      ArchitectureSpec spec = falling.decode(choice);
      assertTrue(
          rising.census().orElseThrow().contains(spec)
              && falling.census().orElseThrow().contains(spec),
          spec.text());
    }
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "depth: [1, 3] | depth: [3, 1] | space.yaml:8: depth is wrong: depth is non-decreasing from"
            + " stage to stage and must be listed in rising order",
        "quantum: 8 | quantum: 7 | space.yaml:9: width is no grid: uniform distribution from 8 to 40 by 7:"
            + " both ends must be multiples of the quantum",
        "range: [8, 40], quantum: 8 | range: [8, 9], quantum: 0.5 | space.yaml:9: width is no grid:"
            + " its numbers are not whole",
        "range: [8, 40] | range: 8 | space.yaml:9: width.range 8 is not a list of two numbers",
        "ratio: [1, 4] | ratio: [1, 0.4] | space.yaml:10: ratio is wrong: stage width=8 multiplier=2.5"
            + " group width=1: the widths must be at least 1 and the multiplier below 1 or whole",
        "depth: non-decreasing | depth: falling | space.yaml:13: constraints.depth 'falling' is"
            + " wrong: relation is neither non-decreasing nor shared",
        "width: {range: [8, 40], quantum: 8} | width: {range: [1, 1000], quantum: 1} | space.yaml:1:"
            + " the file is no space: a stage of 8000 widths, ratios and group widths together; 4096 are"
            + " allowed",
        "width: 16} | width: [16, 32]} | space.yaml:6: stem.width is not one number",
        "strides: [1, 2] | strides: [1, 65] | space.yaml:7: strides[1] 65 is wrong: stride 65 is not"
            + " between 1 and 64",
        "strides: [1, 2] | strides: [] | space.yaml:7: strides is wrong: 0 strides; a space has 1 to 16"
            + " stages",
      })
  void badFilesAreToldInOneSentence(String good, String bad, String message) {
    String text = small("depth: non-decreasing").replace(good, bad);
    assertEquals(
        message, assertThrows(MalformedFileException.class, () -> space(text)).getMessage());
  }

  @Test
  void badLawsAreToldInOneSentence() {
    String good = small("depth: non-decreasing");
    for (Map.Entry<String, String> bad :
        Map.of(
                good.replace("ratio:", "law: normal\nratio:"),
                "space.yaml:10: law 'normal' is wrong: an AnyNet's distribution is neither uniform nor"
                    + " log-uniform",
                good.replace("ratio: [1, 4]", "ratio: [4, 1]\nlaw: log-uniform"),
                "space.yaml:10: ratio is no grid: log-uniform distribution over [4, 1]: the values must be"
                    + " listed in rising order")
            .entrySet()) {
      assertEquals(
          bad.getValue(),
          assertThrows(MalformedFileException.class, () -> space(bad.getKey())).getMessage());
    }
  }
}
