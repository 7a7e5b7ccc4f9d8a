package dsa.figures.table;

import dsa.analysis.planning.SampleSizeStudy;
import dsa.analysis.report.PowerReport;
import dsa.analysis.report.SampleSizeReport;

/** The tables of sample sizes, made from their reports. */
public final class SampleSizeTables {

  private SampleSizeTables() {}

  /** One row a sample size: the distance to the reference. */
  public static Table of(SampleSizeReport report) {
    Table.Builder table =
        Table.of(
            Column.count("n"),
            Column.number("mean D", 4),
            Column.number("sd", 4),
            Column.number("expected D, independent", 4));
    for (SampleSizeStudy.Point point : report.distances()) {
      table.row(
          point.size(), point.meanDistance(), point.standardDeviation(), point.expectedDistance());
    }
    return table.build();
  }

  /** One row a difference to be seen. */
  public static Table of(PowerReport report) {
    Table.Builder table =
        Table.of(
            Column.number("area difference", 5),
            Column.number("mean error", 3).in("points"),
            Column.count("models per space"));
    for (PowerReport.Plan plan : report.plans()) {
      table.row(plan.difference(), plan.difference() * report.epsilon(), plan.modelsPerSpace());
    }
    return table.build();
  }
}
