package dsa.core.io;

import dsa.core.arch.BlockType;
import dsa.core.arch.StageSpec;
import dsa.core.arch.StagedSpec;
import dsa.core.arch.Task;
import dsa.core.complexity.Complexity;
import dsa.core.complexity.FlopsConvention;
import dsa.core.complexity.RecordedComplexity;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.core.run.ErrorKind;
import dsa.core.run.Population;
import dsa.core.run.PopulationOrigin;
import dsa.core.run.TrainedModel;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Makes the two example populations in {@code data/}. The networks are real and their costs are
 * exact; the errors are invented, no model was trained:
 *
 * <pre>error = 9 − 3.5 · log10(params / 100,000) + space + noise</pre>
 *
 * where {@code space} is 0 for the narrow space and 1.5 for the wide one, and {@code noise} is the
 * sum of an almost normal part (sd 0.5) and the square of another (mean 0.5), so that there is a
 * tail of bad models. Errors are multiples of 0.01, as on 10,000 test images. One model in sixty
 * diverges.
 */
final class ExamplePopulations {

  private static final int MODELS = 200;
  private static final long LEAST_PARAMS = 24_000;
  private static final long MOST_PARAMS = 856_000;

  private ExamplePopulations() {}

  /** Deep networks with few channels. */
  static Population narrow() {
    return population(
        "example-narrow", List.of(2, 3, 4, 6, 8, 12, 16), List.of(16, 24, 32, 40, 48), 0);
  }

  /** Shallow networks with many channels. */
  static Population wide() {
    return population("example-wide", List.of(1, 2, 3, 4), List.of(24, 32, 48, 64, 80, 96), 1.5);
  }

  /** Writes both into the folder given as the only argument. */
  public static void main(String[] args) throws IOException {
    for (Population population : List.of(narrow(), wide())) {
      PopulationCsv.write(Path.of(args[0], population.name() + ".csv"), population);
    }
  }

  private static Population population(
      String name, List<Integer> depths, List<Integer> widths, double space) {
    SeedPath seed = SeedPath.root(1).child(name);
    Set<StagedSpec> seen = new HashSet<>();
    List<TrainedModel> models = new ArrayList<>();
    for (int draw = 0; models.size() < MODELS; draw++) {
      RandomStream random = seed.child(draw).generator();
      List<StageSpec> stages = new ArrayList<>();
      for (int stage = 0; stage < 3; stage++) {
        stages.add(
            StageSpec.plain(
                depths.get(random.nextInt(depths.size())),
                widths.get(random.nextInt(widths.size())),
                stage == 0 ? 1 : 2));
      }
      StagedSpec spec = StagedSpec.cifar(BlockType.RESIDUAL, stages);
      Complexity complexity = spec.complexity(Task.CIFAR10);
      if (complexity.params() >= LEAST_PARAMS
          && complexity.params() <= MOST_PARAMS
          && seen.add(spec)) {
        models.add(
            new TrainedModel(
                name.substring("example-".length()) + "-" + (models.size() + 1),
                error(complexity.params(), space, random),
                RecordedComplexity.of(complexity, FlopsConvention.NDS),
                Optional.of(spec),
                1));
      }
    }
    return new Population(
        name,
        models,
        new PopulationOrigin(
            "synthetic: made by dsa.core.io.ExamplePopulations, no model was trained",
            Optional.of("cifar10"),
            Optional.of(FlopsConvention.NDS),
            ErrorKind.MIN,
            90,
            Optional.empty()));
  }

  private static OptionalDouble error(long params, double space, RandomStream random) {
    if (random.nextInt(60) == 0) {
      return OptionalDouble.empty();
    }
    double tail = normal(random);
    double error =
        9
            - 3.5 * StrictMath.log10(params / 100_000.0)
            + space
            + 0.5 * normal(random)
            + 0.5 * tail * tail;
    return OptionalDouble.of(
        BigDecimal.valueOf(error).setScale(2, RoundingMode.HALF_EVEN).doubleValue());
  }

  /** Almost standard normal, the same on every platform: twelve uniforms less six. */
  private static double normal(RandomStream random) {
    double sum = -6;
    for (int i = 0; i < 12; i++) {
      sum += random.nextDouble();
    }
    return sum;
  }
}
