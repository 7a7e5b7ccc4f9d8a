package dsa.figures;

import dsa.analysis.report.RankMapReport;
import dsa.analysis.report.RankMapReport.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Two settings against each other, one point a model, the darker the better its error ranks, as in
 * figure 12 of Radosavovic et al., ICCV 2019: where the good models are, and how wide the settings
 * may be chosen.
 */
public final class RankMapFigure {

  private static final List<String> NAMES =
      List.of("best fifth", "second", "third", "fourth", "worst fifth");

  private RankMapFigure() {}

  /** The figure of a report. */
  public static Figure of(RankMapReport report) {
    SettingAxis x = SettingAxis.of(report.x(), column(report.points(), Point::x));
    SettingAxis y = SettingAxis.of(report.y(), column(report.points(), Point::y));
    List<Series> series = new ArrayList<>();
    for (int part = 0; part < RankMapReport.PARTS; part++) {
      List<Point> points = report.part(part);
      if (!points.isEmpty()) {
        series.add(
            Points.of(
                    NAMES.get(part),
                    column(points, point -> x.shown(point.x())),
                    column(points, point -> y.shown(point.y())))
                .shaded((double) part / (RankMapReport.PARTS - 1)));
      }
    }
    return new Figure("", x.axis(), y.axis(), series);
  }

  private static double[] column(List<Point> points, ToDoubleFunction<Point> value) {
    return points.stream().mapToDouble(value).toArray();
  }
}
