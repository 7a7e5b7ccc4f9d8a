package dsa.populations.importers;

import dsa.core.arch.CellSpec;
import dsa.core.arch.ComplexityCounter;
import dsa.core.arch.StageSpec;
import dsa.core.arch.StagedSpec;
import dsa.core.arch.Task;
import dsa.core.complexity.Complexity;
import java.util.Optional;

/** Costs counted from the architectures that a file claims, which may be absurd. */
public final class CountedComplexity {

  private static final int MOST_BLOCKS = 10_000;
  private static final int WIDEST = 1 << 20;
  private static final int MOST_CELLS = 200;
  private static final int WIDEST_CELL = 4096;

  private final ComplexityCounter counter = new ComplexityCounter();

  /** The network's cost, or nothing if it is too large to be one that was ever trained. */
  public Optional<Complexity> of(StagedSpec spec, Task task) {
    long blocks = 0;
    int widest = spec.stemWidth();
    for (StageSpec stage : spec.stages()) {
      blocks += stage.depth();
      widest = Math.max(widest, Math.max(stage.width(), stage.bottleneckWidth()));
    }
    if (blocks > MOST_BLOCKS || widest > WIDEST) {
      return Optional.empty();
    }
    try {
      return Optional.of(counter.of(spec, task));
    } catch (ArithmeticException | IllegalArgumentException e) {
      return Optional.empty(); // groups that do not divide, counts beyond 2^63
    }
  }

  /** The network's cost, or nothing if it is too large to be one that was ever trained. */
  public static Optional<Complexity> of(CellSpec spec, Task task) {
    if (spec.depth() > MOST_CELLS || spec.width() > WIDEST_CELL) {
      return Optional.empty();
    }
    return Optional.of(spec.complexity(task));
  }
}
