package dsa.analysis.inference;

import dsa.analysis.edf.Edf;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Whether one space is better wherever one looks, of the EDFs as they are: sampling noise makes
 * strict dominance rare, so read it beside the bands.
 *
 * @param distances D⁺ and D⁻
 * @param crossings the errors at which the sign of F_A − F_B changes, ascending, percent
 * @param firstOrder who has at least as many models at or below every error
 * @param secondOrder who has at least the area under the EDF up to every error: weaker than first
 *     order, and what a reader who looks at good models first cares about
 * @param violationOfA the share of the squared quantile difference that speaks against A, ∫(q_A −
 *     q_B)² over the p with q_A &gt; q_B divided by that over all p: 0 if A dominates in the first
 *     order, 1 if B does, absent if the EDFs are the same; below ½ A dominates almost
 *     stochastically (del Barrio, Cuesta-Albertos and Matrán 2018). An estimate, without the
 *     confidence correction of their test.
 */
public record Dominance(
    KsDistances distances,
    List<Double> crossings,
    Leader firstOrder,
    Leader secondOrder,
    OptionalDouble violationOfA) {

  /** Differences of F below this are rounding. */
  private static final double ROUNDING = 1e-12;

  /** Who dominates. */
  public enum Leader {
    /** The first population. */
    A,
    /** The second population. */
    B,
    /** Each leads somewhere. */
    NEITHER,
    /** The EDFs are the same. */
    BOTH
  }

  /** Copies the list. */
  public Dominance {
    crossings = List.copyOf(crossings);
  }

  /** The dominance relations of two EDFs. */
  public static Dominance of(Edf a, Edf b) {
    MergedEdfs merged = MergedEdfs.of(a, b);
    List<Double> crossings = new ArrayList<>();
    double mostA = 0;
    double mostB = 0;
    double integral = 0;
    int lastSign = 0;
    for (int i = 0; i < merged.size(); i++) {
      double difference = merged.difference(i);
      int sign = Math.abs(difference) <= ROUNDING ? 0 : difference > 0 ? 1 : -1;
      if (sign != 0) {
        if (lastSign == -sign) {
          crossings.add(merged.at[i]);
        }
        lastSign = sign;
      }
      integral += difference * merged.gap(i);
      mostA = Math.max(mostA, integral);
      mostB = Math.max(mostB, -integral);
    }
    KsDistances distances = KolmogorovSmirnov.distances(a, b);
    double scale = merged.at[merged.size() - 1] - merged.at[0];
    return new Dominance(
        distances,
        crossings,
        leader(distances.plus() > ROUNDING, distances.minus() > ROUNDING),
        leader(mostA > ROUNDING * scale, mostB > ROUNDING * scale),
        violation(a, b));
  }

  private static Leader leader(boolean aLeads, boolean bLeads) {
    if (aLeads) {
      return bLeads ? Leader.NEITHER : Leader.A;
    }
    return bLeads ? Leader.B : Leader.BOTH;
  }

  private static OptionalDouble violation(Edf a, Edf b) {
    double[] x = a.values();
    double[] fx = a.cumulative();
    double[] y = b.values();
    double[] fy = b.cumulative();
    double against = 0;
    double all = 0;
    double before = 0;
    for (int i = 0, j = 0; i < x.length && j < y.length; ) {
      double next = Math.min(fx[i], fy[j]);
      double difference = x[i] - y[j];
      double part = difference * difference * (next - before);
      all += part;
      against += difference > 0 ? part : 0;
      before = next;
      if (fx[i] == next) {
        i++;
      }
      if (fy[j] == next) {
        j++;
      }
    }
    return all > 0 ? OptionalDouble.of(against / all) : OptionalDouble.empty();
  }
}
