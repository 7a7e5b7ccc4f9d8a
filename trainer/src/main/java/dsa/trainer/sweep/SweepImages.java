package dsa.trainer.sweep;

import dsa.trainer.data.Cifar10;
import dsa.trainer.network.TrainingImages;
import dsa.trainer.recipe.TrainingRecipe;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The images of a sweep, found to be there and enough; workers read them again.
 *
 * @param folder that holds them
 * @param dataset name of the data set
 * @param checksum of their files
 */
public record SweepImages(Path folder, String dataset, String checksum) {

  /**
   * Those of a folder.
   *
   * @param recipe that is to be trained by
   * @throws dsa.core.io.MalformedFileException if they are not there, or damaged
   * @throws IllegalArgumentException if there are fewer than the recipe takes
   */
  public static SweepImages read(Path folder, TrainingRecipe recipe) throws IOException {
    Cifar10 images = Cifar10.read(folder);
    try {
      TrainingImages.split(images.train(), recipe);
    } catch (IllegalArgumentException e) { // every network would fail for it
      throw new IllegalArgumentException(
          folder + ": " + e.getMessage() + "; give a smaller recipe or more images", e);
    }
    return new SweepImages(folder, images.name(), images.checksum());
  }
}
