package dsa.trainer.network;

import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.trainer.data.ImageSet;
import dsa.trainer.recipe.TrainingRecipe;
import java.util.Arrays;

/**
 * Which training images a recipe trains on and which it holds out, the same number of each class.
 *
 * <p>The images of a class stand in one order, shuffled once and for all: recipes train on the
 * first of it and hold out the last. So a smaller training set is part of every larger one, and all
 * recipes that hold out as many images hold out the same ones, whatever else they do and whatever
 * the seed of the study.
 */
public final class TrainingImages {

  private static final int CLASSES = 10;
  private static final SeedPath ORDER = SeedPath.root(0).child("cifar10-split");

  private final int[] training;
  private final int[] validation;

  private TrainingImages(int[] training, int[] validation) {
    this.training = training;
    this.validation = validation;
  }

  /**
   * The images that {@code recipe} takes out of {@code train}.
   *
   * @param train of ten classes
   * @throws IllegalArgumentException if a class has too few images, or there is an eleventh
   */
  public static TrainingImages split(ImageSet train, TrainingRecipe recipe) {
    int[][] classes = byClass(train);
    int trainEach = recipe.trainImages() / CLASSES;
    int holdEach = recipe.validationImages() / CLASSES;
    int[] training = new int[trainEach * CLASSES];
    int[] validation = new int[holdEach * CLASSES];
    for (int label = 0; label < CLASSES; label++) {
      int[] places = classes[label];
      if (places.length < trainEach + holdEach) {
        throw new IllegalArgumentException(
            "recipe "
                + recipe.name()
                + " takes "
                + trainEach
                + " + "
                + holdEach
                + " images of each class, but class "
                + label
                + " has "
                + places.length);
      }
      shuffle(places, ORDER.child(label).generator());
      System.arraycopy(places, 0, training, label * trainEach, trainEach);
      System.arraycopy(places, places.length - holdEach, validation, label * holdEach, holdEach);
    }
    Arrays.sort(training);
    Arrays.sort(validation);
    return new TrainingImages(training, validation);
  }

  /** The places of each class's images, in the order of the set. */
  private static int[][] byClass(ImageSet train) {
    int[] counts = new int[CLASSES];
    for (int i = 0; i < train.size(); i++) {
      if (train.label(i) < 0 || train.label(i) >= CLASSES) {
        throw new IllegalArgumentException(
            "image " + i + " has label " + train.label(i) + "; there are " + CLASSES + " classes");
      }
      counts[train.label(i)]++;
    }
    int[][] classes = new int[CLASSES][];
    for (int label = 0; label < CLASSES; label++) {
      classes[label] = new int[counts[label]];
    }
    for (int i = train.size() - 1; i >= 0; i--) {
      int label = train.label(i);
      counts[label]--;
      classes[label][counts[label]] = i;
    }
    return classes;
  }

  /** Fisher and Yates's shuffle. */
  private static void shuffle(int[] places, RandomStream random) {
    for (int i = places.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int place = places[i];
      places[i] = places[other];
      places[other] = place;
    }
  }

  /** The places, rising, of the images to train on. */
  public int[] training() {
    return training.clone();
  }

  /** The places, rising, of the images to select on; none of them is trained on. */
  public int[] validation() {
    return validation.clone();
  }
}
