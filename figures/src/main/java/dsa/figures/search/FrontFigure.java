package dsa.figures.search;

import dsa.analysis.report.ParetoReport;
import dsa.analysis.report.ParetoReport.Member;
import dsa.analysis.report.ParetoReport.SpaceFront;
import dsa.analysis.report.ParetoReport.WithinCost;
import dsa.core.complexity.ComplexityMeasure;
import dsa.figures.Axis;
import dsa.figures.Band;
import dsa.figures.Figure;
import dsa.figures.Points;
import dsa.figures.Scale;
import dsa.figures.Series;
import java.util.ArrayList;
import java.util.List;

/** Fronts of error against cost, with what samples of one size reach. */
public final class FrontFigure {

  private static final double MARGIN = 0.04;
  private static final double DECADES = 100; // a ratio of costs that a linear axis cannot show

  private FrontFigure() {}

  /**
   * The members of each front as points, and the band that holds the front of a sample with the
   * report's probability. Errors range up to the reference: what is worse counts for nothing.
   */
  public static Figure of(ParetoReport report) {
    ComplexityMeasure measure = report.settings().measure();
    double top = report.settings().referenceErrorPct().getAsDouble();
    List<Series> series = new ArrayList<>();
    double[] ends = {Double.POSITIVE_INFINITY, 0};
    double least = top;
    for (SpaceFront space : report.spaces()) {
      List<Member> front = space.front().stream().filter(m -> m.errorPct() <= top).toList();
      List<WithinCost> reached =
          space.attainment().stream()
              .filter(w -> w.reached().isPresent() && w.reached().get().low() <= top)
              .toList();
      if (!reached.isEmpty()) {
        series.add(
            Band.stepwise(
                space.name(),
                reached.stream().mapToDouble(w -> w.cost() / measure.unitSize()).toArray(),
                reached.stream().mapToDouble(w -> w.reached().get().low()).toArray(),
                reached.stream()
                    .mapToDouble(w -> Math.min(top, w.reached().get().high()))
                    .toArray()));
      }
      if (front.isEmpty()) {
        continue;
      }
      double[] x = front.stream().mapToDouble(m -> m.cost() / measure.unitSize()).toArray();
      series.add(
          Points.of(space.name(), x, front.stream().mapToDouble(Member::errorPct).toArray()));
      ends[0] = Math.min(ends[0], x[0]);
      ends[1] = Math.max(ends[1], x[x.length - 1]);
      least = Math.min(least, front.get(front.size() - 1).errorPct());
    }
    ends[1] =
        Math.max(ends[1], report.settings().referenceCost().getAsDouble() / measure.unitSize());
    Scale scale = ends[1] > DECADES * ends[0] ? Scale.LOG10 : Scale.LINEAR;
    Axis width =
        Axis.covering(measure.label() + " (" + measure.unit() + ")", scale, ends[0], ends[1]);
    Axis height = Axis.covering("error (%)", Scale.LINEAR, least, top);
    double margin = (height.high() - height.low()) * MARGIN;
    return new Figure(
        "",
        scale == Scale.LINEAR
            ? width.range(0, width.high() * (1 + MARGIN))
            : width.range(width.low() / (1 + MARGIN), width.high() * (1 + MARGIN)),
        height.range(Math.max(0, height.low() - margin), height.high()),
        series);
  }
}
