package dsa.sampler;

import dsa.core.arch.Task;

/**
 * What every space says of itself.
 *
 * @param name what commands and files call it
 * @param description one sentence for people; may be empty
 * @param task what its networks are for; complexities are counted on this task's images
 * @param window limits on complexity that belong to the space; usually {@link ComplexityCap#NONE}
 */
public record SpaceHead(String name, String description, Task task, ComplexityCap window) {

  /** A space for CIFAR-10 without a window. */
  public static SpaceHead of(String name, String description) {
    return new SpaceHead(name, description, Task.CIFAR10, ComplexityCap.NONE);
  }

  /** The same, but for another task. */
  public SpaceHead on(Task other) {
    return new SpaceHead(name, description, other, window);
  }

  /** The same with another window. */
  public SpaceHead within(ComplexityCap other) {
    return new SpaceHead(name, description, task, other);
  }
}
