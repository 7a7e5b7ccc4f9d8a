package dsa.analysis.association;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import org.junit.jupiter.api.Test;

/** An epoch compared with itself, or a good overall tau, lets early ranking pass for sound. */
final class EpochRankingTest {

  /** Final errors, and at two epochs the same with much and with little noise. */
  private static EpochRanking of(int networks) {
    double[] finals = new double[networks];
    double[][] early = new double[networks][2];
    for (int i = 0; i < networks; i++) {
      RandomStream random = SeedPath.root(1).child(i).generator();
      finals[i] = 10 * random.nextDouble();
      early[i][0] = finals[i] + 20 * random.nextDouble();
      early[i][1] = finals[i] + 3 * random.nextDouble();
    }
    return EpochRanking.of(early, new int[] {1, 2}, finals, 300, 0.95, SeedPath.root(2));
  }

  @Test
  void tauRisesAndIsLowerAmongTheBest() {
    EpochRanking ranking = of(200);
    EpochRanking.Point first = ranking.points().get(0);
    EpochRanking.Point second = ranking.points().get(1);
    assertTrue(first.tauB().orElseThrow().high() < second.tauB().orElseThrow().low());
    assertTrue(second.bestTenth().orElseThrow().value() < second.bestFifth().orElseThrow().value());
    assertTrue(second.bestFifth().orElseThrow().value() < second.tauB().orElseThrow().value());
    assertEquals(
        (first.tauB().orElseThrow().value() + second.tauB().orElseThrow().value()) / 2,
        ranking.meanTau().value(),
        1e-12);
  }

  @Test
  void withoutTiesThePairsAlikeAreHalfOfTauPlusOne() {
    for (EpochRanking.Point point : of(50).points()) {
      assertEquals((point.tauA() + 1) / 2, point.concordance().orElseThrow(), 1e-12);
    }
    assertEquals(0.735, (0.47 + 1) / 2, 1e-12); // as the published 0.47 is read
  }

  @Test
  void tiesAreLeftOutOfThePairsAlike() {
    EpochRanking ranking =
        EpochRanking.of(
            new double[][] {{1}, {1}, {2}, {3}},
            new int[] {1},
            new double[] {1, 2, 3, 0},
            50,
            0.95,
            SeedPath.root(1));
    // pairs: 2 alike (0-2, 1-2), 3 opposite (all with 3), 1 tied
    EpochRanking.Point point = ranking.points().get(0);
    assertEquals(0.4, point.concordance().orElseThrow(), 1e-12);
    assertEquals(-1 / 6.0, point.tauA(), 1e-12);
    assertTrue(point.bestFifth().isEmpty());
  }

  @Test
  void moreNetworksGiveNarrowerIntervals() {
    assertTrue(
        of(400).meanTau().high() - of(400).meanTau().low()
            < 0.6 * (of(40).meanTau().high() - of(40).meanTau().low()));
  }
}
