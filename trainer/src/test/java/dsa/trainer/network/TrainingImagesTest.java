package dsa.trainer.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.trainer.data.ImageSet;
import dsa.trainer.engine.Precision;
import dsa.trainer.recipe.TrainingRecipe;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A split that moves with the recipe or the seed lets a search select on images that another run
 * trained on, and makes populations of one recipe differ in their data.
 */
final class TrainingImagesTest {

  private static final ImageSet IMAGES = labelled(50_000);

  private static ImageSet labelled(int images) {
    byte[] labels = new byte[images];
    for (int i = 0; i < images; i++) {
      labels[i] = (byte) (i % 10);
    }
    return ImageSet.of(new byte[images * 3 * 32 * 32], labels);
  }

  private static TrainingRecipe recipe(int training, int validation) {
    return new TrainingRecipe(
        "test",
        1,
        10,
        0.1,
        TrainingRecipe.Schedule.COSINE_PER_STEP,
        0.9,
        true,
        5e-4,
        training,
        validation,
        4,
        true,
        0.1,
        0,
        Precision.FP32);
  }

  private static TrainingImages split(int training, int validation) {
    return TrainingImages.split(IMAGES, recipe(training, validation));
  }

  private static Set<Integer> set(int... places) {
    return Arrays.stream(places).boxed().collect(Collectors.toSet());
  }

  @Test
  void theSplitIsWhatItWas() { // computed a second time, in another language
    TrainingImages split = split(5_000, 5_000);
    assertArrayEquals(
        new int[] {16, 18, 20, 25, 35, 48, 63, 66, 73, 106, 107, 115},
        Arrays.copyOf(split.training(), 12));
    assertArrayEquals(
        new int[] {1, 2, 10, 41, 43, 44, 46, 51, 53, 62, 67, 69},
        Arrays.copyOf(split.validation(), 12));
    assertEquals(1172999823, Arrays.hashCode(split.training()));
    assertEquals(-1624032971, Arrays.hashCode(split.validation()));
  }

  @Test
  void allImagesAreThemselvesInOrder() {
    assertArrayEquals(IntStream.range(0, 50_000).toArray(), split(50_000, 0).training());
    assertEquals(0, split(50_000, 0).validation().length);
  }

  @Test
  void everyClassHasItsShareAndNoImageIsBothTrainedOnAndHeldOut() {
    TrainingImages split = split(40_000, 10_000);
    int[] counts = new int[10];
    for (int place : split.training()) {
      counts[IMAGES.label(place)]++;
    }
    assertTrue(Arrays.stream(counts).allMatch(count -> count == 4_000));
    for (int place : split.validation()) {
      counts[IMAGES.label(place)]++;
    }
    assertTrue(Arrays.stream(counts).allMatch(count -> count == 5_000));
    Set<Integer> both = set(split.training());
    both.addAll(set(split.validation()));
    assertEquals(50_000, both.size());
  }

  @Test
  void smallerSetsArePartsOfLargerOnes() {
    Set<Integer> most = set(split(40_000, 10_000).training());
    Set<Integer> held = set(split(40_000, 10_000).validation());
    RandomStream random = SeedPath.root(3).generator();
    for (int i = 0; i < 5; i++) {
      int training = 10 * (1 + random.nextInt(4_000));
      int validation = 10 * random.nextInt(1_000);
      assertTrue(most.containsAll(set(split(training, validation).training())));
      assertTrue(held.containsAll(set(split(training, validation).validation())));
    }
    assertArrayEquals(split(5_000, 5_000).validation(), split(45_000, 5_000).validation());
  }

  @Test
  void theOrderOfAClassIsNotThatOfTheFiles() {
    // the mean place of 500 out of 5,000 is within 5 standard errors of the middle
    int[] places = split(5_000, 0).training();
    assertEquals(25_000, Arrays.stream(places).average().orElseThrow(), 5 * 14_434 / 70.7);
  }

  @Test
  void theOrderOfLabelsInTheFilesIsRespected() {
    byte[] labels = new byte[200];
    for (int i = 0; i < 200; i++) {
      labels[i] = (byte) (9 - i / 20);
    }
    ImageSet images = ImageSet.of(new byte[200 * 3 * 32 * 32], labels);
    TrainingImages split = TrainingImages.split(images, recipe(100, 100));
    assertEquals(10, Arrays.stream(split.training()).filter(place -> place < 20).count());
    assertEquals(10, Arrays.stream(split.validation()).filter(place -> place >= 180).count());
  }

  @Test
  void tooFewImagesOfAClassAreRefusedInWords() {
    IllegalArgumentException failure =
        assertThrows(
            IllegalArgumentException.class,
            () -> TrainingImages.split(labelled(95), recipe(60, 40)));
    assertEquals(
        "recipe test takes 6 + 4 images of each class, but class 5 has 9", failure.getMessage());
    ImageSet eleven = ImageSet.of(new byte[3 * 32 * 32], new byte[] {10});
    assertThrows(IllegalArgumentException.class, () -> TrainingImages.split(eleven, recipe(10, 0)));
  }
}
