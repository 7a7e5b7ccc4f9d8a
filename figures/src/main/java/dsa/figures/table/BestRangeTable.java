package dsa.figures.table;

import dsa.analysis.report.BestRangeReport;

/** The table of best ranges, made from their report. */
public final class BestRangeTable {

  private BestRangeTable() {}

  /** One row a parameter. */
  public static Table of(BestRangeReport report) {
    Table.Builder table =
        Table.of(
            Column.text("parameter"),
            Column.text("low"),
            Column.text("median"),
            Column.text("high"),
            Column.text("low, exact"),
            Column.text("median, exact"),
            Column.text("high, exact"));
    for (BestRangeReport.ParameterRange range : report.parameters()) {
      table.row(
          range.parameter(),
          plain(range.simulated().low()),
          plain(range.simulated().median()),
          plain(range.simulated().high()),
          plain(range.exact().low()),
          plain(range.exact().median()),
          plain(range.exact().high()));
    }
    return table.build();
  }

  /** A whole number as such. */
  static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
