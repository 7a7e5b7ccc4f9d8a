package dsa.figures.table;

import dsa.analysis.edf.Quantiles;
import dsa.analysis.report.RankMapReport;
import dsa.analysis.report.RankMapReport.Point;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The tables of a map of ranks, made from its report. */
public final class RankMapTable {

  private RankMapTable() {}

  /** One row a fifth of the models by rank: errors, and quartiles of both settings. */
  public static Table of(RankMapReport report) {
    Table.Builder table =
        Table.of(
            Column.text("models by error"),
            Column.count("models"),
            Column.number("min error", 2),
            Column.number("max error", 2),
            Column.text(report.x() + ", 25th pct"),
            Column.text("median"),
            Column.text("75th pct"),
            Column.text(report.y() + ", 25th pct"),
            Column.text("median "),
            Column.text("75th pct "));
    for (int part = 0; part < RankMapReport.PARTS; part++) {
      List<Point> points = report.part(part);
      if (!points.isEmpty()) {
        Quantiles errors = quantiles(points, Point::error);
        Quantiles x = quantiles(points, Point::x);
        Quantiles y = quantiles(points, Point::y);
        table.row(
            (part == 0 ? "best fifth" : part == RankMapReport.PARTS - 1 ? "worst fifth" : "next"),
            points.size(),
            errors.at(0),
            errors.at(1),
            brief(x.at(0.25)),
            brief(x.at(0.5)),
            brief(x.at(0.75)),
            brief(y.at(0.25)),
            brief(y.at(0.5)),
            brief(y.at(0.75)));
      }
    }
    return table.build();
  }

  /** One row a model. */
  public static Table points(RankMapReport report) {
    Table.Builder table =
        Table.of(
            Column.text("id"),
            Column.number(report.x(), 6),
            Column.number(report.y(), 6),
            Column.number("error", 2),
            Column.number("relative rank", 4));
    for (Point point : report.points()) {
      table.row(point.id(), point.x(), point.y(), point.error(), point.relativeRank());
    }
    return table.build();
  }

  /** Three digits, enough to say where a fifth lies. */
  private static String brief(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(3));
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  private static Quantiles quantiles(List<Point> points, ToDoubleFunction<Point> value) {
    return Quantiles.of(points.stream().mapToDouble(value).toArray());
  }
}
