package dsa.core.arch;

import java.util.List;

/**
 * What a network is asked to do; fixes the first and last shapes.
 *
 * @param name such as {@code cifar10}
 * @param input the shape of one image
 * @param classes number of labels, at least 2
 */
public record Task(String name, Shape input, int classes) {

  /** 32 x 32 colour images of ten classes. */
  public static final Task CIFAR10 = new Task("cifar10", new Shape(3, 32, 32), 10);

  /** 224 x 224 colour images of a thousand classes. */
  public static final Task IMAGENET = new Task("imagenet", new Shape(3, 224, 224), 1000);

  /** Rejects fewer than two classes. */
  public Task {
    if (classes < 2) {
      throw new IllegalArgumentException("classes=" + classes + " < 2");
    }
  }

  /**
   * The task called {@code name}, in any case.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Task parse(String name) {
    for (Task task : List.of(CIFAR10, IMAGENET)) {
      if (task.name().equalsIgnoreCase(name)) {
        return task;
      }
    }
    throw new IllegalArgumentException("task '" + name + "' is neither cifar10 nor imagenet");
  }

  /** Top-1 error of guessing, in percent. */
  public double chanceErrorPct() {
    return 100.0 * (classes - 1) / classes;
  }
}
