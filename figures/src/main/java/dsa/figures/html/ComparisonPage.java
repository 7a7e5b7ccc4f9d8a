package dsa.figures.html;

import dsa.analysis.report.ComparisonReport;
import dsa.analysis.report.ComparisonReport.PairFindings;
import dsa.analysis.report.ComparisonReport.PopulationFindings;
import dsa.core.run.Population;
import dsa.core.run.PopulationOrigin;
import dsa.figures.ComparisonFigures;
import dsa.figures.ComparisonFigures.Plot;
import dsa.figures.Figure;
import dsa.figures.table.Column;
import dsa.figures.table.ComparisonTables;
import dsa.figures.table.Table;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A comparison as one HTML file: verdict and conditions first, then the models to be looked at one
 * by one, every figure with its numbers, every table, and where the numbers come from.
 */
public final class ComparisonPage {

  private ComparisonPage() {}

  /**
   * The document.
   *
   * @param report what was found
   * @param populations what it was found of, in the report's order: ids, architectures and costs of
   *     its models
   * @param made what made it, such as the command and the version, label by label
   */
  public static String of(
      ComparisonReport report, List<Population> populations, Map<String, String> made) {
    String names =
        report.populations().stream()
            .map(PopulationFindings::name)
            .collect(Collectors.joining(" · "));
    Page page = new Page(names);
    for (PairFindings pair : report.pairs()) {
      page.text("verdict", pair.verdict().text());
    }
    page.text("conditions", report.conditions());
    report.sensitivity().ifPresent(changes -> page.text("note", changes.text()));
    page.list("To be read with care", report.warnings());
    page.explorer("Models", ModelsJson.of(report, populations));
    Map<String, Figure> figures = ComparisonFigures.of(report, EnumSet.allOf(Plot.class));
    page.section("Figures");
    page.figures(
        () ->
            figures.forEach(
                (plot, figure) -> page.figure(caption(plot), description(plot), figure)));
    page.section("Tables");
    page.table("Populations", ComparisonTables.populations(report), false);
    page.table("Pairs", ComparisonTables.pairs(report), false);
    page.table("Random search", ComparisonTables.randomSearch(report), false);
    if (report.sensitivity().isPresent()) {
      page.table(
          "Whether the difference hangs on settings", ComparisonTables.sensitivity(report), false);
    }
    page.section("Where this comes from");
    page.table("Populations and their sources", origins(report), false);
    page.table("How this page was made", made(made), false);
    return page.document();
  }

  private static String caption(String plot) {
    return switch (plot) {
      case "edf" -> "Distributions of errors";
      case "edf-difference" -> "Differences of the distributions";
      case "random-search" -> "Random search";
      case "error-against-complexity" -> "Error against complexity";
      case "complexity" -> "Complexity of the models";
      default -> plot;
    };
  }

  private static String description(String plot) {
    return switch (plot) {
      case "edf" ->
          "The share of models with at most the error on the horizontal axis, with simultaneous"
              + " bands: a curve further left and up is better.";
      case "edf-difference" ->
          "The share of the first space less that of the second: where a band does not touch 0,"
              + " one space has more models of at most that error.";
      case "random-search" ->
          "The expected error of the best of m models drawn at random, with intervals of the"
              + " expectation.";
      case "error-against-complexity" -> "One mark for each model.";
      case "complexity" -> "How many models have which complexity.";
      default -> "";
    };
  }

  private static Table origins(ComparisonReport report) {
    Table.Builder table =
        Table.of(
            Column.text("population"),
            Column.text("source"),
            Column.text("data set"),
            Column.text("recipe"),
            Column.text("error"),
            Column.number("of guessing", 2),
            Column.number("runs a model", 2));
    for (PopulationFindings each : report.populations()) {
      PopulationOrigin origin = each.origin();
      Optional<String> unknown = Optional.of("not stated");
      table.row(
          each.name(),
          origin.source(),
          origin.dataset().or(() -> unknown),
          origin.recipe().or(() -> unknown),
          origin.metric().isLoss() ? origin.metric().quantity() : origin.error().label(),
          origin.chanceErrorPct(),
          each.runsPerModel());
    }
    return table.build();
  }

  private static Table made(Map<String, String> made) {
    Table.Builder table = Table.of(Column.text("what"), Column.text("value"));
    made.forEach((what, value) -> table.row(what, value));
    return table.build();
  }
}
