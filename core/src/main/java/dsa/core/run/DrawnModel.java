package dsa.core.run;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.complexity.Complexity;

/**
 * One network drawn from a design space: what a sampler hands to a trainer.
 *
 * @param index its place among the kept draws, from 0
 * @param spec the network
 * @param complexity its exact cost on the task it was drawn for
 */
public record DrawnModel(int index, ArchitectureSpec spec, Complexity complexity) {

  /** Rejects a negative index. */
  public DrawnModel {
    if (index < 0) {
      throw new IllegalArgumentException("index=" + index + " < 0");
    }
  }
}
