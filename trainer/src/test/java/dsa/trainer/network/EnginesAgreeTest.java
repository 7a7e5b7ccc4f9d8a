package dsa.trainer.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.BlockType;
import dsa.core.arch.NetworkPlan;
import dsa.core.arch.StageSpec;
import dsa.core.arch.StagedSpec;
import dsa.core.arch.Task;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.trainer.data.BatchPlan;
import dsa.trainer.data.ImageSet;
import dsa.trainer.data.PixelNormalization;
import dsa.trainer.engine.Batches;
import dsa.trainer.engine.Ops;
import dsa.trainer.engine.Precision;
import dsa.trainer.engine.Scope;
import dsa.trainer.engine.Tape;
import dsa.trainer.recipe.TrainingRecipe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Populations trained on different engines are compared with each other: if one engine built or
 * trained networks of its own kind, the comparison would be one of engines.
 */
final class EnginesAgreeTest {

  private static final ImageSet IMAGES = MadeImages.of(400, 10).train();

  private static final double ROUNDING = 1e-7;

  // At larger learning rates rounding errors grow tenfold every few steps, on one engine as on two.
  private static final TrainingRecipe RECIPE =
      new TrainingRecipe(
          "test",
          1,
          20,
          0.01,
          TrainingRecipe.Schedule.COSINE_PER_EPOCH,
          0.9,
          true,
          5e-4,
          400,
          0,
          4,
          true,
          0.1,
          0,
          Precision.FP32);

  private static EnginesUnderTest engines;

  @BeforeAll
  static void open() {
    engines = new EnginesUnderTest();
  }

  @AfterAll
  static void close() {
    engines.close();
  }

  /** A small member of a space: its block, most groups and smallest width say which. */
  static StagedSpec member(
      BlockType block, int mostGroups, int smallestWidth, RandomStream random) {
    List<StageSpec> stages = new ArrayList<>();
    for (int stage = 0; stage < 3; stage++) {
      int depth = 1 + random.nextInt(2);
      int width = smallestWidth << random.nextInt(smallestWidth < 64 ? 2 : 1);
      int stride = stage == 0 ? 1 : 2;
      if (block == BlockType.BOTTLENECK) {
        int groups = 1 << random.nextInt(Integer.numberOfTrailingZeros(mostGroups) + 1);
        double multiplier = 1.0 / (1 << random.nextInt(3));
        stages.add(StageSpec.bottleneck(depth, width, stride, multiplier, groups));
      } else {
        stages.add(StageSpec.plain(depth, width, stride));
      }
    }
    return StagedSpec.cifar(block, stages);
  }

  /** Weights as drawn, with norms that are not 1 and 0 and logits that are not near 0. */
  static List<float[]> weights(Parameters parameters, SeedPath seed) {
    List<float[]> weights = parameters.draw(seed);
    RandomStream random = seed.child("norms").generator();
    for (int i = 0; i < weights.size(); i++) {
      float[] values = weights.get(i);
      int[] shape = parameters.trainable().get(i).dimensions();
      for (int j = 0; j < values.length; j++) {
        if (shape.length == 1) {
          values[j] += (float) (0.4 * random.nextDouble() - 0.2);
        } else if (i == weights.size() - 2) {
          values[j] *= 20;
        }
      }
    }
    return weights;
  }

  @ParameterizedTest
  @CsvSource({
    "VANILLA, 1, 16",
    "RESIDUAL, 1, 16",
    "BOTTLENECK, 4, 16",
    "BOTTLENECK, 16, 64",
  })
  void theSameWeightsGiveTheSameLogitsInTrainingAndEvaluation(
      BlockType block, int mostGroups, int smallestWidth) {
    SeedPath seed = SeedPath.root(11).child(block.label()).child(mostGroups);
    for (int i = 0; i < 4; i++) {
      sameLogits(
          member(block, mostGroups, smallestWidth, seed.child(i).generator()), seed.child(i));
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @FieldSource("dsa.trainer.network.SmallGraphs#ALL")
  void theSameWeightsGiveGraphsTheSameLogits(String text) {
    sameLogits(ArchitectureSpec.parse(text), SeedPath.root(13).child(text));
  }

  private static void sameLogits(ArchitectureSpec spec, SeedPath seed) {
    NetworkPlan plan = spec.plan(Task.CIFAR10);
    Parameters parameters = Parameters.of(plan);
    List<float[]> weights = weights(parameters, seed.child("weights"));
    List<List<float[]>> logits = new ArrayList<>();
    for (Ops<Object> ops : engines.all()) {
      try (Scope scope = ops.scope()) {
        Network<Object> network = Network.of(ops, plan, parameters, weights);
        Object images =
            ops.batches(IMAGES, PixelNormalization.CIFAR10)
                .images(BatchPlan.plain(IntStream.range(0, 20).toArray(), 0, 20));
        List<float[]> here = new ArrayList<>();
        here.add(ops.read(network.logits(images, true, 0.5))); // moves the running statistics
        here.add(ops.read(network.logits(images, true, 0.5)));
        here.add(ops.read(network.logits(images, false, 0.5)));
        network.statistics().forEach(statistic -> here.add(ops.read(statistic)));
        logits.add(here);
      }
    }
    double spread = Arrays.stream(doubles(logits.get(0).get(2))).map(Math::abs).max().orElseThrow();
    assertTrue(spread > 0.1, "logits near 0 agree of themselves: " + spread);
    for (int j = 0; j < logits.get(0).size(); j++) {
      assertNear(logits.get(0).get(j), logits.get(1).get(j), 2e-5, spec.text());
    }
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  private static void assertNear(float[] a, float[] b, double tolerance, String message) {
    assertEquals(a.length, b.length);
    for (int i = 0; i < a.length; i++) {
      assertEquals(a[i], b[i], tolerance * Math.max(1, Math.abs(a[i])), message);
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({
    "VANILLA, 1, 16",
    "RESIDUAL, 1, 16",
    "BOTTLENECK, 4, 16",
    "BOTTLENECK, 16, 64",
  })
  void twentyStepsOfTrainingHaveTheSameLosses(BlockType block, int mostGroups, int smallestWidth) {
    SeedPath seed = SeedPath.root(12).child(block.label()).child(mostGroups);
    StagedSpec spec = member(block, mostGroups, smallestWidth, seed.generator());
    sameLosses(spec, RECIPE.learningRate(), seed);
  }

  @Tag("slow")
  @ParameterizedTest
  @FieldSource("dsa.trainer.network.SmallGraphs#ALL")
  void twentyStepsOfTrainingGraphsHaveTheSameLosses(String text) {
    // cells amplify rounding errors more than stages do
    double learningRate = RECIPE.learningRate() / 2;
    sameLosses(ArchitectureSpec.parse(text), learningRate, SeedPath.root(14).child(text));
  }

  @ParameterizedTest
  @CsvSource({"RESIDUAL, 1, 16", "BOTTLENECK, 4, 16"})
  void blocksThatStartAsIdentitiesOnReducedImagesHaveTheSameLosses(
      BlockType block, int mostGroups, int smallestWidth) {
    SeedPath seed = SeedPath.root(15).child(block.label());
    StagedSpec spec = member(block, mostGroups, smallestWidth, seed.generator());
    sameLosses(spec, RECIPE.withOptions(16, true, 0.5, 1), RECIPE.learningRate(), seed);
  }

  private static void sameLosses(ArchitectureSpec spec, double learningRate, SeedPath seed) {
    sameLosses(spec, RECIPE, learningRate, seed);
  }

  private static void sameLosses(
      ArchitectureSpec spec, TrainingRecipe recipe, double learningRate, SeedPath seed) {
    List<double[]> losses = new ArrayList<>();
    for (Ops<Object> ops : engines.all()) {
      losses.add(losses(ops, spec, recipe, 20, learningRate, 0, seed));
    }
    double[] first = losses.get(0);
    double[] moved = losses(engines.all().get(0), spec, recipe, 20, learningRate, ROUNDING, seed);
    assertTrue(first[19] < first[0] - 0.05, "nothing was learned: " + Arrays.toString(first));
    for (double[] others : losses) {
      for (int step = 0; step < first.length; step++) {
        // where a rounding changes which of two numbers is the larger, losses part of themselves
        double parted = Math.abs(first[step] - moved[step]);
        assertEquals(first[step], others[step], 1e-3 + 2 * parted, spec.text() + ", step " + step);
      }
    }
  }

  /** Makes each weight be off by up to a share of itself. */
  static void move(List<float[]> weights, double share, SeedPath seed) {
    RandomStream random = seed.generator();
    for (float[] values : weights) {
      for (int i = 0; i < values.length; i++) {
        values[i] *= (float) (1 + share * (2 * random.nextDouble() - 1));
      }
    }
  }

  /** The losses of the steps of training a network on some engine. */
  static double[] losses(Ops<Object> ops, ArchitectureSpec spec, int steps, SeedPath seed) {
    return losses(ops, spec, RECIPE, steps, RECIPE.learningRate(), 0, seed);
  }

  /**
   * The same.
   *
   * @param share by up to which share of itself each first weight is off
   */
  private static double[] losses(
      Ops<Object> ops,
      ArchitectureSpec spec,
      TrainingRecipe recipe,
      int steps,
      double learningRate,
      double share,
      SeedPath seed) {
    NetworkPlan plan = NetworkTrainer.plan(spec, recipe);
    Parameters parameters = Parameters.of(plan, recipe.identityResiduals());
    ImageSet images = IMAGES.reduced(recipe.imageSide());
    RandomStream random = seed.child("batches").generator();
    int[] order = IntStream.range(0, IMAGES.size()).toArray();
    double[] losses = new double[steps];
    try (Scope model = ops.scope()) {
      List<float[]> weights = parameters.draw(seed.child("init"));
      move(weights, share, seed.child("share"));
      Network<Object> network = Network.of(ops, plan, parameters, weights);
      Sgd<Object> sgd = new Sgd<>(ops, network.variables());
      Batches<Object> batches = ops.batches(images, PixelNormalization.CIFAR10);
      for (int step = 0; step < steps; step++) {
        int from = step * RECIPE.batchSize() % order.length;
        BatchPlan batch =
            BatchPlan.augmented(order, from, from + RECIPE.batchSize(), 4, true, random);
        try (Scope scope = ops.scope()) {
          network.variables().clearGradients();
          try (Tape<Object> tape = ops.tape()) {
            Object logits = network.logits(batches.images(batch), true, RECIPE.normMomentum());
            Object loss = ops.crossEntropy(logits, batches.labels(batch));
            tape.backward(loss);
            losses[step] = ops.read(loss)[0];
          }
          sgd.step(RECIPE, learningRate);
        }
      }
    }
    return losses;
  }
}
