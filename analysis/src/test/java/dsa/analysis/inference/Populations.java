package dsa.analysis.inference;

import dsa.analysis.weighting.EmptyBins;
import dsa.analysis.weighting.Normalization;
import dsa.analysis.weighting.NormalizedPopulation;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.complexity.RecordedComplexity;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.core.run.Population;
import dsa.core.run.PopulationOrigin;
import dsa.core.run.TrainedModel;
import dsa.core.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Populations to test on: published, golden, and simulated ones. */
final class Populations {

  private Populations() {}

  static Population of(String name, double[] errors, long[] params) {
    List<TrainedModel> models = new ArrayList<>();
    for (int i = 0; i < errors.length; i++) {
      models.add(
          TrainedModel.of(
              Integer.toString(i),
              errors[i],
              new RecordedComplexity(
                  OptionalLong.of(params[i]), OptionalLong.empty(), OptionalLong.empty())));
    }
    return new Population(name, models, PopulationOrigin.unstated("test"));
  }

  static NormalizedPopulation plain(double... errors) {
    return Normalization.withDefaults()
        .givenNothing()
        .of(List.of(of("plain", errors, new long[errors.length])))
        .populations()
        .get(0);
  }

  static List<NormalizedPopulation> normalized(
      double low, double high, int bins, Population... populations) {
    return Normalization.withDefaults()
        .given(ComplexityMeasure.PARAMS)
        .within(new Normalization.Range(low, high))
        .withBins(bins)
        .with(EmptyBins.ERROR)
        .of(List.of(populations))
        .populations();
  }

  static List<NormalizedPopulation> published() throws IOException {
    return normalized(
        24_000,
        856_000,
        10,
        read("data/nds/resnet_5000_mean_of_3_seeds.csv", 8, 6),
        read("data/nds/resnext-a_2500.csv", 14, 12));
  }

  static List<NormalizedPopulation> golden() throws IOException {
    return normalized(
        120_000, 840_000, 4, read("golden/space_A.csv", 1, 2), read("golden/space_B.csv", 1, 2));
  }

  static double[] goldenErrors(String space) throws IOException {
    return read("golden/space_" + space + ".csv", 1, 2).models().stream()
        .mapToDouble(model -> model.testError().orElseThrow())
        .toArray();
  }

  private static Population read(String file, int error, int params) throws IOException {
    List<String[]> rows =
        Files.readAllLines(Shared.file(file)).stream()
            .skip(1)
            .map(line -> line.split(",", -1))
            .toList();
    return of(
        file,
        rows.stream().mapToDouble(row -> Double.parseDouble(row[error])).toArray(),
        rows.stream().mapToLong(row -> Long.parseLong(row[params])).toArray());
  }

  /**
   * Models of uneven complexity in (0, 1000) whose error falls with it, rounded to hundredths as
   * CIFAR errors are.
   */
  static Population simulated(String name, int size, double shift, SeedPath seed) {
    RandomStream random = seed.generator();
    double[] errors = new double[size];
    long[] params = new long[size];
    for (int i = 0; i < size; i++) {
      params[i] = 1 + (long) (998 * Math.sqrt(random.nextDouble()));
      errors[i] = error(params[i], shift, random);
    }
    return of(name, errors, params);
  }

  static double error(long params, double shift, RandomStream random) {
    double noise = -0.7 * Math.log(1 - random.nextDouble());
    return Math.rint(100 * (6 + shift - params / 500.0 + noise)) / 100;
  }

  static double[] uniform(int size, SeedPath seed) {
    RandomStream random = seed.generator();
    return IntStream.range(0, size).mapToDouble(i -> random.nextDouble()).toArray();
  }

  /** Multiples of 1/levels, so that many are equal. */
  static double[] tied(int size, int levels, SeedPath seed) {
    return Arrays.stream(uniform(size, seed)).map(u -> Math.floor(u * levels) / levels).toArray();
  }
}
