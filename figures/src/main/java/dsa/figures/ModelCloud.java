package dsa.figures;

import dsa.analysis.weighting.NormalizedPopulation;
import dsa.core.complexity.ComplexityMeasure;
import java.util.Arrays;

/** Models of one population as figures of complexity see them: raw counts and errors. */
public final class ModelCloud {

  private final String name;
  private final double[] complexities;
  private final double[] errors;

  private ModelCloud(String name, double[] complexities, double[] errors) {
    if (complexities.length != errors.length) {
      throw new IllegalArgumentException(
          name + " has " + complexities.length + " complexities but " + errors.length + " errors");
    }
    if (errors.length == 0) {
      throw new IllegalArgumentException("population " + name + " has no models to show");
    }
    this.name = name;
    this.complexities = complexities.clone();
    this.errors = errors.clone();
  }

  /**
   * Models given one by one; the arrays are copied.
   *
   * @param complexities raw counts
   * @param errors percent, one for each count
   */
  public static ModelCloud of(String name, double[] complexities, double[] errors) {
    return new ModelCloud(name, complexities, errors);
  }

  /** The models a comparison uses, by the complexity that it holds fixed. */
  public static ModelCloud of(NormalizedPopulation population) {
    return new ModelCloud(population.name(), population.complexities(), population.errors());
  }

  /** The population's name. */
  public String name() {
    return name;
  }

  /** How many models. */
  public int size() {
    return errors.length;
  }

  /** The counts in the unit that figures print, such as millions. */
  double[] complexities(ComplexityMeasure measure) {
    return Arrays.stream(complexities).map(c -> c / measure.unitSize()).toArray();
  }

  double[] errors() {
    return errors.clone();
  }

  /** An axis label with its unit, such as {@code params (M)}. */
  static String label(ComplexityMeasure measure) {
    return measure.label() + " (" + measure.unit() + ")";
  }
}
