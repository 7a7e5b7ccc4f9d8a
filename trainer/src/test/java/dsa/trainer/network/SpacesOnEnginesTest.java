package dsa.trainer.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dsa.core.arch.NetworkPlan;
import dsa.core.arch.Op;
import dsa.core.arch.Shape;
import dsa.core.arch.Task;
import dsa.core.complexity.Complexity;
import dsa.core.random.SeedPath;
import dsa.core.run.DrawnModel;
import dsa.sampler.DesignSpace;
import dsa.sampler.spaces.Spaces;
import dsa.trainer.data.BatchPlan;
import dsa.trainer.data.ImageSet;
import dsa.trainer.data.PixelNormalization;
import dsa.trainer.engine.Batches;
import dsa.trainer.engine.Ops;
import dsa.trainer.engine.Scope;
import dsa.trainer.engine.Tape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A space whose networks one engine cannot compute, or computes otherwise, is found out here
 * instead of in the middle of a sweep.
 */
@Tag("slow")
final class SpacesOnEnginesTest {

  /** Of each space; {@code -Ddsa.members=N} for more. */
  private static final int MEMBERS = Integer.getInteger("dsa.members", 12);

  private static final int WAYS = 4;
  private static final ImageSet IMAGES = MadeImages.of(10, 10).train();
  private static final BatchPlan BATCH = BatchPlan.plain(new int[] {0, 1, 2, 3}, 0, 4);

  private static EnginesUnderTest engines;

  @BeforeAll
  static void open() {
    engines = new EnginesUnderTest();
  }

  @AfterAll
  static void close() {
    engines.close();
  }

  static List<String> spaces() {
    return Spaces.builtIn();
  }

  /**
   * What an engine makes of a network.
   *
   * @param evaluated logits by the running statistics that a network begins with
   * @param trained logits by the batch's statistics
   * @param numbers that have gradients
   * @param macs of one image, as they were computed
   * @param activations of one image, as they were made
   */
  private record Computed(
      String engine,
      List<Float> evaluated,
      List<Float> trained,
      long numbers,
      long macs,
      long activations) {}

  @ParameterizedTest
  @MethodSource("spaces")
  void membersTrainOnEveryEngineWithTheSameLogits(String name) throws IOException {
    DesignSpace space = Spaces.find(name);
    assumeTrue(
        space.head().task().equals(Task.CIFAR10),
        () ->
            name
                + " is for "
                + space.head().task().name()
                + ", which engines are not given images of");
    List<DrawnModel> models = CheapMembers.of(space, MEMBERS, SeedPath.root(6));
    assertEquals(MEMBERS, models.size());
    for (DrawnModel model : models) {
      Complexity computed = ofWhatIsRead(model.spec().plan(Task.CIFAR10));
      double sensitivity = sensitivity(engines.all().get(0), model);
      List<Computed> all = engines.all().stream().map(ops -> computed(ops, model)).toList();
      for (Computed one : all) {
        String where = one.engine() + ": " + model.spec().text();
        assertEquals(model.complexity().params(), one.numbers(), where);
        assertEquals(computed.macs(), one.macs(), where);
        assertEquals(computed.activations(), one.activations(), where);
        assertNear(all.get(0).evaluated(), one.evaluated(), 0, where + ", evaluated");
        assertNear(all.get(0).trained(), one.trained(), 4 * sensitivity, where + ", in training");
      }
    }
  }

  /**
   * The cost of the parts that engines compute: in a cell that reads one of its inputs only, what
   * would make the other one ready has weights, which count, and nothing to do.
   */
  static Complexity ofWhatIsRead(NetworkPlan plan) {
    List<NetworkPlan.Part> parts = plan.parts();
    boolean[] read = new boolean[parts.size()];
    read[parts.size() - 1] = true;
    Complexity cost = Complexity.ZERO;
    List<Shape> shapes = plan.shapes();
    for (int i = parts.size() - 1; i >= 0; i--) {
      if (read[i]) {
        cost = cost.plus(Op.costOf(parts.get(i).ops(), plan.joined(parts.get(i), shapes)));
        for (int input : parts.get(i).inputs()) {
          if (input != NetworkPlan.IMAGE) {
            read[input] = true;
          }
        }
      }
    }
    return cost;
  }

  private static void assertNear(
      List<Float> expected, List<Float> found, double more, String message) {
    assertEquals(expected.size(), found.size(), message);
    double most = expected.stream().mapToDouble(Math::abs).max().orElse(0);
    double tolerance = 1e-4 * Math.max(1, most) + more;
    for (int i = 0; i < found.size(); i++) {
      assertEquals(expected.get(i), found.get(i), tolerance, message);
    }
  }

  private static List<Float> list(float[] values) {
    List<Float> list = new ArrayList<>();
    for (float value : values) {
      list.add(value);
    }
    return list;
  }

  /** The weights of a member, each off by up to a share of itself in a way of its own. */
  private static Network<Object> network(Ops<Object> ops, DrawnModel model, double share, int way) {
    NetworkPlan plan = model.spec().plan(Task.CIFAR10);
    Parameters parameters = Parameters.of(plan);
    SeedPath seed = SeedPath.root(7).child(model.index());
    List<float[]> weights = EnginesAgreeTest.weights(parameters, seed);
    EnginesAgreeTest.move(weights, share, seed.child("share").child(way));
    return Network.of(ops, plan, parameters, weights);
  }

  /**
   * How far the logits of training move at most when every weight moves by some ten roundings, in
   * several ways, for a single one may happen to move them little. Norms by the batch's statistics
   * make more of a difference with every layer, and with maps of few channels: in plain networks of
   * forty layers a tenth of a logit of a few roundings, whoever computes.
   */
  private static double sensitivity(Ops<Object> ops, DrawnModel model) {
    float[] exact = trained(ops, model, 0, 0);
    double most = 0;
    for (int way = 0; way < WAYS; way++) {
      float[] moved = trained(ops, model, 1e-6, way);
      for (int i = 0; i < exact.length; i++) {
        most = Math.max(most, Math.abs(moved[i] - exact[i]));
      }
    }
    return most;
  }

  private static float[] trained(Ops<Object> ops, DrawnModel model, double share, int way) {
    try (Scope scope = ops.scope()) {
      Object images = ops.batches(IMAGES, PixelNormalization.CIFAR10).images(BATCH);
      return ops.read(network(ops, model, share, way).logits(images, true, 0.5));
    }
  }

  /** One pass outside of training, and one with gradients, which are checked to be finite. */
  private static Computed computed(Ops<Object> engine, DrawnModel model) {
    String where = engine.info().engine() + ": " + model.spec().text();
    CountedOps counted = new CountedOps(engine, BATCH.size());
    Ops<Object> ops = counted.ops();
    try (Scope scope = ops.scope()) {
      Network<Object> network = network(ops, model, 0, 0);
      Batches<Object> batches = ops.batches(IMAGES, PixelNormalization.CIFAR10);
      float[] evaluated = ops.read(network.logits(batches.images(BATCH), false, 0.5));
      long macs = counted.macs();
      long activations = counted.activations();
      float[] trained;
      try (Tape<Object> tape = ops.tape()) {
        Object logits = network.logits(batches.images(BATCH), true, 0.5);
        Object loss = ops.crossEntropy(logits, batches.labels(BATCH));
        tape.backward(loss);
        trained = ops.read(logits);
        assertTrue(Float.isFinite(ops.read(loss)[0]), where);
      }
      long numbers = 0;
      boolean moves = false;
      for (Object gradient : network.variables().gradients()) {
        float[] values = ops.read(gradient);
        numbers += values.length;
        for (float value : values) {
          assertTrue(Float.isFinite(value), where);
          moves |= value != 0;
        }
      }
      assertTrue(moves, where);
      return new Computed(
          ops.info().engine(), list(evaluated), list(trained), numbers, macs, activations);
    }
  }
}
