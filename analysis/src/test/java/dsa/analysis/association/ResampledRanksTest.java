package dsa.analysis.association;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A quick way to count pairs that differs from the plain one in ties makes intervals wrong. */
final class ResampledRanksTest {

  @Test
  void resamplesHaveTheCorrelationsOfTheirWrittenOutColumns() {
    for (int trial = 0; trial < 400; trial++) {
      RandomStream random = SeedPath.root(trial).generator();
      int n = 2 + random.nextInt(40);
      int values = 1 + random.nextInt(30);
      double[] x = IntStream.range(0, n).mapToDouble(i -> random.nextInt(values) - 3).toArray();
      double[] y = IntStream.range(0, n).mapToDouble(i -> x[i] + random.nextInt(values)).toArray();
      int[] drawn = IntStream.range(0, n).map(i -> random.nextInt(n)).toArray();
      int[] counts = new int[n];
      IntStream.of(drawn).forEach(i -> counts[i]++);
      RankCorrelation plain =
          RankCorrelation.of(
              IntStream.of(drawn).mapToDouble(i -> x[i]).toArray(),
              IntStream.of(drawn).mapToDouble(i -> y[i]).toArray());
      ResampledRanks quick = ResampledRanks.of(x, y);
      assertEquals(plain.kendallTauB(), quick.kendallTauB(counts), "trial " + trial);
      assertEquals(plain.spearman().isPresent(), quick.spearman(counts).isPresent());
      if (plain.spearman().isPresent()) {
        assertEquals(plain.spearman().getAsDouble(), quick.spearman(counts).getAsDouble(), 1e-12);
      }
    }
  }
}
