package dsa.figures.table;

import dsa.analysis.inference.Interval;
import dsa.analysis.inference.Verdict;
import dsa.analysis.randomsearch.RandomSearchCurve;
import dsa.analysis.report.ComparisonReport;
import dsa.analysis.report.ComparisonReport.PairFindings;
import dsa.analysis.report.ComparisonReport.PopulationFindings;
import dsa.analysis.report.Ranking;
import dsa.analysis.report.Sensitivity;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tables of a comparison, made from its report. */
public final class ComparisonTables {

  /** The most populations whose pairs fit into one table. */
  public static final int LARGEST_MATRIX = 12;

  /** The most populations whose search results stand beside each other with intervals. */
  private static final int MOST_BESIDE = 4;

  private ComparisonTables() {}

  /** One row a population: what was used, errors, area under the EDF with its interval. */
  public static Table populations(ComparisonReport report) {
    Table.Builder table =
        Table.of(
            Column.text("space"),
            Column.count("recorded"),
            Column.count("diverged"),
            Column.count("outside"),
            Column.count("used"),
            Column.number("n_eff", 0),
            Column.number("max w", 4),
            Column.number("min", 2).in(report.normalization().metric().unit()),
            Column.number("median", 2).in(report.normalization().metric().unit()),
            Column.number("mean", 2).in(report.normalization().metric().unit()),
            Column.text("area [" + level(report) + "]"));
    for (PopulationFindings p : report.populations()) {
      table.row(
          p.name(),
          p.models().recorded(),
          p.models().diverged(),
          p.models().outside() + p.models().uncosted(),
          p.models().size(),
          p.models().effectiveSampleSize(),
          p.models().largestWeight(),
          p.models().errors()[0],
          p.median().value(),
          p.estimates().mean().value(),
          shown(p.estimates().area(), 4));
    }
    return table.build();
  }

  /**
   * One row a changed setting: the difference of capped mean errors under it, in points by which
   * the first population is ahead, and whether it reads as that of the comparison. Empty for more
   * than two populations.
   */
  public static Table sensitivity(ComparisonReport report) {
    Table.Builder table =
        Table.of(
            Column.text("setting"),
            Column.text("changed to"),
            Column.number("ahead by", 2),
            Column.number("low", 2),
            Column.number("high", 2),
            Column.text("holds"));
    for (Sensitivity.Row row : report.sensitivity().map(Sensitivity::rows).orElse(List.of())) {
      table.row(
          row.setting(),
          row.value(),
          row.points().value(),
          row.points().low(),
          row.points().high(),
          row.holds() ? "yes" : "no");
    }
    return table.build();
  }

  /** The numbers of {@link #populations}, one to a cell. */
  public static Table populationData(ComparisonReport report) {
    Table.Builder table =
        Table.of(
            Column.text("space"),
            Column.count("recorded"),
            Column.count("diverged"),
            Column.count("diverged dropped"),
            Column.count("uncosted"),
            Column.count("outside"),
            Column.count("used"),
            Column.number("n_eff", 4),
            Column.number("largest weight", 6),
            Column.number("min", 4).in(report.normalization().metric().unit()),
            Column.number("median", 4).in(report.normalization().metric().unit()),
            Column.number("mean", 4).in(report.normalization().metric().unit()),
            Column.number("area", 6),
            Column.number("area low", 6),
            Column.number("area high", 6));
    for (PopulationFindings p : report.populations()) {
      table.row(
          p.name(),
          p.models().recorded(),
          p.models().diverged(),
          p.models().divergedDropped(),
          p.models().uncosted(),
          p.models().outside(),
          p.models().size(),
          p.models().effectiveSampleSize(),
          p.models().largestWeight(),
          p.models().errors()[0],
          p.median().value(),
          p.estimates().mean().value(),
          p.estimates().area().value(),
          p.estimates().area().low(),
          p.estimates().area().high());
    }
    return table.build();
  }

  /**
   * One row a pair: distances with p-values, area difference and P(A better) with intervals. D is
   * of equal weights; where nothing is held fixed the weighted D is the same and stands there once,
   * with the p-value of the permutations.
   */
  public static Table pairs(ComparisonReport report) {
    boolean weighted = report.given().isPresent();
    List<Column> columns = new ArrayList<>(List.of(Column.text("A, B"), Column.number("D", 3)));
    if (weighted) {
      columns.add(Column.text("p"));
      columns.add(Column.number(weightedDistance(report), 3));
    }
    columns.add(Column.text(testLabel(report)));
    columns.add(Column.text("area A - B [" + level(report) + "]"));
    columns.add(
        Column.text(
            "P(A better"
                + (inStrata(report) ? " at equal " + report.given().orElseThrow() : "")
                + ") ["
                + level(report)
                + "]"));
    Table.Builder table = Table.of(columns.toArray(Column[]::new));
    for (PairFindings pair : report.pairs()) {
      List<Object> cells = new ArrayList<>();
      cells.add(name(report, pair.a()) + ", " + name(report, pair.b()));
      cells.add(pair.unnormalized().distance());
      if (weighted) {
        cells.add(pValue(pair.unnormalized().pValue()));
        cells.add(pair.normalized().ks().distance());
      }
      cells.add((pair.pAtFloor() ? "≤ " : "") + pValue(pair.holm()));
      cells.add(shown(pair.estimates().areaDifference(), 4));
      cells.add(shown(pair.probabilityABetter(), 3));
      table.row(cells.toArray());
    }
    return table.build();
  }

  /** What the weighted distance is called wherever it stands. */
  private static String weightedDistance(ComparisonReport report) {
    return "D | " + report.given().orElse("none");
  }

  /**
   * One row a population, best first: mean error with errors above epsilon counted as epsilon, its
   * interval, and the letters of its groups, or, where all were compared with one, how far each is
   * ahead of that.
   */
  public static Table ranking(ComparisonReport report) {
    Ranking ranking = report.ranking();
    List<Column> columns =
        new ArrayList<>(
            List.of(
                Column.count("rank"),
                Column.text("space"),
                Column.number("n_eff", 0),
                Column.text(cappedMean(report) + " [" + level(report) + "]"),
                Column.number("median", 2).in(report.normalization().metric().unit())));
    Optional<String> reference = ranking.reference().map(p -> name(report, p));
    if (reference.isPresent()) {
      columns.add(Column.text("ahead of " + reference.get() + " by [" + level(report) + "]"));
      columns.add(Column.text("p (Holm)"));
      columns.add(Column.text("is"));
    } else {
      columns.add(Column.text("groups"));
    }
    Table.Builder table = Table.of(columns.toArray(Column[]::new));
    for (Ranking.Place place : ranking.places()) {
      PopulationFindings p = report.populations().get(place.population());
      List<Object> cells = new ArrayList<>();
      cells.add(place.rank());
      cells.add(p.name());
      cells.add(p.models().effectiveSampleSize());
      cells.add(shown(place.cappedMean(), 2));
      cells.add(p.median().value());
      if (reference.isPresent()) {
        cells.addAll(againstReference(report, ranking.reference().get(), place.population()));
      } else {
        cells.add(place.groups());
      }
      table.row(cells.toArray());
    }
    return table.build();
  }

  private static List<Object> againstReference(
      ComparisonReport report, int reference, int population) {
    for (PairFindings pair : report.pairs()) {
      boolean first = pair.a() == population && pair.b() == reference;
      if (first || (pair.b() == population && pair.a() == reference)) {
        return List.of(
            shown(ahead(report, pair, first), 2),
            (pair.pAtFloor() ? "≤ " : "") + pValue(pair.holm()),
            !Ranking.isToldApart(pair)
                ? "not told apart"
                : (pair.verdict().outcome() == Verdict.Outcome.A_BETTER) == first
                    ? "better"
                    : "worse");
      }
    }
    return List.of("", "", "the reference");
  }

  /** By how many points of capped means the first or second of a pair is ahead. */
  private static Interval ahead(ComparisonReport report, PairFindings pair, boolean first) {
    Interval area = pair.estimates().areaDifference();
    double epsilon = report.settings().epsilon();
    return first
        ? new Interval(epsilon * area.value(), epsilon * area.low(), epsilon * area.high())
        : new Interval(-epsilon * area.value(), -epsilon * area.high(), -epsilon * area.low());
  }

  private static String cappedMean(ComparisonReport report) {
    String epsilon =
        new BigDecimal(report.settings().epsilon())
            .round(new MathContext(4))
            .stripTrailingZeros()
            .toPlainString();
    return "mean up to " + epsilon + " " + report.normalization().metric().unit();
  }

  /**
   * Every pair at a glance, populations as ranked: above the diagonal by how many points the mean
   * of the row's is below that of the column's (errors above epsilon counted as that), below it the
   * p-value after Holm; a star marks pairs of which one is better. Empty unless all pairs were
   * compared and they are at most {@value #LARGEST_MATRIX} populations.
   */
  public static Table matrix(ComparisonReport report) {
    Ranking ranking = report.ranking();
    List<Ranking.Place> places = ranking.places();
    List<Column> columns = new ArrayList<>(List.of(Column.text("space")));
    for (Ranking.Place place : places) {
      columns.add(Column.number(Integer.toString(place.rank()), 2));
    }
    Table.Builder table = Table.of(columns.toArray(Column[]::new));
    if (ranking.reference().isPresent() || places.size() > LARGEST_MATRIX) {
      return table.build();
    }
    for (Ranking.Place row : places) {
      List<Object> cells = new ArrayList<>();
      cells.add(row.rank() + " " + name(report, row.population()));
      for (Ranking.Place column : places) {
        cells.add(
            row.rank() == column.rank()
                ? ""
                : matrixCell(report, row, column, row.rank() < column.rank()));
      }
      table.row(cells.toArray());
    }
    return table.build();
  }

  private static String matrixCell(
      ComparisonReport report, Ranking.Place row, Ranking.Place column, boolean effect) {
    int a = Math.min(row.population(), column.population());
    int b = Math.max(row.population(), column.population());
    for (PairFindings pair : report.pairs()) {
      if (pair.a() == a && pair.b() == b) {
        return effect
            ? Decimals.fixed(ahead(report, pair, row.population() == a).value(), 2)
                + (Ranking.isToldApart(pair) ? "*" : "")
            : (pair.pAtFloor() ? "≤ " : "") + pValue(pair.holm());
      }
    }
    throw new AssertionError("no pair " + a + ", " + b);
  }

  private static boolean inStrata(ComparisonReport report) {
    return report.normalization().strata().isPresent();
  }

  /** In strata the p-value is that of area and distance together. */
  private static String testLabel(ComparisonReport report) {
    String label = inStrata(report) ? "p (area, D" : "p";
    if (report.pairs().size() == 1) {
      return inStrata(report) ? label + ")" : label;
    }
    return label + (inStrata(report) ? "; Holm)" : " (Holm)");
  }

  /** The numbers of {@link #pairs}, one to a cell. */
  public static Table pairData(ComparisonReport report) {
    Table.Builder table =
        Table.of(
            Column.text("A"),
            Column.text("B"),
            Column.number("D", 6),
            Column.number("p of D", 6),
            Column.number(weightedDistance(report), 6),
            Column.number("p of " + weightedDistance(report), 6),
            Column.number("p area", 6),
            Column.number("p joint", 6),
            Column.number("p Holm", 6),
            Column.number("area difference", 6),
            Column.number("area difference low", 6),
            Column.number("area difference high", 6),
            Column.number("P(A better)", 6),
            Column.number("P(A better) low", 6),
            Column.number("P(A better) high", 6),
            Column.number("P(A better at equal complexity)", 6),
            Column.number("P(A better at equal complexity) low", 6),
            Column.number("P(A better at equal complexity) high", 6),
            Column.text("outcome"));
    for (PairFindings pair : report.pairs()) {
      Interval area = pair.estimates().areaDifference();
      Interval better = pair.estimates().probabilityABetter();
      Optional<Interval> equal = pair.estimates().probabilityABetterAtEqualComplexity();
      table.row(
          name(report, pair.a()),
          name(report, pair.b()),
          pair.unnormalized().distance(),
          pair.unnormalized().pValue(),
          pair.normalized().ks().distance(),
          pair.normalized().ks().pValue(),
          pair.normalized().areaPValue(),
          pair.normalized().jointPValue(),
          pair.holm(),
          area.value(),
          area.low(),
          area.high(),
          better.value(),
          better.low(),
          better.high(),
          equal.map(Interval::value),
          equal.map(Interval::low),
          equal.map(Interval::high),
          pair.verdict().outcome().label());
    }
    return table.build();
  }

  /**
   * One row a budget: the expected best error of each population with its interval; of more than
   * four populations one row each, without intervals, at every other budget. A question mark stands
   * where the budget exceeds a tenth of the effective sample size, a dash where it exceeds all of
   * it.
   */
  public static Table randomSearch(ComparisonReport report) {
    if (report.populations().size() > MOST_BESIDE) {
      return searchByPopulation(report);
    }
    List<Column> columns = new ArrayList<>();
    columns.add(Column.count("models"));
    for (PopulationFindings population : report.populations()) {
      String unit = report.normalization().metric().unit();
      columns.add(Column.text(population.name() + " " + unit + " [" + level(report) + "]"));
    }
    Table.Builder table = Table.of(columns.toArray(Column[]::new));
    for (int k = 0; k < report.settings().budgets().size(); k++) {
      List<Object> cells = new ArrayList<>();
      cells.add(report.settings().budgets().get(k));
      for (PopulationFindings population : report.populations()) {
        String value = shown(population.estimates().expectedBest().get(k), 2);
        cells.add(
            switch (population.search().get(k).support()) {
              case AMPLE -> value;
              case THIN -> value + " ?";
              case NONE -> "-";
            });
      }
      table.row(cells.toArray());
    }
    return table.build();
  }

  private static Table searchByPopulation(ComparisonReport report) {
    List<Column> columns = new ArrayList<>(List.of(Column.text("best of")));
    for (int k = 0; k < report.settings().budgets().size(); k += 2) {
      columns.add(
          Column.number(report.settings().budgets().get(k).toString(), 2)
              .in(report.normalization().metric().unit()));
    }
    Table.Builder table = Table.of(columns.toArray(Column[]::new));
    for (Ranking.Place place : report.ranking().places()) {
      PopulationFindings population = report.populations().get(place.population());
      List<Object> cells = new ArrayList<>(List.of(population.name()));
      for (int k = 0; k < population.search().size(); k += 2) {
        RandomSearchCurve.Point point = population.search().get(k);
        String value = Decimals.fixed(point.expectedBest(), 2);
        cells.add(
            switch (point.support()) {
              case AMPLE -> value;
              case THIN -> value + " ?";
              case NONE -> "-";
            });
      }
      table.row(cells.toArray());
    }
    return table.build();
  }

  /** The numbers of {@link #randomSearch}, one to a cell. */
  public static Table randomSearchData(ComparisonReport report) {
    Table.Builder table =
        Table.of(
            Column.text("space"),
            Column.count("models"),
            Column.number("expected best", 6).in(report.normalization().metric().unit()),
            Column.number("low", 6).in(report.normalization().metric().unit()),
            Column.number("high", 6).in(report.normalization().metric().unit()),
            Column.text("support"));
    for (PopulationFindings population : report.populations()) {
      for (int k = 0; k < population.search().size(); k++) {
        RandomSearchCurve.Point point = population.search().get(k);
        Interval expected = population.estimates().expectedBest().get(k);
        table.row(
            population.name(),
            point.budget(),
            point.expectedBest(),
            expected.low(),
            expected.high(),
            point.support().label());
      }
    }
    return table.build();
  }

  private static String name(ComparisonReport report, int population) {
    return report.populations().get(population).name();
  }

  /** A p-value to two significant digits; values below 1e-4 are given as a bound. */
  public static String pValue(double p) {
    return p < 1e-4
        ? "< 0.0001"
        : new BigDecimal(p).round(new MathContext(2)).stripTrailingZeros().toPlainString();
  }

  private static String level(ComparisonReport report) {
    return new BigDecimal(report.settings().level() * 100)
            .round(new MathContext(4))
            .stripTrailingZeros()
            .toPlainString()
        + " %";
  }

  private static String shown(Interval interval, int digits) {
    return Decimals.fixed(interval.value(), digits)
        + " ["
        + Decimals.fixed(interval.low(), digits)
        + ", "
        + Decimals.fixed(interval.high(), digits)
        + "]";
  }
}
