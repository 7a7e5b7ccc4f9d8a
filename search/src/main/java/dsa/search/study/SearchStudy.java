package dsa.search.study;

import dsa.analysis.association.ParetoFront;
import dsa.analysis.report.SearchReport;
import dsa.analysis.trajectory.SignalledRandomSearch;
import dsa.analysis.trajectory.Trajectories;
import dsa.core.random.SeedPath;
import dsa.search.Budget;
import dsa.search.BudgetUnit;
import dsa.search.Encoding;
import dsa.search.Evaluation;
import dsa.search.Search;
import dsa.search.SearchTrace;
import dsa.search.log.SearchLog;
import dsa.search.table.EnumeratedTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Many searches of each of several strategies on one table, with one budget, and their report. The
 * i-th searches of all strategies have one address: they begin with the same draws and are told the
 * same of the same network.
 */
public final class SearchStudy {

  private static final double WORST_SHARE = 0.99;

  private final EnumeratedTable table;
  private final EnumeratedTable.Signal signal;
  private final Budget budget;
  private final int repeats;
  private final List<Double> checkpoints;
  private final long seed;
  private final double level;
  private final int resamples;
  private final double referenceErrorPct;
  private final Optional<Path> logs;

  private SearchStudy(
      EnumeratedTable table,
      EnumeratedTable.Signal signal,
      Budget budget,
      int repeats,
      List<Double> checkpoints,
      long seed,
      double level,
      int resamples,
      double referenceErrorPct,
      Optional<Path> logs) {
    this.table = table;
    this.signal = signal;
    this.budget = budget;
    this.repeats = repeats;
    this.checkpoints = checkpoints;
    this.seed = seed;
    this.level = level;
    this.resamples = resamples;
    this.referenceErrorPct = referenceErrorPct;
    this.logs = logs;
  }

  /**
   * A study of 500 searches for each strategy, told a training drawn at random for each network,
   * watched at 1, 2, 5, 10, … of the budget's unit and at its end; intervals of 95 percent from
   * 2000 resamples.
   *
   * @param seed of everything random
   */
  public static SearchStudy on(EnumeratedTable table, Budget budget, long seed) {
    double[] errors = table.reportedPct();
    Arrays.sort(errors);
    double reference = errors[(int) Math.ceil(WORST_SHARE * errors.length) - 1];
    return new SearchStudy(
        table,
        EnumeratedTable.Signal.RANDOM,
        budget,
        500,
        checkpoints(budget.limit()),
        seed,
        0.95,
        2000,
        reference,
        Optional.empty());
  }

  /** The same with another signal. */
  public SearchStudy with(EnumeratedTable.Signal newSignal) {
    return new SearchStudy(
        table,
        newSignal,
        budget,
        repeats,
        checkpoints,
        seed,
        level,
        resamples,
        referenceErrorPct,
        logs);
  }

  /** The same with another number of searches, at least 1. */
  public SearchStudy withRepeats(int newRepeats) {
    if (newRepeats < 1) {
      throw new IllegalArgumentException("repeats=" + newRepeats + " < 1");
    }
    return new SearchStudy(
        table,
        signal,
        budget,
        newRepeats,
        checkpoints,
        seed,
        level,
        resamples,
        referenceErrorPct,
        logs);
  }

  /** The same, watched elsewhere: places above 0, none beyond the budget. */
  public SearchStudy withCheckpoints(List<Double> places) {
    TreeSet<Double> ascending = new TreeSet<>(places);
    if (ascending.isEmpty() || !(ascending.first() > 0) || !(ascending.last() <= budget.limit())) {
      throw new IllegalArgumentException(
          "checkpoints " + places + " are not above 0 and at most " + budget.limit());
    }
    ascending.add(budget.limit());
    return new SearchStudy(
        table,
        signal,
        budget,
        repeats,
        List.copyOf(ascending),
        seed,
        level,
        resamples,
        referenceErrorPct,
        logs);
  }

  /** The same with other intervals. */
  public SearchStudy withIntervals(double newLevel, int newResamples) {
    if (!(newLevel > 0 && newLevel < 1) || newResamples < 2) {
      throw new IllegalArgumentException(
          "level=" + newLevel + " outside (0, 1) or resamples=" + newResamples + " below 2");
    }
    return new SearchStudy(
        table,
        signal,
        budget,
        repeats,
        checkpoints,
        seed,
        newLevel,
        newResamples,
        referenceErrorPct,
        logs);
  }

  /** The same with the volume under the front measured from another error, percent. */
  public SearchStudy withReferenceError(double errorPct) {
    return new SearchStudy(
        table, signal, budget, repeats, checkpoints, seed, level, resamples, errorPct, logs);
  }

  /**
   * The same with a log of each search in a folder: a study that is interrupted goes on where it
   * was.
   */
  public SearchStudy withLogs(Path folder) {
    return new SearchStudy(
        table,
        signal,
        budget,
        repeats,
        checkpoints,
        seed,
        level,
        resamples,
        referenceErrorPct,
        Optional.of(folder));
  }

  /** 1, 2, 5, 10, … up to the budget, which is the last. */
  static List<Double> checkpoints(double limit) {
    TreeSet<Double> places = new TreeSet<>();
    for (double decade = 1; decade <= limit; decade *= 10) {
      for (int lead : new int[] {1, 2, 5}) {
        if (lead * decade <= limit) {
          places.add(lead * decade);
        }
      }
    }
    places.add(limit);
    return List.copyOf(places);
  }

  /** The address of the i-th searches, from 0. */
  public SeedPath search(int repeat) {
    return SeedPath.root(seed).child("search").child(repeat);
  }

  /**
   * One search of a strategy: the i-th, from 0.
   *
   * @throws UncheckedIOException if a log cannot be read or written
   */
  public SearchTrace trace(Contender contender, int repeat) {
    if (logs.isEmpty()) {
      return trace(contender, repeat, List.of(), evaluation -> {});
    }
    String name = contender.label().replaceAll("[^A-Za-z0-9.=-]+", "_") + "-" + repeat + ".jsonl";
    try (SearchLog log = SearchLog.open(logs.get().resolve(name), head(contender, repeat), false)) {
      return trace(contender, repeat, log.before(), log::append);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SearchTrace trace(
      Contender contender, int repeat, List<Evaluation> before, Consumer<Evaluation> each) {
    SeedPath address = search(repeat);
    return Search.run(
        contender.type().on(table.space(), table.epochs(), contender.settings(), address),
        table.space(),
        table.evaluator(signal, address),
        budget,
        before,
        each);
  }

  private SearchLog.Head head(Contender contender, int repeat) {
    return new SearchLog.Head(
        contender.type().name(),
        contender.type().settings(contender.settings()).toString(),
        table.space().name(),
        "budget "
            + budget.limit()
            + " "
            + budget.unit().label()
            + (budget.freeRepeats() ? ", free repeats" : "")
            + ", most repeats "
            + budget.mostRepeats()
            + ", signal "
            + signal.label()
            + ", epochs "
            + table.epochs(),
        seed,
        repeat);
  }

  /** What one search comes to, as far as reports go. */
  private static final class Found {
    final double[] regret;
    final double[] volume;
    final int evaluations;
    final int unique;
    final String stop;
    final Optional<Double> recommended;

    Found(double[] regret, double[] volume, SearchTrace trace, Optional<Double> recommended) {
      this.regret = regret;
      this.volume = volume;
      evaluations = trace.evaluations().size();
      unique = trace.uniqueNetworks();
      stop = trace.stop().words();
      this.recommended = recommended;
    }
  }

  /**
   * Runs all searches.
   *
   * @param contenders at least one, no two alike
   * @throws IllegalArgumentException if a strategy cannot run on the table
   */
  public SearchReport run(List<Contender> contenders) {
    Set<String> labels = new HashSet<>();
    for (Contender contender : contenders) {
      if (!labels.add(contender.label())) {
        throw new IllegalArgumentException(
            contender.label() + " takes part twice; one of each is enough");
      }
    }
    double whole = volume(table.costs(), table.reportedPct());
    List<List<Found>> found = new ArrayList<>();
    for (Contender contender : contenders) {
      contender.type().on(table.space(), table.epochs(), contender.settings(), search(0));
      found.add(
          IntStream.range(0, repeats)
              .parallel()
              .mapToObj(i -> found(trace(contender, i), whole))
              .toList());
    }
    List<Integer> watched =
        IntStream.range(0, checkpoints.size())
            .filter(
                c ->
                    found.stream()
                        .allMatch(of -> of.stream().noneMatch(f -> Double.isNaN(f.regret[c]))))
            .boxed()
            .toList();
    if (watched.isEmpty()) {
      throw new IllegalArgumentException(
          "a budget of " + budget.limit() + " " + budget.unit().words() + " pays no evaluation");
    }
    boolean evaluations = budget.unit() == BudgetUnit.EVALUATIONS;
    Optional<SignalledRandomSearch> yardstick =
        evaluations ? Optional.of(yardstick()) : Optional.empty();
    SearchReport.Builder report =
        SearchReport.of(
            new SearchReport.Conditions(
                table.space().name(),
                !table.space().hasNeighbours(),
                table.encodings(),
                table.networks(),
                table.runs(),
                table.epochs(),
                signal.label(),
                budget.unit().label(),
                budget.unit().words(),
                budget.limit(),
                budget.freeRepeats(),
                repeats,
                seed,
                level,
                resamples,
                table.bestPct(),
                table.largestCost(),
                referenceErrorPct),
            watched.stream().map(checkpoints::get).toList(),
            yardstick);
    for (int s = 0; s < contenders.size(); s++) {
      List<Found> of = found.get(s);
      Contender contender = contenders.get(s);
      TreeMap<String, Long> stops = new TreeMap<>();
      of.forEach(f -> stops.merge(f.stop, 1L, Long::sum));
      double[] recommended =
          of.stream().flatMap(f -> f.recommended.stream()).mapToDouble(r -> r).toArray();
      report.add(
          new SearchReport.Searches(
              contender.label(),
              contender.type().settings(contender.settings()).toString(),
              stops,
              of.stream().mapToInt(f -> f.evaluations).average().orElseThrow(),
              of.stream().mapToInt(f -> f.unique).average().orElseThrow(),
              columns(of, watched, true),
              table.largestCost() > 0 ? Optional.of(columns(of, watched, false)) : Optional.empty(),
              recommended.length == repeats ? Optional.of(recommended) : Optional.empty()));
    }
    return report.build();
  }

  private static Trajectories columns(List<Found> of, List<Integer> watched, boolean regret) {
    return Trajectories.of(
        of.stream()
            .map(
                f ->
                    watched.stream().mapToDouble(c -> regret ? f.regret[c] : f.volume[c]).toArray())
            .toArray(double[][]::new));
  }

  private SignalledRandomSearch yardstick() {
    double best = table.bestPct();
    double[] regret = Arrays.stream(table.reportedPct()).map(e -> e - best).toArray();
    return SignalledRandomSearch.of(table.signalsPct(signal), regret);
  }

  /** Walks along a search: its best network by the signal, judged by what is reported. */
  private Found found(SearchTrace trace, double whole) {
    double[] regret = new double[checkpoints.size()];
    double[] volume = new double[checkpoints.size()];
    List<Encoding> front = new ArrayList<>(); // and what came since it was found
    Evaluation best = null;
    int next = 0;
    for (int c = 0; c < regret.length; c++) {
      while (next < trace.evaluations().size()
          && trace.evaluations().get(next).spent() <= checkpoints.get(c) * (1 + 1e-12)) {
        Evaluation evaluation = trace.evaluations().get(next++);
        front.add(evaluation.encoding());
        if (best == null || SearchTrace.replaces(evaluation, best)) {
          best = evaluation;
        }
      }
      regret[c] = best == null ? Double.NaN : table.reportedPct(best.encoding()) - table.bestPct();
      if (best != null && whole > 0) {
        double[] costs = front.stream().mapToDouble(table.space()::cost).toArray();
        double[] errors = front.stream().mapToDouble(table::reportedPct).toArray();
        ParetoFront of = ParetoFront.of(costs, errors);
        volume[c] = of.hypervolume(table.largestCost(), referenceErrorPct) / whole;
        List<Encoding> members = front;
        front = new ArrayList<>(IntStream.of(of.indices()).mapToObj(members::get).toList());
      }
    }
    Optional<Encoding> recommended = trace.recommended();
    return new Found(
        regret, volume, trace, recommended.map(e -> table.reportedPct(e) - table.bestPct()));
  }

  private double volume(double[] costs, double[] errors) {
    return table.largestCost() > 0
        ? ParetoFront.of(costs, errors).hypervolume(table.largestCost(), referenceErrorPct)
        : 0;
  }
}
