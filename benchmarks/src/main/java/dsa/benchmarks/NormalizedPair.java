package dsa.benchmarks;

import dsa.analysis.weighting.EmptyBins;
import dsa.analysis.weighting.Normalization;
import dsa.analysis.weighting.NormalizedPopulation;
import dsa.core.complexity.RecordedComplexity;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.core.run.Population;
import dsa.core.run.PopulationOrigin;
import dsa.core.run.TrainedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Two simulated populations in ten bins, as {@code peers/inference_numpy.py} makes them. */
final class NormalizedPair {

  private NormalizedPair() {}

  static List<NormalizedPopulation> of(int models, int decimals) {
    SeedPath seed = SeedPath.root(1);
    return Normalization.withDefaults()
        .within(new Normalization.Range(23_000, 856_001))
        .withBins(10)
        .with(EmptyBins.ERROR)
        .of(
            List.of(
                population("a", models, 0, decimals, seed.child("a")),
                population("b", models, 0.05, decimals, seed.child("b"))))
        .populations();
  }

  private static Population population(
      String name, int size, double shift, int decimals, SeedPath seed) {
    RandomStream random = seed.generator();
    double unit = Math.pow(10, decimals);
    List<TrainedModel> models = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      long params = (long) (24_000 + 832_000 * Math.sqrt(random.nextDouble()));
      double error =
          5 + shift - 1.2 * Math.log(params / 856_000.0) - 0.7 * Math.log(1 - random.nextDouble());
      models.add(
          TrainedModel.of(
              Integer.toString(i),
              Math.min(Math.rint(error * unit) / unit, 90),
              new RecordedComplexity(
                  OptionalLong.of(params), OptionalLong.empty(), OptionalLong.empty())));
    }
    return new Population(name, models, PopulationOrigin.unstated("simulated"));
  }
}
