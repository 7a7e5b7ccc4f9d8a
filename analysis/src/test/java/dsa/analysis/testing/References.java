package dsa.analysis.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.complexity.RecordedComplexity;
import dsa.core.run.Population;
import dsa.core.run.PopulationOrigin;
import dsa.core.run.TrainedModel;
import dsa.core.testing.Shared;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Golden values and reference populations of the shared folder, and small made-up populations. */
public final class References {

  public static final String RESNET = "data/nds/resnet_5000_mean_of_3_seeds.csv";
  public static final String RESNEXT_A = "data/nds/resnext-a_2500.csv";
  public static final String MACRO = "data/nas-bench-macro/nas-bench-macro_cifar10.csv";

  private References() {}

  /** The node of golden.json at {@code pointer}, which must exist. */
  public static JsonNode golden(String pointer) {
    try {
      JsonNode node =
          new ObjectMapper().readTree(Shared.file("golden/golden.json").toFile()).at(pointer);
      if (node.isMissingNode()) {
        throw new IllegalArgumentException("golden.json has nothing at " + pointer);
      }
      return node;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static double[] doubles(JsonNode array) {
    double[] numbers = new double[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = array.get(i).doubleValue();
    }
    return numbers;
  }

  /** Golden space A or B: id, error, params, flops. */
  public static Population space(String name) {
    String file = "golden/space_" + name + ".csv";
    double[] errors = column(file, "error");
    return population(name, errors, column(file, "params"), column(file, "flops"));
  }

  public static Population resnet() {
    return population(
        "resnet",
        column(RESNET, "mean_min_test_top1_error"),
        column(RESNET, "params"),
        column(RESNET, "flops"));
  }

  public static Population resnextA() {
    return population(
        "resnext-a",
        column(RESNEXT_A, "min_test_top1_error"),
        column(RESNEXT_A, "params"),
        column(RESNEXT_A, "flops"));
  }

  /** A numeric column of a CSV file in the shared folder. */
  public static double[] column(String file, String name) {
    return textColumn(file, name).stream().mapToDouble(Double::parseDouble).toArray();
  }

  public static List<String> textColumn(String file, String name) {
    try {
      List<String> lines = Files.readAllLines(Shared.file(file));
      int index = List.of(lines.get(0).split(",")).indexOf(name);
      if (index < 0) {
        throw new IllegalArgumentException(file + " has no column " + name);
      }
      return lines.subList(1, lines.size()).stream().map(line -> line.split(",")[index]).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The errors of {@code population}, in its order. */
  public static double[] errors(Population population) {
    return population.models().stream().mapToDouble(m -> m.testError().orElseThrow()).toArray();
  }

  public static double[] costs(Population population, ComplexityMeasure measure) {
    return population.models().stream()
        .mapToDouble(m -> m.complexity().of(measure).orElseThrow())
        .toArray();
  }

  /** A population with these errors and params; nothing else known. */
  public static Population population(String name, double[] errors, double[] params) {
    return population(name, errors, params, new double[0]);
  }

  private static Population population(
      String name, double[] errors, double[] params, double[] flops) {
    List<TrainedModel> models = new ArrayList<>();
    for (int i = 0; i < errors.length; i++) {
      models.add(
          TrainedModel.of(
              Integer.toString(i),
              errors[i],
              new RecordedComplexity(
                  OptionalLong.of((long) params[i]),
                  flops.length == 0 ? OptionalLong.empty() : OptionalLong.of((long) flops[i]),
                  OptionalLong.empty())));
    }
    return new Population(name, models, PopulationOrigin.unstated("test"));
  }
}
