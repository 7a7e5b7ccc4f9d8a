package dsa.core.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.complexity.Complexity;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Half-up instead of half-even, a truncated group or a squeeze-excite sized after the wrong width
 * gives plausible RegNets that are not the published ones.
 */
final class RegNetTest {

  /** A row of the table of published RegNets. */
  private record Published(String name, RegNet regNet, List<String> row) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Stream<Published> published() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                RegNetTest.class.getResourceAsStream("/reference/regnets.csv"),
                StandardCharsets.UTF_8))) {
      List<Published> rows = new ArrayList<>();
      for (String line : lines.lines().skip(2).toList()) {
        String[] cell = line.split(",");
        rows.add(
            new Published(
                cell[0],
                new RegNet(
                    Integer.parseInt(cell[1]),
                    Integer.parseInt(cell[2]),
                    Double.parseDouble(cell[3]),
                    Double.parseDouble(cell[4]),
                    1,
                    Integer.parseInt(cell[5]),
                    cell[0].startsWith("Y")),
                List.of(cell)));
      }
      return rows.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String each(StagedSpec spec, ToIntFunction<StageSpec> value) {
    return spec.stages().stream()
        .map(stage -> Integer.toString(value.applyAsInt(stage)))
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("published")
  void publishedRegNetsComeOutToTheUnit(Published published) {
    List<String> row = published.row();
    StagedSpec spec = published.regNet().imagenet();
    assertTrue(published.regNet().isRegular());
    assertEquals(row.get(6), each(spec, StageSpec::width));
    assertEquals(row.get(7), each(spec, StageSpec::depth));
    assertEquals(row.get(8), each(spec, stage -> stage.bottleneckWidth() / stage.groups()));
    Complexity cost = spec.complexity(Task.IMAGENET);
    assertEquals(Long.parseLong(row.get(9)), cost.macs());
    assertEquals(Long.parseLong(row.get(10)), cost.params());
    assertEquals(Long.parseLong(row.get(11)), cost.activations());
    assertEquals(spec.plan(Task.IMAGENET).complexity(), cost);
    assertEquals(spec, ArchitectureSpec.parse(spec.text()));
  }

  @Test
  void allTwentyFourAreInTheTable() {
    assertEquals(24, published().count());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("published")
  void theFitOfAPublishedRegNetIsNear(Published published) {
    StagedSpec spec = published.regNet().imagenet();
    RegNetFit fit = RegNetFit.of(spec);
    // its own numbers are on the grid; their widths are off only by what the groups moved
    double own = error(published.regNet().blockWidths(), spec);
    assertTrue(fit.error() <= own + 1e-12, fit + " against its own " + own);
    assertEquals(error(fit.blockWidths(published.regNet().depth()), spec), fit.error(), 1e-12);
    assertTrue(fit.error() < 0.08, fit.toString());
  }

  private static double error(List<Integer> predicted, StagedSpec spec) {
    double sum = 0;
    int block = 0;
    for (StageSpec stage : spec.stages()) {
      for (int i = 0; i < stage.depth(); i++) {
        sum += Math.abs(Math.log((double) predicted.get(block++) / stage.width()));
      }
    }
    return sum / block;
  }

  @Test
  void theFitOfAQuantizedLineIsExact() {
    // group width 1 moves no width
    RegNet line = new RegNet(20, 32, 24.5, 2.2, 1, 1, false);
    RegNetFit fit = RegNetFit.of(line.imagenet());
    assertEquals(0, fit.error());
    assertEquals(line.blockWidths(), fit.blockWidths(20));
  }

  @Tag("slow")
  @Test
  void randomNetworksFitWorseThanRegNets() {
    RandomStream random = SeedPath.root(3).generator();
    double[] errors = new double[40];
    for (int i = 0; i < errors.length; i++) {
      List<StageSpec> stages = new ArrayList<>();
      for (int s = 0; s < 4; s++) {
        int depth = 1 + random.nextInt(16);
        stages.add(StageSpec.compatible(depth, 8 + 8 * random.nextInt(128), 2, 1, 8));
      }
      errors[i] =
          RegNetFit.of(new StagedSpec(BlockType.BOTTLENECK, Stem.SIMPLE, 32, stages)).error();
    }
    double worst =
        published()
            .mapToDouble(p -> RegNetFit.of(p.regNet().imagenet()).error())
            .max()
            .orElseThrow();
    Arrays.sort(errors);
    assertTrue(errors[errors.length / 2] > 2 * worst, errors[errors.length / 2] + ", " + worst);
  }

  @Test
  void aSkippedQuantumIsNotRegular() {
    // wants 8, 108, 208: quanta 0, 4, 5 for doubling
    assertFalse(new RegNet(3, 8, 100, 2, 1, 8, false).isRegular());
    assertTrue(new RegNet(3, 8, 8, 2, 1, 8, false).isRegular());
  }

  @Test
  void halvesAreRoundedToEven() {
    // 24 · 1.5 = 36 is 4.5 eights, which is 4 of them; 24 · 1.5^2 = 54
    assertEquals(32, RegNet.width(24, 1.5, 1));
    assertEquals(56, RegNet.width(24, 1.5, 2));
    // a bottleneck of 20 is 2.5 groups of 8, which is 2 of them
    assertEquals(new StageSpec(1, 16, 1, 16, 2), StageSpec.compatible(1, 20, 1, 1, 8));
  }

  @ParameterizedTest(name = "{0} {1} {2}: {3} b{4} g{5}")
  @CsvSource({
    "8, .25, 32, 8, 2, 1", // the group is cut to the bottleneck
    "72, .25, 16, 64, 16, 1", // 18 is nearer to 16 than to 32
    "56, .5, 16, 64, 32, 2", // 28 is nearer to 32, and the block grows with it
    "24, 2, 5, 25, 50, 10", // groups of 5 at twice the width: a multiple of 10
    "8, 4, 24, 6, 24, 1",
  })
  void widthsFitTheGroups(
      int width, double multiplier, int group, int block, int bottleneck, int groups) {
    assertEquals(
        new StageSpec(3, block, 2, bottleneck, groups),
        StageSpec.compatible(3, width, 2, multiplier, group));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(doubles = {0, -1, 1.5, Double.NaN, Double.POSITIVE_INFINITY, 1e10})
  void aMultiplierThatIsNeitherAFractionNorWholeIsRefused(double multiplier) {
    assertThrows(
        IllegalArgumentException.class, () -> StageSpec.compatible(1, 8, 1, multiplier, 8));
  }

  @Test
  void aSqueezeExciteIsAQuarterAsWideAsTheBlocksInput() {
    StagedSpec spec =
        new StagedSpec(
            BlockType.SE_BOTTLENECK, Stem.CIFAR, 10, List.of(new StageSpec(2, 32, 2, 16, 2)));
    assertEquals("se-bottleneck cifar:10 | 2x32 s2 b16 g2", spec.text());
    List<String> squeezes = new ArrayList<>();
    for (NetworkPlan.Part part : spec.plan(Task.CIFAR10).parts()) {
      for (Op op : part.ops()) {
        if (op instanceof Op.Residual residual) {
          residual.body().stream()
              .filter(Op.SqueezeExcite.class::isInstance)
              .forEach(se -> squeezes.add(se.text()));
          assertTrue(residual.body().get(6) instanceof Op.SqueezeExcite, "behind the second ReLU");
        }
      }
    }
    assertEquals(List.of("se2", "se8"), squeezes); // 2.5 is 2, for even
  }

  @ParameterizedTest(name = "{0} {1} {2} {3}")
  @CsvSource({
    "0, 8, 8, 2",
    "70000, 8, 0, 2",
    "4, 0, 8, 2",
    "4, 12, 8, 2",
    "4, 8, -1, 2",
    "4, 8, NaN, 2",
    "4, 8, 30000, 2",
    "4, 8, 8, 1",
    "4, 8, 8, NaN",
    "4, 8, 8, Infinity",
  })
  void numbersOutOfRangeAreRefused(int depth, int w0, double wa, double wm) {
    assertThrows(IllegalArgumentException.class, () -> new RegNet(depth, w0, wa, wm, 1, 8, false));
  }

  @Test
  void moreStagesThanStridesAreRefused() {
    RegNet five = new RegNet(32, 8, 8, 2, 1, 8, false);
    assertEquals(6, five.stageCount());
    String said = assertThrows(IllegalArgumentException.class, five::cifar).getMessage();
    assertEquals("a RegNet of 6 stages, but only 4 strides", said);
  }
}
