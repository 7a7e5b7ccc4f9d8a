package dsa.figures;

import dsa.analysis.randomsearch.BestRange;
import dsa.analysis.report.BestRangeReport;
import dsa.analysis.report.BestRangeReport.ParameterRange;
import java.util.Arrays;
import java.util.List;

/**
 * Error against a setting, one point a model, the range of the good models shaded and their median
 * drawn, as in the figures of the empirical bootstrap of Radosavovic et al., <i>Designing Network
 * Design Spaces</i>, CVPR 2020. Diverged and outlying models do not stretch the axis; the legend
 * says how many are shown.
 */
public final class BestRangeFigure {

  private BestRangeFigure() {}

  /** The figure of one parameter of a report; costs in millions and billions, as elsewhere. */
  public static Figure of(BestRangeReport report, ParameterRange range) {
    SettingAxis setting = SettingAxis.of(range.parameter(), values(range.values()));
    double[] errors = values(report.errors());
    double[] trained = Arrays.stream(errors).filter(error -> error < report.chance()).toArray();
    Axis y = ScatterFigure.errors(report.metric(), List.of(trained.length == 0 ? errors : trained));
    BestRange.Range simulated = range.simulated();
    double low = setting.shown(simulated.low());
    double high = setting.shown(simulated.high());
    double median = setting.shown(simulated.median());
    String best =
        Math.round(100 * report.level())
            + " % of the best: "
            + setting.text(simulated.low())
            + " to "
            + setting.text(simulated.high())
            + ", median "
            + setting.text(simulated.median());
    Points all = Points.of(report.name(), setting.values(), errors);
    long beyond = Arrays.stream(errors).filter(error -> error > y.high()).count();
    Points models =
        beyond == 0 ? all : all.noted((errors.length - beyond) + " of " + errors.length + " shown");
    Line middle = Line.vertical(best, median, y.low(), y.high());
    return new Figure(
        "",
        setting.axis(),
        y,
        low < high
            ? List.of(
                Band.linear(
                    best,
                    new double[] {low, high},
                    new double[] {y.low(), y.low()},
                    new double[] {y.high(), y.high()}),
                models,
                middle)
            : List.of(models, middle));
  }

  private static double[] values(List<Double> list) {
    return list.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
