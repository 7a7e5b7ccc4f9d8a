package dsa.figures.table;

import dsa.analysis.edf.Edf;
import dsa.analysis.report.EdfReport;
import dsa.analysis.report.EdfReport.PopulationEdf;
import java.util.ArrayList;
import java.util.List;

/** The tables of error distributions, made from their report. */
public final class EdfTables {

  private EdfTables() {}

  /** One row a population: models, errors, and the share strictly below each error asked for. */
  public static Table shares(EdfReport report) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.text("space"));
    columns.add(Column.count("used"));
    columns.add(Column.number("n_eff", 0));
    columns.add(Column.number("min", 2).in("%"));
    columns.add(Column.number("median", 2).in("%"));
    columns.add(Column.number("mean", 2).in("%"));
    for (double error : report.at()) {
      columns.add(Column.number("below " + plain(error) + " %", 4));
    }
    columns.add(Column.number("DKW +-", 4));
    Table.Builder table = Table.of(columns.toArray(Column[]::new));
    for (PopulationEdf population : report.populations()) {
      Edf edf = population.edf();
      List<Object> cells = new ArrayList<>();
      cells.add(population.models().name());
      cells.add(population.models().size());
      cells.add(population.models().effectiveSampleSize());
      cells.add(edf.min());
      cells.add(edf.quantile(0.5));
      cells.add(edf.mean());
      cells.addAll(population.below());
      cells.add(population.dkwEpsilon());
      table.row(cells.toArray());
    }
    return table.build();
  }

  /** One row a step of an EDF. */
  public static Table steps(EdfReport report) {
    Table.Builder table =
        Table.of(
            Column.text("space"),
            Column.number("error", 6).in("%"),
            Column.number("below", 6),
            Column.number("at or below", 6));
    for (PopulationEdf population : report.populations()) {
      double[] values = population.edf().values();
      double[] cumulative = population.edf().cumulative();
      for (int i = 0; i < values.length; i++) {
        table.row(
            population.models().name(), values[i], i == 0 ? 0.0 : cumulative[i - 1], cumulative[i]);
      }
    }
    return table.build();
  }

  private static String plain(double error) {
    return error == Math.rint(error) ? Decimals.fixed(error, 0) : Double.toString(error);
  }
}
