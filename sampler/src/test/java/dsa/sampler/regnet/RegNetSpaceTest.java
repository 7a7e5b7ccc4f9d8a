package dsa.sampler.regnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.RegNet;
import dsa.core.arch.StagedSpec;
import dsa.core.arch.Stem;
import dsa.core.complexity.Complexity;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.complexity.ComplexityRange;
import dsa.core.complexity.FlopsConvention;
import dsa.core.io.MalformedFileException;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.core.run.DrawnModel;
import dsa.sampler.ComplexityCap;
import dsa.sampler.ComplexityLimit;
import dsa.sampler.DesignSpace;
import dsa.sampler.Dimension;
import dsa.sampler.Drawn;
import dsa.sampler.PopulationSampler;
import dsa.sampler.Repeats;
import dsa.sampler.distribution.DiscreteDistribution;
import dsa.sampler.distribution.DistributionType;
import dsa.sampler.spaces.Spaces;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The space draws and prices RegNets without ever building one: a threshold off by one block, or a
 * table row of another width, would give a population of other networks than it says.
 */
final class RegNetSpaceTest {

  private static final String SMALL =
      """
      format: dsa.space/1
      kind: regnet
      name: small
      task: cifar10
      block: se-bottleneck
      stem: {type: cifar, width: 16}
      strides: [1, 2, 2]
      fewest-stages: 2
      depth: {law: uniform, range: [3, 9], quantum: 1}
      w0: {law: uniform, range: [8, 32], quantum: 8}
      wa: {law: uniform, range: [2, 24], quantum: 0.5}
      wm: {law: uniform, range: [1.25, 3], quantum: 0.25}
      bottleneck: {law: power2-uniform, range: [0.25, 1], quantum: 0.25}
      group-width: {law: power2-uniform, range: [4, 16], quantum: 1}
      """;

  private static RegNetSpace space(String text) throws IOException {
    return (RegNetSpace)
        Spaces.read("space.yaml", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static RegNetSpace named(String name) throws IOException {
    return name.equals("small") ? space(SMALL) : (RegNetSpace) Spaces.find(name);
  }

  @Test
  void whereStagesMayBeOneNetworksCannotBeEquallyLikely() throws IOException {
    RegNetSpace space = space(SMALL.replace("[1, 2, 2]", "[1, 1, 2]"));
    int[] choice = new int[space.choiceLength()];
    space.choose(SeedPath.root(5).generator(), choice);
    assertTrue(space.census().orElseThrow().encodings(choice).isEmpty());
    String said =
        assertThrows(IllegalArgumentException.class, () -> space.overNetworks()).getMessage();
    assertTrue(said.startsWith("small has stages of stride 1 that may be one with"), said);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"small", "regnetx", "regnety", "regnetx-imagenet", "regnety-imagenet"})
  void drawsAreTheRegNetsOfTheirNumbersAndCostWhatThoseCost(String name) throws IOException {
    RegNetSpace space = named(name);
    RandomStream random = SeedPath.root(5).child(name).generator();
    int[] choice = new int[space.choiceLength()];
    for (int i = 0; i < 400; i++) {
      space.choose(random, choice);
      RegNet regNet = space.regNet(choice);
      assertTrue(regNet.isRegular(), regNet.toString());
      StagedSpec spec = space.decode(choice);
      assertEquals(
          regNet.network(
              spec.stem(),
              spec.stemWidth(),
              name.equals("small")
                  ? List.of(1, 2, 2)
                  : List.of(name.endsWith("imagenet") ? 2 : 1, 2, 2, 2)),
          spec);
      assertTrue(spec.stages().size() == 4 || name.equals("small"));
      Complexity cost = space.complexity(choice);
      assertEquals(spec.complexity(space.head().task()), cost, spec.text());
      if (i % 20 == 0) {
        assertEquals(spec.plan(space.head().task()).complexity(), cost, spec.text());
        assertTrue(space.census().orElseThrow().contains(spec), spec.text());
      }
    }
  }

  /** Every combination, built the slow way: the definition, without thresholds or tables. */
  private static Map<StagedSpec, Integer> enumerated(RegNetSpace space) {
    Map<StagedSpec, Integer> encodings = new HashMap<>();
    List<Dimension> axes = space.dimensions();
    int[] place = new int[6];
    while (true) {
      double[] v = new double[6];
      for (int i = 0; i < 6; i++) {
        v[i] = axes.get(i).values().get(place[i]);
      }
      RegNet regNet = new RegNet((int) v[0], (int) v[1], v[2], v[3], v[4], (int) v[5], true);
      if (regNet.isRegular() && regNet.stageCount() >= 2 && regNet.stageCount() <= 3) {
        StagedSpec spec = regNet.network(Stem.CIFAR, 16, List.of(1, 2, 2));
        encodings.merge(spec, 1, Integer::sum);
      }
      int i = 0;
      while (i < 6 && ++place[i] == axes.get(i).size()) {
        place[i++] = 0;
      }
      if (i == 6) {
        return encodings;
      }
    }
  }

  @Test
  void sizeEncodingsAndExtremesAreThoseOfAllCombinations() throws IOException {
    RegNetSpace space = space(SMALL);
    Map<StagedSpec, Integer> all = enumerated(space);
    assertEquals(BigInteger.valueOf(all.values().stream().mapToLong(n -> n).sum()), space.size());
    ComplexityRange costs = null;
    for (StagedSpec spec : all.keySet()) {
      Complexity cost = spec.complexity(space.head().task());
      costs = costs == null ? ComplexityRange.of(cost) : costs.with(cost);
    }
    assertEquals(costs, space.census().orElseThrow().costs());
    RandomStream random = SeedPath.root(8).generator();
    int[] choice = new int[space.choiceLength()];
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < 300; i++) {
      space.choose(random, choice);
      StagedSpec spec = space.decode(choice);
      assertEquals(
          all.get(spec).longValue(),
          space.census().orElseThrow().encodings(choice).orElseThrow(),
          spec.text());
      seen.add(space.census().orElseThrow().encodings(choice).orElseThrow());
    }
    assertTrue(seen.size() > 5, "encodings of many multiplicities were met: " + seen);
  }

  @Tag("slow")
  @Test
  void uniformOverNetworksIsUniform() throws IOException {
    RegNetSpace space =
        space(
            SMALL
                .replace("range: [3, 9]", "range: [3, 5]")
                .replace("range: [8, 32]", "range: [8, 16]")
                .replace("{law: power2-uniform, range: [0.25, 1], quantum: 0.25}", "1")
                .replace("{law: power2-uniform, range: [4, 16], quantum: 1}", "8"));
    Map<StagedSpec, Integer> all = enumerated(space);
    int n = 200 * all.size();
    List<DrawnModel> models =
        PopulationSampler.withDefaults()
            .uniformOverNetworks()
            .draw(space, ComplexityCap.NONE, n, Repeats.KEPT, SeedPath.root(2))
            .models();
    Map<ArchitectureSpec, Integer> counts = new HashMap<>();
    models.forEach(model -> counts.merge(model.spec(), 1, Integer::sum));
    double statistic = 0;
    for (StagedSpec spec : all.keySet()) {
      double off = counts.getOrDefault(spec, 0) - 200.0;
      statistic += off * off / 200;
    }
    assertTrue(all.size() > 30, all.size() + " networks");
    assertTrue(statistic < critical(all.size() - 1), statistic + " for " + all.size());
  }

  /** The upper 0.001 point of chi-square, by Wilson and Hilferty's cube. */
  private static double critical(int df) {
    double v = 2.0 / (9 * df);
    return df * Math.pow(1 - v + 3.0902 * Math.sqrt(v), 3);
  }

  @Test
  void lawsThatAreNotUniformCannotBeMadeUniformOverNetworks() throws IOException {
    RegNetSpace space = named("regnetx");
    String said =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    PopulationSampler.withDefaults()
                        .uniformOverNetworks()
                        .draw(space, ComplexityCap.NONE, 5, Repeats.KEPT, SeedPath.root(2)))
            .getMessage();
    assertTrue(said.startsWith("regnetx draws by distributions that are not uniform"), said);
  }

  /**
   * The same conditional distribution, made from the distributions and the definition of a RegNet
   * alone.
   */
  @Tag("slow")
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"regnetx", "regnetx-imagenet"})
  void eachDimensionFollowsItsDistributionGivenThatTheDrawIsValid(String name) throws IOException {
    RegNetSpace space = named(name);
    List<DiscreteDistribution> distributions = distributions(name);
    RandomStream random = SeedPath.root(21).child(name).generator();
    int n = 100_000;
    int bins = 10;
    int[][] two = new int[6 * bins][2];
    int[] choice = new int[space.choiceLength()];
    for (int i = 0; i < n; i++) {
      space.choose(random, choice);
      tally(space.places(choice), space, bins, two, 0);
      int[] places = new int[6];
      RegNet regNet;
      do {
        BigDecimal[] v = new BigDecimal[6];
        for (int d = 0; d < 6; d++) {
          places[d] = distributions.get(d).draw(random);
          v[d] = distributions.get(d).values().get(places[d]);
        }
        regNet =
            new RegNet(
                v[0].intValue(),
                v[1].intValue(),
                v[2].doubleValue(),
                v[3].doubleValue(),
                v[4].doubleValue(),
                v[5].intValue(),
                false);
      } while (regNet.stageCount() != 4 || !regNet.isRegular());
      tally(places, space, bins, two, 1);
    }
    assertAlike(two, bins);
  }

  /** That two samples, the columns, do not differ at 0.001 in the bins of any dimension. */
  private static void assertAlike(int[][] two, int bins) {
    for (int d = 0; d < 6; d++) {
      double statistic = 0;
      int cells = 0;
      for (int b = 0; b < bins; b++) {
        int[] pair = two[d * bins + b];
        if (pair[0] + pair[1] > 0) {
          double off = pair[0] - pair[1];
          statistic += off * off / (pair[0] + pair[1]);
          cells++;
        }
      }
      assertTrue(cells == 1 || statistic < critical(cells - 1), d + ": " + statistic);
    }
  }

  private static void tally(int[] places, RegNetSpace space, int bins, int[][] two, int column) {
    for (int d = 0; d < 6; d++) {
      int size = space.dimensions().get(d).size();
      two[d * bins + places[d] * bins / size][column]++;
    }
  }

  private static List<DiscreteDistribution> distributions(String name) {
    boolean large = name.equals("regnetx-imagenet");
    return List.of(
        distribution("uniform", large ? "12" : "6", large ? "28" : "16", "1"),
        distribution("log-uniform", "8", large ? "256" : "32", "8"),
        distribution("log-uniform", large ? "8" : "4", large ? "256" : "32", "0.1"),
        distribution("log-uniform", "2", "3", "0.001"),
        distribution("uniform", "1", "1", "1"),
        distribution("power2-or-log-uniform", large ? "8" : "4", large ? "128" : "32", "8"));
  }

  private static DiscreteDistribution distribution(
      String type, String low, String high, String quantum) {
    return DiscreteDistribution.of(DistributionType.parse(type), low, high, quantum);
  }

  private static ComplexityCap flops(long low, long high) {
    return new ComplexityCap(
        ComplexityCap.Combination.ALL,
        List.of(new ComplexityLimit(ComplexityMeasure.FLOPS, FlopsConvention.MACS, low, high)));
  }

  /** In proportion to the encodings that are listed one by one, and no others. */
  @Test
  void drawnDirectlyAllNetworksWithinTheLimitsAreAsLikelyAsTheyAre() throws IOException {
    RegNetSpace space = space(SMALL);
    ComplexityCap cap = flops(8_000_000, 9_000_000);
    Map<StagedSpec, Integer> within = enumerated(space);
    int all = within.size();
    within.keySet().removeIf(spec -> !cap.admits(spec.complexity(space.head().task())));
    assertTrue(within.size() > 50 && within.size() < all / 4, within.size() + " of " + all);
    double encodings = within.values().stream().mapToLong(n -> n).sum();
    int n = (int) (10 * encodings);
    Drawn drawn =
        PopulationSampler.withDefaults()
            .directly()
            .draw(space, cap, n, Repeats.KEPT, SeedPath.root(3));
    assertEquals(n, drawn.draws());
    Map<ArchitectureSpec, Integer> counts = new HashMap<>();
    drawn.models().forEach(model -> counts.merge(model.spec(), 1, Integer::sum));
    assertTrue(within.keySet().containsAll(counts.keySet()));
    double statistic = 0;
    for (Map.Entry<StagedSpec, Integer> network : within.entrySet()) {
      double expected = n * network.getValue() / encodings;
      double off = counts.getOrDefault(network.getKey(), 0) - expected;
      statistic += off * off / expected;
    }
    assertTrue(statistic < critical(within.size() - 1), statistic + " of " + within.size());
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"regnetx", "regnetx-imagenet"})
  void drawnDirectlyEachDimensionFollowsTheDistributionThatRejectionFollows(String name)
      throws IOException {
    RegNetSpace space = named(name);
    ComplexityCap cap =
        name.equals("regnetx") ? flops(19_000_000, 21_000_000) : flops(390_000_000, 410_000_000);
    SeedPath address = SeedPath.root(22).child(name);
    DesignSpace.Chooser direct = space.within(cap);
    int bins = 10;
    int[][] two = new int[6 * bins][2];
    int[] choice = new int[space.choiceLength()];
    RandomStream random = address.child("rejection").generator();
    for (int kept = 0; kept < 5_000; ) {
      space.choose(random, choice);
      if (cap.admits(space.complexity(choice))) {
        tally(space.places(choice), space, bins, two, 0);
        kept++;
      }
    }
    random = address.child("direct").generator();
    for (int i = 0; i < 5_000; i++) {
      direct.choose(random, choice);
      assertTrue(cap.admits(space.complexity(choice)));
      assertTrue(space.regNet(choice).isRegular());
      tally(space.places(choice), space, bins, two, 1);
    }
    assertAlike(two, bins);
  }

  @Test
  void limitsThatAdmitNothingOrTooMuchAreToldWhereNetworksAreDrawnDirectly() throws IOException {
    RegNetSpace small = space(SMALL);
    long least = small.census().orElseThrow().costs().least().macs();
    assertTrue(
        assertThrows(
                IllegalArgumentException.class, () -> small.within(flops(least + 1, least + 1)))
            .getMessage()
            .startsWith("no network of "));
    RegNetSpace large = named("regnetx-imagenet");
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> large.within(ComplexityCap.NONE))
            .getMessage()
            .contains("need no direct"));
  }

  @Tag("slow")
  @Test
  void aPopulationUnderAFlopsWindowIsTheSameOnAnyNumberOfThreads()
      throws IOException, ExecutionException, InterruptedException {
    RegNetSpace space = named("regnetx-imagenet");
    ComplexityCap window = flops(396_000_000, 404_000_000);
    List<List<DrawnModel>> drawn = new ArrayList<>();
    PopulationSampler byDistribution = PopulationSampler.withDefaults();
    for (PopulationSampler sampler : List.of(byDistribution, byDistribution.directly())) {
      for (int threads : new int[] {1, 3}) {
        ForkJoinPool pool = new ForkJoinPool(threads);
        drawn.add(
            pool.submit(
                    () ->
                        sampler.draw(space, window, 50, Repeats.DROPPED, SeedPath.root(4)).models())
                .get());
        pool.shutdown();
      }
    }
    assertEquals(drawn.get(0), drawn.get(1));
    assertEquals(drawn.get(2), drawn.get(3));
    assertNotEquals(drawn.get(0), drawn.get(2));
    for (DrawnModel model : drawn.get(0)) {
      assertTrue(window.admits(model.spec().complexity(space.head().task())));
    }
  }

  @Test
  void publishedRegNetsAreOfTheSpaceAndOthersAreNot() throws IOException {
    RegNetSpace space = named("regnetx-imagenet");
    // X-800MF, with hundredths that the grid's tenths must make up for
    assertTrue(
        space
            .census()
            .orElseThrow()
            .contains(new RegNet(16, 56, 35.73, 2.28, 1, 16, false).imagenet()));
    assertFalse(
        space
            .census()
            .orElseThrow()
            .contains(new RegNet(16, 56, 35.73, 2.28, 1, 16, true).imagenet()));
    assertFalse(
        space
            .census()
            .orElseThrow()
            .contains(new RegNet(16, 56, 35.73, 2.28, 1, 16, false).cifar()));
    assertFalse(
        space
            .census()
            .orElseThrow()
            .contains(
                ArchitectureSpec.parse(
                    "bottleneck simple:32 | 1x64 s2 b64 g4 | 3x128 s2 b128 g8 | 7x64 s2 b64 g4 |"
                        + " 5x672 s2 b672 g42")));
    assertFalse(
        space
            .census()
            .orElseThrow()
            .contains(
                ArchitectureSpec.parse(
                    "bottleneck simple:32 | 13x64 s2 b64 g4 | 1x128 s2 b128 g8 | 7x288 s2 b288 g18 |"
                        + " 5x672 s2 b672 g42")));
  }

  @Test
  void theDistributionIsSaidInWords() throws IOException {
    assertEquals(
        "depth uniform from 12 to 28 by 1, w0 log-uniform from 8 to 256 by 8, wa log-uniform from"
            + " 8 to 256 by 0.1, wm log-uniform from 2 to 3 by 0.001, bottleneck always 1,"
            + " group-width power2-or-log-uniform from 8 to 128 by 8, all independent, drawn again"
            + " until there are 4 stages and no quantum is skipped",
        named("regnetx-imagenet").distribution());
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "block: se-bottleneck | block: residual | space.yaml:5: block 'residual' has no bottleneck;"
            + " use bottleneck or se-bottleneck",
        "strides: [1, 2, 2] | strides: 2 | space.yaml:7: strides 2 is not a list of strides, one a"
            + " stage",
        "fewest-stages: 2 | fewest-stages: 4 | space.yaml:8: fewest-stages 4 is wrong: the fewest stages are 4,"
            + " the strides are for 3",
        "range: [8, 32] | range: [8] | space.yaml:10: w0.range is not a list of two numbers, the"
            + " smallest and the largest",
        "quantum: 8 | quantum: 3 | space.yaml:10: w0 is no distribution: uniform distribution from 8 to 32 by 3: both"
            + " ends must be multiples of the quantum",
        "w0: {law: uniform | w0: {law: even | space.yaml:10: w0.law 'even' is wrong: law is none of"
            + " uniform, log-uniform, power2-uniform, power2-or-log-uniform, normal, log-normal",
        "wa: {law: uniform, range: [2, 24], quantum: 0.5} | wa: 0 | space.yaml:11: wa 0 must be above"
            + " 0",
        "range: [8, 32], quantum: 8 | range: [8, 32], quantum: 4 | space.yaml:10: w0 is wrong: w0 has"
            + " values that are no multiples of 8",
        "range: [3, 9], quantum: 1 | range: [3, 9], quantum: 0.5 | space.yaml:9: depth is wrong:"
            + " depth is of whole numbers, unlike uniform from 3 to 9 by 0.5",
        "range: [2, 24] | range: [0, 24] | space.yaml:11: wa is wrong: wa must be above 0",
        "range: [2, 24] | range: [2, 30000] | space.yaml:11: wa is wrong: wa=30000.0 is negative or"
            + " leads beyond 65536 channels",
        "range: [1.25, 3] | range: [0.75, 3] | space.yaml:12: wm is wrong: wm=0.75 is not above 1 and"
            + " at most 65536",
        "range: [0.25, 1], quantum: 0.25 | range: [0.75, 1], quantum: 0.25 | space.yaml:13:"
            + " bottleneck is no distribution: power2-uniform distribution from 0.75 to 1 by 0.25: 0.75 is no power of"
            + " two",
        "range: [3, 9] | range: [3, 2000] | space.yaml:1: the file is no space: its encodings are too many to"
            + " be counted; use fewer w0 and wm or smaller depths",
        "range: [2, 24], quantum: 0.5 | range: [0.5, 0.5], quantum: 0.5 | space.yaml:1: the file is"
            + " no space: none of its numbers give a RegNet of 2 to 3 stages without a skipped quantum",
      })
  void badFilesAreToldInOneSentence(String good, String bad, String message) {
    String text = SMALL.replace(good, bad);
    String edited = bad.contains("0.5, 0.5") ? text.replace("[1.25, 3]", "[3, 3]") : text;
    assertEquals(
        message, assertThrows(MalformedFileException.class, () -> space(edited)).getMessage());
  }
}
