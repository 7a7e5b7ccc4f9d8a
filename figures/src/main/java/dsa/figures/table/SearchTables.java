package dsa.figures.table;

import dsa.analysis.inference.Interval;
import dsa.analysis.report.SearchReport;
import dsa.analysis.report.SearchReport.Pair;
import dsa.analysis.report.SearchReport.StrategyResult;
import dsa.analysis.trajectory.SignalledRandomSearch;
import dsa.analysis.trajectory.Trajectories;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The tables of searches, made from their report. */
public final class SearchTables {

  private static final int DIGITS = 3;
  private static final double LEAST_P = 0.001;

  private SearchTables() {}

  /** One row a strategy, at the budget. */
  public static Table atBudget(SearchReport report) {
    List<Column> columns =
        new ArrayList<>(
            List.of(
                Column.text("strategy"),
                Column.number("mean regret", DIGITS).in("points"),
                Column.number("low", DIGITS).in("points"),
                Column.number("high", DIGITS).in("points"),
                Column.number("median", DIGITS).in("points"),
                Column.number("evaluations", 1),
                Column.number("networks", 1)));
    boolean draws = !report.expectedRandom().isEmpty();
    boolean recommended =
        report.strategies().stream().anyMatch(each -> each.recommended().isPresent());
    boolean volume = report.strategies().stream().anyMatch(each -> !each.volume().isEmpty());
    if (draws) {
      columns.add(Column.count("random draws worth it"));
    }
    if (recommended) {
      columns.add(Column.number("regret recommended", DIGITS).in("points"));
    }
    if (volume) {
      columns.add(Column.number("hypervolume share", DIGITS));
    }
    Table.Builder table = Table.of(columns.toArray(Column[]::new));
    for (StrategyResult each : report.strategies()) {
      int last = each.points().size() - 1;
      Trajectories.Point point = each.points().get(last);
      List<Object> cells =
          new ArrayList<>(
              List.of(
                  each.name(),
                  point.mean().value(),
                  point.mean().low(),
                  point.mean().high(),
                  point.median(),
                  each.evaluations(),
                  each.uniqueNetworks()));
      if (draws) {
        cells.add(draws(each.equivalents().get(last).budget()));
      }
      if (recommended) {
        cells.add(each.recommended().map(Interval::value));
      }
      if (volume) {
        cells.add(
            each.volume().isEmpty()
                ? Optional.empty()
                : Optional.of(each.volume().get(last).value()));
      }
      table.row(cells.toArray());
    }
    return table.build();
  }

  private static Object draws(OptionalLong budget) {
    return budget.isPresent() ? (Object) budget : "more than any";
  }

  /** One row a strategy and checkpoint. */
  public static Table trajectories(SearchReport report) {
    Table.Builder table =
        Table.of(
            Column.text("strategy"),
            Column.number(report.conditions().unit(), 0),
            Column.number("mean regret", DIGITS).in("points"),
            Column.number("low", DIGITS).in("points"),
            Column.number("high", DIGITS).in("points"),
            Column.number("lower quartile", DIGITS).in("points"),
            Column.number("median", DIGITS).in("points"),
            Column.number("upper quartile", DIGITS).in("points"),
            Column.number("random, expected", DIGITS).in("points"),
            Column.count("random draws"),
            Column.number("hypervolume share", DIGITS));
    for (StrategyResult each : report.strategies()) {
      for (int k = 0; k < report.checkpoints().size(); k++) {
        Trajectories.Point point = each.points().get(k);
        Optional<SignalledRandomSearch.Equivalent> worth =
            each.equivalents().isEmpty()
                ? Optional.empty()
                : Optional.of(each.equivalents().get(k));
        table.row(
            each.name(),
            report.checkpoints().get(k),
            point.mean().value(),
            point.mean().low(),
            point.mean().high(),
            point.lowerQuartile(),
            point.median(),
            point.upperQuartile(),
            report.expectedRandom().isEmpty()
                ? Optional.empty()
                : Optional.of(report.expectedRandom().get(k)),
            worth.map(w -> draws(w.budget())),
            each.volume().isEmpty() ? Optional.empty() : Optional.of(each.volume().get(k).value()));
      }
    }
    return table.build();
  }

  /** One row a pair of strategies, at the budget. */
  public static Table pairs(SearchReport report) {
    Table.Builder table =
        Table.of(
            Column.text("a"),
            Column.text("b"),
            Column.number("a - b", DIGITS).in("points"),
            Column.number("low", DIGITS).in("points"),
            Column.number("high", DIGITS).in("points"),
            Column.number("P(a better)", 2),
            Column.number("p", DIGITS),
            Column.number("p, Holm", DIGITS));
    for (Pair pair : report.pairs()) {
      table.row(
          pair.a(),
          pair.b(),
          pair.result().difference().value(),
          pair.result().difference().low(),
          pair.result().difference().high(),
          pair.result().probabilityABetter(),
          pValue(pair.result().pValue()),
          pValue(pair.holm()));
    }
    return table.build();
  }

  private static Object pValue(double p) {
    return p < LEAST_P ? "< " + LEAST_P : (Object) p;
  }

  /** One row a strategy and reason why searches of it ended. */
  public static Table stops(SearchReport report) {
    Table.Builder table =
        Table.of(Column.text("strategy"), Column.count("searches"), Column.text("stopped because"));
    for (StrategyResult each : report.strategies()) {
      each.stops().forEach((reason, count) -> table.row(each.name(), count, reason));
    }
    return table.build();
  }
}
