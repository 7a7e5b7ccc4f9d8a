package dsa.core.complexity;

/**
 * The smallest and the largest value of each count over some networks, each count on its own.
 *
 * @param least each count's smallest value
 * @param greatest each count's largest value
 */
public record ComplexityRange(Complexity least, Complexity greatest) {

  /** Of one network. */
  public static ComplexityRange of(Complexity one) {
    return new ComplexityRange(one, one);
  }

  /** The range that holds {@code one} too. */
  public ComplexityRange with(Complexity one) {
    return new ComplexityRange(least.least(one), greatest.greatest(one));
  }

  /** The range that holds another, too. */
  public ComplexityRange with(ComplexityRange other) {
    return new ComplexityRange(least.least(other.least), greatest.greatest(other.greatest));
  }

  /** Whether all counts of {@code other} are within this range. */
  public boolean holds(ComplexityRange other) {
    return with(other).equals(this);
  }
}
