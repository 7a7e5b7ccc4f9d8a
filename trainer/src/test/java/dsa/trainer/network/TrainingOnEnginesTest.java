package dsa.trainer.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.BlockType;
import dsa.core.arch.StageSpec;
import dsa.core.arch.StagedSpec;
import dsa.core.random.SeedPath;
import dsa.core.run.EpochResult;
import dsa.core.testing.Shared;
import dsa.trainer.Engines;
import dsa.trainer.checkpoint.Checkpoint;
import dsa.trainer.checkpoint.Checkpoints;
import dsa.trainer.data.Cifar10;
import dsa.trainer.data.ImageSet;
import dsa.trainer.engine.Engine;
import dsa.trainer.engine.Precision;
import dsa.trainer.recipe.TrainingRecipe;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tukaani.xz.XZInputStream;

/**
 * A run that cannot be repeated, or that goes on differently after an interruption, makes a
 * population depend on when the machine was switched off.
 */
final class TrainingOnEnginesTest {

  private static final StagedSpec MODEL =
      StagedSpec.cifar(
          BlockType.RESIDUAL,
          List.of(StageSpec.plain(1, 16, 1), StageSpec.plain(1, 16, 2), StageSpec.plain(1, 32, 2)));

  static List<Engine> engines() {
    return Engines.all();
  }

  /** Its pool takes maps of eight rows, which images of 16 rows do not come to. */
  private static final String FLAT =
      "graph | conv3@8/2 bn relu | conv3@8/2 bn relu | inneravg5/3 conv1@8 bn relu";

  private static TrainingRecipe recipe(int epochs, int images) {
    return new TrainingRecipe(
        "test",
        epochs,
        20,
        0.05,
        TrainingRecipe.Schedule.COSINE_PER_EPOCH,
        0.9,
        true,
        5e-4,
        images,
        50,
        4,
        true,
        0.1,
        40,
        Precision.FP32);
  }

  /** Keeps all checkpoints, and offers one of them. */
  private static final class Kept implements Checkpoints {

    private final Checkpoint offered;
    private final List<Checkpoint> saved = new ArrayList<>();

    Kept(Checkpoint offered) {
      this.offered = offered;
    }

    @Override
    public Optional<Checkpoint> latest(String key) {
      return Optional.ofNullable(offered).filter(checkpoint -> checkpoint.key().equals(key));
    }

    @Override
    public void save(Checkpoint checkpoint) {
      saved.add(checkpoint);
    }
  }

  /** A run whose clock stands still, so that equal runs have equal results. */
  private static TrainingResult train(
      Engine engine, Cifar10 images, TrainingRecipe recipe, long seed, Checkpoints checkpoints)
      throws IOException {
    try (ModelTrainer trainer =
        new NetworkTrainer<>(
            EnginesUnderTest.open(engine), images, () -> 0, OptionalDouble::empty)) {
      return trainer.train(MODEL, recipe, SeedPath.root(seed), checkpoints, TrainingProgress.NONE);
    }
  }

  private static void assertLearns(TrainingResult result, double errorPct) {
    List<EpochResult> epochs = result.epochs();
    EpochResult last = epochs.get(epochs.size() - 1);
    assertTrue(last.trainLoss() < epochs.get(0).trainLoss(), epochs.toString());
    assertTrue(last.testErrorPct().orElseThrow() < errorPct, epochs.toString());
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aRunIsRepeatableBitForBitAlsoFromACheckpoint(Engine engine) throws IOException {
    Cifar10 images = MadeImages.of(250, 100);
    TrainingRecipe recipe = recipe(3, 200);
    Kept undisturbed = new Kept(null);
    TrainingResult result = train(engine, images, recipe, 1, undisturbed);
    assertLearns(result, 50);
    assertEquals(2, undisturbed.saved.size());

    Kept again = new Kept(null);
    assertEquals(result, train(engine, images, recipe, 1, again));
    assertSame(undisturbed.saved.get(1), again.saved.get(1));

    Kept resumed = new Kept(undisturbed.saved.get(0));
    assertEquals(result, train(engine, images, recipe, 1, resumed));
    assertEquals(1, resumed.saved.size());
    assertSame(undisturbed.saved.get(1), resumed.saved.get(0));

    assertNotEquals(result, train(engine, images, recipe, 2, Checkpoints.NONE));
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("engines")
  void aRunWithEveryOptionIsRepeatableAndEvaluatedWhereItShouldBe(Engine engine)
      throws IOException {
    Cifar10 images = MadeImages.of(250, 100);
    TrainingRecipe recipe = recipe(3, 200).withOptions(16, true, 0.5, 2);
    Kept undisturbed = new Kept(null);
    TrainingResult result = train(engine, images, recipe, 1, undisturbed);
    assertLearns(result, 60);
    assertEquals(
        List.of(false, true, true),
        result.epochs().stream().map(epoch -> epoch.testErrorPct().isPresent()).toList());
    Kept resumed = new Kept(undisturbed.saved.get(0));
    assertEquals(result, train(engine, images, recipe, 1, resumed));
  }

  /** Evaluation reads the network and must not move it. */
  @Tag("slow")
  @ParameterizedTest
  @MethodSource("engines")
  void evaluatingLessOftenChangesNothingElse(Engine engine) throws IOException {
    Cifar10 images = MadeImages.of(250, 100);
    List<EpochResult> often = train(engine, images, recipe(3, 200), 1, Checkpoints.NONE).epochs();
    List<EpochResult> seldom =
        train(engine, images, recipe(3, 200).withOptions(32, false, 0, 3), 1, Checkpoints.NONE)
            .epochs();
    assertEquals(
        often.stream().map(EpochResult::trainLoss).toList(),
        seldom.stream().map(EpochResult::trainLoss).toList());
    assertEquals(often.get(2).testErrorPct(), seldom.get(2).testErrorPct());
    assertTrue(seldom.get(0).testErrorPct().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("engines")
  void networksWhoseWeightsHangOnTheImagesSizeAreRefused(Engine engine) throws IOException {
    ArchitectureSpec flat = ArchitectureSpec.parse(FLAT);
    try (ModelTrainer trainer =
        new NetworkTrainer<>(
            EnginesUnderTest.open(engine),
            MadeImages.of(250, 100),
            () -> 0,
            OptionalDouble::empty)) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () ->
                      trainer.train(
                          flat,
                          recipe(1, 200).withOptions(16, false, 0, 1),
                          SeedPath.root(1),
                          Checkpoints.NONE,
                          TrainingProgress.NONE))
              .getMessage();
      assertTrue(message.endsWith("imageSide: 32"), message);
    }
  }

  private static void assertSame(Checkpoint a, Checkpoint b) {
    assertEquals(a.key(), b.key());
    assertEquals(a.epochs(), b.epochs());
    assertEquals(a.tensors().size(), b.tensors().size());
    for (int i = 0; i < a.tensors().size(); i++) {
      assertArrayEquals(a.tensors().get(i), b.tensors().get(i));
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("engines")
  void photographsAreLearned(Engine engine) throws IOException {
    Path file = Shared.file("data/cifar10/test_batch.bin.xz");
    Cifar10 images =
        new Cifar10("part", read(file, 0, 1_400), read(file, 1_400, 300), "part of a batch");
    assertLearns(train(engine, images, recipe(2, 1_000), 1, Checkpoints.NONE), 85);
  }

  private static ImageSet read(Path file, int from, int count) throws IOException {
    int bytes = ImageSet.CHANNELS * ImageSet.SIDE * ImageSet.SIDE;
    byte[] pixels = new byte[count * bytes];
    byte[] labels = new byte[count];
    try (InputStream in = new XZInputStream(Files.newInputStream(file))) {
      in.skipNBytes((1L + bytes) * from);
      for (int i = 0; i < count; i++) {
        labels[i] = (byte) in.read();
        in.readNBytes(pixels, i * bytes, bytes);
      }
    }
    return ImageSet.of(pixels, labels);
  }
}
