package dsa.search.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.random.SeedPath;
import dsa.search.Budget;
import dsa.search.Encoding;
import dsa.search.Evaluator;
import dsa.search.Examples;
import dsa.search.Search;
import dsa.search.SearchSpace;
import dsa.search.SearchStrategy;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A wrong gradient through time still climbs a little; only finite differences tell. */
final class LstmPolicyTest {

  @Test
  void theGradientIsThatOfFiniteDifferences() {
    LstmPolicy policy =
        new LstmPolicy(new int[] {3, 2, 4, 3}, 5, 0.5, SeedPath.root(1).generator());
    Encoding encoding = Encoding.of(2, 0, 3, 1);
    double[] gradient = new double[policy.parameters().length];
    policy.addGradient(encoding, 0.7, 0.3, gradient);
    double step = 1e-5;
    double largest = 0;
    for (int i = 0; i < gradient.length; i++) {
      double before = policy.parameters()[i];
      policy.parameters()[i] = before + step;
      double up = policy.objective(encoding, 0.7, 0.3);
      policy.parameters()[i] = before - step;
      double down = policy.objective(encoding, 0.7, 0.3);
      policy.parameters()[i] = before;
      double numeric = (up - down) / (2 * step);
      largest =
          Math.max(
              largest,
              Math.abs(numeric - gradient[i])
                  / Math.max(1e-4, Math.abs(numeric) + Math.abs(gradient[i])));
    }
    assertTrue(largest < 1e-4, "relative error " + largest);
  }

  @Test
  void probabilitiesSumToOneAndDrawsFollowThem() {
    LstmPolicy policy = new LstmPolicy(new int[] {3, 2}, 4, 2, SeedPath.root(2).generator());
    double[] first = policy.probabilities(Encoding.of(0, 0), 0);
    int[] drawn = new int[3];
    for (int i = 0; i < 20_000; i++) {
      drawn[policy.draw(SeedPath.root(3).child(i).generator()).at(0)]++;
    }
    double sum = 0;
    for (int k = 0; k < 3; k++) {
      sum += first[k];
      double sd = Math.sqrt(first[k] * (1 - first[k]) / 20_000);
      assertEquals(first[k], drawn[k] / 20_000.0, 4 * sd);
    }
    assertEquals(1, sum, 1e-12);
  }

  @Test
  void theControllerFindsTheOneGoodArm() {
    SearchSpace arms = Examples.grid(1, 5);
    SearchStrategy controller =
        Strategies.find("nas-controller").on(arms, 1, Map.of(), SeedPath.root(4));
    Search.run(
        controller,
        arms,
        p -> new Evaluator.Answer(p.encoding().at(0) == 3 ? 5 : 60, 0),
        Budget.evaluations(1500));
    int good = 0;
    for (int i = 0; i < 100; i++) {
      good += controller.ask().orElseThrow().encoding().at(0) == 3 ? 1 : 0;
    }
    assertTrue(good > 90, good + " of 100");
    assertEquals(Encoding.of(3), controller.recommended().orElseThrow());
  }
}
