package dsa.figures.table;

import dsa.analysis.report.search.LiveSearchReport;

/** The table of searches that trained their networks. */
public final class LiveSearchTable {

  private LiveSearchTable() {}

  /** One row a search. */
  public static Table of(LiveSearchReport report) {
    Table.Builder table =
        Table.of(
            Column.text("strategy"),
            Column.count("search"),
            Column.count("evaluations"),
            Column.count("networks"),
            Column.text("best network"),
            Column.number(report.signal(), 2).in("%"),
            Column.number("test error, trained anew", 2).in("%"),
            Column.count("times"),
            Column.text("stopped because"));
    for (LiveSearchReport.LiveSearch each : report.searches()) {
      table.row(
          report.strategy(),
          each.number(),
          each.evaluations(),
          each.networks(),
          each.best(),
          each.signalPct(),
          each.reportedPct(),
          each.againPct().size(),
          each.stop());
    }
    return table.build();
  }
}
