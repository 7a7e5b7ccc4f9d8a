package dsa.trainer.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.trainer.data.BatchPlan;
import dsa.trainer.data.ImageSet;
import dsa.trainer.data.PixelNormalization;
import dsa.trainer.engine.Batches;
import dsa.trainer.engine.ConvGeometry;
import dsa.trainer.engine.Norm;
import dsa.trainer.engine.Ops;
import dsa.trainer.engine.Scope;
import dsa.trainer.engine.Tape;
import dsa.trainer.engine.Variables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An engine that pads, pools or normalizes a little differently still learns: its networks are only
 * somewhat worse, and no one would know. Here each operation's values and gradients are those of
 * plain loops in double precision, on every engine.
 *
 * <p>Tolerances are shares of a tensor's largest number. Values are sums of up to 200 products in
 * 32 bits, each rounded to 6e-8. Gradients go through three such sums and through a softmax, whose
 * exponentials and logarithms oneDNN replaces by polynomials that are off by some 1e-6.
 */
final class OpsReferenceTest {

  private static final double VALUES = 1e-6;
  private static final double GRADIENTS = 2e-5;
  private static final int CLASSES = 4;
  private static final int[] LABELS = {2, 0};

  private static EnginesUnderTest engines;

  private final RandomStream random = SeedPath.root(5).generator();

  @BeforeAll
  static void open() {
    engines = new EnginesUnderTest();
  }

  @AfterAll
  static void close() {
    engines.close();
  }

  /** An operation on an engine. */
  private interface Operation {
    Object of(Ops<Object> ops, List<Object> inputs);
  }

  /**
   * Compares an operation's values, and the gradients by all inputs of the cross-entropy of logits
   * that weigh every value differently.
   *
   * @param inputs of two images, or of two rows
   */
  private void check(
      List<Naive> inputs, Operation operation, Function<List<Naive>, Naive> reference) {
    Naive expected = reference.apply(inputs);
    int[] shape = expected.shape();
    shape[0] = CLASSES;
    Naive probe = Naive.random(random, shape).times(2 / Math.sqrt(expected.length() / 2.0), 0);
    Naive bias = Naive.random(random, CLASSES);
    List<Naive> gradients =
        inputs.stream()
            .map(
                input ->
                    input.gradient(
                        () ->
                            Naive.crossEntropy(
                                logits(reference.apply(inputs), probe, bias), LABELS)))
            .toList();
    for (Ops<Object> ops : engines.all()) {
      try (Scope scope = ops.scope()) {
        Variables<Object> variables =
            ops.variables(
                inputs.stream().map(Naive::floats).toList(),
                inputs.stream().map(Naive::shape).toList());
        try (Tape<Object> tape = ops.tape()) {
          Object result = operation.of(ops, variables.tensors());
          Object logits = logits(ops, result, probe, bias);
          tape.backward(ops.crossEntropy(logits, ops.labels(LABELS)));
          assertClose(ops, "values", expected, ops.read(result), VALUES);
        }
        List<float[]> found = EnginesUnderTest.gradients(ops, variables);
        for (int i = 0; i < gradients.size(); i++) {
          assertClose(ops, "gradient " + i, gradients.get(i), found.get(i), GRADIENTS);
        }
      }
    }
  }

  private static Naive logits(Naive result, Naive probe, Naive bias) {
    return result.shape().length == 4
        ? Naive.globalAveragePool(Naive.conv(result, probe, new ConvGeometry(1, 0, 0, 1, 1)))
        : Naive.linear(result, probe, bias);
  }

  private static Object logits(Ops<Object> ops, Object result, Naive probe, Naive bias) {
    Object weights = ops.tensor(probe.floats(), probe.shape());
    return probe.shape().length == 4
        ? ops.globalAveragePool(ops.conv(result, weights, new ConvGeometry(1, 0, 0, 1, 1)))
        : ops.linear(result, weights, ops.tensor(bias.floats(), bias.shape()));
  }

  private static void assertClose(
      Ops<Object> ops, String what, Naive expected, float[] found, double tolerance) {
    assertEquals(expected.length(), found.length, ops.info().engine() + ": length of " + what);
    double most = 0;
    double farthest = 0;
    for (int i = 0; i < found.length; i++) {
      most = Math.max(most, Math.abs(expected.value(i)));
      farthest = Math.max(farthest, Math.abs(expected.value(i) - found[i])); // NaN if one is
    }
    assertTrue(
        farthest <= tolerance * most,
        ops.info().engine() + ": " + what + " are off by " + farthest + " of " + most);
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({
    // kernel, channels, groups
    "1, 4, 1",
    "1, 6, 1",
    "1, 12, 1",
    "1, 12, 2",
    "1, 8, 1",
    "1, 8, 2",
    "1, 8, 8",
    "3, 8, 1",
    "3, 8, 2",
    "3, 8, 8",
    "3, 16, 8",
    "5, 8, 1",
    "5, 8, 2",
    "5, 8, 8"
  })
  @Tag("slow")
  void convolutionsAreSumsOverPaddedWindows(int kernel, int channels, int groups) {
    for (int stride = 1; stride <= 2; stride++) {
      for (int dilation = 1; dilation <= 2; dilation++) {
        int padding = dilation * (kernel - 1) / 2;
        ConvGeometry geometry = new ConvGeometry(stride, padding, padding, dilation, groups);
        conv(geometry, channels, kernel, kernel);
      }
    }
  }

  private void conv(ConvGeometry geometry, int channels, int height, int width) {
    List<Naive> inputs =
        List.of(
            Naive.random(random, 2, channels, 7, 6),
            Naive.random(random, channels, channels / geometry.groups(), height, width));
    check(
        inputs,
        (ops, in) -> ops.conv(in.get(0), in.get(1), geometry),
        in -> Naive.conv(in.get(0), in.get(1), geometry));
  }

  @Test
  void kernelsStridesAndPaddingNeedNotBeSquare() {
    conv(new ConvGeometry(1, 2, 0, 3, 1, 1), 4, 1, 7);
    conv(new ConvGeometry(2, 1, 3, 0, 1, 1), 4, 7, 1);
    conv(new ConvGeometry(3, 2, 2, 4, 2, 2), 4, 3, 5);
    conv(new ConvGeometry(1, 0, 3, 1, 1), 4, 1, 7);
    conv(new ConvGeometry(2, 3, 0, 1, 1), 4, 7, 1);
    conv(new ConvGeometry(1, 2, 0, 1, 2), 4, 3, 3);
  }

  @Test
  void convolutionsWithoutPaddingShrinkTheImage() {
    conv(new ConvGeometry(1, 0, 0, 1, 1), 3, 2, 2);
    conv(new ConvGeometry(1, 0, 0, 1, 1), 3, 7, 6);
  }

  @Test
  void convolutionsMayChangeTheNumberOfChannels() {
    for (int stride = 1; stride <= 2; stride++) {
      ConvGeometry geometry = ConvGeometry.same(3, stride, 2);
      check(
          List.of(Naive.random(random, 2, 4, 7, 6), Naive.random(random, 10, 2, 3, 3)),
          (ops, in) -> ops.conv(in.get(0), in.get(1), geometry),
          in -> Naive.conv(in.get(0), in.get(1), geometry));
    }
  }

  // engines may treat numbers of channels that fill the processor's registers apart
  @ParameterizedTest
  @ValueSource(ints = {5, 8})
  void normsInTrainingUseTheBiasedStatisticsOfTheBatch(int channels) {
    check(
        List.of(
            Naive.random(random, 2, channels, 4, 3).times(3, 1),
            Naive.random(random, channels).times(0.5, 1),
            Naive.random(random, channels)),
        (ops, in) ->
            ops.batchNorm(
                in.get(0),
                new Norm<>(
                    in.get(1), in.get(2), filled(ops, channels, 0), filled(ops, channels, 1)),
                true,
                0.1),
        in ->
            Naive.normalized(
                in.get(0),
                in.get(1),
                in.get(2),
                Naive.mean(in.get(0)),
                Naive.variance(in.get(0), 0)));
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 8})
  void normsInEvaluationUseTheRunningStatistics(int channels) {
    Naive mean = Naive.random(random, channels);
    Naive variance = Naive.random(random, channels).times(0.9, 1);
    check(
        List.of(
            Naive.random(random, 2, channels, 4, 3).times(3, 1),
            Naive.random(random, channels).times(0.5, 1),
            Naive.random(random, channels)),
        (ops, in) -> {
          Object center = ops.tensor(mean.floats(), channels);
          Object spread = ops.tensor(variance.floats(), channels);
          Norm<Object> norm = new Norm<>(in.get(1), in.get(2), center, spread);
          Object result = ops.batchNorm(in.get(0), norm, false, 0.1);
          assertArrayEquals(mean.floats(), ops.read(center));
          assertArrayEquals(variance.floats(), ops.read(spread));
          return result;
        },
        in -> Naive.normalized(in.get(0), in.get(1), in.get(2), mean, variance));
  }

  private static Object filled(Ops<Object> ops, int channels, float value) {
    return ops.tensor(floats(channels, value), channels);
  }

  private static float[] floats(int channels, float value) {
    float[] values = new float[channels];
    Arrays.fill(values, value);
    return values;
  }

  @ParameterizedTest
  @CsvSource({"0.1, 5", "0.5, 5", "1, 5", "0.1, 8"})
  void runningStatisticsTakeTheirShareOfMeanAndUnbiasedVarianceWithATapeAndWithout(
      double momentum, int channels) {
    Naive images = Naive.random(random, 2, channels, 4, 3).times(3, 1);
    Naive mean = Naive.add(Naive.mean(images).times(momentum, 0), filled(channels, -1 + momentum));
    Naive variance =
        Naive.add(Naive.variance(images, 1).times(momentum, 0), filled(channels, 1 - momentum));
    for (Ops<Object> ops : engines.all()) {
      for (boolean taped : new boolean[] {true, false}) {
        try (Scope scope = ops.scope()) {
          Object center = filled(ops, channels, -1);
          Object spread = filled(ops, channels, 1);
          Variables<Object> affine =
              ops.variables(
                  List.of(floats(channels, 1), floats(channels, 0)),
                  List.of(new int[] {channels}, new int[] {channels}));
          Norm<Object> norm =
              new Norm<>(affine.tensors().get(0), affine.tensors().get(1), center, spread);
          Object input = ops.tensor(images.floats(), images.shape());
          if (taped) {
            try (Tape<Object> tape = ops.tape()) {
              Object features = ops.globalAveragePool(ops.batchNorm(input, norm, true, momentum));
              tape.backward(ops.crossEntropy(features, ops.labels(LABELS)));
            }
          } else {
            ops.batchNorm(input, norm, true, momentum);
          }
          assertClose(ops, "running mean", mean, ops.read(center), VALUES);
          assertClose(ops, "running variance", variance, ops.read(spread), VALUES);
        }
      }
    }
  }

  private Naive filled(int channels, double value) {
    return Naive.random(random, channels).times(0, value);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void convolutionsAndNormsInOnePassAreBothInTurn(boolean rectified) {
    ConvGeometry geometry = ConvGeometry.same(3, 2, 2);
    Naive images = Naive.random(random, 2, 4, 7, 6);
    Naive kernel = Naive.random(random, 6, 2, 3, 3);
    Naive scale = Naive.random(random, 6).times(0.5, 1);
    Naive shift = Naive.random(random, 6);
    Naive mean = Naive.random(random, 6);
    Naive variance = Naive.random(random, 6).times(0.9, 1);
    Naive normed =
        Naive.normalized(Naive.conv(images, kernel, geometry), scale, shift, mean, variance);
    Naive expected = rectified ? Naive.relu(normed) : normed;
    for (Ops<Object> ops : engines.all()) {
      try (Scope scope = ops.scope()) {
        Variables<Object> weights =
            ops.variables(
                List.of(kernel.floats(), scale.floats(), shift.floats()),
                List.of(kernel.shape(), scale.shape(), shift.shape()));
        Object center = ops.tensor(mean.floats(), 6);
        Object spread = ops.tensor(variance.floats(), 6);
        List<Object> tensors = weights.tensors();
        Norm<Object> norm = new Norm<>(tensors.get(1), tensors.get(2), center, spread);
        Object input = ops.tensor(images.floats(), images.shape());
        Object found = ops.convNormed(input, tensors.get(0), geometry, norm, rectified);
        assertClose(ops, "values", expected, ops.read(found), VALUES);
        assertArrayEquals(kernel.floats(), ops.read(tensors.get(0)));
        assertArrayEquals(images.floats(), ops.read(input));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void reluCutsAtZero(boolean overwrite) {
    // shifted away from the kink by more than the step of the differences
    Naive images = Naive.distinct(random, 2, 3, 5, 4).times(2, 3.0071);
    Naive zeros = images.times(0, 0);
    check(
        List.of(images, zeros),
        (ops, in) -> ops.relu(ops.add(in.get(0), in.get(1), false), overwrite),
        in -> Naive.relu(Naive.add(in.get(0), in.get(1))));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sumsAndBranchesAddTheirGradients(boolean overwrite) {
    ConvGeometry same = ConvGeometry.same(3, 1, 1);
    check(
        List.of(Naive.random(random, 2, 3, 5, 4), Naive.random(random, 3, 3, 3, 3)),
        (ops, in) -> ops.add(ops.conv(in.get(0), in.get(1), same), in.get(0), overwrite),
        in -> Naive.add(Naive.conv(in.get(0), in.get(1), same), in.get(0)));
  }

  @Test
  void concatenationKeepsTheOrderOfChannels() {
    check(
        List.of(
            Naive.random(random, 2, 3, 5, 4),
            Naive.random(random, 2, 1, 5, 4),
            Naive.random(random, 2, 4, 5, 4)),
        Ops::concat,
        Naive::concat);
  }

  @Test
  void sigmoidAndSwishAreSmooth() {
    List<Naive> inputs = List.of(Naive.random(random, 2, 3, 5, 4).times(6, 0.5));
    check(inputs, (ops, in) -> ops.sigmoid(in.get(0)), in -> Naive.sigmoid(in.get(0)));
    check(inputs, (ops, in) -> ops.swish(in.get(0)), in -> Naive.swish(in.get(0)));
    check(
        List.of(Naive.random(random, 2, 7).times(6, 0)),
        (ops, in) ->
            ops.linear(ops.swish(in.get(0)), identity(ops, 7), ops.tensor(new float[7], 7)),
        in -> Naive.swish(in.get(0)));
  }

  private static Object identity(Ops<Object> ops, int side) {
    float[] values = new float[side * side];
    for (int i = 0; i < side; i++) {
      values[i * (side + 1)] = 1;
    }
    return ops.tensor(values, side, side);
  }

  @ParameterizedTest
  @CsvSource({"0, 2", "2, 3", "3, 1", "0, 6"})
  void runsOfChannelsAreCutOut(int from, int count) {
    check(
        List.of(Naive.random(random, 2, 6, 5, 4)),
        (ops, in) -> ops.channels(in.get(0), from, count),
        in -> Naive.channels(in.get(0), from, count));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6})
  void shuffledChannelsComeFromEachGroupInTurn(int groups) {
    check(
        List.of(Naive.random(random, 2, 6, 5, 4)),
        (ops, in) -> ops.shuffle(in.get(0), groups),
        in -> Naive.shuffle(in.get(0), groups));
  }

  @Test
  void eachChannelOfEachImageHasAFactorOfItsOwn() {
    check(
        List.of(Naive.random(random, 2, 6, 5, 4), Naive.random(random, 2, 6)),
        (ops, in) -> ops.scaleChannels(in.get(0), in.get(1)),
        in -> Naive.scaleChannels(in.get(0), in.get(1)));
  }

  @Test
  void shiftedMapsBeginAtTheirSecondRowAndColumnAndEndInZeros() {
    check(
        List.of(Naive.random(random, 2, 3, 5, 4)),
        (ops, in) -> ops.shift(in.get(0)),
        in -> Naive.shift(in.get(0)));
    for (Ops<Object> ops : engines.all()) {
      try (Scope scope = ops.scope()) {
        Object pixel = ops.tensor(new float[] {5, 6}, 2, 1, 1, 1);
        assertArrayEquals(new float[2], ops.read(ops.shift(pixel)), ops.info().engine());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 7, 6", "2, 4, 3", "3, 3, 2"})
  void zerosHaveTheSizeOfAStridedWindowsResultAndNoGradient(int stride, int height, int width) {
    check(
        List.of(Naive.random(random, 2, 3, 7, 6), Naive.random(random, 2, 3, height, width)),
        (ops, in) -> ops.add(ops.zeros(in.get(0), stride), in.get(1), true),
        in -> Naive.add(Naive.zeros(in.get(0), stride), in.get(1)));
  }

  @ParameterizedTest
  @CsvSource({"3, 1, 1", "3, 2, 1", "2, 2, 0", "5, 2, 2", "5, 3, 0", "5, 1, 2", "7, 2, 3"})
  void paddingNeverWinsAMaximumAndNeverCountsInAMean(int kernel, int stride, int padding) {
    check(
        List.of(Naive.distinct(random, 2, 3, 7, 6)),
        (ops, in) -> ops.maxPool(in.get(0), kernel, stride, padding),
        in -> Naive.pool(in.get(0), kernel, stride, padding, true));
    check(
        List.of(Naive.distinct(random, 2, 3, 7, 6)),
        (ops, in) -> ops.averagePool(in.get(0), kernel, stride, padding),
        in -> Naive.pool(in.get(0), kernel, stride, padding, false));
  }

  @Test
  void globalAveragePoolIsTheMeanOfEachMap() {
    check(
        List.of(Naive.random(random, 2, 6, 5, 4)),
        (ops, in) -> ops.globalAveragePool(in.get(0)),
        in -> Naive.globalAveragePool(in.get(0)));
  }

  @Test
  void linearLayersAreProductsWithTheTransposedWeight() {
    check(
        List.of(Naive.random(random, 2, 9), Naive.random(random, 5, 9), Naive.random(random, 5)),
        (ops, in) -> ops.linear(in.get(0), in.get(1), in.get(2)),
        in -> Naive.linear(in.get(0), in.get(1), in.get(2)));
  }

  @Test
  void crossEntropyIsTheMeanOverTheBatchAndStandsLargeLogits() {
    int[] labels = {1, 0, 6, 3};
    for (double size : new double[] {1, 100}) {
      Naive logits = Naive.random(random, 4, 7).times(size, 0);
      double expected = Naive.crossEntropy(logits, labels);
      Naive gradient = logits.gradient(() -> Naive.crossEntropy(logits, labels));
      for (Ops<Object> ops : engines.all()) {
        try (Scope scope = ops.scope()) {
          Variables<Object> variables =
              ops.variables(List.of(logits.floats()), List.of(logits.shape()));
          try (Tape<Object> tape = ops.tape()) {
            Object loss = ops.crossEntropy(variables.tensors().get(0), ops.labels(labels));
            tape.backward(loss);
            assertEquals(1, ops.read(loss).length);
            assertEquals(expected, ops.read(loss)[0], 3e-6 * size, ops.info().engine());
          }
          float[] found = EnginesUnderTest.gradients(ops, variables).get(0);
          assertClose(ops, "gradient", gradient, found, GRADIENTS);
        }
      }
    }
  }

  @Test
  void wrongCountsTheRowsWhoseLargestLogitIsElsewhere() {
    float[] logits = {1, 2, 0, /**/ -1, -2, -3, /**/ 0, 0.5f, 9, /**/ 3, -8, 2};
    for (Ops<Object> ops : engines.all()) {
      try (Scope scope = ops.scope()) {
        Object rows = ops.tensor(logits, 4, 3);
        assertArrayEquals(
            new float[] {0}, ops.read(ops.wrong(rows, ops.labels(new int[] {1, 0, 2, 0}))));
        assertArrayEquals(
            new float[] {3}, ops.read(ops.wrong(rows, ops.labels(new int[] {2, 1, 2, 1}))));
      }
    }
  }

  @Test
  void backwardPassesAddToTheGradientsUntilTheyAreCleared() {
    for (Ops<Object> ops : engines.all()) {
      try (Scope scope = ops.scope()) {
        float[] weights = {0.5f, -1, 2, 0.25f, 3, -2};
        Variables<Object> variables = ops.variables(List.of(weights), List.of(new int[] {3, 2}));
        Object input = ops.tensor(new float[] {1, 2}, 1, 2);
        float[] once = gradient(ops, variables, input, 1);
        variables.clearGradients();
        ops.write(variables.tensors().get(0), weights);
        float[] twice = gradient(ops, variables, input, 2);
        for (int i = 0; i < once.length; i++) {
          assertTrue(once[i] != 0);
          assertEquals(2 * once[i], twice[i], 1e-6, ops.info().engine());
        }
        ops.write(variables.gradients().get(0), new float[] {Float.NaN, 1, 1, 1, 1, 1});
        variables.clearGradients();
        assertArrayEquals(new float[6], ops.read(variables.gradients().get(0)));
      }
    }
  }

  private static float[] gradient(
      Ops<Object> ops, Variables<Object> variables, Object input, int passes) {
    for (int i = 0; i < passes; i++) {
      try (Tape<Object> tape = ops.tape()) {
        Object bias = ops.tensor(new float[3], 3);
        Object logits = ops.linear(input, variables.tensors().get(0), bias);
        tape.backward(ops.crossEntropy(logits, ops.labels(new int[] {1})));
      }
    }
    return EnginesUnderTest.gradients(ops, variables).get(0);
  }

  @Test
  void whatIsComputedOutsideOfATapeLeavesNoGradients() {
    for (Ops<Object> ops : engines.all()) {
      try (Scope scope = ops.scope()) {
        Variables<Object> variables =
            ops.variables(List.of(new float[] {1, 2, 3}), List.of(new int[] {3, 1}));
        Object bias = ops.tensor(new float[3], 3);
        Object input = ops.tensor(new float[] {1}, 1, 1);
        Object before = ops.linear(input, variables.tensors().get(0), bias);
        try (Tape<Object> tape = ops.tape()) {
          Object sum = ops.add(before, ops.linear(input, variables.tensors().get(0), bias), false);
          tape.backward(ops.crossEntropy(sum, ops.labels(new int[] {0})));
        }
        double[] shares = {Math.exp(2), Math.exp(4), Math.exp(6)};
        double all = shares[0] + shares[1] + shares[2];
        float[] found = EnginesUnderTest.gradients(ops, variables).get(0);
        assertEquals(shares[0] / all - 1, found[0], 1e-5);
        assertEquals(shares[1] / all, found[1], 1e-5);
        assertEquals(shares[2] / all, found[2], 1e-5);
      }
    }
  }

  @Test
  void tensorsAreChangedInPlaceAndReadRowByRow() {
    float[] values = Naive.random(random, 2, 3, 4, 5).floats();
    float[] others = Naive.random(random, 2, 3, 4, 5).floats();
    int[] shape = {2, 3, 4, 5};
    for (Ops<Object> ops : engines.all()) {
      try (Scope scope = ops.scope()) {
        Object plain = ops.tensor(values, shape);
        Object variable = ops.variables(List.of(values), List.of(shape)).tensors().get(0);
        for (Object target : List.of(plain, variable)) {
          assertArrayEquals(values, ops.read(target));
          ops.scale(target, 0.3);
          ops.addScaled(target, ops.tensor(others, shape), -1.75);
          float[] found = ops.read(target);
          for (int i = 0; i < found.length; i++) {
            assertEquals(0.3 * values[i] - 1.75 * others[i], found[i], 3e-7);
          }
          ops.write(target, others);
          assertArrayEquals(others, ops.read(target));
          Object zeros = ops.zerosLike(target);
          assertArrayEquals(new float[values.length], ops.read(zeros));
          ops.addScaled(zeros, target, 1);
          assertArrayEquals(others, ops.read(zeros));
        }
        Object one = ops.tensor(new float[] {2}, 1);
        ops.addScaled(
            one, ops.wrong(ops.tensor(new float[] {0, 1}, 1, 2), ops.labels(new int[1])), 1);
        assertArrayEquals(new float[] {3}, ops.read(one)); // a scalar into a sum of shape (1)
      }
    }
  }

  @Test
  void tensorsOutliveTheScopesInsideTheirOwn() {
    for (Ops<Object> ops : engines.all()) {
      try (Scope outer = ops.scope()) {
        Object kept = ops.tensor(new float[] {1, 2}, 2);
        for (int i = 0; i < 3; i++) {
          try (Scope inner = ops.scope()) {
            ops.addScaled(kept, ops.tensor(new float[] {10, 20}, 2), 1);
          }
        }
        assertArrayEquals(new float[] {31, 62}, ops.read(kept));
      }
    }
  }

  @Test
  void batchesHoldTheSamePixelsOnEveryEngine() {
    byte[] pixels = new byte[6 * 3 * 32 * 32];
    byte[] labels = {3, 1, 4, 1, 5, 9};
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.nextInt(256);
    }
    ImageSet set = ImageSet.of(pixels, labels);
    BatchPlan plan =
        BatchPlan.augmented(new int[] {5, 0, 2, 2, 4}, 1, 5, 4, true, SeedPath.root(1).generator());
    List<float[]> seen = new ArrayList<>();
    for (Ops<Object> ops : engines.all()) {
      try (Scope scope = ops.scope()) {
        Batches<Object> batches = ops.batches(set, PixelNormalization.CIFAR10);
        seen.add(ops.read(batches.images(plan)));
      }
    }
    float[] image = new float[3 * 32 * 32];
    for (int i = 0; i < plan.size(); i++) {
      set.copyTo(plan, i, PixelNormalization.CIFAR10.table(set), image, 0);
      for (float[] batch : seen) {
        for (int j = 0; j < image.length; j++) {
          assertEquals(image[j % 1024 * 3 + j / 1024], batch[i * image.length + j], 1e-6);
        }
      }
    }
  }
}
