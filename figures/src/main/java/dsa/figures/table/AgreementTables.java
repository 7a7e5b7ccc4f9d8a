package dsa.figures.table;

import dsa.analysis.association.Agreement;
import dsa.analysis.association.ReplicateNoise;
import dsa.analysis.association.Replicates;
import dsa.analysis.inference.Interval;
import dsa.analysis.report.AgreementReport;
import dsa.analysis.report.AgreementReport.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The tables of agreement, made from its report. */
public final class AgreementTables {

  private static final Column[] OVERALL = {
    Column.count("matched"),
    Column.count("only a"),
    Column.count("only b"),
    Column.number("tau-b", 3),
    Column.number("tau low", 3),
    Column.number("tau high", 3),
    Column.number("rho", 3),
    Column.number("rho low", 3),
    Column.number("rho high", 3)
  };

  private static final Column[] GIVEN_PARAMS = {
    Column.count("strata"),
    Column.number("tau-b | params", 3),
    Column.number("tau | params low", 3),
    Column.number("tau | params high", 3),
    Column.number("params with b", 3),
    Column.number("params low", 3),
    Column.number("params high", 3)
  };

  private AgreementTables() {}

  /** One row a pair: rank correlations with their intervals. */
  public static Table pairs(AgreementReport report) {
    return table(report.pairs(), true, false);
  }

  /**
   * One row a pair whose networks' params are known: the rank correlation over networks of about
   * equal params, and that of params with the errors of b.
   */
  public static Table givenParams(AgreementReport report) {
    return table(
        report.pairs().stream().filter(pair -> pair.agreement().givenCost().isPresent()).toList(),
        false,
        true);
  }

  /** All of both, one number to a cell. */
  public static Table pairData(AgreementReport report) {
    return table(report.pairs(), true, true);
  }

  private static Table table(List<Pair> pairs, boolean overall, boolean givenParams) {
    List<Column> columns = new ArrayList<>(List.of(Column.text("a"), Column.text("b")));
    columns.addAll(overall ? Arrays.asList(OVERALL) : List.of());
    columns.addAll(givenParams ? Arrays.asList(GIVEN_PARAMS) : List.of());
    Table.Builder table = Table.of(columns.toArray(Column[]::new));
    for (Pair pair : pairs) {
      List<Object> cells = new ArrayList<>(List.of(pair.a(), pair.b()));
      if (overall) {
        cells.addAll(List.of(pair.matched(), pair.onlyA(), pair.onlyB()));
        add(cells, pair.agreement().kendallTauB());
        add(cells, pair.agreement().spearman());
      }
      if (givenParams) {
        Optional<Agreement.GivenCost> given = pair.agreement().givenCost();
        cells.add(given.map(Agreement.GivenCost::strata));
        add(cells, given.flatMap(Agreement.GivenCost::kendallTauB));
        add(cells, given.flatMap(Agreement.GivenCost::baseline));
      }
      table.row(cells.toArray());
    }
    return table.build();
  }

  private static void add(List<Object> cells, Optional<Interval> interval) {
    cells.add(interval.map(Interval::value));
    cells.add(interval.map(Interval::low));
    cells.add(interval.map(Interval::high));
  }

  /** One row a group of replicates. */
  public static Table replicates(AgreementReport report) {
    String unit =
        report.replicates().stream()
            .map(group -> group.metric().differenceUnit())
            .distinct()
            .collect(Collectors.joining(" or "));
    Table.Builder table =
        Table.of(
            Column.text("replicates of"),
            Column.count("populations"),
            Column.count("networks"),
            Column.number("sd of a replicate", 3).in(unit),
            Column.number("sd of the networks' means", 3).in(unit),
            Column.number("reliability", 3));
    for (Replicates each : report.replicates()) {
      ReplicateNoise noise = each.noise();
      table.row(
          each.conditions(),
          noise.replicates(),
          noise.models(),
          noise.replicateSd(),
          noise.spreadOfMeans(),
          noise.reliability());
    }
    return table.build();
  }
}
