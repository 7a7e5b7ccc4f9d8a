package dsa.figures;

import dsa.analysis.inference.EdfBand;
import dsa.analysis.randomsearch.RandomSearchCurve;
import dsa.analysis.report.ComparisonReport;
import dsa.analysis.report.ComparisonReport.PairFindings;
import dsa.analysis.report.ComparisonReport.PopulationFindings;
import dsa.analysis.report.EdfReport;
import dsa.analysis.report.Ranking;
import dsa.analysis.weighting.NormalizedPopulation;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.random.SeedPath;
import dsa.core.run.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The figures of a comparison, made from its report. */
public final class ComparisonFigures {

  /** More populations cannot be told apart in one figure. */
  private static final int MOST_SHOWN = 12;

  /** More bands lie on each other. */
  private static final int MOST_BANDS = 6;

  /** More differences are drawn against one population, and more bands not at all. */
  private static final int MOST_DIFFERENCES = 3;

  private ComparisonFigures() {}

  /** The populations that figures show: all, or the best twelve and the reference. */
  private static List<PopulationFindings> shown(ComparisonReport report) {
    if (report.populations().size() <= MOST_SHOWN) {
      return report.populations();
    }
    Ranking ranking = report.ranking();
    List<PopulationFindings> shown = new ArrayList<>();
    for (Ranking.Place place : ranking.places()) {
      boolean reference = ranking.reference().map(r -> r == place.population()).orElse(false);
      if (place.rank() <= MOST_SHOWN || reference) {
        shown.add(report.populations().get(place.population()));
      }
    }
    return shown;
  }

  /** What a comparison can be drawn as; the last two apply only if a measure is held fixed. */
  public enum Plot {
    /** Normalized EDFs with their bands. */
    EDF,
    /** Differences of the normalized EDFs with their bands. */
    EDF_DIFFERENCE,
    /** Expected best errors of random search. */
    RANDOM_SEARCH,
    /** A cloud of all models. */
    ERROR_AGAINST_COMPLEXITY,
    /** Histograms of the complexities. */
    COMPLEXITY;

    /** The name of the figure's files and of the plot in options. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** The {@code plots} that apply, by their labels, in the order of {@link Plot}. */
  public static Map<String, Figure> of(ComparisonReport report, Set<Plot> plots) {
    Map<String, Figure> figures = new LinkedHashMap<>();
    for (Plot plot : Plot.values()) {
      if (plots.contains(plot)) {
        of(report, plot).ifPresent(figure -> figures.put(plot.label(), figure));
      }
    }
    return figures;
  }

  private static Optional<Figure> of(ComparisonReport report, Plot plot) {
    Optional<ComplexityMeasure> given = report.normalization().given();
    return switch (plot) {
      case EDF -> Optional.of(edf(report));
      case EDF_DIFFERENCE -> Optional.of(edfDifference(report));
      case RANDOM_SEARCH -> Optional.of(randomSearch(report));
      case ERROR_AGAINST_COMPLEXITY ->
          given.map(
              measure ->
                  ScatterFigure.of(
                      report.normalization().metric(),
                      clouds(report),
                      measure,
                      SeedPath.root(report.settings().seed()).child("scatter")));
      case COMPLEXITY -> given.map(measure -> HistogramFigure.of(clouds(report), measure));
    };
  }

  private static List<ModelCloud> clouds(ComparisonReport report) {
    return shown(report).stream().map(p -> ModelCloud.of(p.models())).toList();
  }

  /** Normalized EDFs, of up to six populations with their simultaneous bands. */
  public static Figure edf(ComparisonReport report) {
    return edf(
        report.normalization().metric(),
        report.normalization().given(),
        shown(report).stream().map(PopulationFindings::models).toList(),
        shown(report).stream().map(p -> p.estimates().edf()).toList());
  }

  /**
   * EDFs with their simultaneous bands.
   *
   * @param bands one for each population
   */
  private static Figure edf(
      Metric metric,
      Optional<ComplexityMeasure> given,
      List<NormalizedPopulation> models,
      List<EdfBand> bands) {
    List<Series> series = new ArrayList<>();
    for (int p = 0; p < models.size(); p++) {
      String name = models.get(p).name();
      EdfBand band = bands.get(p);
      series.add(EdfFigure.line(name, models.get(p).edf()));
      if (models.size() <= MOST_BANDS) {
        series.add(
            Band.stepwise(
                name,
                doubles(band.grid()),
                doubles(band.simultaneousLow()),
                doubles(band.simultaneousHigh())));
      }
    }
    return EdfFigure.of(metric, given, series);
  }

  /** EDFs with their simultaneous bands. */
  public static Figure edf(EdfReport report) {
    return edf(
        report.normalization().metric(),
        report.normalization().given(),
        report.normalization().populations(),
        report.populations().stream().map(EdfReport.PopulationEdf::band).toList());
  }

  /** How far the EDF of one population is above that of another. */
  private record Lead(String name, EdfBand band, boolean turned) {

    double[] value() {
      return turned ? negated(band.value()) : doubles(band.value());
    }

    double[] low() {
      return turned ? negated(band.simultaneousHigh()) : doubles(band.simultaneousLow());
    }

    double[] high() {
      return turned ? negated(band.simultaneousLow()) : doubles(band.simultaneousHigh());
    }

    private static double[] negated(List<Double> values) {
      return values.stream().mapToDouble(value -> 0.0 - value).toArray();
    }
  }

  /**
   * All pairs; of more than three, those with the reference, or the best population, as the other's
   * lead over it.
   */
  private static List<Lead> leads(ComparisonReport report) {
    boolean all = report.pairs().size() <= MOST_DIFFERENCES;
    Ranking ranking = report.ranking();
    int reference = ranking.reference().orElse(ranking.places().get(0).population());
    List<PopulationFindings> shown = shown(report);
    List<Lead> leads = new ArrayList<>();
    for (PairFindings pair : report.pairs()) {
      boolean turned = !all && pair.a() == reference;
      PopulationFindings first = report.populations().get(turned ? pair.b() : pair.a());
      PopulationFindings second = report.populations().get(turned ? pair.a() : pair.b());
      int against = turned ? pair.a() : pair.b();
      if (all || (against == reference && shown.contains(first))) {
        leads.add(
            new Lead(first.name() + " - " + second.name(), pair.estimates().difference(), turned));
      }
    }
    return leads;
  }

  /**
   * For each pair the lead of its first population, F_A − F_B, with the simultaneous band of the
   * difference: where the band does not touch 0, one space has more models below that error. The
   * band is drawn from the first to the last error where it claims anything, that is, is narrower
   * than from −1 to 1. Of more than three pairs the differences are those to one population,
   * without bands.
   */
  public static Figure edfDifference(ComparisonReport report) {
    List<Lead> leads = leads(report);
    List<Series> series = new ArrayList<>();
    double least = 0;
    double most = 0;
    for (Lead lead : leads) {
      double[] grid = doubles(lead.band().grid());
      double[] low = lead.low();
      double[] high = lead.high();
      double[] value = lead.value();
      series.add(Line.of(lead.name(), grid, value));
      int from = leads.size() <= MOST_DIFFERENCES ? 0 : grid.length;
      while (from < grid.length && low[from] <= -1 && high[from] >= 1) {
        from++;
      }
      int to = grid.length;
      while (to > from && low[to - 1] <= -1 && high[to - 1] >= 1) {
        to--;
      }
      if (from < to) {
        series.add(
            Band.stepwise(
                lead.name(),
                Arrays.copyOfRange(grid, from, to),
                Arrays.copyOfRange(low, from, to),
                Arrays.copyOfRange(high, from, to)));
      }
      for (int i = 0; i < grid.length; i++) {
        least = Math.min(least, i >= from && i < to ? low[i] : value[i]);
        most = Math.max(most, i >= from && i < to ? high[i] : value[i]);
      }
    }
    return new Figure(
        "",
        edf(report).x(), // which diverged models do not stretch
        Axis.covering("difference of cum. prob.", Scale.LINEAR, least, most),
        series);
  }

  /**
   * Expected best errors with the bootstrap intervals of the expectation, at the budgets that the
   * population can speak for.
   */
  public static Figure randomSearch(ComparisonReport report) {
    List<Series> series = new ArrayList<>();
    for (PopulationFindings population : shown(report)) {
      int budgets = 0;
      for (RandomSearchCurve.Point point : population.search()) {
        budgets += point.support() == RandomSearchCurve.Support.NONE ? 0 : 1;
      }
      double[] budget = new double[budgets];
      double[] best = new double[budgets];
      double[] low = new double[budgets];
      double[] high = new double[budgets];
      for (int k = 0; k < budgets; k++) {
        budget[k] = population.search().get(k).budget();
        best[k] = population.search().get(k).expectedBest();
        low[k] = population.estimates().expectedBest().get(k).low();
        high[k] = population.estimates().expectedBest().get(k).high();
      }
      if (budgets > 0) {
        Line line = Line.of(population.name(), budget, best);
        series.add(thinFrom(population).map(m -> line.noted("? from " + m)).orElse(line));
        if (shown(report).size() <= MOST_BANDS) {
          series.add(Band.linear(population.name(), budget, low, high));
        }
      }
    }
    return RandomSearchFigure.of(
        report.normalization().metric(), report.normalization().given(), series);
  }

  /** The first drawn budget that the table marks with a question mark. */
  private static Optional<Long> thinFrom(PopulationFindings population) {
    return population.search().stream()
        .filter(point -> point.support() == RandomSearchCurve.Support.THIN)
        .map(RandomSearchCurve.Point::budget)
        .findFirst();
  }

  private static double[] doubles(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
