package dsa.analysis.pareto;

import dsa.analysis.association.ParetoFront;
import java.util.HashSet;
import java.util.Set;

/**
 * How much too well a front speaks of itself. Its members were chosen for their errors, and so for
 * the luck of the training that gave them; other trainings of the same networks tell.
 *
 * @param members of the front that one training chooses, equal ones once
 * @param chosenPct their mean error in that training
 * @param againPct their mean error in the other trainings
 * @param kept share of them on the front of the means of all trainings
 */
public record FrontOptimism(int members, double chosenPct, double againPct, double kept) {

  /**
   * The optimism of the front that the first training chooses.
   *
   * @param costs one for each network
   * @param errors of each training, at least two, one for each network
   */
  public static FrontOptimism of(double[] costs, double[][] errors) {
    if (errors.length < 2) {
      throw new IllegalArgumentException(errors.length + " training: none to judge the front by");
    }
    double[] means = new double[costs.length];
    double[] others = new double[costs.length];
    for (int i = 0; i < costs.length; i++) {
      for (int r = 0; r < errors.length; r++) {
        means[i] += errors[r][i] / errors.length;
        others[i] += r == 0 ? 0 : errors[r][i] / (errors.length - 1);
      }
    }
    Set<Integer> onMeans = new HashSet<>();
    for (int i : ParetoFront.of(costs, means).indices()) {
      onMeans.add(i);
    }
    double chosen = 0;
    double again = 0;
    int kept = 0;
    int members = 0;
    int last = -1;
    for (int i : ParetoFront.of(costs, errors[0]).indices()) {
      if (last >= 0 && costs[i] == costs[last] && errors[0][i] == errors[0][last]) {
        continue; // the same network written otherwise
      }
      last = i;
      members++;
      chosen += errors[0][i];
      again += others[i];
      kept += onMeans.contains(i) ? 1 : 0;
    }
    return new FrontOptimism(members, chosen / members, again / members, (double) kept / members);
  }
}
