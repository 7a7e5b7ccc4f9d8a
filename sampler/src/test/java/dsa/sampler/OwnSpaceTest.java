package dsa.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.complexity.FlopsConvention;
import dsa.core.random.SeedPath;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A user's space says three things; what it is taken to say beside must be true of it. */
final class OwnSpaceTest {

  private record Ladder(int rungs) implements DesignSpace {

    @Override
    public SpaceHead head() {
      return SpaceHead.of("ladder", "");
    }

    @Override
    public List<Dimension> dimensions() {
      int[] depths = IntStream.rangeClosed(1, rungs).toArray();
      return List.of(Dimension.of("depth", depths), Dimension.of("width", 8, 16));
    }

    @Override
    public ArchitectureSpec decode(int[] choice) {
      return ArchitectureSpec.parse(
          "graph | conv3@8 bn relu | %dx conv3@%d bn relu"
              .formatted(choice[0] + 1, 8 * (choice[1] + 1)));
    }
  }

  @Test
  void whatIsNotSaidIsWorkedOut() {
    DesignSpace space = new Ladder(3);
    assertEquals(BigInteger.valueOf(6), space.size());
    assertEquals(
        ArchitectureSpec.parse("graph | conv3@8 bn relu | conv3@8 bn relu")
            .complexity(space.head().task()),
        space.census().orElseThrow().costs().least());
    assertEquals(
        ArchitectureSpec.parse("graph | conv3@8 bn relu | 3x conv3@16 bn relu")
            .complexity(space.head().task()),
        space.census().orElseThrow().costs().greatest());
    assertTrue(space.census().orElseThrow().contains(space.decode(new int[] {2, 1})));
    assertTrue(
        !space
            .census()
            .orElseThrow()
            .contains(ArchitectureSpec.parse("residual cifar:16 | 1x16 s1")));
    ComplexityCap cap =
        new ComplexityCap(
            ComplexityCap.Combination.ALL,
            List.of(
                new ComplexityLimit(
                    ComplexityMeasure.PARAMS,
                    FlopsConvention.MACS,
                    0,
                    space.census().orElseThrow().costs().least().params())));
    assertEquals(1, space.census().orElseThrow().encodings(cap).orElseThrow());
    assertEquals(6, space.census().orElseThrow().encodings(ComplexityCap.NONE).orElseThrow());
    Drawn drawn =
        PopulationSampler.withDefaults()
            .draw(space, ComplexityCap.NONE, 6, Repeats.DROPPED, SeedPath.root(1));
    assertEquals(6, drawn.models().size());
  }

  /** Widths are products: 1 by 2 and 2 by 1 are one network. */
  private record Products(int factors) implements DesignSpace {

    @Override
    public SpaceHead head() {
      return SpaceHead.of("products", "");
    }

    @Override
    public List<Dimension> dimensions() {
      int[] values = IntStream.rangeClosed(1, factors).toArray();
      return List.of(Dimension.of("a", values), Dimension.of("b", values));
    }

    @Override
    public ArchitectureSpec decode(int[] choice) {
      return ArchitectureSpec.parse(
          "graph | conv3@%d bn relu".formatted((choice[0] + 1) * (choice[1] + 1)));
    }
  }

  @Tag("slow")
  @Test
  void choicesOfOneNetworkAreFound() {
    DesignSpace space = new Products(2);
    assertEquals(BigInteger.valueOf(4), space.size());
    assertEquals(Optional.of(BigInteger.valueOf(3)), space.census().orElseThrow().networks());
    assertEquals(1, space.census().orElseThrow().encodings(new int[] {0, 0}).orElseThrow());
    assertEquals(2, space.census().orElseThrow().encodings(new int[] {0, 1}).orElseThrow());
    ComplexityCap cap =
        new ComplexityCap(
            ComplexityCap.Combination.ALL,
            List.of(
                new ComplexityLimit(
                    ComplexityMeasure.PARAMS,
                    FlopsConvention.MACS,
                    0,
                    space.complexity(new int[] {0, 1}).params())));
    assertEquals(3, space.census().orElseThrow().encodings(cap).orElseThrow());
    assertEquals(2, space.census().orElseThrow().networks(cap).orElseThrow());
    PopulationSampler sampler = PopulationSampler.withDefaults();
    assertThrows(
        IllegalArgumentException.class,
        () -> sampler.draw(space, ComplexityCap.NONE, 4, Repeats.DROPPED, SeedPath.root(1)));
    int n = 6_000;
    Map<ArchitectureSpec, Integer> drawn = new HashMap<>();
    sampler
        .uniformOverNetworks()
        .draw(space, ComplexityCap.NONE, n, Repeats.KEPT, SeedPath.root(1))
        .models()
        .forEach(model -> drawn.merge(model.spec(), 1, Integer::sum));
    assertEquals(3, drawn.size());
    double statistic = 0;
    for (int count : drawn.values()) {
      statistic += Math.pow(count - n / 3.0, 2) / (n / 3.0);
    }
    assertTrue(statistic < 13.816, statistic + " for 2 degrees"); // qchisq(0.999, 2)
  }

  @Test
  void ofALargeSpaceItIsNotSaidHowManyNetworksItHas() {
    DesignSpace space = new Products(65);
    assertEquals(Optional.empty(), space.census());
    String said =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    PopulationSampler.withDefaults()
                        .uniformOverNetworks()
                        .draw(space, ComplexityCap.NONE, 1, Repeats.KEPT, SeedPath.root(1)))
            .getMessage();
    assertTrue(said.startsWith("products is too large to be gone through"), said);
    String tooMany =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    PopulationSampler.withDefaults()
                        .draw(space, ComplexityCap.NONE, 4226, Repeats.DROPPED, SeedPath.root(1)))
            .getMessage();
    assertTrue(tooMany.contains("products has at most 4225"), tooMany);
  }

  @Test
  void aLargeSpaceSaysWhatItDoesNotKnow() {
    DesignSpace space = new Ladder(5000);
    assertEquals(Optional.empty(), space.census());
    assertEquals(
        3,
        PopulationSampler.withDefaults()
            .draw(space, ComplexityCap.NONE, 3, Repeats.KEPT, SeedPath.root(1))
            .models()
            .size());
  }
}
