package dsa.figures;

import dsa.analysis.inference.Interval;
import dsa.analysis.report.ComparisonReport;
import dsa.analysis.report.ComparisonReport.PairFindings;
import dsa.analysis.report.ComparisonReport.PopulationFindings;
import dsa.analysis.search.RandomSearchCurve;
import dsa.figures.table.Column;
import dsa.figures.table.Decimals;
import dsa.figures.table.Table;
import java.math.BigDecimal;
import java.math.MathContext;

/** The tables of a comparison, made from its report. */
public final class ComparisonTables {

  private ComparisonTables() {}

  /** One row a population: what was used, errors, area under the EDF with its interval. */
  public static Table populations(ComparisonReport report) {
    Table.Builder table =
        Table.of(
            Column.text("space"),
            Column.count("recorded"),
            Column.count("diverged"),
            Column.count("outside"),
            Column.count("used"),
            Column.number("n_eff", 0),
            Column.number("max weight", 4),
            Column.number("min", 2).in("%"),
            Column.number("median", 2).in("%"),
            Column.number("mean", 2).in("%"),
            Column.number("area", 4),
            Column.text(level(report) + " interval"));
    for (PopulationFindings p : report.populations()) {
      table.row(
          p.name(),
          p.models().recorded(),
          p.models().diverged(),
          p.models().outside() + p.models().uncosted(),
          p.models().size(),
          p.models().effectiveSampleSize(),
          p.models().largestWeight(),
          p.models().errors()[0],
          p.median().value(),
          p.estimates().mean().value(),
          p.estimates().area().value(),
          ends(p.estimates().area(), 4));
    }
    return table.build();
  }

  /** One row a pair: distances with p-values, area difference and P(A better) with intervals. */
  public static Table pairs(ComparisonReport report) {
    boolean several = report.pairs().size() > 1;
    Table.Builder table =
        Table.of(
            Column.text("A, B"),
            Column.number("D raw", 3),
            Column.text("p"),
            Column.number(report.given().map(given -> "D | " + given).orElse("D"), 3),
            Column.text(several ? "p (Holm)" : "p"),
            Column.number("area A - B", 4),
            Column.text(level(report) + " interval"),
            Column.number("P(A better)", 3),
            Column.text(level(report) + " interval"));
    for (PairFindings pair : report.pairs()) {
      table.row(
          report.populations().get(pair.a()).name()
              + ", "
              + report.populations().get(pair.b()).name(),
          pair.unnormalized().distance(),
          pValue(pair.unnormalized().pValue()),
          pair.normalized().ks().distance(),
          pValue(pair.holm()),
          pair.estimates().areaDifference().value(),
          ends(pair.estimates().areaDifference(), 4),
          pair.estimates().probabilityABetter().value(),
          ends(pair.estimates().probabilityABetter(), 3));
    }
    return table.build();
  }

  /** One row a budget: the expected best error of each population with its interval. */
  public static Table randomSearch(ComparisonReport report) {
    Column[] columns = new Column[1 + 2 * report.populations().size()];
    columns[0] = Column.count("models");
    for (int p = 0; p < report.populations().size(); p++) {
      columns[1 + 2 * p] = Column.number(report.populations().get(p).name(), 2).in("%");
      columns[2 + 2 * p] = Column.text(level(report) + " interval");
    }
    Table.Builder table = Table.of(columns);
    for (int k = 0; k < report.settings().budgets().size(); k++) {
      Object[] cells = new Object[columns.length];
      cells[0] = report.settings().budgets().get(k);
      for (int p = 0; p < report.populations().size(); p++) {
        PopulationFindings population = report.populations().get(p);
        RandomSearchCurve.Point point = population.search().get(k);
        cells[1 + 2 * p] = point.expectedBest();
        cells[2 + 2 * p] =
            switch (point.support()) {
              case AMPLE -> ends(population.estimates().expectedBest().get(k), 2);
              case THIN -> ends(population.estimates().expectedBest().get(k), 2) + " ?";
              case NONE -> "too few models";
            };
      }
      table.row(cells);
    }
    return table.build();
  }

  /** A p-value to two significant digits; values below 1e-4 are given as a bound. */
  public static String pValue(double p) {
    return p < 1e-4
        ? "< 0.0001"
        : new BigDecimal(p).round(new MathContext(2)).stripTrailingZeros().toPlainString();
  }

  private static String level(ComparisonReport report) {
    return new BigDecimal(report.settings().level() * 100)
            .round(new MathContext(4))
            .stripTrailingZeros()
            .toPlainString()
        + " %";
  }

  private static String ends(Interval interval, int digits) {
    return "["
        + Decimals.fixed(interval.low(), digits)
        + ", "
        + Decimals.fixed(interval.high(), digits)
        + "]";
  }
}
