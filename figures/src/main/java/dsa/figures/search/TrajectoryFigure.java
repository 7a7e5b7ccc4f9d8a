package dsa.figures.search;

import dsa.analysis.inference.Interval;
import dsa.analysis.report.SearchReport;
import dsa.analysis.report.SearchReport.StrategyResult;
import dsa.analysis.trajectory.Trajectories;
import dsa.figures.Axis;
import dsa.figures.Band;
import dsa.figures.Figure;
import dsa.figures.Line;
import dsa.figures.Scale;
import dsa.figures.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/** What strategies had found against what they had spent. */
public final class TrajectoryFigure {

  private static final double MARGIN = 0.04; // share of the height left free above and below

  private static final int MOST_TICKS = 6;

  private TrajectoryFigure() {}

  /**
   * Mean regret against the budget, with the intervals of the means; both axes are logarithmic
   * unless a regret is zero. Random search stands there exactly, where that is known.
   */
  public static Figure regret(SearchReport report) {
    List<Series> series = new ArrayList<>();
    double[] x = checkpoints(report);
    if (!report.expectedRandom().isEmpty()) {
      series.add(Line.of("random, expected", x, array(report.expectedRandom())));
    }
    for (StrategyResult each : report.strategies()) {
      List<Interval> means = each.points().stream().map(Trajectories.Point::mean).toList();
      add(series, each.name(), x, means);
    }
    return figure(report, "regret (points)", series);
  }

  /** The mean share of the table's hypervolume against the budget, with intervals. */
  public static Figure volume(SearchReport report) {
    List<Series> series = new ArrayList<>();
    for (StrategyResult each : report.strategies()) {
      if (!each.volume().isEmpty()) {
        add(series, each.name(), checkpoints(report), each.volume());
      }
    }
    return figure(report, "share of hypervolume", series);
  }

  private static void add(List<Series> series, String name, double[] x, List<Interval> means) {
    series.add(Line.of(name, x, means.stream().mapToDouble(Interval::value).toArray()));
    series.add(
        Band.linear(
            name,
            x,
            means.stream().mapToDouble(Interval::low).toArray(),
            means.stream().mapToDouble(Interval::high).toArray()));
  }

  private static double[] checkpoints(SearchReport report) {
    return array(report.checkpoints());
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static Figure figure(SearchReport report, String yLabel, List<Series> series) {
    DoubleStream all = DoubleStream.empty();
    for (Series one : series) {
      all =
          one instanceof Line line
              ? DoubleStream.concat(all, Arrays.stream(line.y()))
              : DoubleStream.concat(
                  all,
                  DoubleStream.concat(
                      Arrays.stream(((Band) one).low()), Arrays.stream(((Band) one).high())));
    }
    double[] y = all.toArray();
    boolean volume = yLabel.startsWith("share");
    boolean log = !volume && Arrays.stream(y).allMatch(value -> value > 0);
    Axis height = Axis.covering(yLabel, log ? Scale.LOG10 : Scale.LINEAR, y);
    Axis width =
        Axis.covering(
            "budget (" + report.conditions().unitWords() + ")", Scale.LOG2, checkpoints(report));
    if (log && height.ticks(MOST_TICKS).size() < 2) { // so that two powers of ten are marked
      double low = Math.pow(10, Math.floor(Math.log10(height.low())));
      height = height.range(low, Math.max(height.high(), 10 * low));
    }
    double factor = Math.pow(height.high() / Math.max(height.low(), 1e-12), MARGIN);
    double margin = (height.high() - height.low()) * MARGIN;
    return new Figure(
        "",
        width.range(width.low() / Math.sqrt(2), width.high() * Math.sqrt(2)),
        log
            ? height.range(height.low() / factor, height.high() * factor)
            : height.range(height.low() - margin, height.high() + margin),
        series);
  }
}
