package dsa.trainer.sweep;

import dsa.trainer.data.Cifar10;
import dsa.trainer.pytorch.PythonFiles;
import dsa.trainer.recipe.TrainingRecipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Sweeps for machines without this program: the folder has the plans of its networks and a Python
 * file that trains them with PyTorch, and comes home as any sweep's folder.
 */
public final class PackedSweep {

  /** The folder of the images in a packed sweep that has them. */
  private static final String IMAGES = "cifar-10";

  private PackedSweep() {}

  /**
   * Packs networks that are to be trained, into a new folder or one that holds this very sweep.
   *
   * @param seed root of what is random in training; empty for the one that the networks were drawn
   *     with
   * @param images folder of the images; empty for CIFAR-10 as published, which need not be here
   * @param withImages whether to pack these images too
   * @throws IllegalArgumentException if the folder holds another sweep, or there are fewer images
   *     than the recipe takes
   */
  public static SweepFolder of(
      SweepNetworks networks,
      TrainingRecipe recipe,
      Optional<Long> seed,
      Optional<Path> images,
      boolean withImages,
      Path folder)
      throws IOException {
    Optional<SweepImages> found = Optional.empty();
    if (images.isPresent()) {
      found = Optional.of(SweepImages.read(images.get(), recipe));
    }
    PythonFiles.checkFree(folder);
    SweepFolder sweep =
        SweepFolder.begin(
            folder,
            networks,
            recipe,
            seed.orElse(networks.header().seed()),
            found.map(SweepImages::dataset).orElse(Cifar10.PUBLISHED),
            found.map(SweepImages::checksum).orElseGet(Cifar10::publishedChecksum));
    sweep.prepareForPython();
    if (withImages) {
      Cifar10.copy(images.orElseThrow(), folder.resolve(IMAGES));
    }
    return sweep;
  }

  /**
   * Packs a sweep that has begun elsewhere, without its runs; or in its own folder, with them.
   *
   * @param begun folder of the sweep
   * @param images folder of its images, to make sure of them
   * @param withImages whether to pack these images too
   * @throws IllegalArgumentException if these are not the images that the sweep began with
   */
  public static SweepFolder of(Path begun, Optional<Path> images, boolean withImages, Path folder)
      throws IOException {
    SweepFolder from = SweepFolder.open(begun);
    if (images.isPresent()) {
      String found = SweepImages.read(images.get(), from.recipe()).checksum();
      if (!found.equals(from.plan().datasetChecksum())) {
        throw new IllegalArgumentException(
            images.get() + " holds other images than those that the sweep began with");
      }
    }
    PythonFiles.checkFree(folder);
    SweepFolder sweep =
        SweepFolder.begin(
            folder,
            from.networks(),
            from.recipe(),
            from.plan().seed(),
            from.plan().dataset(),
            from.plan().datasetChecksum());
    sweep.prepareForPython();
    if (withImages) {
      Cifar10.copy(images.orElseThrow(), folder.resolve(IMAGES));
    }
    return sweep;
  }
}
