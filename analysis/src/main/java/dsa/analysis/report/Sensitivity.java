package dsa.analysis.report;

import dsa.analysis.inference.Bootstrap;
import dsa.analysis.inference.Evaluation;
import dsa.analysis.inference.Interval;
import dsa.analysis.weighting.Bins;
import dsa.analysis.weighting.DivergedModels;
import dsa.analysis.weighting.EmptyBins;
import dsa.analysis.weighting.Normalization;
import dsa.analysis.weighting.NormalizedPopulation;
import dsa.analysis.weighting.Strata;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.random.SeedPath;
import dsa.core.run.Population;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Whether the difference of two populations hangs on settings that somebody could have chosen
 * otherwise: every setting is changed by itself, and the difference of mean errors is taken again.
 * A difference is the mean error of the second population minus that of the first, errors above
 * epsilon counted as epsilon; its intervals are of {@value #RESAMPLES} resamples, so their ends are
 * rough.
 *
 * @param rows one a changed setting; settings under which the populations cannot be compared are
 *     left out
 */
public record Sensitivity(List<Row> rows) {

  /** Enough to see on which side of 0 an interval lies, and few enough to be cheap. */
  static final int RESAMPLES = 99;

  /** Bins of equal width, as published, are tried in these numbers. */
  private static final List<Integer> BINS = List.of(5, 10, 20);

  /** Copies the list. */
  public Sensitivity {
    rows = List.copyOf(rows);
  }

  /**
   * One changed setting.
   *
   * @param setting what was changed: strata, bins, spacing, range, epsilon or diverged
   * @param value what it was changed to
   * @param points the difference under it, percentage points; positive if the first is better
   * @param holds whether {@code points} says what the comparison's own interval says: the first
   *     lower, the second lower, too small to matter, or neither
   */
  public record Row(String setting, String value, Interval points, boolean holds) {}

  /** What an interval of a difference says. */
  private enum Reading {
    SMALL,
    FIRST_LOWER,
    SECOND_LOWER,
    UNDECIDED;

    static Reading of(Interval points, double smallest) {
      if (points.low() > -smallest && points.high() < smallest) {
        return SMALL;
      }
      if (points.low() > 0) {
        return FIRST_LOWER;
      }
      return points.high() < 0 ? SECOND_LOWER : UNDECIDED;
    }
  }

  /**
   * Changes every setting of a comparison of two populations.
   *
   * @param populations two
   * @param result how the comparison weighted them
   * @param areaDifference what it found
   */
  static Sensitivity of(
      List<Population> populations,
      ComparisonSettings settings,
      Normalization.Result result,
      Interval areaDifference) {
    return new Trials(populations, settings, result, areaDifference).sensitivity();
  }

  /** One sentence: how many of the other settings agree, and which do not. */
  public String text() {
    List<Row> others = rows.stream().filter(row -> !row.holds).toList();
    String agree =
        "Sensitivity: the difference reads the same under "
            + (rows.size() - others.size())
            + " of "
            + rows.size()
            + " other settings (strata, bins, range, epsilon, diverged models)";
    return others.isEmpty()
        ? agree + "."
        : agree
            + "; not under "
            + others.stream()
                .map(
                    row ->
                        row.setting
                            + " "
                            + row.value
                            + " ("
                            + Conditions.rounded(row.points.low())
                            + " to "
                            + Conditions.rounded(row.points.high())
                            + ")")
                .collect(Collectors.joining(", "))
            + ".";
  }

  /** Tries the settings one by one. */
  private static final class Trials {
    private final List<Population> populations;
    private final ComparisonSettings settings;
    private final Normalization.Result result;
    private final Reading reading;
    private final List<Row> rows = new ArrayList<>();

    Trials(
        List<Population> populations,
        ComparisonSettings settings,
        Normalization.Result result,
        Interval areaDifference) {
      this.populations = populations;
      this.settings = settings;
      this.result = result;
      this.reading = read(scaled(areaDifference, settings.epsilon()));
    }

    Sensitivity sensitivity() {
      result.given().ifPresent(this::weightings);
      double epsilon = settings.epsilon();
      epsilon(0.75 * epsilon);
      populations.stream()
          .mapToDouble(p -> p.origin().chanceErrorPct())
          .max()
          .ifPresent(
              chance -> {
                if (chance > epsilon) {
                  epsilon(chance);
                }
              });
      if (populations.stream().anyMatch(p -> p.diverged() > 0)
          && settings.diverged() != DivergedModels.REFUSE) {
        DivergedModels other =
            settings.diverged() == DivergedModels.WORST
                ? DivergedModels.DROP
                : DivergedModels.WORST;
        attempt("diverged", other.label(), () -> settings.weighting().of(populations, other));
      }
      return new Sensitivity(rows);
    }

    private void weightings(ComplexityMeasure measure) {
      Normalization everything =
          Normalization.withDefaults()
              .given(measure)
              .with(settings.diverged())
              .with(EmptyBins.MERGE);
      Optional<Normalization.Range> asked = settings.weighting().range();
      Normalization base = asked.map(everything::within).orElse(everything);
      int strata = result.strata().map(Strata::drawn).orElse(0);
      if (strata > 0) {
        number(base, Math.max(1, strata / 2));
        number(base, 2 * strata);
      } else {
        weighted("strata", "in place of bins", base, Normalization::inStrata);
      }
      weighted("spacing", "10 bins of equal counts", base, n -> n.inStrata(10));
      Set<Integer> tried = new HashSet<>();
      result.bins().map(Bins::count).ifPresent(tried::add);
      for (int bins : BINS) {
        changed(() -> base.withBins(bins).of(populations))
            .ifPresent(
                binned -> {
                  int left = binned.bins().orElseThrow().count(); // empty ones were merged
                  if (tried.add(left)) {
                    add("bins", Integer.toString(left), binned.populations(), settings.epsilon());
                  }
                });
      }
      common(everything)
          .ifPresent(
              range ->
                  weighted(
                      "range",
                      Conditions.range(measure, range),
                      everything,
                      n -> n.within(range).inStrata()));
      if (asked.isPresent()) {
        weighted("range", "all models", everything, Normalization::inStrata);
      }
    }

    private void number(Normalization base, int strata) {
      weighted("strata", Integer.toString(strata), base, n -> n.inStrata(strata));
    }

    /** From the largest 5 % quantile of the populations to the smallest 95 % quantile. */
    private Optional<Normalization.Range> common(Normalization everything) {
      return changed(() -> everything.of(populations))
          .flatMap(Normalization.Result::bins)
          .map(b -> new Normalization.Range(b.low(), b.high()));
    }

    private void weighted(
        String setting, String value, Normalization base, UnaryOperator<Normalization> change) {
      attempt(setting, value, () -> change.apply(base).of(populations));
    }

    private void epsilon(double epsilon) {
      boolean above =
          result.populations().stream().anyMatch(population -> population.errors()[0] < epsilon);
      if (above) {
        add("epsilon", Conditions.number(epsilon), result.populations(), epsilon);
      }
    }

    private void attempt(String setting, String value, Supplier<Normalization.Result> weighted) {
      changed(weighted)
          .ifPresent(other -> add(setting, value, other.populations(), settings.epsilon()));
    }

    /** Empty if these populations have no such bins or range. */
    private static Optional<Normalization.Result> changed(Supplier<Normalization.Result> weighted) {
      try {
        return Optional.of(weighted.get());
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }

    private void add(
        String setting, String value, List<NormalizedPopulation> models, double epsilon) {
      Interval area =
          Bootstrap.withDefaults()
              .resamples(RESAMPLES)
              .level(settings.level())
              .run(
                  models,
                  new Evaluation(List.of(), epsilon, List.of(), List.of()),
                  SeedPath.root(settings.seed()).child("sensitivity"))
              .pair(0, 1)
              .areaDifference();
      Interval points = scaled(area, epsilon);
      rows.add(new Row(setting, value, points, read(points) == reading));
    }

    private Reading read(Interval points) {
      return Reading.of(points, settings.smallestDifference());
    }

    private static Interval scaled(Interval area, double epsilon) {
      return new Interval(area.value() * epsilon, area.low() * epsilon, area.high() * epsilon);
    }
  }
}
