package dsa.figures.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.analysis.association.Agreement;
import dsa.analysis.association.ReplicateNoise;
import dsa.analysis.association.Replicates;
import dsa.analysis.inference.Interval;
import dsa.analysis.randomsearch.BestRange;
import dsa.analysis.report.AgreementReport;
import dsa.analysis.report.BestRangeReport;
import dsa.analysis.report.EdfReport;
import dsa.analysis.report.PowerReport;
import dsa.analysis.report.RandomSearchReport;
import dsa.analysis.report.SampleSizeReport;
import dsa.analysis.weighting.DivergedModels;
import dsa.analysis.weighting.Normalization;
import dsa.analysis.weighting.Weighting;
import dsa.core.complexity.RecordedComplexity;
import dsa.core.run.ErrorKind;
import dsa.core.run.Metric;
import dsa.core.run.Population;
import dsa.core.run.PopulationOrigin;
import dsa.core.run.TrainedModel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** These tables are what most users ever see of a result; a number in the wrong column is a lie. */
final class ReportTablesTest {

  private static Population population(String name, double... errors) {
    return new Population(
        name,
        IntStream.range(0, errors.length)
            .mapToObj(i -> TrainedModel.of("m" + i, errors[i], RecordedComplexity.NONE))
            .toList(),
        PopulationOrigin.unstated("test"));
  }

  private static Normalization.Result equal(Population... populations) {
    return new Weighting.Equal().of(List.of(populations), DivergedModels.WORST);
  }

  @Test
  void sharesAreStrictlyBelowTheErrorsAskedFor() {
    EdfReport report =
        EdfReport.of(equal(population("a", 8, 5, 6, 6)), List.of(6.0, 6.5, 9.0), 0.95, 20, 1);
    assertEquals(
        """
        space,used,n_eff,min (%),median (%),mean (%),below 6 %,below 6.5 %,below 9 %,DKW +-
        a,4,4.0,5.0,6.0,6.25,0.25,0.75,1.0,0.6790507578703097
        """,
        CsvTable.of(EdfTables.shares(report)));
    assertEquals(
        """
        space,error (%),below,at or below
        a,5.0,0.0,0.25
        a,6.0,0.25,0.75
        a,8.0,0.75,1.0
        """,
        CsvTable.of(EdfTables.steps(report)));
  }

  @Test
  void aSearchIsMatchedByTheFirstSpaceWithSomeModelsOrNever() {
    RandomSearchReport report =
        RandomSearchReport.of(
            equal(population("a", 5, 7), population("b", 4, 8), population("c", 6, 6)),
            List.of(2L, 1L),
            0.5,
            false);
    assertEquals(
        """
        space,models,expected best (%),sd (%),low (%),high (%),matches,support
        a,1,6.0,1.0,5.0,7.0,,thin: m > n_eff / 10
        a,2,5.5,0.8660254037844386,5.0,5.0,,thin: m > n_eff / 10
        b,1,6.0,2.0,4.0,8.0,1,thin: m > n_eff / 10
        b,2,5.0,1.7320508075688772,4.0,4.0,never,thin: m > n_eff / 10
        c,1,6.0,0.0,6.0,6.0,1,thin: m > n_eff / 10
        c,2,6.0,0.0,6.0,6.0,1,thin: m > n_eff / 10
        """,
        CsvTable.of(RandomSearchTable.of(report)));
  }

  @Test
  void sizesAreOfSamplesOrOfSpaces() {
    SampleSizeReport one = SampleSizeReport.of(equal(population("a", 5, 7, 6, 9)), 4, 3, 9, 2, 1);
    List<String> lines = CsvTable.of(SampleSizeTables.of(one)).lines().toList();
    assertEquals("n,mean D,sd,\"expected D, independent\"", lines.get(0));
    assertEquals(4, lines.size());
    assertTrue(lines.get(3).startsWith("4,0.0,0.0,"), "all of them are the reference");
    PowerReport two =
        new PowerReport(
            equal(population("a", 5), population("b", 6)),
            20,
            0.05,
            0.8,
            0.05,
            1,
            0.7,
            List.of(new PowerReport.Plan(0.01, 321)));
    assertEquals(
        "area difference,mean error (points),models per space\n0.01,0.2,321\n",
        CsvTable.of(SampleSizeTables.of(two)));
  }

  @Test
  void rangesAreSimulatedThenExactAndCountsAreWhole() {
    BestRangeReport report =
        new BestRangeReport(
            "a",
            8,
            2,
            10,
            0.95,
            1,
            Metric.TEST_ERROR,
            90,
            List.of(5.0),
            List.of(
                new BestRangeReport.ParameterRange(
                    "w1",
                    new BestRange.Range(16, 32.5, 64),
                    new BestRange.Range(8, 24, 128),
                    List.of(16.0))));
    assertEquals(
        """
        parameter,low,median,high,"low, exact","median, exact","high, exact"
        w1,16,32.5,64,8,24,128
        """,
        CsvTable.of(BestRangeTable.of(report)));
  }

  private static Optional<Interval> interval(double value) {
    return Optional.of(new Interval(value, value - 0.25, value + 0.125));
  }

  private static final AgreementReport AGREEMENT =
      new AgreementReport(
          0.95,
          10,
          1,
          List.of(
              new AgreementReport.Pair(
                  "a",
                  "b",
                  false,
                  12,
                  3,
                  4,
                  0,
                  new Agreement(
                      12,
                      interval(0.5),
                      interval(0.75),
                      Optional.of(
                          new Agreement.GivenCost(6, 6, Optional.empty(), interval(0.625))))),
              new AgreementReport.Pair(
                  "a",
                  "c",
                  false,
                  1,
                  14,
                  0,
                  0,
                  new Agreement(1, Optional.empty(), Optional.empty(), Optional.empty()))),
          List.of(
              new Replicates(
                  "short",
                  ErrorKind.MIN,
                  dsa.core.run.Metric.TEST_ERROR,
                  Optional.of("cifar10"),
                  List.of("a", "b"),
                  new ReplicateNoise(12, 2, 0.5, 1.5, OptionalDouble.empty()))),
          List.of());

  @Test
  void whatIsNotKnownOfAPairIsEmptyNotZero() {
    assertEquals(
        """
        a,b,matched,only a,only b,tau-b,tau low,tau high,rho,rho low,rho high,strata,tau-b | params,tau | params low,tau | params high,params with b,params low,params high
        a,b,12,3,4,0.5,0.25,0.625,0.75,0.5,0.875,6,,,,0.625,0.375,0.75
        a,c,1,14,0,,,,,,,,,,,,,
        """,
        CsvTable.of(AgreementTables.pairData(AGREEMENT)));
    assertEquals(2, AgreementTables.pairs(AGREEMENT).size());
    assertEquals(1, AgreementTables.givenParams(AGREEMENT).size(), "params of the other unknown");
  }

  @Test
  void replicatesAreCalledByTheirConditions() {
    assertEquals(
        """
        replicates of,populations,networks,sd of a replicate (points),sd of the networks' means (points),reliability
        "short, min, cifar10",2,12,0.5,1.5,
        """,
        CsvTable.of(AgreementTables.replicates(AGREEMENT)));
  }
}
