package dsa.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dsa.core.arch.NetworkPlan;
import dsa.core.arch.Task;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.complexity.FlopsConvention;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.core.run.DrawnModel;
import dsa.sampler.ComplexityCap;
import dsa.sampler.ComplexityCap.Combination;
import dsa.sampler.ComplexityLimit;
import dsa.sampler.DesignSpace;
import dsa.sampler.PopulationSampler;
import dsa.sampler.spaces.Spaces;
import dsa.trainer.data.ImageSet;
import dsa.trainer.engine.Ops;
import dsa.trainer.engine.Scope;
import dsa.trainer.engine.Tape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A space can be drawn from long before anyone trains it: a member that no engine can build, or
 * that two engines build differently, shows only in the middle of a sweep, or never.
 */
final class SpacesOnEnginesTest {

  private static final int MEMBERS = 25;
  private static final long MACS = 12_000_000; // keeps a member to a fraction of a second
  private static final int BATCH = 8;

  /** Of the largest logit. */
  private static final double EVALUATION = 1e-4;

  /**
   * In training norms divide by deviations of the batch itself. Behind thirty of them, or in
   * channels that are nearly off, roundings have grown a thousandfold.
   */
  private static final double TRAINING = 2e-2;

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

  /** Random members, of those that cost little or up to three times as much as the cheapest. */
  private static List<DrawnModel> members(DesignSpace space) {
    long most = Math.max(MACS, 3 * space.least().macs());
    ComplexityLimit limit =
        new ComplexityLimit(ComplexityMeasure.FLOPS, FlopsConvention.MACS, 0, most);
    return PopulationSampler.withDefaults()
        .draw(
            space,
            new ComplexityCap(Combination.ALL, List.of(limit)),
            MEMBERS,
            false,
            SeedPath.root(4))
        .models();
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void randomMembersAreBuiltAsCountedAndAlikeOnAllEngines(String name) throws IOException {
    DesignSpace space = Spaces.find(name);
    assumeTrue(
        space.task().equals(Task.CIFAR10),
        name + " is for other images than the engines are tested with");
    for (DrawnModel model : members(space)) {
      NetworkPlan plan = model.spec().plan(Task.CIFAR10);
      Parameters parameters = Parameters.of(plan);
      assertEquals(model.complexity(), plan.complexity(), model.spec().text());
      assertEquals(model.complexity().params(), parameters.count(), model.spec().text());
      List<float[]> weights =
          EnginesAgreeTest.weights(parameters, SeedPath.root(6).child(model.spec().text()));
      List<List<float[]>> logits = new ArrayList<>();
      for (Ops<Object> ops : engines.all()) {
        logits.add(logits(ops, plan, parameters, weights, model.spec().text()));
      }
      for (int pass = 0; pass < 2; pass++) {
        float[] first = logits.get(0).get(pass);
        float[] second = logits.get(1).get(pass);
        double most = 1;
        double farthest = 0;
        for (int i = 0; i < first.length; i++) {
          most = Math.max(most, Math.abs(first[i]));
          farthest = Math.max(farthest, Math.abs(first[i] - second[i])); // NaN if one is
        }
        assertTrue(
            farthest <= (pass == 0 ? TRAINING : EVALUATION) * most,
            "pass " + pass + " off by " + farthest + " of " + most + ": " + model.spec().text());
      }
    }
  }

  /** Noise: on flat images norms have next to nothing to divide by, and rounding errors grow. */
  private static Object images(Ops<Object> ops) {
    RandomStream random = SeedPath.root(8).generator();
    float[] pixels = new float[BATCH * ImageSet.SIDE * ImageSet.SIDE * ImageSet.CHANNELS];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) (4 * random.nextDouble() - 2);
    }
    return ops.images(pixels, BATCH, ImageSet.SIDE, ImageSet.SIDE, ImageSet.CHANNELS);
  }

  /** The logits in training, whose gradients have to be finite, and outside of it. */
  private static List<float[]> logits(
      Ops<Object> ops,
      NetworkPlan plan,
      Parameters parameters,
      List<float[]> weights,
      String where) {
    List<float[]> logits = new ArrayList<>();
    try (Scope model = ops.scope()) {
      Network<Object> network = Network.of(ops, plan, parameters, weights);
      network.variables().clearGradients();
      try (Tape<Object> tape = ops.tape()) {
        Object taped = network.logits(images(ops), true, 0.1);
        logits.add(ops.read(taped));
        tape.backward(ops.crossEntropy(taped, ops.labels(IntStream.range(0, BATCH).toArray())));
      }
      List<float[]> gradients = EnginesUnderTest.gradients(ops, network.variables());
      long trainable = 0;
      for (float[] gradient : gradients) {
        trainable += gradient.length;
        for (float value : gradient) {
          assertTrue(Float.isFinite(value), where);
        }
      }
      assertEquals(parameters.count(), trainable, where);
    }
    try (Scope model = ops.scope()) {
      Network<Object> network = Network.of(ops, plan, parameters, weights);
      network.logits(images(ops), true, 0.1); // moves the running statistics
      logits.add(ops.read(network.logits(images(ops), false, 0.1)));
    }
    return logits;
  }
}
