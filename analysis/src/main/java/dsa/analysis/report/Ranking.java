package dsa.analysis.report;

import dsa.analysis.inference.Interval;
import dsa.analysis.inference.Verdict.Outcome;
import dsa.analysis.report.ComparisonReport.PairFindings;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a comparison of several populations comes to: their order, and which of them are not told
 * apart. The order is that of mean errors, those above epsilon counted as epsilon. Two populations
 * are told apart if the verdict on them is that one is better, with p-values adjusted for all
 * pairs.
 *
 * <p>Where all pairs were compared, groups have letters: two populations share a letter if and only
 * if they are not told apart (Piepho, <i>An algorithm for a letter-based representation of all
 * pairwise comparisons</i>, Journal of Computational and Graphical Statistics 13, 2004).
 *
 * @param places best first
 * @param reference index of the population that all others were compared with; empty if all pairs
 *     were compared
 * @param text what it comes to, in one or two sentences
 */
public record Ranking(List<Place> places, Optional<Integer> reference, String text) {

  /** With more names than this a sentence gives their number. */
  private static final int MOST_NAMES = 5;

  /** Copies the list. */
  public Ranking {
    places = List.copyOf(places);
  }

  /**
   * One population.
   *
   * @param population its index in the report
   * @param rank from 1
   * @param cappedMean mean error with errors above epsilon counted as epsilon, in the unit of the
   *     metric
   * @param groups letters; empty if populations were compared with one of them only
   */
  public record Place(int population, int rank, Interval cappedMean, String groups) {}

  /** The ranking that a report of two populations or more implies. */
  static Ranking of(ComparisonReport report) {
    int n = report.populations().size();
    double epsilon = report.settings().epsilon();
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(
                Comparator.comparingDouble(
                        (Integer p) -> -report.populations().get(p).estimates().area().value())
                    .thenComparingInt(p -> p))
            .mapToInt(Integer::intValue)
            .toArray();
    boolean all = report.pairs().size() == n * (n - 1) / 2;
    int[] rankOf = new int[n];
    for (int r = 0; r < n; r++) {
      rankOf[order[r]] = r;
    }
    List<BitSet> groups = all ? groups(report, rankOf) : List.of();
    List<Place> places = new ArrayList<>();
    for (int r = 0; r < n; r++) {
      Interval area = report.populations().get(order[r]).estimates().area();
      places.add(
          new Place(
              order[r],
              r + 1,
              new Interval(
                  epsilon * (1 - area.value()),
                  epsilon * (1 - area.high()),
                  epsilon * (1 - area.low())),
              letters(groups, r)));
    }
    Optional<Integer> reference = all ? Optional.empty() : Optional.of(common(report.pairs()));
    return new Ranking(
        places,
        reference,
        reference.isPresent()
            ? textOfReference(report, reference.get())
            : textOfAll(report, order[0]));
  }

  /** Whether one of the two is better. */
  public static boolean isToldApart(PairFindings pair) {
    Outcome outcome = pair.verdict().outcome();
    return outcome == Outcome.A_BETTER || outcome == Outcome.B_BETTER;
  }

  private static List<BitSet> groups(ComparisonReport report, int[] rankOf) {
    List<int[]> apart = new ArrayList<>();
    for (PairFindings pair : report.pairs()) {
      if (isToldApart(pair)) {
        apart.add(new int[] {rankOf[pair.a()], rankOf[pair.b()]});
      }
    }
    return groups(apart, rankOf.length);
  }

  /**
   * Maximal sets of ranks of which no two are told apart, by their smallest ranks.
   *
   * @param apart pairs of ranks that are
   * @param n how many ranks there are
   */
  static List<BitSet> groups(List<int[]> apart, int n) {
    List<BitSet> groups = new ArrayList<>();
    BitSet everything = new BitSet();
    everything.set(0, n);
    groups.add(everything);
    for (int[] pair : apart) {
      List<BitSet> divided = new ArrayList<>();
      for (BitSet group : groups) {
        if (group.get(pair[0]) && group.get(pair[1])) {
          divided.add(without(group, pair[0]));
          divided.add(without(group, pair[1]));
        } else {
          divided.add(group);
        }
      }
      groups = maximal(divided);
    }
    groups.sort(
        Comparator.<BitSet>comparingInt(g -> g.nextSetBit(0)).thenComparingInt(BitSet::length));
    return groups;
  }

  private static BitSet without(BitSet group, int rank) {
    BitSet rest = (BitSet) group.clone();
    rest.clear(rank);
    return rest;
  }

  private static List<BitSet> maximal(List<BitSet> sets) {
    List<BitSet> kept = new ArrayList<>();
    for (int i = 0; i < sets.size(); i++) {
      boolean absorbed = sets.get(i).isEmpty();
      for (int j = 0; j < sets.size() && !absorbed; j++) {
        BitSet rest = (BitSet) sets.get(i).clone();
        rest.andNot(sets.get(j));
        absorbed = j != i && rest.isEmpty() && (j < i || !sets.get(j).equals(sets.get(i)));
      }
      if (!absorbed) {
        kept.add(sets.get(i));
      }
    }
    return kept;
  }

  /** Such as {@code ab}; after z come aa, ba, …, with points between. */
  private static String letters(List<BitSet> groups, int rank) {
    StringBuilder letters = new StringBuilder();
    for (int g = 0; g < groups.size(); g++) {
      if (groups.get(g).get(rank)) {
        if (groups.size() > 26 && letters.length() > 0) {
          letters.append('.');
        }
        letters.append((char) ('a' + g % 26));
        letters.append(g < 26 ? "" : Integer.toString(g / 26));
      }
    }
    return letters.toString();
  }

  private static int common(List<PairFindings> pairs) {
    int a = pairs.get(0).a();
    return pairs.stream().allMatch(pair -> pair.a() == a || pair.b() == a) ? a : pairs.get(0).b();
  }

  private static String textOfAll(ComparisonReport report, int first) {
    List<String> level = new ArrayList<>();
    int worse = 0;
    int apart = 0;
    double largest = 0;
    for (PairFindings pair : report.pairs()) {
      apart += isToldApart(pair) ? 1 : 0;
      if (pair.a() == first || pair.b() == first) {
        if (isToldApart(pair)) {
          worse++;
          largest = Math.max(largest, pair.holm());
        } else {
          level.add(name(report, pair.a() == first ? pair.b() : pair.a()));
        }
      }
    }
    String spaces = report.populations().size() + " spaces" + condition(report);
    String pairs =
        apart
            + " of "
            + report.pairs().size()
            + " pairs are told apart"
            + rate(report)
            + "."
            + heldBack(report);
    if (apart == 0) {
      return "The data tell none of " + spaces + " apart: " + pairs;
    }
    if (level.isEmpty()) {
      return name(report, first)
          + " is the best of "
          + spaces
          + ": it is better than each of the others (p at most "
          + Conditions.rounded(largest)
          + "); "
          + pairs;
    }
    return name(report, first)
        + " has the lowest mean "
        + report.normalization().metric().axis()
        + " of "
        + spaces
        + ", but is not told apart from "
        + names(level)
        + "; it is better than "
        + (worse == 0 ? "none" : worse == 1 ? "the other one" : "the other " + worse)
        + "; "
        + pairs;
  }

  /** What becomes of pairs whose p-value is small while other conditions of a verdict fail. */
  private static String heldBack(ComparisonReport report) {
    double alpha = 1 - report.settings().level();
    long pairs =
        report.pairs().stream()
            .filter(pair -> pair.verdict().outcome() == Outcome.CANNOT_TELL)
            .filter(pair -> pair.holm() <= alpha)
            .count();
    return pairs == 0
        ? ""
        : " Of "
            + pairs
            + (pairs == 1 ? " other" : " others")
            + " p is below "
            + Conditions.rounded(alpha)
            + " too, but no verdict is given: models are too few, or have too few costs in common.";
  }

  private static String textOfReference(ComparisonReport report, int reference) {
    List<String> better = new ArrayList<>();
    List<String> worse = new ArrayList<>();
    List<String> level = new ArrayList<>();
    for (PairFindings pair : report.pairs()) {
      boolean first = pair.a() == reference;
      Outcome outcome = pair.verdict().outcome();
      List<String> those =
          !isToldApart(pair) ? level : (outcome == Outcome.A_BETTER) == first ? worse : better;
      those.add(name(report, first ? pair.b() : pair.a()));
    }
    return "Of "
        + report.pairs().size()
        + " spaces"
        + condition(report)
        + " "
        + counted(better, "better than " + name(report, reference))
        + ", "
        + counted(worse, "worse")
        + " and "
        + counted(level, "not told apart from it")
        + rate(report)
        + ".";
  }

  private static String counted(List<String> names, String what) {
    String few = names.isEmpty() || names.size() > MOST_NAMES ? "" : " (" + names(names) + ")";
    return (names.isEmpty() ? "none is " : names.size() == 1 ? "1 is " : names.size() + " are ")
        + what
        + few;
  }

  private static String names(List<String> names) {
    if (names.size() > MOST_NAMES) {
      return names.size() + " others";
    }
    return names.size() == 1
        ? names.get(0)
        : String.join(", ", names.subList(0, names.size() - 1))
            + " and "
            + names.get(names.size() - 1);
  }

  private static String rate(ComparisonReport report) {
    return " at level "
        + Conditions.number(report.settings().level())
        + ", p-values after Holm for "
        + report.pairs().size()
        + " pairs";
  }

  private static String condition(ComparisonReport report) {
    return report.given().map(given -> " given " + given).orElse("");
  }

  private static String name(ComparisonReport report, int population) {
    return report.populations().get(population).name();
  }
}
