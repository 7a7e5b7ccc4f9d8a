package dsa.analysis.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dsa.analysis.edf.Edf;
import dsa.core.run.ModelParameters;
import dsa.core.run.Population;
import java.util.ArrayList;
import java.util.List;

/**
 * Where in the plane of two settings the good models are: the relative rank of each model's error
 * among all, (rank − 1/2) / n, models of equal error sharing the mean of their ranks. As in figure
 * 12 of Radosavovic et al., <i>On Network Design Spaces for Visual Recognition</i>, ICCV 2019,
 * where the settings are learning rate and weight decay. Its JSON has the format {@code
 * dsa.rank-map/1} (docs/formats.md).
 *
 * @param name of the population
 * @param x the first setting
 * @param y the second
 * @param points one a model, in its order
 */
public record RankMapReport(String name, String x, String y, List<Point> points) {

  /** How many parts figures and tables tell apart, from the best to the worst. */
  public static final int PARTS = 5;

  private static final String FORMAT = "dsa.rank-map/1";

  /** Copies the list. */
  public RankMapReport {
    points = List.copyOf(points);
  }

  /**
   * A model.
   *
   * @param id of the model
   * @param x its first setting
   * @param y its second
   * @param error its error, or that of guessing
   * @param relativeRank in (0, 1); small is good
   */
  public record Point(String id, double x, double y, double error, double relativeRank) {}

  /**
   * Ranks the models.
   *
   * @throws IllegalArgumentException if a column is missing, or not a number for every model
   */
  public static RankMapReport of(Population population, String x, String y) {
    double[] xs = ModelParameters.of(population, x);
    double[] ys = ModelParameters.of(population, y);
    double[] errors =
        population.models().stream()
            .mapToDouble(model -> model.testError().orElse(population.origin().chanceErrorPct()))
            .toArray();
    Edf edf = Edf.of(errors);
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < errors.length; i++) {
      double rank = (edf.below(errors[i]) + edf.at(errors[i])) / 2;
      points.add(new Point(population.models().get(i).id(), xs[i], ys[i], errors[i], rank));
    }
    return new RankMapReport(population.name(), x, y, points);
  }

  /** The points whose relative rank lies in one of {@link #PARTS} equal parts, from 0, the best. */
  public List<Point> part(int part) {
    return points.stream()
        .filter(point -> Math.min(PARTS - 1, (int) (point.relativeRank() * PARTS)) == part)
        .toList();
  }

  /** The report as one JSON object, indented, with a line end after it. */
  public String json() {
    ObjectNode json = JsonText.object(FORMAT).put("name", name).put("x", x).put("y", y);
    ArrayNode array = json.putArray("points");
    for (Point point : points) {
      array
          .addObject()
          .put("id", point.id())
          .put("x", point.x())
          .put("y", point.y())
          .put("error", point.error())
          .put("relativeRank", point.relativeRank());
    }
    return JsonText.of(json);
  }
}
