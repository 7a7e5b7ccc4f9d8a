package dsa.trainer.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.NetworkPlan;
import dsa.core.arch.Task;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.trainer.engine.Scope;
import dsa.trainer.engine.Tape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Both engines walk a plan by the same code, which moves rectifiers and writes over what nobody
 * reads any more: where it goes wrong, engines agree on a network that is not the one described.
 * Here the network is computed as it is written, in double precision.
 */
final class NetworkReferenceTest {

  private static final int[] LABELS = {7, 2, 4};

  // With 1e-7 some rectifiers and maxima still change sides, which is worth 1e-3 of a slope.
  private static final double STEP = 1e-9;

  // Now and then one changes sides by the rounding to 32 bits alone: the median counts.
  private static final int DRAWS = 3;

  private static EnginesUnderTest engines;

  @BeforeAll
  static void open() {
    engines = new EnginesUnderTest();
  }

  @AfterAll
  static void close() {
    engines.close();
  }

  @ParameterizedTest
  @FieldSource("dsa.trainer.network.SmallGraphs#ALL")
  void logitsAndSlopesAreThoseOfTheNetworkAsWritten(String text) {
    NetworkPlan plan = ArchitectureSpec.parse(text).plan(Task.CIFAR10);
    SeedPath seed = SeedPath.root(21).child(text);
    double[][] differences = new double[engines.all().size()][DRAWS];
    for (int draw = 0; draw < DRAWS; draw++) {
      double[] found = slopeDifferences(plan, text, seed.child(draw));
      for (int engine = 0; engine < found.length; engine++) {
        differences[engine][draw] = found[engine];
      }
    }
    for (double[] each : differences) {
      Arrays.sort(each);
      assertTrue(each[DRAWS / 2] <= 2e-5, text + ": " + Arrays.toString(each));
    }
  }

  /**
   * Compares the logits of each engine, and says how far its slope of the loss along a random
   * direction is from that of the network as written, as a share of the gradient's length.
   */
  private static double[] slopeDifferences(NetworkPlan plan, String text, SeedPath seed) {
    Parameters parameters = Parameters.of(plan);
    RandomStream random = seed.child("images").generator();
    List<float[]> drawn = EnginesAgreeTest.weights(parameters, seed.child("weights"));
    List<Naive> weights = new ArrayList<>();
    List<Naive> direction = new ArrayList<>();
    for (int i = 0; i < drawn.size(); i++) {
      int[] shape = parameters.trainable().get(i).dimensions();
      weights.add(Naive.of(drawn.get(i), shape));
      direction.add(Naive.random(random, shape));
    }
    Naive images = Naive.random(random, LABELS.length, 3, 32, 32).times(2, 0);
    Naive expected = NaiveNetwork.logits(plan, weights, images);
    double above = loss(plan, weights, direction, STEP, images);
    double below = loss(plan, weights, direction, -STEP, images);
    double slope = (above - below) / (2 * STEP);
    return engines.all().stream()
        .mapToDouble(
            ops -> {
              try (Scope scope = ops.scope()) {
                Network<Object> network = Network.of(ops, plan, parameters, drawn);
                try (Tape<Object> tape = ops.tape()) {
                  Object input = ops.tensor(images.floats(), images.shape());
                  Object logits = network.logits(input, true, 0.1);
                  tape.backward(ops.crossEntropy(logits, ops.labels(LABELS)));
                  assertClose(expected, ops.read(logits), ops.info().engine() + ": " + text);
                }
                List<float[]> gradient = EnginesUnderTest.gradients(ops, network.variables());
                return difference(slope, gradient, direction);
              }
            })
        .toArray();
  }

  private static void assertClose(Naive expected, float[] found, String where) {
    assertEquals(expected.length(), found.length);
    for (int i = 0; i < found.length; i++) {
      double tolerance = 2e-5 * Math.max(1, Math.abs(expected.value(i)));
      assertEquals(expected.value(i), found[i], tolerance, where);
    }
  }

  private static double difference(double slope, List<float[]> gradient, List<Naive> direction) {
    double found = 0;
    double square = 0;
    for (int i = 0; i < gradient.size(); i++) {
      for (int j = 0; j < gradient.get(i).length; j++) {
        double value = gradient.get(i)[j];
        found += value * direction.get(i).value(j);
        square += value * value;
      }
    }
    assertTrue(square > 0);
    return Math.abs(slope - found) / Math.sqrt(square);
  }

  private static double loss(
      NetworkPlan plan, List<Naive> weights, List<Naive> direction, double steps, Naive images) {
    List<Naive> moved = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      moved.add(weights.get(i).moved(direction.get(i), steps));
    }
    return Naive.crossEntropy(NaiveNetwork.logits(plan, moved, images), LABELS);
  }
}
