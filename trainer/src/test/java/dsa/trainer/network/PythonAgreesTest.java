package dsa.trainer.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.BlockType;
import dsa.core.arch.NetworkPlan;
import dsa.core.arch.Task;
import dsa.core.io.SweepPlan;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.core.run.DrawnModel;
import dsa.core.testing.PythonWithTorch;
import dsa.sampler.DesignSpace;
import dsa.sampler.spaces.Spaces;
import dsa.trainer.data.BatchPlan;
import dsa.trainer.data.Cifar10;
import dsa.trainer.data.CifarSample;
import dsa.trainer.data.ImageSet;
import dsa.trainer.data.PixelNormalization;
import dsa.trainer.engine.Batches;
import dsa.trainer.engine.EngineOptions;
import dsa.trainer.engine.Ops;
import dsa.trainer.engine.Precision;
import dsa.trainer.engine.Scope;
import dsa.trainer.engine.Tape;
import dsa.trainer.libtorch.LibtorchEngine;
import dsa.trainer.pytorch.PythonFiles;
import dsa.trainer.recipe.TrainingRecipe;
import dsa.trainer.recipe.TrainingRecipes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A Python that builds, starts or trains other networks than this program does gives populations
 * that look like its own and are not: they would be compared with each other, and differ by the
 * engine.
 */
final class PythonAgreesTest {

  private static final int MEMBERS = Integer.getInteger("dsa.members", 2);
  private static final int BATCH = 10;
  private static final long SEED = 5;
  private static final double MOMENTUM = 0.5;
  private static final double ROUNDING = 1e-6;

  private static final TrainingRecipe RECIPE =
      new TrainingRecipe(
          "check",
          1,
          BATCH,
          0.005,
          TrainingRecipe.Schedule.COSINE_PER_STEP,
          0.9,
          true,
          5e-4,
          200,
          0,
          4,
          true,
          0.1,
          0,
          Precision.FP32);

  @TempDir Path folder;
  private static Ops<Object> libtorch;
  private static String python;

  @BeforeAll
  static void open() {
    python = PythonWithTorch.orSkip();
    libtorch = EnginesUnderTest.open(new LibtorchEngine());
    assertEquals(EngineOptions.cpu(), libtorch.info().options());
  }

  @AfterAll
  static void close() {
    if (libtorch != null) {
      libtorch.close();
    }
  }

  /**
   * What was computed of one network.
   *
   * @param params that are trained
   * @param macs of one image, as they were computed
   * @param losses of the first steps of training
   * @param logits of a batch in training, twice, and then by the running statistics
   * @param gradients of the first of these, parameter by parameter
   * @param statistics that the former two left
   * @param first weights, parameter by parameter
   */
  private record Computed(
      long params,
      long macs,
      List<Double> losses,
      List<float[]> logits,
      List<float[]> gradients,
      List<float[]> statistics,
      List<float[]> first) {}

  private static SeedPath address(ArchitectureSpec spec) {
    return SeedPath.root(SEED).child("train").child(spec.text());
  }

  private static List<float[]> givenWeights(Parameters parameters, ArchitectureSpec spec) {
    return EnginesAgreeTest.weights(parameters, SeedPath.root(11).child(spec.text()));
  }

  // ---- in this program

  /**
   * What libtorch computes.
   *
   * @param share by up to which share of itself each weight is off
   */
  private static Computed here(
      ArchitectureSpec spec, TrainingRecipe recipe, Cifar10 images, int steps, double share) {
    NetworkPlan plan = NetworkTrainer.plan(spec, recipe);
    Parameters parameters = Parameters.of(plan, recipe.identityResiduals());
    ImageSet set = images.train().reduced(recipe.imageSide());
    BatchPlan batch = BatchPlan.plain(IntStream.range(0, BATCH).toArray(), 0, BATCH);
    try (Scope scope = libtorch.scope()) {
      List<float[]> weights = givenWeights(parameters, spec);
      EnginesAgreeTest.move(weights, share, SeedPath.root(4));
      Network<Object> network = Network.of(libtorch, plan, parameters, weights);
      Batches<Object> batches = libtorch.batches(set, PixelNormalization.CIFAR10);
      Object input = batches.images(batch);
      List<float[]> trained = new ArrayList<>();
      try (Tape<Object> tape = libtorch.tape()) {
        Object logits = network.logits(input, true, MOMENTUM);
        tape.backward(libtorch.crossEntropy(logits, batches.labels(batch)));
        trained.add(libtorch.read(logits));
      }
      trained.add(libtorch.read(network.logits(input, true, MOMENTUM)));
      trained.add(libtorch.read(network.logits(input, false, MOMENTUM)));
      List<float[]> statistics = network.statistics().stream().map(libtorch::read).toList();
      return new Computed(
          parameters.count(),
          SpacesOnEnginesTest.ofWhatIsRead(plan).macs(),
          losses(spec, recipe, images, steps, share),
          trained,
          EnginesUnderTest.gradients(libtorch, network.variables()),
          statistics,
          parameters.draw(address(spec).child("init")));
    }
  }

  /** The losses of a worker's steps; each first weight is off by up to a share of itself. */
  private static List<Double> losses(
      ArchitectureSpec spec, TrainingRecipe recipe, Cifar10 images, int steps, double share) {
    NetworkPlan plan = NetworkTrainer.plan(spec, recipe);
    Parameters parameters = Parameters.of(plan, recipe.identityResiduals());
    ImageSet set = images.train().reduced(recipe.imageSide());
    RandomStream random = address(spec).child("epoch").child(0).generator();
    int[] order = TrainingImages.split(set, recipe).training();
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int other = order[i];
      order[i] = order[j];
      order[j] = other;
    }
    List<Double> losses = new ArrayList<>();
    try (Scope model = libtorch.scope()) {
      List<float[]> weights = parameters.draw(address(spec).child("init"));
      EnginesAgreeTest.move(weights, share, SeedPath.root(3));
      Network<Object> network = Network.of(libtorch, plan, parameters, weights);
      Sgd<Object> sgd = new Sgd<>(libtorch, network.variables());
      Batches<Object> batches = libtorch.batches(set, PixelNormalization.CIFAR10);
      for (int step = 0; step < steps; step++) {
        BatchPlan batch =
            BatchPlan.augmented(
                order, step * BATCH, (step + 1) * BATCH, recipe.cropPad(), recipe.mirror(), random);
        try (Scope scope = libtorch.scope()) {
          network.variables().clearGradients();
          try (Tape<Object> tape = libtorch.tape()) {
            Object logits = network.logits(batches.images(batch), true, recipe.normMomentum());
            Object loss = libtorch.crossEntropy(logits, batches.labels(batch));
            tape.backward(loss);
            losses.add((double) libtorch.read(loss)[0]);
          }
          sgd.step(recipe, recipe.learningRate(0, step));
        }
      }
    }
    return losses;
  }

  // ---- in Python

  private static void write(Path file, List<float[]> values) throws IOException {
    int total = values.stream().mapToInt(each -> each.length).sum();
    ByteBuffer bytes = ByteBuffer.allocate(4 * total).order(ByteOrder.LITTLE_ENDIAN);
    values.forEach(
        each -> {
          for (float value : each) {
            bytes.putFloat(value);
          }
        });
    Files.write(file, bytes.array());
  }

  private List<Computed> there(
      List<ArchitectureSpec> specs, TrainingRecipe recipe, Cifar10 images, int steps)
      throws IOException, InterruptedException {
    List<DrawnModel> models = new ArrayList<>();
    for (ArchitectureSpec spec : specs) {
      Parameters parameters =
          Parameters.of(NetworkTrainer.plan(spec, recipe), recipe.identityResiduals());
      write(folder.resolve("weights-" + models.size() + ".f32"), givenWeights(parameters, spec));
      models.add(new DrawnModel(models.size(), spec, spec.complexity(Task.CIFAR10)));
    }
    PythonFiles.write(
        folder,
        new SweepPlan(
            "check", "", models.size(), recipe.name(), recipe.hash(), SEED, "made", "made"),
        recipe,
        models,
        "test");
    Files.writeString(folder.resolve("recipe.yaml"), TrainingRecipes.text(recipe));
    ObjectNode check =
        new ObjectMapper()
            .createObjectNode()
            .put("momentum", MOMENTUM)
            .put("seed", SEED)
            .put("steps", steps)
            .put("recipeHash", recipe.hash())
            .put("datasetChecksum", images.checksum());
    ImageSet set = images.train().reduced(recipe.imageSide());
    try (Scope scope = libtorch.scope()) {
      BatchPlan batch = BatchPlan.plain(IntStream.range(0, BATCH).toArray(), 0, BATCH);
      Object tensor = libtorch.batches(set, PixelNormalization.CIFAR10).images(batch);
      write(folder.resolve("images.f32"), List.of(libtorch.read(tensor)));
      IntStream.range(0, BATCH).forEach(i -> check.withArray("labels").add(set.label(i)));
    }
    Files.writeString(folder.resolve("check.json"), check.toString());
    Path script = folder.resolve("check.py");
    try (InputStream in = PythonAgreesTest.class.getResourceAsStream("check.py")) {
      Files.copy(in, script);
    }
    Path said = folder.resolve("said.txt");
    Path complaints = folder.resolve("complaints.txt");
    Process process =
        new ProcessBuilder(python, script.toString(), folder.toString())
            .redirectOutput(said.toFile())
            .redirectError(complaints.toFile())
            .start();
    assertEquals(0, process.waitFor(), () -> read(complaints));
    List<String> lines = Files.readAllLines(said);
    List<Computed> all = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      all.add(parsed(lines.get(i), i, Parameters.of(NetworkTrainer.plan(specs.get(i), recipe))));
    }
    return all;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private Computed parsed(String line, int i, Parameters parameters) throws IOException {
    JsonNode json = new ObjectMapper().readTree(line);
    ByteBuffer bytes =
        ByteBuffer.wrap(Files.readAllBytes(folder.resolve("out-" + i + ".f32")))
            .order(ByteOrder.LITTLE_ENDIAN);
    int logits = BATCH * 10;
    List<float[]> trained = new ArrayList<>();
    trained.add(taken(bytes, logits));
    List<float[]> gradients = parametersTaken(bytes, parameters);
    trained.add(taken(bytes, logits));
    List<float[]> statistics = new ArrayList<>();
    for (int channels : parameters.norms()) {
      statistics.add(taken(bytes, channels));
      statistics.add(taken(bytes, channels));
    }
    trained.add(taken(bytes, logits));
    List<float[]> first = parametersTaken(bytes, parameters);
    assertEquals(0, bytes.remaining());
    List<Double> losses = new ArrayList<>();
    json.get("losses").forEach(loss -> losses.add(loss.doubleValue()));
    return new Computed(
        json.get("params").longValue(),
        json.get("macs").longValue(),
        losses,
        trained,
        gradients,
        statistics,
        first);
  }

  private static List<float[]> parametersTaken(ByteBuffer bytes, Parameters parameters) {
    return parameters.trainable().stream().map(p -> taken(bytes, p.length())).toList();
  }

  private static float[] taken(ByteBuffer bytes, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = bytes.getFloat();
    }
    return values;
  }

  // ---- compared

  private Cifar10 images(TrainingRecipe recipe) throws IOException {
    Cifar10 made = MadeImages.of(recipe.trainImages(), 10);
    CifarSample.write(folder.resolve("images"), "made", made.train(), made.test());
    return Cifar10.read(folder.resolve("images"));
  }

  /**
   * Holds networks to those of this program.
   *
   * @param deep whether norms of many layers make much of roundings: a single unit on the other
   *     side of 0 changes a gradient by a hundredth
   */
  private void agree(List<ArchitectureSpec> specs, TrainingRecipe recipe, int steps, boolean deep)
      throws IOException, InterruptedException {
    Cifar10 images = images(recipe);
    List<Computed> python = there(specs, recipe, images, steps);
    for (int i = 0; i < specs.size(); i++) {
      ArchitectureSpec spec = specs.get(i);
      // where a rounding changes which of two numbers is the larger, results part of themselves
      Computed mine = here(spec, recipe, images, steps, 0);
      Computed moved = here(spec, recipe, images, steps, ROUNDING);
      Computed other = python.get(i);
      String where = spec.text();
      assertEquals(mine.params(), other.params(), where);
      assertEquals(mine.macs(), other.macs(), where);
      for (int p = 0; p < mine.first().size(); p++) {
        sameStart(mine.first().get(p), other.first().get(p), where + ", first weights " + p);
        if (deep) {
          continue;
        }
        double parted = distance(mine.gradients().get(p), moved.gradients().get(p));
        double tolerance = 1e-3 * most(mine.gradients().get(p)) + 1e-6 + 4 * parted;
        near(
            mine.gradients().get(p),
            other.gradients().get(p),
            tolerance,
            where + ", gradient " + p);
      }
      double apart = apart(mine.gradients(), moved.gradients());
      assertEquals(
          0, apart(mine.gradients(), other.gradients()), 0.02 + 4 * apart, where + ", gradients");
      for (int pass = 0; pass < 3; pass++) {
        double parted = deep ? distance(mine.logits().get(pass), moved.logits().get(pass)) : 0;
        double tolerance = 1e-4 * Math.max(1, most(mine.logits().get(pass))) + 4 * parted;
        near(
            mine.logits().get(pass), other.logits().get(pass), tolerance, where + ", pass " + pass);
      }
      for (int s = 0; s < mine.statistics().size(); s++) {
        double parted = deep ? distance(mine.statistics().get(s), moved.statistics().get(s)) : 0;
        near(
            mine.statistics().get(s),
            other.statistics().get(s),
            1e-4 + 4 * parted,
            where + ", statistic " + s);
      }
      for (int step = 0; step < steps; step++) {
        double parted = Math.abs(mine.losses().get(step) - moved.losses().get(step));
        assertEquals(
            mine.losses().get(step),
            other.losses().get(step),
            1e-3 + 2 * parted,
            where + ", step " + step);
      }
    }
  }

  private static void sameStart(float[] mine, float[] other, String message) {
    for (int i = 0; i < mine.length; i++) {
      assertEquals(mine[i], other[i], Math.ulp(mine[i]), message);
    }
  }

  private static double distance(float[] one, float[] other) {
    double most = 0;
    for (int i = 0; i < one.length; i++) {
      most = Math.max(most, Math.abs(one[i] - other[i]));
    }
    return most;
  }

  /** How far gradients are apart, as a share of their length. */
  private static double apart(List<float[]> one, List<float[]> other) {
    double difference = 0;
    double length = 0;
    for (int p = 0; p < one.size(); p++) {
      for (int i = 0; i < one.get(p).length; i++) {
        difference += Math.pow(one.get(p)[i] - other.get(p)[i], 2);
        length += Math.pow(one.get(p)[i], 2);
      }
    }
    return Math.sqrt(difference / length);
  }

  private static double most(float[] values) {
    double most = 0;
    for (float value : values) {
      most = Math.max(most, Math.abs(value));
    }
    return most;
  }

  private static void near(float[] mine, float[] other, double tolerance, String message) {
    assertEquals(mine.length, other.length, message);
    for (int i = 0; i < mine.length; i++) {
      assertEquals(mine[i], other[i], tolerance * Math.max(1, Math.abs(mine[i])), message);
    }
  }

  private static List<ArchitectureSpec> small() {
    List<ArchitectureSpec> specs =
        new ArrayList<>(SmallGraphs.ALL.stream().map(ArchitectureSpec::parse).toList());
    specs.add(ArchitectureSpec.parse("vanilla cifar:16 | 1x16 s2"));
    specs.add(ArchitectureSpec.parse("bottleneck cifar:16 | 1x32 s2 b8 g4"));
    return specs;
  }

  @Test
  void everyOperationComputesAndDerivesAsInThisProgram() throws Exception {
    agree(small(), RECIPE, 0, false);
  }

  @Tag("slow")
  @Test
  void twentyStepsOfEveryOperationHaveTheSameLosses() throws Exception {
    agree(small(), RECIPE, 20, false);
  }

  @Tag("slow")
  @Test
  void optionsOfRecipesMeanTheSame() throws Exception {
    List<ArchitectureSpec> specs =
        List.of(EnginesAgreeTest.member(BlockType.RESIDUAL, 1, 16, SeedPath.root(3).generator()));
    agree(specs, RECIPE.withOptions(12, true, 0.5, 1), 20, true);
  }

  static List<String> spaces() {
    return Spaces.builtIn();
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("spaces")
  void membersOfEverySpaceAgree(String name) throws Exception {
    DesignSpace space = Spaces.find(name);
    assumeTrue(space.head().task().equals(Task.CIFAR10), () -> name + " is not for CIFAR-10");
    List<ArchitectureSpec> specs =
        CheapMembers.of(space, MEMBERS, SeedPath.root(6)).stream().map(DrawnModel::spec).toList();
    assertTrue(specs.size() == MEMBERS, name);
    agree(specs, RECIPE, 0, true);
  }
}
