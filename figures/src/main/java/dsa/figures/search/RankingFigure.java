package dsa.figures.search;

import dsa.analysis.association.EpochRanking;
import dsa.analysis.inference.Interval;
import dsa.analysis.report.RankingReport;
import dsa.figures.Axis;
import dsa.figures.Band;
import dsa.figures.Figure;
import dsa.figures.Line;
import dsa.figures.Scale;
import dsa.figures.Series;
import java.util.ArrayList;
import java.util.List;

/** Kendall's tau between the order of networks at an epoch and at the end, against the epoch. */
public final class RankingFigure {

  private RankingFigure() {}

  /** The figure of all rankings of a report, with the intervals over networks. */
  public static Figure of(RankingReport report) {
    List<Series> series = new ArrayList<>();
    double last = 2;
    double low = 0;
    for (RankingReport.Ranking each : report.rankings()) {
      List<EpochRanking.Point> points =
          each.ranking().points().stream().filter(p -> p.tauB().isPresent()).toList();
      if (points.isEmpty()) {
        continue;
      }
      String name = each.isOfItself() ? each.early() : each.early() + ", end of " + each.end();
      double[] x = points.stream().mapToDouble(EpochRanking.Point::epoch).toArray();
      List<Interval> tau = points.stream().map(p -> p.tauB().orElseThrow()).toList();
      series.add(Line.of(name, x, tau.stream().mapToDouble(Interval::value).toArray()));
      series.add(
          Band.linear(
              name,
              x,
              tau.stream().mapToDouble(Interval::low).toArray(),
              tau.stream().mapToDouble(Interval::high).toArray()));
      last = Math.max(last, x[x.length - 1]);
      low = Math.min(low, tau.stream().mapToDouble(Interval::low).min().orElseThrow());
    }
    return new Figure(
        "",
        new Axis("epoch", Scale.LINEAR, 0, last + 1),
        new Axis("Kendall's tau with the end", Scale.LINEAR, low, 1),
        series);
  }
}
