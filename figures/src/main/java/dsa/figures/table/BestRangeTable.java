package dsa.figures.table;

import dsa.analysis.report.BestRangeReport;
import java.math.BigDecimal;
import java.math.MathContext;

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

  /**
   * In plain decimals, ten digits of them: whole numbers as such, and no noise of floating point.
   */
  static String plain(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(10));
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
