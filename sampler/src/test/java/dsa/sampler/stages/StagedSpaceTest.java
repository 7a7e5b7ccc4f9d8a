package dsa.sampler.stages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.complexity.Complexity;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.complexity.FlopsConvention;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.core.run.DrawnModel;
import dsa.sampler.ComplexityCap;
import dsa.sampler.ComplexityLimit;
import dsa.sampler.DesignSpace;
import dsa.sampler.Dimension;
import dsa.sampler.PopulationSampler;
import dsa.sampler.Repeats;
import dsa.sampler.spaces.Spaces;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks shared out among stages in several ways are one network, and look like several. */
final class StagedSpaceTest {

  private static DesignSpace space(String block, String rest) throws IOException {
    String text =
        """
        format: dsa.space/1
        name: small
        task: cifar10
        block: %s
        stem: {type: cifar, width: 16}
        """
                .formatted(block)
            + rest;
    return Spaces.read(
        "space.yaml", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String stages(String... stages) {
    return "stages:\n  - {" + String.join("}\n  - {", stages) + "}\n";
  }

  private static ComplexityCap params(long most) {
    return new ComplexityCap(
        ComplexityCap.Combination.ALL,
        List.of(new ComplexityLimit(ComplexityMeasure.PARAMS, FlopsConvention.MACS, 0, most)));
  }

  @Test
  void oneAndTwoBlocksAreTwoAndOne() throws IOException {
    String stage = "stride: 1, depth: [1, 2], width: 16";
    DesignSpace space = space("residual", stages(stage, stage));
    assertEquals(BigInteger.valueOf(4), space.size());
    assertEquals(Optional.of(BigInteger.valueOf(3)), space.census().orElseThrow().networks());
    assertTrue(
        space
            .census()
            .orElseThrow()
            .contains(ArchitectureSpec.parse("residual cifar:16 | 3x16 s1")));
    assertFalse(
        space
            .census()
            .orElseThrow()
            .contains(ArchitectureSpec.parse("residual cifar:16 | 5x16 s1")));
    assertFalse(
        space
            .census()
            .orElseThrow()
            .contains(ArchitectureSpec.parse("residual cifar:16 | 3x16 s2")));
    int n = 30_000;
    Map<ArchitectureSpec, Integer> drawn = new HashMap<>();
    for (DrawnModel model :
        PopulationSampler.withDefaults()
            .uniformOverNetworks()
            .draw(space, ComplexityCap.NONE, n, Repeats.KEPT, SeedPath.root(3))
            .models()) {
      drawn.merge(model.spec().canonical(), 1, Integer::sum);
    }
    assertEquals(3, drawn.size());
    double statistic = 0;
    for (int count : drawn.values()) {
      statistic += Math.pow(count - n / 3.0, 2) / (n / 3.0);
    }
    assertTrue(statistic < 13.816, statistic + " for 2 degrees"); // qchisq(0.999, 2)
    assertThrows(
        IllegalArgumentException.class,
        () ->
            PopulationSampler.withDefaults()
                .draw(space, ComplexityCap.NONE, 4, Repeats.DROPPED, SeedPath.root(3)));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "",
        "constraints: {depth: non-decreasing}",
        "constraints: {depth: shared, width: non-decreasing}",
        "constraints: {width: non-decreasing, groups: shared}"
      })
  void networksAndEncodingsAreThoseOfAllChoices(String constraints) throws IOException {
    String tail = "depth: [1, 2, 3], width: [16, 32], ratio: [1, 2], groups: [1, 2]";
    DesignSpace space =
        space("se-bottleneck", stages("stride: 2, " + tail, "stride: 1, " + tail) + constraints);
    Map<ArchitectureSpec, Long> encodings = new HashMap<>();
    Map<ArchitectureSpec, Complexity> costs = new HashMap<>();
    long all = 0;
    List<Dimension> axes = space.dimensions();
    for (int a = 0; a < 24; a++) {
      for (int b = 0; b < 24; b++) {
        int[] places = {a % 3, a / 3 % 2, a / 6 % 2, a / 12, b % 3, b / 3 % 2, b / 6 % 2, b / 12};
        boolean valid =
            (!constraints.contains("depth: non") || places[0] <= places[4])
                && (!constraints.contains("depth: shared") || places[0] == places[4])
                && (!constraints.contains("width: non") || places[1] <= places[5])
                && (!constraints.contains("groups: shared") || places[3] == places[7]);
        if (valid) {
          all++;
          ArchitectureSpec spec = ArchitectureSpec.parse(text(axes, places)).canonical();
          encodings.merge(spec, 1L, Long::sum);
          costs.put(spec, spec.complexity(space.head().task()));
        }
      }
    }
    assertEquals(BigInteger.valueOf(all), space.size());
    assertEquals(
        Optional.of(BigInteger.valueOf(encodings.size())), space.census().orElseThrow().networks());
    assertEquals(!constraints.contains("depth: shared"), encodings.size() < all);
    long middle = costs.values().stream().mapToLong(Complexity::params).sum() / costs.size();
    assertEquals(
        costs.values().stream().filter(params(middle)::admits).count(),
        space.census().orElseThrow().networks(params(middle)).orElseThrow());
    RandomStream random = SeedPath.root(8).generator();
    int[] choice = new int[space.choiceLength()];
    for (int i = 0; i < 2000; i++) {
      space.choose(random, choice);
      ArchitectureSpec spec = space.decode(choice);
      assertEquals(
          encodings.get(spec.canonical()),
          space.census().orElseThrow().encodings(choice).orElseThrow(),
          spec.text());
      assertTrue(
          space.census().orElseThrow().contains(spec)
              && space.census().orElseThrow().contains(spec.canonical()),
          spec.text());
    }
  }

  private static String text(List<Dimension> axes, int[] places) {
    StringBuilder text = new StringBuilder("se-bottleneck cifar:16");
    for (int s = 0; s < 2; s++) {
      double[] v = new double[4];
      for (int i = 0; i < 4; i++) {
        v[i] = axes.get(4 * s + i).values().get(places[4 * s + i]);
      }
      text.append(
          " | %dx%d s%d b%d g%d"
              .formatted((int) v[0], (int) v[1], 2 - s, (int) (v[1] / v[2]), (int) v[3]));
    }
    return text.toString();
  }

  /** Three stages of depth 1 to 40 are 40^3 choices of 118 networks for each width they share. */
  @Test
  void encodingsOfALargeSpaceAreCountedWithoutListing() throws IOException {
    String depths =
        IntStream.rangeClosed(1, 40).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    String stage = "stride: 1, depth: [" + depths + "], width: [8, 16]";
    DesignSpace space = space("vanilla", stages(stage, stage, stage));
    assertEquals(BigInteger.valueOf(512_000), space.size());
    assertEquals(Optional.empty(), space.census().orElseThrow().networks());
    assertEquals(OptionalLong.empty(), space.census().orElseThrow().networks(ComplexityCap.NONE));
    assertEquals(
        OptionalLong.of(512_000), space.census().orElseThrow().encodings(ComplexityCap.NONE));
    RandomStream random = SeedPath.root(9).generator();
    int[] choice = new int[3];
    boolean alone = false;
    for (int i = 0; i < 200; i++) {
      space.choose(random, choice);
      ArchitectureSpec spec = space.decode(choice);
      List<String> parts = Arrays.asList(spec.canonical().text().split(" \\| "));
      if (parts.size() == 2) { // the ways to write a total as three depths up to 40
        int total = Integer.parseInt(parts.get(1).split("x")[0]);
        long ways = 0;
        for (int a = 1; a <= 40; a++) {
          for (int b = 1; b <= 40; b++) {
            ways += total - a - b >= 1 && total - a - b <= 40 ? 1 : 0;
          }
        }
        assertEquals(
            ways, space.census().orElseThrow().encodings(choice).orElseThrow(), spec.text());
      }
      if (parts.size() == 4) { // the outer stages are alike, the middle one is not
        assertEquals(1, space.census().orElseThrow().encodings(choice).orElseThrow(), spec.text());
        alone = true;
      }
    }
    assertTrue(alone);
  }

  @Test
  void whereEncodingsCannotBeCountedThatIsSaid() throws IOException {
    String stage = "stride: 1, depth: [1, 2, 3, 4, 5, 6, 7, 8], width: [8, 16, 24, 32]";
    String[] all = new String[13]; // 2^65
    Arrays.fill(all, stage);
    DesignSpace space = space("residual", stages(all));
    assertEquals(Optional.empty(), space.census().orElseThrow().networks());
    String said =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    PopulationSampler.withDefaults()
                        .uniformOverNetworks()
                        .draw(space, ComplexityCap.NONE, 1, Repeats.KEPT, SeedPath.root(1)))
            .getMessage();
    assertTrue(said.startsWith("small has stages of stride 1 that may be one"), said);
    int[] choice = new int[space.choiceLength()];
    assertTrue(space.census().orElseThrow().contains(space.decode(choice).canonical()));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"vanilla", "resnet", "resnext-a", "resnext-b"})
  void builtInSpacesHaveOneEncodingEach(String name) throws IOException {
    DesignSpace space = Spaces.find(name);
    assertEquals(Optional.of(space.size()), space.census().orElseThrow().networks());
    assertEquals(
        1, space.census().orElseThrow().encodings(new int[space.choiceLength()]).orElseThrow());
  }
}
