package dsa.analysis.weighting;

import dsa.analysis.edf.Edf;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.complexity.FlopsConvention;
import dsa.core.run.Metric;
import dsa.core.run.Population;
import dsa.core.run.TrainedModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Takes complexity out of a comparison: every bin of a shared complexity range gets the same total
 * weight, {@code w_i = 1 / (K n_b(i))} with K bins and n_b models of the population in bin b, so
 * that the weighted complexity distribution of each population is close to uniform over the range.
 *
 * <p>Radosavovic et al., <i>On Network Design Spaces for Visual Recognition</i>, ICCV 2019, arXiv
 * 1905.13214, equations 3 and 4, and the notebooks released with it. Conventions: decision 0005.
 */
public final class Normalization {

  private static final int DEFAULT_BINS = 10;

  /** The part of each population that may lie on either side of a range that nobody gave. */
  private static final double TAIL = 0.05;

  private final Optional<ComplexityMeasure> given;
  private final Optional<Range> range;
  private final int bins;
  private final EmptyBins emptyBins;
  private final DivergedModels diverged;
  private final Design design;

  /** Overrides the number of strata, for sensitivity analysis. */
  private final OptionalInt strata;

  /** What carries the weights. */
  private enum Design {
    BINS,
    STRATA,
    STRATA_IN_BINS
  }

  private Normalization(
      Optional<ComplexityMeasure> given,
      Optional<Range> range,
      int bins,
      EmptyBins emptyBins,
      DivergedModels diverged,
      Design design,
      OptionalInt strata) {
    this.given = given;
    this.range = range;
    this.bins = bins;
    this.emptyBins = emptyBins;
    this.diverged = diverged;
    this.design = design;
    this.strata = strata;
  }

  /**
   * Raw counts, exclusive on both sides.
   *
   * @param low lower end
   * @param high upper end, above {@code low}
   */
  public record Range(double low, double high) {

    /** Rejects empty or reversed ranges. */
    public Range {
      if (!(low < high)) {
        throw new IllegalArgumentException("range %s:%s is empty".formatted(low, high));
      }
    }
  }

  /**
   * What normalization made of all populations of a comparison.
   *
   * @param given the measure held fixed; empty for none
   * @param bins the bins in use; empty if strata carry the weights or no measure is held fixed
   * @param dropped bins left out of every population, from 0
   * @param requestedBins how many bins were asked for
   * @param emptyBins the policy applied
   * @param strata that carry the weights; empty if bins do, or if no measure is held fixed
   * @param populations in the order they were given
   * @param metric what the errors are
   */
  public record Result(
      Optional<ComplexityMeasure> given,
      Optional<Bins> bins,
      List<Integer> dropped,
      int requestedBins,
      EmptyBins emptyBins,
      Optional<Strata> strata,
      List<NormalizedPopulation> populations,
      Metric metric) {

    /** Copies the lists. */
    public Result {
      dropped = List.copyOf(dropped);
      populations = List.copyOf(populations);
    }
  }

  /**
   * Normalizes for params with 10 bins from the largest 5 % quantile of the populations to the
   * smallest 95 % quantile, merged while one is empty.
   */
  public static Normalization withDefaults() {
    return new Normalization(
        Optional.of(ComplexityMeasure.PARAMS),
        Optional.empty(),
        DEFAULT_BINS,
        EmptyBins.MERGE,
        DivergedModels.WORST,
        Design.BINS,
        OptionalInt.empty());
  }

  /** Holds {@code measure} fixed. */
  public Normalization given(ComplexityMeasure measure) {
    return new Normalization(
        Optional.of(measure), range, bins, emptyBins, diverged, design, strata);
  }

  /** Holds nothing fixed: every model has the same weight and no model is outside. */
  public Normalization givenNothing() {
    return new Normalization(
        Optional.empty(), Optional.empty(), bins, emptyBins, diverged, design, strata);
  }

  /** Admits models strictly inside this range only; bins cover it. */
  public Normalization within(Range newRange) {
    return new Normalization(
        given, Optional.of(newRange), bins, emptyBins, diverged, design, strata);
  }

  /** Uses {@code count} bins, at least 1. */
  public Normalization withBins(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("bins=" + count + " < 1");
    }
    return new Normalization(given, range, count, emptyBins, diverged, design, strata);
  }

  /**
   * Weights models in many narrow strata of complexity instead of in bins ({@link Strata}): the
   * bins and their policy then have no effect, and a range only admits models.
   */
  public Normalization inStrata() {
    return new Normalization(
        given, range, bins, emptyBins, diverged, Design.STRATA, OptionalInt.empty());
  }

  /** As {@link #inStrata()}, with this number of strata before any widening, at least 1. */
  public Normalization inStrata(int number) {
    if (number < 1) {
      throw new IllegalArgumentException("strata=" + number + " < 1");
    }
    return new Normalization(
        given, range, bins, emptyBins, diverged, Design.STRATA, OptionalInt.of(number));
  }

  /**
   * Weights models in strata inside the bins: bins of the same range, number and weight as without
   * them, but what complexity does inside a bin is taken out as well.
   */
  public Normalization inStrataInsideBins() {
    return new Normalization(
        given, range, bins, emptyBins, diverged, Design.STRATA_IN_BINS, OptionalInt.empty());
  }

  /** Treats empty bins by {@code policy}. */
  public Normalization with(EmptyBins policy) {
    return new Normalization(given, range, bins, policy, diverged, design, strata);
  }

  /** Treats diverged models by {@code policy}. */
  public Normalization with(DivergedModels policy) {
    return new Normalization(given, range, bins, emptyBins, policy, design, strata);
  }

  /**
   * Normalizes {@code populations} together: one range and one set of bins for all, weights for
   * each by itself.
   *
   * @throws IllegalArgumentException if a population has diverged models and they are to be
   *     refused, metrics or flops conventions differ, the overlap is empty, no model is left, or a
   *     bin is empty and that is to be an error
   */
  public Result of(List<Population> populations) {
    if (populations.isEmpty()) {
      throw new IllegalArgumentException("no population to normalize");
    }
    Metric metric = Metric.common(populations);
    checkFlopsConventions(populations);
    List<Candidates> candidates = new ArrayList<>();
    for (Population population : populations) {
      candidates.add(candidates(population));
    }
    if (given.isEmpty()) {
      List<NormalizedPopulation> plain = new ArrayList<>();
      for (Candidates c : candidates) {
        plain.add(c.unweighted());
      }
      return new Result(
          given, Optional.empty(), List.of(), bins, emptyBins, Optional.empty(), plain, metric);
    }
    if (design == Design.STRATA) {
      return stratified(candidates, metric);
    }
    Range covered = range(candidates);
    Bins shared = new Bins(covered.low, covered.high, bins);
    BitSet dropped = new BitSet();
    List<int[]> counts = counts(candidates, shared);
    for (int p = 0; p < counts.size(); p++) {
      if (Arrays.stream(counts.get(p)).sum() == 0) {
        throw new IllegalArgumentException(
            "no model of %s lies strictly between %s and %s %s; widen the range"
                .formatted(
                    candidates.get(p).name, text(shared.low()), text(shared.high()), label()));
      }
    }
    BitSet empty = emptyIn(counts);
    if (!empty.isEmpty()) {
      if (emptyBins == EmptyBins.ERROR) {
        throw new IllegalArgumentException(emptyBinMessage(candidates, shared, counts));
      } else if (emptyBins == EmptyBins.DROP) {
        dropped = empty;
        if (dropped.cardinality() == shared.count()) {
          throw new IllegalArgumentException(
              "no bin of %s is occupied in every population; use fewer bins".formatted(label()));
        }
      } else if (emptyBins == EmptyBins.SHRINK) {
        while (!empty.isEmpty()) { // a model on a new outer edge is filtered out: look again
          shared = longestOccupiedRun(shared, empty);
          empty = emptyIn(counts(candidates, shared));
        }
      } else {
        shared = merged(candidates, shared);
      }
    }
    List<NormalizedPopulation> normalized = new ArrayList<>();
    for (Candidates c : candidates) {
      normalized.add(c.weighted(shared, dropped));
    }
    Optional<Strata> nested = Optional.empty();
    if (design == Design.STRATA_IN_BINS) {
      Strata.Assignment assignment = nested(normalized, dropped);
      nested = Optional.of(assignment.strata());
      normalized = restratified(normalized, assignment);
    }
    return new Result(
        given,
        Optional.of(shared),
        dropped.stream().boxed().toList(),
        bins,
        emptyBins,
        nested,
        normalized,
        metric);
  }

  private Result stratified(List<Candidates> all, Metric metric) {
    List<Candidates> admitted = new ArrayList<>();
    for (Candidates c : all) {
      admitted.add(range.isEmpty() ? c : c.within(range.get(), label()));
    }
    refuseDisjoint(admitted);
    List<NormalizedPopulation> plain = new ArrayList<>();
    for (int p = 0; p < all.size(); p++) {
      Candidates c = admitted.get(p);
      double[] weights = new double[c.kept.size()];
      int outside = all.get(p).kept.size() - weights.length;
      plain.add(c.build(c.kept, weights, new int[weights.length], outside));
    }
    Strata.Assignment assignment =
        Strata.of(plain.stream().map(NormalizedPopulation::complexities).toList(), strata);
    return new Result(
        given,
        Optional.empty(),
        List.of(),
        bins,
        emptyBins,
        Optional.of(assignment.strata()),
        restratified(plain, assignment),
        metric);
  }

  private static Strata.Assignment nested(List<NormalizedPopulation> binned, BitSet dropped) {
    List<int[]> bin = new ArrayList<>();
    int occupied = 0;
    for (NormalizedPopulation p : binned) {
      int[] renumbered = p.bins();
      for (int i = 0; i < renumbered.length; i++) {
        int before = renumbered[i];
        renumbered[i] = before - dropped.get(0, before).cardinality();
        occupied = Math.max(occupied, renumbered[i] + 1);
      }
      bin.add(renumbered);
    }
    return Strata.inBins(
        binned.stream().map(NormalizedPopulation::complexities).toList(),
        bin,
        occupied,
        OptionalInt.empty());
  }

  /** The same populations with the weights of strata; models without a counterpart go. */
  private static List<NormalizedPopulation> restratified(
      List<NormalizedPopulation> all, Strata.Assignment assignment) {
    int[][] counts = new int[all.size()][assignment.strata().count()];
    for (int p = 0; p < counts.length; p++) {
      for (int s : assignment.stratum().get(p)) {
        if (s >= 0) {
          counts[p][s]++;
        }
      }
    }
    double[][] weights = assignment.strata().weights(counts);
    List<NormalizedPopulation> stratified = new ArrayList<>();
    for (int p = 0; p < counts.length; p++) {
      stratified.add(all.get(p).in(assignment.strata(), assignment.stratum().get(p), weights[p]));
    }
    return stratified;
  }

  private void refuseDisjoint(List<Candidates> all) {
    for (Candidates a : all) {
      for (Candidates b : all) {
        if (a.highest() < b.lowest()) {
          throw new IllegalArgumentException(
              "the %s of %s (%s to %s) and %s (%s to %s) do not overlap; hold another measure fixed, or none"
                  .formatted(
                      label(),
                      a.name,
                      text(a.lowest()),
                      text(a.highest()),
                      b.name,
                      text(b.lowest()),
                      text(b.highest())));
        }
      }
    }
  }

  private void checkFlopsConventions(List<Population> populations) {
    if (given.isEmpty() || given.get() != ComplexityMeasure.FLOPS) {
      return;
    }
    Population first = null;
    for (Population population : populations) {
      Optional<FlopsConvention> convention = population.origin().flops();
      if (convention.isEmpty()) {
        continue;
      }
      if (first == null) {
        first = population;
      } else if (!first.origin().flops().equals(convention)) {
        throw new IllegalArgumentException(
            "flops of %s are %s, those of %s are %s: counts of different kinds are not compared; hold params fixed, or import flops counted alike"
                .formatted(
                    first.name(),
                    first.origin().flops().orElseThrow().label(),
                    population.name(),
                    convention.get().label()));
      }
    }
  }

  private Candidates candidates(Population population) {
    double chance = population.origin().chanceErrorPct();
    int divergedCount = population.diverged();
    if (divergedCount > 0 && diverged == DivergedModels.REFUSE) {
      throw new IllegalArgumentException(
          "%s has %s diverged models; keep them as worst or drop them"
              .formatted(population.name(), divergedCount));
    }
    List<Candidate> kept = new ArrayList<>();
    int uncosted = 0;
    int left = 0;
    for (int i = 0; i < population.models().size(); i++) {
      TrainedModel model = population.models().get(i);
      if (diverged == DivergedModels.DROP && model.diverged(chance)) {
        left++;
        continue;
      }
      double cost = 0;
      if (given.isPresent()) {
        OptionalLong recorded = model.complexity().of(given.get());
        if (recorded.isEmpty()) {
          uncosted++;
          continue;
        }
        cost = recorded.getAsLong();
      }
      kept.add(new Candidate(i, model.testError().orElse(chance), cost));
    }
    if (kept.isEmpty()) {
      throw new IllegalArgumentException(
          uncosted > 0
              ? "%s records no %s; hold another measure fixed".formatted(population.name(), label())
              : "%s has no model that trained".formatted(population.name()));
    }
    kept.sort(Comparator.comparingDouble(Candidate::error).thenComparingInt(Candidate::index));
    return new Candidates(
        population.name(), population.models().size(), divergedCount, left, uncosted, kept);
  }

  /**
   * The range asked for; else from the largest of the populations' 5 % quantiles to the smallest of
   * their 95 % quantiles, whatever the number of bins: costs have long tails, and without this a
   * few giants decide how wide all bins are.
   */
  private Range range(List<Candidates> all) {
    if (range.isPresent()) {
      return range.get();
    }
    refuseDisjoint(all);
    double low = all.stream().mapToDouble(c -> c.quantile(TAIL)).max().orElseThrow();
    double high = all.stream().mapToDouble(c -> c.quantile(1 - TAIL)).min().orElseThrow();
    if (low < high) {
      return new Range(low, high);
    }
    double least = all.stream().mapToDouble(Candidates::lowest).max().orElseThrow();
    double most = all.stream().mapToDouble(Candidates::highest).min().orElseThrow();
    if (least < most) {
      return new Range(least, most);
    }
    boolean same = all.stream().allMatch(c -> c.lowest() == most && c.highest() == most);
    throw new IllegalArgumentException(
        same
            ? "all models have the same %s, %s: there is nothing to hold fixed; compare with none held fixed"
                .formatted(label(), text(most))
            : "the %s of the populations meet at %s only; give a range or hold another measure fixed"
                .formatted(label(), text(most)));
  }

  private static List<int[]> counts(List<Candidates> all, Bins bins) {
    double[] edges = bins.edges();
    List<int[]> counts = new ArrayList<>();
    for (Candidates c : all) {
      int[] count = new int[bins.count()];
      for (Candidate candidate : c.kept) {
        if (bins.admits(candidate.cost)) {
          count[bins.indexOf(candidate.cost, edges)]++;
        }
      }
      counts.add(count);
    }
    return counts;
  }

  private static BitSet emptyIn(List<int[]> counts) {
    BitSet empty = new BitSet();
    for (int[] count : counts) {
      for (int b = 0; b < count.length; b++) {
        if (count[b] == 0) {
          empty.set(b);
        }
      }
    }
    return empty;
  }

  private String emptyBinMessage(List<Candidates> all, Bins shared, List<int[]> counts) {
    double[] edges = shared.edges();
    List<String> where = new ArrayList<>();
    for (int p = 0; p < counts.size(); p++) {
      for (int b = 0; b < shared.count(); b++) {
        if (counts.get(p)[b] == 0) {
          where.add(
              "%s has none from %s to %s"
                  .formatted(all.get(p).name, text(edges[b]), text(edges[b + 1])));
        }
      }
    }
    int shown = Math.min(3, where.size());
    return "empty %s bins: %s%s; use fewer bins, another range, or merge, drop or shrink them"
        .formatted(
            label(),
            String.join(", ", where.subList(0, shown)),
            where.size() > shown ? " and %s more".formatted(where.size() - shown) : "");
  }

  private static Bins longestOccupiedRun(Bins bins, BitSet empty) {
    int best = 0;
    int bestLength = 0;
    for (int start = empty.nextClearBit(0); start < bins.count(); ) {
      int end = empty.nextSetBit(start);
      end = end < 0 ? bins.count() : end;
      if (end - start > bestLength) {
        best = start;
        bestLength = end - start;
      }
      start = empty.nextClearBit(end);
    }
    if (bestLength == 0) {
      throw new IllegalArgumentException(
          "no bin is occupied in every population; use fewer bins or another range");
    }
    double[] edges = bins.edges();
    return new Bins(edges[best], edges[best + bestLength], bestLength);
  }

  private static Bins merged(List<Candidates> all, Bins bins) {
    int fewest = Integer.MAX_VALUE; // more bins than models cannot all be occupied
    for (int[] counts : counts(all, bins)) {
      fewest = Math.min(fewest, Arrays.stream(counts).sum());
    }
    for (int count = Math.min(bins.count() - 1, fewest); count > 1; count--) {
      Bins coarser = new Bins(bins.low(), bins.high(), count);
      if (emptyIn(counts(all, coarser)).isEmpty()) {
        return coarser;
      }
    }
    return new Bins(bins.low(), bins.high(), 1);
  }

  private String label() {
    return given.map(ComplexityMeasure::label).orElse("complexity");
  }

  private static String text(double count) {
    return count == Math.rint(count) && Math.abs(count) < 1e15
        ? Long.toString((long) count)
        : Double.toString(count);
  }

  private record Candidate(int index, double error, double cost) {}

  private record Candidates(
      String name, int recorded, int diverged, int dropped, int uncosted, List<Candidate> kept) {

    double lowest() {
      return kept.stream().mapToDouble(Candidate::cost).min().orElseThrow();
    }

    double quantile(double p) {
      return Edf.of(kept.stream().mapToDouble(Candidate::cost).toArray()).quantile(p);
    }

    double highest() {
      return kept.stream().mapToDouble(Candidate::cost).max().orElseThrow();
    }

    /** Those strictly inside {@code range}. */
    Candidates within(Range range, String measure) {
      List<Candidate> inside =
          kept.stream().filter(c -> range.low < c.cost && c.cost < range.high).toList();
      if (inside.isEmpty()) {
        throw new IllegalArgumentException(
            "no model of %s lies strictly between %s and %s %s; widen the range"
                .formatted(name, text(range.low), text(range.high), measure));
      }
      return new Candidates(name, recorded, diverged, dropped, uncosted, inside);
    }

    NormalizedPopulation unweighted() {
      int n = kept.size();
      double[] weights = new double[n];
      Arrays.fill(weights, 1.0 / n);
      return build(kept, weights, new int[n], 0);
    }

    NormalizedPopulation weighted(Bins bins, BitSet droppedBins) {
      double[] edges = bins.edges();
      List<Candidate> inside = new ArrayList<>();
      int[] counts = new int[bins.count()];
      for (Candidate candidate : kept) {
        if (bins.admits(candidate.cost)) {
          int b = bins.indexOf(candidate.cost, edges);
          if (!droppedBins.get(b)) {
            inside.add(candidate);
            counts[b]++;
          }
        }
      }
      int occupied = bins.count() - droppedBins.cardinality();
      double[] weights = new double[inside.size()];
      int[] bin = new int[inside.size()];
      for (int i = 0; i < weights.length; i++) {
        bin[i] = bins.indexOf(inside.get(i).cost, edges);
        weights[i] = 1.0 / ((double) occupied * counts[bin[i]]);
      }
      return build(inside, weights, bin, kept.size() - inside.size());
    }

    private NormalizedPopulation build(
        List<Candidate> used, double[] weights, int[] bin, int outside) {
      return NormalizedPopulation.of(
          name,
          new NormalizedPopulation.Counts(recorded, diverged, dropped, uncosted, outside),
          used.stream().mapToInt(Candidate::index).toArray(),
          used.stream().mapToDouble(Candidate::error).toArray(),
          used.stream().mapToDouble(Candidate::cost).toArray(),
          weights,
          bin);
    }
  }
}
