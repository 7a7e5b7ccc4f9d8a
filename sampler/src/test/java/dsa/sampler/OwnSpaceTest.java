package dsa.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.complexity.FlopsConvention;
import dsa.core.random.SeedPath;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A user's space says three things; what it is taken to say beside must be true of it. */
final class OwnSpaceTest {

  private record Ladder(int rungs) implements DesignSpace {

    @Override
    public String name() {
      return "ladder";
    }

    @Override
    public List<Dimension> dimensions() {
      int[] depths = java.util.stream.IntStream.rangeClosed(1, rungs).toArray();
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
            .complexity(space.task()),
        space.least());
    assertEquals(
        ArchitectureSpec.parse("graph | conv3@8 bn relu | 3x conv3@16 bn relu")
            .complexity(space.task()),
        space.greatest());
    assertTrue(space.contains(space.decode(new int[] {2, 1})));
    assertTrue(!space.contains(ArchitectureSpec.parse("residual cifar:16 | 1x16 s1")));
    ComplexityCap cap =
        new ComplexityCap(
            ComplexityCap.Combination.ALL,
            List.of(
                new ComplexityLimit(
                    ComplexityMeasure.PARAMS, FlopsConvention.MACS, 0, space.least().params())));
    assertEquals(1, space.count(cap).orElseThrow());
    assertEquals(6, space.count(ComplexityCap.NONE).orElseThrow());
    Drawn drawn =
        PopulationSampler.withDefaults().draw(space, ComplexityCap.NONE, 6, true, SeedPath.root(1));
    assertEquals(6, drawn.models().size());
  }

  @Test
  void aLargeSpaceSaysWhatItDoesNotKnow() {
    DesignSpace space = new Ladder(5000);
    assertEquals(DesignSpace.UNBOUNDED, space.greatest());
    assertTrue(space.count(ComplexityCap.NDS).isEmpty());
    assertThrows(
        UnsupportedOperationException.class, () -> space.contains(space.decode(new int[] {0, 0})));
    assertEquals(
        3,
        PopulationSampler.withDefaults()
            .draw(space, ComplexityCap.NONE, 3, false, SeedPath.root(1))
            .models()
            .size());
  }
}
