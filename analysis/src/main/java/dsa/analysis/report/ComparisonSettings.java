package dsa.analysis.report;

import dsa.analysis.inference.Verdict;
import dsa.analysis.weighting.DivergedModels;
import dsa.analysis.weighting.Weighting;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.run.Population;
import dsa.core.run.TrainedModel;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What is asked of a comparison. Start with {@link #fittedTo}, which chooses what the command line
 * chooses where nothing is said, and change single settings with the {@code with} methods.
 */
public final class ComparisonSettings {

  /** The level of intervals and bands. */
  public static final double DEFAULT_LEVEL = 0.95;

  /** Resamples of the bootstrap. */
  public static final int DEFAULT_RESAMPLES = 2000;

  /** Permutations of each test. */
  public static final int DEFAULT_PERMUTATIONS = 2000;

  /** The most resamples: more would not move an interval, and take memory. */
  public static final int MOST_RESAMPLES = 100_000;

  /** The most permutations: p-values down to a millionth. */
  public static final int MOST_PERMUTATIONS = 1_000_000;

  /** The difference of mean errors that matters, percentage points. */
  public static final double DEFAULT_SMALLEST_DIFFERENCE = Verdict.DEFAULT_SMALLEST_DIFFERENCE;

  /** Models of each random search: 1, 2, 4, …, 512. */
  public static final List<Integer> DEFAULT_BUDGETS =
      List.of(1, 2, 4, 8, 16, 32, 64, 128, 256, 512);

  /** Where areas end in the papers, percent. */
  private static final double PUBLISHED_EPSILON = 20;

  // Set only while an object is made: by the constructors and on the copies of the with methods.
  private long seed;
  private Weighting weighting;
  private DivergedModels diverged;
  private double epsilon;
  private double level;
  private int resamples;
  private int permutations;
  private double smallestDifference;
  private List<Integer> budgets;
  private Optional<String> reference;

  private ComparisonSettings(long seed, Weighting weighting, double epsilon) {
    this.seed = seed;
    this.weighting = weighting;
    this.diverged = DivergedModels.WORST;
    this.epsilon = epsilon;
    this.level = DEFAULT_LEVEL;
    this.resamples = DEFAULT_RESAMPLES;
    this.permutations = DEFAULT_PERMUTATIONS;
    this.smallestDifference = DEFAULT_SMALLEST_DIFFERENCE;
    this.budgets = DEFAULT_BUDGETS;
    this.reference = Optional.empty();
  }

  private ComparisonSettings(ComparisonSettings other) {
    seed = other.seed;
    weighting = other.weighting;
    diverged = other.diverged;
    epsilon = other.epsilon;
    level = other.level;
    resamples = other.resamples;
    permutations = other.permutations;
    smallestDifference = other.smallestDifference;
    budgets = other.budgets;
    reference = other.reference;
  }

  /**
   * The settings that the command line uses where nothing is said (decisions 0026 and 0034): params
   * held fixed in {@linkplain Weighting.InStrata strata} that all populations share, diverged
   * models kept as worst, areas up to {@link #epsilonFor}, level 0.95, 2000 resamples and
   * permutations (more for ten populations and more), 0.1 points as the smallest difference that
   * matters (of losses 0, as none is known), and budgets 1, 2, 4, …, 512.
   *
   * @param seed of everything random
   */
  public static ComparisonSettings fittedTo(List<Population> populations, long seed) {
    ComparisonSettings fitted =
        new ComparisonSettings(
            seed, Weighting.InStrata.of(ComplexityMeasure.PARAMS), epsilonFor(populations));
    fitted = fitted.withPermutations(permutationsFor(populations.size()));
    return ofLosses(populations) ? fitted.withSmallestDifference(0) : fitted;
  }

  /**
   * Permutations for so many populations: 2000, or more where many pairs share a level, so that p
   * can fall to half of 0.05 after Holm's correction.
   */
  private static int permutationsFor(int populations) {
    int pairs =
        populations <= Comparison.MOST_WITH_ALL_PAIRS
            ? populations * (populations - 1) / 2
            : populations - 1;
    return Math.min(MOST_PERMUTATIONS, Math.max(DEFAULT_PERMUTATIONS, 40 * pairs));
  }

  /**
   * Where areas under EDFs end, percent: 20 as published, or at the error of guessing if at least
   * half the models of some population are above 20, as after short training. Of losses, nats: at
   * that of guessing.
   */
  public static double epsilonFor(List<Population> populations) {
    if (ofLosses(populations)) {
      return populations.stream().mapToDouble(p -> p.origin().chanceErrorPct()).max().orElseThrow();
    }
    double epsilon = PUBLISHED_EPSILON;
    for (Population population : populations) {
      long above =
          population.models().stream().filter(model -> errorOf(model) > PUBLISHED_EPSILON).count();
      if (2 * above >= population.models().size()) {
        epsilon = Math.max(epsilon, population.origin().chanceErrorPct());
      }
    }
    return epsilon;
  }

  private static boolean ofLosses(List<Population> populations) {
    return populations.stream().anyMatch(p -> p.origin().metric().isLoss());
  }

  private static double errorOf(TrainedModel model) {
    return model.testError().orElse(100);
  }

  /** The same with another seed. */
  public ComparisonSettings withSeed(long newSeed) {
    ComparisonSettings changed = new ComparisonSettings(this);
    changed.seed = newSeed;
    return changed;
  }

  /** The same with complexity taken out in another way. */
  public ComparisonSettings with(Weighting newWeighting) {
    ComparisonSettings changed = new ComparisonSettings(this);
    changed.weighting = newWeighting;
    return changed;
  }

  /** The same with diverged models treated by {@code policy}. */
  public ComparisonSettings with(DivergedModels policy) {
    ComparisonSettings changed = new ComparisonSettings(this);
    changed.diverged = policy;
    return changed;
  }

  /** The same with areas up to {@code newEpsilon}, above 0, in the unit of the metric. */
  public ComparisonSettings withEpsilon(double newEpsilon) {
    if (!(newEpsilon > 0 && newEpsilon < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("area up to epsilon=" + newEpsilon + ", not above 0");
    }
    ComparisonSettings changed = new ComparisonSettings(this);
    changed.epsilon = newEpsilon;
    return changed;
  }

  /** The same with intervals and bands of {@code newLevel}, in (0, 1). */
  public ComparisonSettings withLevel(double newLevel) {
    if (!(newLevel > 0 && newLevel < 1)) {
      throw new IllegalArgumentException("level=" + newLevel + " outside (0, 1)");
    }
    ComparisonSettings changed = new ComparisonSettings(this);
    changed.level = newLevel;
    return changed;
  }

  /** The same with {@code count} resamples, from 2 to {@link #MOST_RESAMPLES}. */
  public ComparisonSettings withResamples(int count) {
    if (count < 2 || count > MOST_RESAMPLES) {
      throw new IllegalArgumentException(
          "resamples=" + count + " outside [2, " + MOST_RESAMPLES + "]");
    }
    ComparisonSettings changed = new ComparisonSettings(this);
    changed.resamples = count;
    return changed;
  }

  /**
   * The same with {@code count} permutations of each test, from 1 to {@link #MOST_PERMUTATIONS}.
   */
  public ComparisonSettings withPermutations(int count) {
    if (count < 1 || count > MOST_PERMUTATIONS) {
      throw new IllegalArgumentException(
          "permutations=" + count + " outside [1, " + MOST_PERMUTATIONS + "]");
    }
    ComparisonSettings changed = new ComparisonSettings(this);
    changed.permutations = count;
    return changed;
  }

  /** The same where differences of {@code points}, in [0, 100], and more matter. */
  public ComparisonSettings withSmallestDifference(double points) {
    if (!(points >= 0 && points <= 100)) {
      throw new IllegalArgumentException(
          "smallest difference " + points + " outside [0, 100] points");
    }
    ComparisonSettings changed = new ComparisonSettings(this);
    changed.smallestDifference = points;
    return changed;
  }

  /**
   * The same with random searches of {@code models}, each at least 1; kept ascending, each once.
   */
  public ComparisonSettings withBudgets(List<Integer> models) {
    for (int budget : models) {
      if (budget < 1) {
        throw new IllegalArgumentException("budget m=" + budget + " < 1");
      }
    }
    ComparisonSettings changed = new ComparisonSettings(this);
    changed.budgets = List.copyOf(new TreeSet<>(models));
    return changed;
  }

  /** The same, comparing every other population with the one called {@code name} only. */
  public ComparisonSettings withReference(String name) {
    ComparisonSettings changed = new ComparisonSettings(this);
    changed.reference = Optional.of(name);
    return changed;
  }

  /** The population that all others are compared with; empty for all pairs. */
  public Optional<String> reference() {
    return reference;
  }

  /** Of everything random in the comparison. */
  public long seed() {
    return seed;
  }

  /** How complexity is taken out. */
  public Weighting weighting() {
    return weighting;
  }

  /** What is done with diverged models. */
  public DivergedModels diverged() {
    return diverged;
  }

  /** Where areas under EDFs end, percent. */
  public double epsilon() {
    return epsilon;
  }

  /** The level of intervals and bands, in (0, 1). */
  public double level() {
    return level;
  }

  /** Resamples of the bootstrap. */
  public int resamples() {
    return resamples;
  }

  /** Permutations of each test. */
  public int permutations() {
    return permutations;
  }

  /** The difference of mean errors that matters, percentage points. */
  public double smallestDifference() {
    return smallestDifference;
  }

  /** Models of each random search, ascending. */
  public List<Integer> budgets() {
    return budgets;
  }
}
