package dsa.cli.compare;

import dsa.analysis.report.RankingReport;
import dsa.cli.console.Console;
import dsa.cli.console.OutputFormat;
import dsa.cli.console.OutputOptions;
import dsa.core.run.Metric;
import dsa.figures.search.RankingFigure;
import dsa.figures.table.RankingTable;
import dsa.populations.LearningCurves;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What {@code agreement --over-epochs} does: ranks networks by every epoch of their trainings. */
final class OverEpochs {

  private OverEpochs() {}

  /** Prints, and draws if there is a folder, how epochs rank networks. */
  static void run(
      List<String> populations,
      Metric score,
      ResamplingOptions resampling,
      OutputOptions output,
      FigureOptions figures,
      Console console)
      throws IOException {
    List<RankingReport.Curves> curves = new ArrayList<>();
    for (String each : populations) {
      LearningCurves opened = LearningCurves.open(each);
      List<List<Double>> scores =
          score == Metric.TEST_ERROR ? opened.testErrorsPct() : opened.trainLosses();
      curves.add(
          new RankingReport.Curves(
              opened.name(),
              opened.networks(),
              scores.stream().map(of -> column(of, score == Metric.TRAIN_LOSS_SUM)).toList(),
              opened.testErrorsPct().stream().map(of -> of.get(of.size() - 1)).toList(),
              opened.leftOut()));
    }
    RankingReport report =
        RankingReport.of(
            curves, score.label(), resampling.level(), resampling.resamples(), resampling.seed());
    if (figures.folder().isPresent()) {
      figures.write("ranking-over-epochs", RankingFigure.of(report));
      figures.tell(console);
    }
    PrintWriter out = console.out();
    if (output.format() == OutputFormat.JSON) {
      out.print(report.json());
      return;
    }
    out.print(output.render(RankingTable.of(report)));
    if (output.format() == OutputFormat.TEXT) {
      out.println();
      report.findings().forEach(out::println);
    }
    out.print(output.notes(report.warnings()));
  }

  /** A curve, or the sums of it so far. */
  private static double[] column(List<Double> curve, boolean sums) {
    double[] column = curve.stream().mapToDouble(Double::doubleValue).toArray();
    for (int e = 1; sums && e < column.length; e++) {
      column[e] += column[e - 1];
    }
    return column;
  }
}
