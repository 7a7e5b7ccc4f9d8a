package dsa.sampler.templates;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * An exact fraction in lowest terms, so that {@code 16*0.75} is 12 on every machine.
 *
 * @param over the numerator
 * @param under the denominator, above 0
 */
record Rational(BigInteger over, BigInteger under) {

  /** Reduces; rejects a denominator of 0. */
  Rational {
    if (under.signum() == 0) {
      throw new IllegalArgumentException("division by 0");
    }
    BigInteger common = over.gcd(under).max(BigInteger.ONE);
    if (under.signum() < 0) {
      common = common.negate();
    }
    over = over.divide(common);
    under = under.divide(common);
  }

  static Rational of(long whole) {
    return new Rational(BigInteger.valueOf(whole), BigInteger.ONE);
  }

  /** The fraction that a plain decimal writes. */
  static Rational of(BigDecimal decimal) {
    BigDecimal scaled = decimal.scale() < 0 ? decimal.setScale(0) : decimal;
    return new Rational(scaled.unscaledValue(), BigInteger.TEN.pow(scaled.scale()));
  }

  Rational plus(Rational other) {
    return new Rational(
        over.multiply(other.under).add(other.over.multiply(under)), under.multiply(other.under));
  }

  Rational minus(Rational other) {
    return plus(new Rational(other.over.negate(), other.under));
  }

  Rational times(Rational other) {
    return new Rational(over.multiply(other.over), under.multiply(other.under));
  }

  Rational by(Rational other) {
    return new Rational(over.multiply(other.under), under.multiply(other.over));
  }

  int compare(Rational other) {
    return minus(other).over.signum();
  }

  boolean whole() {
    return under.equals(BigInteger.ONE);
  }

  /** The largest whole number that is not larger. */
  Rational floor() {
    BigInteger[] parts = over.divideAndRemainder(under);
    return new Rational(
        parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0], BigInteger.ONE);
  }

  /** The nearest whole number, of two the even one. */
  Rational halfEven() {
    Rational down = floor();
    int half = minus(down).times(of(2)).compare(of(1));
    boolean up = half > 0 || (half == 0 && down.over.testBit(0));
    return up ? down.plus(of(1)) : down;
  }

  /** The nearest multiple of {@code step}, of two the larger, but at least {@code step}. */
  Rational nearest(long step) {
    Rational steps = by(of(step)).plus(new Rational(BigInteger.ONE, BigInteger.TWO)).floor();
    return (steps.compare(of(1)) < 0 ? of(1) : steps).times(of(step));
  }

  @Override
  public String toString() {
    return whole() ? over.toString() : over + "/" + under;
  }
}
