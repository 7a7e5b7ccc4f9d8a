package dsa.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.arch.StageSpec;
import dsa.core.arch.StagedSpec;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.complexity.FlopsConvention;
import dsa.core.random.SeedPath;
import dsa.core.run.DrawnModel;
import dsa.sampler.ComplexityCap.Combination;
import dsa.sampler.spaces.Spaces;
import dsa.sampler.stages.AnyNetSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A population that is not uniform, or that changes with the number of threads, still trains and
 * still plots: only these tests would notice.
 */
final class PopulationSamplerTest {

  private static final PopulationSampler SAMPLER = PopulationSampler.withDefaults();
  private static final SeedPath SEED = SeedPath.root(1);

  private static ComplexityCap params(long low, long high) {
    return new ComplexityCap(
        Combination.ALL,
        List.of(new ComplexityLimit(ComplexityMeasure.PARAMS, FlopsConvention.NDS, low, high)));
  }

  private static List<StageSpec> stages(DrawnModel model) {
    return ((StagedSpec) model.spec()).stages();
  }

  /** Pearson's statistic of observed counts against equal expectations. */
  private static double chiSquare(Map<?, Integer> counts, int cells, int n) {
    double expected = (double) n / cells;
    double sum = (cells - counts.size()) * expected; // cells never hit
    for (int count : counts.values()) {
      sum += (count - expected) * (count - expected) / expected;
    }
    return sum;
  }

  private static <T> Map<T, Integer> tally(List<DrawnModel> models, Function<DrawnModel, T> key) {
    Map<T, Integer> counts = new HashMap<>();
    models.forEach(model -> counts.merge(key.apply(model), 1, Integer::sum));
    return counts;
  }

  /** Upper 0.001 points of chi-square: qchisq(0.999, df) in R. */
  private static final Map<Integer, Double> CRITICAL =
      Map.of(2, 13.816, 4, 18.467, 8, 26.124, 11, 31.264, 24, 51.179, 14, 36.123);

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"vanilla", "resnet", "resnext-a", "resnext-b"})
  void everyDimensionIsUniform(String name) throws IOException {
    DesignSpace space = Spaces.find(name);
    int n = 20_000;
    List<DrawnModel> models =
        SAMPLER.draw(space, ComplexityCap.NONE, n, Repeats.KEPT, SEED).models();
    List<Dimension> dimensions = space.dimensions();
    for (int d = 0; d < dimensions.size(); d++) {
      Dimension dimension = dimensions.get(d);
      int stage = d / (dimensions.size() / 3);
      Map<Object, Integer> counts =
          tally(
              models,
              m -> {
                StageSpec s = stages(m).get(stage);
                return switch (dimension.name().replaceAll("\\d", "")) {
                  case "depth" -> s.depth();
                  case "width" -> s.width();
                  case "ratio" -> s.multiplier();
                  default -> s.groups();
                };
              });
      double statistic = chiSquare(counts, dimension.size(), n);
      assertTrue(
          statistic < CRITICAL.get(dimension.size() - 1), dimension.name() + ": " + statistic);
    }
  }

  @Test
  void dimensionsOfDifferentStagesAreIndependent() throws IOException {
    int n = 20_000;
    List<DrawnModel> models =
        SAMPLER.draw(Spaces.find("resnext-a"), ComplexityCap.NONE, n, Repeats.KEPT, SEED).models();
    for (int a = 0; a < 3; a++) {
      for (int b = 0; b < 3; b++) {
        int first = a;
        int second = b;
        Map<List<Integer>, Integer> joint =
            tally(
                models, m -> List.of(stages(m).get(first).depth(), stages(m).get(second).width()));
        double statistic = chiSquare(joint, 25, n);
        assertTrue(statistic < CRITICAL.get(24), a + "," + b + ": " + statistic);
      }
    }
  }

  @Test
  void networksOfAConstrainedSpaceAreEquallyLikely() throws IOException {
    // depth non-decreasing over {1,2,3,4,5} x {1,2,3,4,5}: 15 networks
    String yaml =
        """
        format: dsa.space/1
        name: tiny
        task: cifar10
        block: vanilla
        stem: {type: cifar, width: 16}
        stages:
          - {stride: 1, depth: [1, 2, 3, 4, 5], width: 16}
          - {stride: 2, depth: [1, 2, 3, 4, 5], width: 16}
        constraints: {depth: non-decreasing}
        """;
    Path file = Files.createTempFile("tiny", ".yaml");
    Files.writeString(file, yaml);
    DesignSpace space = Spaces.read(file);
    Files.delete(file);
    assertEquals(15, space.size().intValueExact());
    int n = 20_000;
    List<DrawnModel> models =
        SAMPLER.draw(space, ComplexityCap.NONE, n, Repeats.KEPT, SEED).models();
    double statistic = chiSquare(tally(models, DrawnModel::spec), 15, n);
    assertTrue(statistic < CRITICAL.get(14), "" + statistic);
    Drawn all = SAMPLER.draw(space, ComplexityCap.NONE, 15, Repeats.DROPPED, SEED);
    assertEquals(15, new HashSet<>(all.models().stream().map(DrawnModel::spec).toList()).size());
    assertEquals(all.draws() - 15, all.repeats());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      value = {
        "vanilla; vanilla cifar:16 | 6x16 s1 | 24x32 s2 | 2x16 s2;"
            + " vanilla cifar:16 | 8x192 s1 | 16x192 s2 | 16x40 s2",
        "resnet; residual cifar:16 | 6x192 s1 | 24x24 s2 | 6x16 s2;"
            + " residual cifar:16 | 16x256 s1 | 16x256 s2 | 8x256 s2",
        "resnext-a; bottleneck cifar:16 | 4x32 s1 b32 g4 | 4x128 s2 b64 g2 | 16x16 s2 b4 g1;"
            + " bottleneck cifar:16 | 16x64 s1 b16 g4 | 16x128 s2 b128 g1 | 4x128 s2 b32 g1",
        "resnext-b; bottleneck cifar:16 | 16x256 s1 b128 g4 | 8x1024 s2 b256 g2 | 1x64 s2 b32 g8;"
            + " bottleneck cifar:16 | 8x256 s1 b64 g8 | 4x64 s2 b32 g4 | 4x256 s2 b128 g1",
      })
  void theFirstDrawsStayWhatTheyAre(String name, String first, String second) throws IOException {
    List<DrawnModel> models =
        SAMPLER
            .draw(Spaces.find(name), ComplexityCap.NONE, 2, Repeats.KEPT, SeedPath.root(42))
            .models();
    assertEquals(
        first + "\n" + second, models.get(0).spec().text() + "\n" + models.get(1).spec().text());
  }

  /** Populations that share grid points are no independent samples, and p-values assume that. */
  @Test
  void spacesWithTheSameGridAreDrawnIndependently() throws IOException {
    List<List<Integer>> drawn = new ArrayList<>();
    for (String name : List.of("vanilla", "resnet")) {
      drawn.add(
          SAMPLER
              .draw(Spaces.find(name), ComplexityCap.NONE, 100, Repeats.KEPT, SEED)
              .models()
              .stream()
              .map(m -> stages(m).stream().mapToInt(s -> 1000 * s.depth() + s.width()).sum())
              .toList());
    }
    int same = 0;
    for (int i = 0; i < 100; i++) {
      same += drawn.get(0).get(i).equals(drawn.get(1).get(i)) ? 1 : 0;
    }
    assertTrue(same < 5, same + " of 100 the same");
  }

  private static Drawn onThreads(
      int threads, PopulationSampler sampler, DesignSpace space, ComplexityCap cap, int n)
      throws InterruptedException, ExecutionException {
    ForkJoinPool pool = new ForkJoinPool(threads);
    try {
      return pool.submit(() -> sampler.draw(space, cap, n, Repeats.KEPT, SEED)).get();
    } finally {
      pool.shutdown();
    }
  }

  static List<String> builtIn() {
    return Spaces.builtIn();
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0}")
  @MethodSource("builtIn")
  void threadsDoNotMatter(String name)
      throws IOException, InterruptedException, ExecutionException {
    DesignSpace space = Spaces.find(name);
    List<PopulationSampler> samplers =
        space.distribution().equals("uniform over encodings") || space instanceof AnyNetSpace
            ? List.of(SAMPLER, SAMPLER.uniformOverNetworks())
            : List.of(SAMPLER);
    for (PopulationSampler sampler : samplers) {
      assertEquals(
          onThreads(1, sampler, space, ComplexityCap.NONE, 500),
          onThreads(7, sampler, space, ComplexityCap.NONE, 500));
    }
  }

  @Test
  void threadsDoNotMatterWhereManyDrawsAreRejected()
      throws IOException, InterruptedException, ExecutionException {
    DesignSpace space = Spaces.find("resnet");
    Drawn one = onThreads(1, SAMPLER, space, ComplexityCap.NDS, 20_000);
    assertTrue(one.draws() > 60_000);
    assertEquals(one, onThreads(8, SAMPLER, space, ComplexityCap.NDS, 20_000));
  }

  @Test
  void aLargerPopulationBeginsWithTheSmallerOne() throws IOException {
    DesignSpace space = Spaces.find("resnext-b");
    List<DrawnModel> small =
        SAMPLER.draw(space, ComplexityCap.NDS, 10, Repeats.DROPPED, SEED).models();
    List<DrawnModel> large =
        SAMPLER.draw(space, ComplexityCap.NDS, 5000, Repeats.DROPPED, SEED).models();
    assertEquals(small, large.subList(0, 10));
    assertNotEquals(
        small,
        SAMPLER.draw(space, ComplexityCap.NDS, 10, Repeats.DROPPED, SeedPath.root(2)).models());
  }

  @Test
  void everyDrawIsAccountedFor() throws IOException {
    DesignSpace space = Spaces.find("resnet");
    int n = 20_000;
    Drawn drawn = SAMPLER.draw(space, ComplexityCap.NDS, n, Repeats.DROPPED, SEED);
    assertEquals(drawn.draws(), n + drawn.rejected() + drawn.repeats());
    // "any of" rejects only what breaks every limit
    drawn.broken().forEach(broken -> assertEquals(drawn.rejected(), broken.draws()));
    assertTrue(drawn.models().stream().allMatch(m -> ComplexityCap.NDS.admits(m.complexity())));
    assertTrue(
        drawn.models().stream().allMatch(m -> space.census().orElseThrow().contains(m.spec())));
    double accepted = (double) (n + drawn.repeats()) / drawn.draws();
    assertEquals(246_471 / 1_259_712.0, accepted, 0.004); // three standard errors
    // N ln(N / (N - n)) - n repeats are expected, N = 246,471
    assertEquals(858, (double) drawn.repeats(), 100);
    Drawn all =
        SAMPLER.draw(
            space,
            new ComplexityCap(Combination.ALL, ComplexityCap.NDS.limits()),
            1000,
            Repeats.KEPT,
            SEED);
    assertEquals(0, all.repeats());
    assertTrue(all.broken().stream().anyMatch(broken -> broken.draws() < all.rejected()));
    assertTrue(all.broken().stream().mapToLong(Drawn.Broken::draws).sum() >= all.rejected());
  }

  private static String refusal(DesignSpace space, ComplexityCap cap, int n, boolean distinct) {
    return assertThrows(
            IllegalArgumentException.class,
            () -> SAMPLER.draw(space, cap, n, distinct ? Repeats.DROPPED : Repeats.KEPT, SEED))
        .getMessage();
  }

  @Test
  void limitsOutOfReachAreNamedAtOnce() throws IOException {
    DesignSpace space = Spaces.find("resnet");
    String message = refusal(space, params(0, 15_000), 10, false);
    assertEquals("no network of resnet has params <= 15000 (they have 15226 to 84595162)", message);
    ComplexityLimit tooLow =
        new ComplexityLimit(ComplexityMeasure.FLOPS, FlopsConvention.NDS, 0, 1000);
    ComplexityLimit fine =
        new ComplexityLimit(ComplexityMeasure.PARAMS, FlopsConvention.NDS, 0, 1_000_000);
    assertTrue(
        refusal(space, new ComplexityCap(Combination.ALL, List.of(tooLow, fine)), 1, true)
            .contains("flops[nds] <= 1000"));
    assertEquals(
        1,
        SAMPLER
            .draw(
                space,
                new ComplexityCap(Combination.ANY, List.of(tooLow, fine)),
                1,
                Repeats.DROPPED,
                SEED)
            .models()
            .size());
  }

  @Test
  void limitsThatFallBetweenTwoNetworksAreFoundOutByCounting() throws IOException {
    DesignSpace space = Spaces.find("resnet");
    assertEquals(
        "no network of resnet with params in 15227..15228; loosen the limits",
        refusal(space, params(15_227, 15_228), 10, false));
  }

  @Test
  void moreDistinctNetworksThanThereAreIsSaid() throws IOException {
    DesignSpace space = Spaces.find("resnet");
    assertTrue(
        refusal(space, ComplexityCap.NONE, 1_259_713, true)
            .contains("resnet has only 1259712; ask for fewer or allow repeats"));
    long few = space.census().orElseThrow().encodings(params(0, 30_000)).orElseThrow();
    assertTrue(
        refusal(space, params(0, 30_000), (int) few + 1, true)
            .contains("has only " + few + " with"));
    assertEquals(
        few,
        SAMPLER.draw(space, params(0, 30_000), (int) few, Repeats.DROPPED, SEED).models().size());
  }

  /** 25 encodings come to 23 networks; the 24th would be looked for in vain. */
  @Test
  void distinctNetworksAreNotCountedAsEncodings() throws IOException {
    DesignSpace space = Spaces.find("mb-macro");
    ComplexityCap small = params(0, 500_000);
    assertEquals(25, space.census().orElseThrow().encodings(small).orElseThrow());
    assertTrue(refusal(space, small, 24, true).contains("mb-macro has only 23 with params"));
    assertEquals(23, SAMPLER.draw(space, small, 23, Repeats.DROPPED, SEED).models().size());
  }

  @Test
  void aSpaceTooLargeToCountEndsInAnHonestMessage() throws IOException {
    DesignSpace space = Spaces.find("resnext-b");
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    SAMPLER
                        .maxDraws(100_000)
                        .draw(space, params(17_098, 17_098), 5, Repeats.KEPT, SEED))
            .getMessage();
    assertTrue(
        message.startsWith(
            "after 100000 draws from resnext-b only 0 of 5 networks were found with params in"
                + " 17098..17098"),
        message);
  }

  @Test
  void theShareOfADrawIsTheShareOfTheSpace() throws IOException {
    DesignSpace space = Spaces.find("resnext-a");
    long admitted = PopulationSampler.admitted(space, ComplexityCap.NDS, SEED, 200_000);
    assertEquals(7_840_396 / 11_390_625.0, admitted / 200_000.0, 0.004);
  }

  @Test
  void aSpaceMayHaveItsOwnWindow() throws IOException {
    DesignSpace space =
        Spaces.find(
            Path.of(System.getProperty("dsa.root", ".."), "data/spaces/resnet-monotone.yaml")
                .toString());
    Drawn drawn = SAMPLER.draw(space, ComplexityCap.NONE, 500, Repeats.DROPPED, SEED);
    assertTrue(drawn.rejected() > 0);
    assertEquals(drawn.rejected(), drawn.broken().get(0).draws());
    for (DrawnModel model : drawn.models()) {
      List<StageSpec> s = stages(model);
      assertTrue(space.census().orElseThrow().contains(model.spec()));
      assertTrue(s.get(0).width() <= s.get(1).width() && s.get(1).width() <= s.get(2).width());
      assertTrue(s.get(0).depth() <= s.get(1).depth() && s.get(1).depth() <= s.get(2).depth());
      long params = model.complexity().params();
      assertTrue(params >= 100_000 && params <= 856_000);
      assertEquals(model.spec().complexity(space.head().task()), model.complexity());
    }
  }
}
