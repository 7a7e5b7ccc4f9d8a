package dsa.core.complexity;

import java.util.OptionalLong;

/**
 * The costs a trained model was recorded with. A count the source does not give is absent, never
 * zero. Flops are in the convention of the population the model belongs to.
 *
 * @param params trainable weights
 * @param flops operations per image
 * @param activations output elements
 */
public record RecordedComplexity(
    OptionalLong params, OptionalLong flops, OptionalLong activations) {

  /** Nothing recorded. */
  public static final RecordedComplexity NONE =
      new RecordedComplexity(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

  /** All counts of {@code complexity}, flops in {@code convention}. */
  public static RecordedComplexity of(Complexity complexity, FlopsConvention convention) {
    return new RecordedComplexity(
        OptionalLong.of(complexity.params()),
        OptionalLong.of(complexity.flops(convention)),
        OptionalLong.of(complexity.activations()));
  }

  /** The count that {@code measure} names, if it was recorded. */
  public OptionalLong of(ComplexityMeasure measure) {
    if (measure == ComplexityMeasure.PARAMS) {
      return params;
    }
    return measure == ComplexityMeasure.FLOPS ? flops : activations;
  }
}
