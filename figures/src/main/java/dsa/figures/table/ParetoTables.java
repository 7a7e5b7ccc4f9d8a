package dsa.figures.table;

import dsa.analysis.pareto.FrontOptimism;
import dsa.analysis.report.ParetoReport;
import dsa.analysis.report.ParetoReport.Member;
import dsa.analysis.report.ParetoReport.Pair;
import dsa.analysis.report.ParetoReport.Rewarded;
import dsa.analysis.report.ParetoReport.SpaceFront;
import dsa.analysis.report.ParetoReport.WithinCost;
import dsa.core.complexity.ComplexityMeasure;

/** The tables of fronts, made from their report. */
public final class ParetoTables {

  private static final int DIGITS = 3;

  private ParetoTables() {}

  /** One row a space. */
  public static Table spaces(ParetoReport report) {
    Table.Builder table =
        Table.of(
            Column.text("space"),
            Column.count("networks"),
            Column.count("on front"),
            Column.count("near hull"),
            Column.number("hypervolume", 4),
            Column.number("of a sample", 4),
            Column.number("low", 4),
            Column.number("high", 4),
            Column.number("optimism", DIGITS).in("points"));
    for (SpaceFront space : report.spaces()) {
      table.row(
          space.name(),
          space.networks(),
          space.front().size(),
          space.nearHull(),
          space.volume(),
          space.sampledVolume().value(),
          space.sampledVolume().low(),
          space.sampledVolume().high(),
          space.optimism().map(ParetoTables::optimism));
    }
    return table.build();
  }

  private static double optimism(FrontOptimism optimism) {
    return optimism.againPct() - optimism.chosenPct();
  }

  /** One row a network on a front. */
  public static Table fronts(ParetoReport report) {
    ComplexityMeasure measure = report.settings().measure();
    Table.Builder table =
        Table.of(
            Column.text("space"),
            Column.text("network"),
            Column.number(measure.label(), DIGITS).in(measure.unit()),
            Column.number("error", DIGITS).in("%"),
            Column.text("hull"),
            Column.count("equal ones"));
    for (SpaceFront space : report.spaces()) {
      for (Member member : space.front()) {
        table.row(
            space.name(),
            member.id(),
            member.cost() / measure.unitSize(),
            member.errorPct(),
            member.onHull() ? "corner" : "",
            member.ties());
      }
    }
    return table.build();
  }

  /** One row a space and cost that was asked for. */
  public static Table under(ParetoReport report) {
    ComplexityMeasure measure = report.settings().measure();
    Table.Builder table =
        Table.of(
            Column.text("space"),
            Column.number("up to", DIGITS).in(measure.unit()),
            Column.text("best network"),
            Column.number("error", DIGITS).in("%"),
            Column.number("of a sample", DIGITS).in("%"),
            Column.number("low", DIGITS).in("%"),
            Column.number("high", DIGITS).in("%"));
    for (SpaceFront space : report.spaces()) {
      for (WithinCost each : space.under()) {
        table.row(
            space.name(),
            each.cost() / measure.unitSize(),
            each.bestId(),
            each.bestErrorPct(),
            each.reached().map(r -> r.value()),
            each.reached().map(r -> r.low()),
            each.reached().map(r -> r.high()));
      }
    }
    return table.build();
  }

  /** One row a space and kind of MnasNet's reward. */
  public static Table rewards(ParetoReport report) {
    ComplexityMeasure measure = report.settings().measure();
    Table.Builder table =
        Table.of(
            Column.text("space"),
            Column.text("reward"),
            Column.text("best network"),
            Column.number(measure.label(), DIGITS).in(measure.unit()),
            Column.number("error", DIGITS).in("%"),
            Column.number("value", DIGITS));
    for (SpaceFront space : report.spaces()) {
      for (Rewarded best : space.rewarded()) {
        table.row(
            space.name(),
            best.kind(),
            best.id(),
            best.cost() / measure.unitSize(),
            best.errorPct(),
            best.reward());
      }
    }
    return table.build();
  }

  /** One row a pair of spaces. */
  public static Table pairs(ParetoReport report) {
    Table.Builder table =
        Table.of(
            Column.text("a"),
            Column.text("b"),
            Column.number("volume of a - b", 4),
            Column.number("low", 4),
            Column.number("high", 4),
            Column.number("a covers b", 2),
            Column.number("b covers a", 2));
    for (Pair pair : report.pairs()) {
      table.row(
          pair.a(),
          pair.b(),
          pair.volumeDifference().value(),
          pair.volumeDifference().low(),
          pair.volumeDifference().high(),
          pair.aCoversB(),
          pair.bCoversA());
    }
    return table.build();
  }
}
