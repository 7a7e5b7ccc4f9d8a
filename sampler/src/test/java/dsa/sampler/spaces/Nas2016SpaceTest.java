package dsa.sampler.spaces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.complexity.Complexity;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.sampler.DesignSpace;
import java.io.IOException;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers that read any others are easily wired to the wrong ones, or counted twice. */
final class Nas2016SpaceTest {

  @Test
  void sizesAreThoseOfTheBook() throws IOException {
    assertEquals(new BigInteger("2251799813685248"), Spaces.find("nas2016-c10").size());
    assertEquals(BigInteger.ONE.shiftLeft(51), Spaces.find("nas2016-c10").size());
    assertEquals(new BigInteger("1073741824"), Spaces.find("nas2016-mini").size());
    assertEquals(5.02e58, Nas2016Space.size(15, 64).doubleValue(), 1e56);
    assertEquals(1.197e21, Nas2016Space.size(6, 64 * 9).doubleValue(), 1e18);
  }

  @Test
  void layersReadWhatTheirBitsSayThroughPools() {
    Nas2016Space space = Nas2016Space.large();
    // All 1x1 convolutions of 24 filters: layer 3 reads 1 and 2, layer 6 reads 1, others the image.
    // Layers 3 and 4 could stand the other way round, and here do.
    assertEquals(
        "graph | conv1@24 bn relu | <0> conv1@24 bn relu | <0> innermax2/2 | conv1@24 bn relu"
            + " | <1> innermax2/2 | <2> innermax2/2 | <5 6> conv1@24 bn relu"
            + " | <3> innermax2/2 | conv1@24 bn relu | <5> innermax2/2 | conv1@24 bn relu"
            + " | <4> innermax2/2 | <7> innermax2/2 | <12 13 9 11> id",
        space.decode(new int[] {0, 0, 3, 0, 0, 1}).text());
    // a chain, the last form: no joins
    assertTrue(
        space
            .decode(new int[] {63, 63 * 2 + 1, 63 * 4 + 2, 63 * 8 + 4, 63 * 16 + 8, 63 * 32 + 16})
            .text()
            .endsWith("| conv7@64 bn relu | conv7@64 bn relu"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nas2016-c10", "nas2016-mini"})
  void aChoiceIsPricedAsItsPlanIs(String name) throws IOException {
    DesignSpace space = Spaces.find(name);
    RandomStream random = SeedPath.root(5).child(name).generator();
    int[] choice = new int[space.choiceLength()];
    for (int i = 0; i < 1000; i++) {
      space.choose(random, choice);
      ArchitectureSpec spec = space.decode(choice);
      Complexity cost = space.complexity(choice);
      assertEquals(spec.complexity(space.head().task()), cost, spec.text());
      assertEquals(spec, ArchitectureSpec.parse(spec.text()));
      assertTrue(space.census().orElseThrow().contains(spec), spec.text());
      assertEquals(space.dimensions().size(), space.places(choice).length);
      assertEquals(cost, cost.greatest(space.census().orElseThrow().costs().least()));
      assertEquals(cost, cost.least(space.census().orElseThrow().costs().greatest()));
    }
  }

  /** All encodings of few forms, so that the counting by orbits meets counting one by one. */
  @ParameterizedTest
  @CsvSource({"4, 1, 2", "4, 2, 1", "5, 1, 2", "6, 1, 1"})
  void networksAndEncodingsAreThoseOfListingThem(int layers, int sides, int filters) {
    int[] side = sides == 1 ? new int[] {3} : new int[] {1, 3};
    int[] filter = filters == 1 ? new int[] {8} : new int[] {8, 16};
    Nas2016Space space = new Nas2016Space("few", layers, side, filter);
    Map<ArchitectureSpec, Long> encodings = new HashMap<>();
    int forms = sides * sides * filters;
    int[] choice = new int[layers];
    long all = 0;
    Complexity least = space.complexity(choice);
    Complexity greatest = least;
    for (int at = 0; at >= 0; ) {
      encodings.merge(space.decode(choice), 1L, Long::sum);
      least = least.least(space.complexity(choice));
      greatest = greatest.greatest(space.complexity(choice));
      all++;
      for (at = layers - 1; at >= 0 && ++choice[at] == forms << at; at--) {
        choice[at] = 0;
      }
    }
    assertEquals(BigInteger.valueOf(all), space.size());
    assertEquals(
        BigInteger.valueOf(encodings.size()),
        space.census().orElseThrow().networks().orElseThrow());
    assertTrue(encodings.size() < all);
    assertEquals(least, space.census().orElseThrow().costs().least());
    assertEquals(greatest, space.census().orElseThrow().costs().greatest());
    RandomStream random = SeedPath.root(1).generator();
    for (int i = 0; i < 500; i++) {
      space.choose(random, choice);
      assertEquals(
          encodings.get(space.decode(choice)),
          space.census().orElseThrow().encodings(choice).orElseThrow());
    }
  }

  @Test
  void whatIsWiredOtherwiseIsNotOfTheSpace() {
    Nas2016Space space = Nas2016Space.mini();
    String text = space.decode(new int[] {0, 1, 2, 4}).text();
    assertTrue(space.census().orElseThrow().contains(ArchitectureSpec.parse(text)), text);
    for (String other :
        List.of(
            text.replace("innermax2/2", "max3/2"),
            text.replaceFirst("conv1@24", "conv1@25"),
            text + " | id",
            text + " | conv1@24 bn relu",
            "residual cifar:16 | 1x16 s1")) {
      assertTrue(!space.census().orElseThrow().contains(ArchitectureSpec.parse(other)), other);
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> new Nas2016Space("few", 7, new int[] {1}, new int[] {8}));
  }
}
