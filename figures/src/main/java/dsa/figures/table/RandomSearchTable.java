package dsa.figures.table;

import dsa.analysis.randomsearch.RandomSearchCurve;
import dsa.analysis.report.RandomSearchReport;
import dsa.analysis.report.RandomSearchReport.PopulationSearch;
import java.util.OptionalLong;

/** The table of random search, made from its report. */
public final class RandomSearchTable {

  private RandomSearchTable() {}

  /** One row a population and budget. */
  public static Table of(RandomSearchReport report) {
    Table.Builder table =
        Table.of(
            Column.text("space"),
            Column.count("models"),
            Column.number("expected best", 3).in("%"),
            Column.number("sd", 3).in("%"),
            Column.number("low", 2).in("%"),
            Column.number("high", 2).in("%"),
            Column.count("matches"),
            Column.text("support"));
    for (int p = 0; p < report.populations().size(); p++) {
      PopulationSearch population = report.populations().get(p);
      for (int k = 0; k < population.points().size(); k++) {
        RandomSearchCurve.Point point = population.points().get(k);
        table.row(
            population.models().name(),
            point.budget(),
            point.expectedBest(),
            point.standardDeviation(),
            point.low(),
            point.high(),
            p == 0 ? "" : matched(population.matchedByFirst().get(k)),
            switch (point.support()) {
              case AMPLE -> "";
              case THIN -> "thin: m > n_eff / 10";
              case NONE -> "none: m > n_eff";
            });
      }
    }
    return table.build();
  }

  private static String matched(OptionalLong budget) {
    return budget.isPresent() ? Long.toString(budget.getAsLong()) : "never";
  }
}
