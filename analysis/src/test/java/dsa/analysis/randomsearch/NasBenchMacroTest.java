package dsa.analysis.randomsearch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dsa.analysis.association.ParetoFront;
import dsa.analysis.association.RankCorrelation;
import dsa.analysis.edf.Edf;
import dsa.analysis.edf.Quantiles;
import dsa.analysis.inference.KolmogorovSmirnov;
import dsa.analysis.testing.References;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The one population that is a whole space with repeated runs: what is estimated elsewhere is the
 * truth here, so a biased formula shows. Values: numpy and scipy on NAS-Bench-Macro, rounded.
 */
final class NasBenchMacroTest {

  private final double[] first = run(1);
  private final double[] second = run(2);
  private final double[] third = run(3);
  private final List<String> names = References.textColumn(References.MACRO, "arch");
  private final double[] errors =
      each(i -> 100 - (first[i] + second[i] + third[i]) / 3); // mean of the three runs

  @Test
  void theDistributionOfErrors() {
    Edf edf = Edf.of(errors);
    assertEquals(6561, edf.size());
    assertEquals(6.873337, edf.min(), 5e-7);
    assertEquals(9.010002, Quantiles.of(errors).median(), 5e-7);
    assertEquals(9.753405, edf.mean(), 5e-7);
    assertEquals(54.636668, edf.max(), 5e-7);
    assertEquals(.515085, edf.area(20), 5e-7);
    assertEquals(.360476, edf.area(15), 5e-7);
  }

  @Test
  void theBestOfManyWithAndWithoutReplacement() {
    RandomSearchCurve with = RandomSearchCurve.withReplacement(Edf.of(errors));
    double[] expected = {
      9.753405, 8.558222, 7.976874, 7.644581, 7.437397, 7.297368, 7.191788, 7.106026, 7.035638,
      6.978744
    };
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], with.expectedBest(1L << i), 5e-7);
    }
    RandomSearchCurve without = RandomSearchCurve.withoutReplacement(errors);
    assertEquals(7.567483, without.expectedBest(10), 5e-7);
    assertEquals(7.133761, without.expectedBest(100), 5e-7);
  }

  @Test
  void runsRankTheSpaceAlikeButItsTopDecileHardly() {
    RankCorrelation runs = RankCorrelation.of(first, second);
    assertEquals(20_187_757, runs.concordant());
    assertEquals(1_247_334, runs.discordant());
    assertEquals(84_989, runs.tied());
    assertEquals(.881950, runs.kendallTauB().orElseThrow(), 5e-7);
    assertEquals(.880128, runs.kendallTauA(), 5e-7);
    double[] others = each(i -> (second[i] + third[i]) / 2);
    assertEquals(.895728, RankCorrelation.of(first, others).kendallTauB().orElseThrow(), 5e-7);
    int[] top =
        IntStream.range(0, errors.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> errors[i]))
            .mapToInt(Integer::intValue)
            .limit(660)
            .toArray();
    RankCorrelation decile =
        RankCorrelation.of(
            Arrays.stream(top).mapToDouble(i -> first[i]).toArray(),
            Arrays.stream(top).mapToDouble(i -> second[i]).toArray());
    assertEquals(.184150, decile.kendallTauA(), 5e-7);
  }

  @Test
  void costHasLittleToSayAboutAccuracy() {
    double[] accuracy = each(i -> 100 - errors[i]);
    assertEquals(.556, tau(References.column(References.MACRO, "flops"), accuracy), 5e-4);
    assertEquals(.218, tau(References.column(References.MACRO, "params"), accuracy), 5e-4);
  }

  @Test
  void runsOfOneNetworkSpreadLittle() {
    double[] deviations =
        each(
            i -> {
              double mean = (first[i] + second[i] + third[i]) / 3;
              double squares =
                  Math.pow(first[i] - mean, 2)
                      + Math.pow(second[i] - mean, 2)
                      + Math.pow(third[i] - mean, 2);
              return Math.sqrt(squares / 2);
            });
    assertEquals(.172, Quantiles.of(deviations).median(), 5e-4);
    assertEquals(.185, Edf.of(deviations).mean(), 5e-4);
  }

  @Test
  void theFirstLayerSplitsTheSpace() {
    Edf skipped = Edf.of(errorsOfFirstLayer('0'));
    Edf wide = Edf.of(errorsOfFirstLayer('2'));
    assertEquals(2187, skipped.size());
    assertEquals(.617284, KolmogorovSmirnov.distances(skipped, wide).distance(), 5e-7);
  }

  @Test
  void theFrontOfCostAndError() {
    double[] cost = References.column(References.MACRO, "flops");
    ParetoFront front = ParetoFront.of(cost, errors);
    List<String> points = new ArrayList<>(); // isomorphic networks share one
    double last = 0;
    for (int i : front.indices()) {
      if (cost[i] > last) {
        points.add(names.get(i));
        last = cost[i];
      }
    }
    assertEquals(35, points.size());
    assertEquals(66, front.indices().length);
    assertEquals(List.of("00000000", "00000100", "00100100"), points.subList(0, 3));
    assertEquals(List.of("22222200", "22212202"), points.subList(33, 35));
    double reference = 105_660_928;
    assertEquals(.6041492667, front.hypervolume(reference, 30) / (reference * 30), 1e-10);
  }

  private double[] errorsOfFirstLayer(char layer) {
    return IntStream.range(0, errors.length)
        .filter(i -> names.get(i).charAt(0) == layer)
        .mapToDouble(i -> errors[i])
        .toArray();
  }

  private static double tau(double[] x, double[] y) {
    return RankCorrelation.of(x, y).kendallTauB().orElseThrow();
  }

  private double[] each(IntToDoubleFunction of) {
    return IntStream.range(0, first.length).mapToDouble(of).toArray();
  }

  private static double[] run(int number) {
    return References.column(References.MACRO, "acc" + number);
  }
}
