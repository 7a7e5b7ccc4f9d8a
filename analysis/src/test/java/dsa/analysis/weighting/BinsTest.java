package dsa.analysis.weighting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dsa.core.random.SeedPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * A bin found by dividing differs from the one that numpy's edges give for values on an edge; one
 * model in the wrong bin changes the weights of two bins.
 */
final class BinsTest {

  // reference/bins.csv holds values on and beside edges; numpy's histogram and digitize agree
  // there.
  @Test
  void valuesOnFloatingEdgesFallWhereNumpyPutsThem() throws IOException {
    int checked = 0;
    for (String line : reference()) {
      if (line.startsWith("#") || line.startsWith("low")) {
        continue;
      }
      String[] cell = line.split(",");
      Bins bins =
          new Bins(
              Double.parseDouble(cell[0]), Double.parseDouble(cell[1]), Integer.parseInt(cell[2]));
      assertEquals(
          OptionalInt.of(Integer.parseInt(cell[4])),
          bins.indexOf(Double.parseDouble(cell[3])),
          line);
      checked++;
    }
    assertEquals(60, checked);
  }

  @Test
  void outerEdgesBelongToTheOuterBinsButAreNotAdmitted() {
    Bins bins = new Bins(10, 50, 4);
    assertEquals(OptionalInt.of(0), bins.indexOf(10));
    assertEquals(OptionalInt.of(3), bins.indexOf(50));
    assertEquals(OptionalInt.empty(), bins.indexOf(Math.nextDown(10.0)));
    assertEquals(OptionalInt.empty(), bins.indexOf(Math.nextUp(50.0)));
    assertEquals(OptionalInt.empty(), bins.indexOf(Double.NaN));
    assertEquals(false, bins.admits(10));
    assertEquals(false, bins.admits(50));
    assertEquals(true, bins.admits(Math.nextUp(10.0)));
    assertEquals(true, bins.admits(Math.nextDown(50.0)));
    assertEquals(false, bins.admits(Double.NaN));
    assertEquals(OptionalInt.of(1), bins.indexOf(20));
    assertEquals(OptionalInt.of(0), bins.indexOf(Math.nextDown(20.0)));
  }

  @Test
  void everyValueLiesBetweenTheEdgesOfItsBin() {
    RandomGenerator random = SeedPath.root(1).generator();
    for (int round = 0; round < 2000; round++) {
      double low = random.nextDouble();
      Bins bins = new Bins(low, low + random.nextDouble() + 1e-3, 1 + random.nextInt(50));
      double[] edges = bins.edges();
      assertEquals(low, edges[0]);
      assertEquals(bins.high(), edges[bins.count()]);
      double value = low + random.nextDouble() * (bins.high() - low);
      int b = bins.indexOf(value).orElseThrow();
      assertEquals(true, edges[b] <= value && (value < edges[b + 1] || b + 1 == bins.count()));
    }
  }

  @Test
  void emptyReversedAndInfiniteRangesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Bins(1, 1, 4));
    assertThrows(IllegalArgumentException.class, () -> new Bins(2, 1, 4));
    assertThrows(IllegalArgumentException.class, () -> new Bins(1, Double.NaN, 4));
    assertThrows(IllegalArgumentException.class, () -> new Bins(1, Double.POSITIVE_INFINITY, 4));
    assertThrows(IllegalArgumentException.class, () -> new Bins(1, 2, 0));
    assertThrows(IllegalArgumentException.class, () -> new Bins(1, 2, Integer.MAX_VALUE));
  }

  private static List<String> reference() throws IOException {
    try (InputStream in = BinsTest.class.getResourceAsStream("/reference/bins.csv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
