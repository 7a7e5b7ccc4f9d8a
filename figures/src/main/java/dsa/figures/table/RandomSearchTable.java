package dsa.figures.table;

import dsa.analysis.randomsearch.RandomSearchCurve;
import dsa.analysis.report.RandomSearchReport;
import dsa.analysis.report.RandomSearchReport.PopulationSearch;
import java.util.OptionalLong;

/** The table of random search, made from its report. */
public final class RandomSearchTable {

  private RandomSearchTable() {}

  /**
   * One row a population and budget; dashes where the budget exceeds the effective sample size, of
   * which nothing can be said.
   */
  public static Table of(RandomSearchReport report) {
    return of(report, false);
  }

  /** The same numbers, also where they say nothing; the column support marks these. */
  public static Table data(RandomSearchReport report) {
    return of(report, true);
  }

  private static Table of(RandomSearchReport report, boolean all) {
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
        boolean said = all || point.support() != RandomSearchCurve.Support.NONE;
        table.row(
            population.models().name(),
            point.budget(),
            cell(said, point.expectedBest()),
            cell(said, point.standardDeviation()),
            cell(said, point.low()),
            cell(said, point.high()),
            p == 0 ? "" : said ? matched(population.matchedByFirst().get(k)) : "-",
            switch (point.support()) {
              case AMPLE -> "";
              case THIN -> "thin: m > n_eff / 10";
              case NONE -> "none: m > n_eff";
            });
      }
    }
    return table.build();
  }

  private static Object cell(boolean said, double value) {
    return said ? value : "-";
  }

  private static String matched(OptionalLong budget) {
    return budget.isPresent() ? Long.toString(budget.getAsLong()) : "never";
  }
}
