package dsa.populations.importers;

import dsa.core.arch.Task;
import java.util.List;
import java.util.Optional;

/**
 * The populations of the NDS release (Radosavovic et al., <i>On Network Design Spaces for Visual
 * Recognition</i>, ICCV 2019; facebookresearch/nds): one JSON file each in {@code data.zip}.
 */
public final class NdsRelease {

  private static final List<String> CIFAR10 =
      List.of(
          "Vanilla",
          "ResNet",
          "ResNet-B",
          "ResNeXt-A",
          "ResNeXt-B",
          "NASNet",
          "Amoeba",
          "PNAS",
          "ENAS",
          "DARTS",
          "PNAS_fix-w-d",
          "ENAS_fix-w-d",
          "DARTS_fix-w-d",
          "Vanilla_lr-wd",
          "ResNet_lr-wd",
          "DARTS_lr-wd",
          "Vanilla_reruns",
          "ResNet_reruns",
          "Vanilla_rng1",
          "Vanilla_rng2",
          "Vanilla_rng3",
          "ResNet_rng1",
          "ResNet_rng2",
          "ResNet_rng3");
  private static final List<String> IMAGENET =
      List.of(
          "NASNet_in",
          "Amoeba_in",
          "PNAS_in",
          "ENAS_in",
          "DARTS_in",
          "ResNeXt-A_in",
          "ResNeXt-B_in",
          "Vanilla_lr-wd_in",
          "ResNet_lr-wd_in",
          "DARTS_lr-wd_in");

  private NdsRelease() {}

  /** The 34 names, first those on CIFAR-10, then those on ImageNet. */
  public static List<String> names() {
    return java.util.stream.Stream.concat(CIFAR10.stream(), IMAGENET.stream()).toList();
  }

  /** The dataset a population was trained on, {@code cifar10} or {@code imagenet}, if it is one. */
  public static Optional<String> datasetOf(String name) {
    if (CIFAR10.contains(name)) {
      return Optional.of(Task.CIFAR10.name());
    }
    return IMAGENET.contains(name) ? Optional.of(Task.IMAGENET.name()) : Optional.empty();
  }
}
