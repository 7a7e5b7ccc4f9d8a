package dsa.populations.importers.table;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What a number in a foreign table means. Conversions are exact in decimal. */
public enum CsvUnit {
  /** An error in [0, 100]. */
  ERROR_PERCENT("error-percent", 0),
  /** An error in [0, 1]. */
  ERROR_FRACTION("error-fraction", 2),
  /** An accuracy in [0, 100]. */
  ACCURACY_PERCENT("accuracy-percent", 0),
  /** An accuracy in [0, 1]. */
  ACCURACY_FRACTION("accuracy-fraction", 2),
  /** A count as it is. */
  RAW("raw", 0),
  /** A count in thousands. */
  THOUSANDS("k", 3),
  /** A count in millions. */
  MILLIONS("m", 6),
  /** A count in billions. */
  BILLIONS("b", 9);

  private final String label;
  private final int shift;

  CsvUnit(String label, int shift) {
    this.label = label;
    this.shift = shift;
  }

  /** The name used in options and reports. */
  public String label() {
    return label;
  }

  /** The units of counts. */
  public static List<CsvUnit> counts() {
    return List.of(RAW, THOUSANDS, MILLIONS, BILLIONS);
  }

  /** The units of errors. */
  public static List<CsvUnit> errors() {
    return List.of(ERROR_PERCENT, ERROR_FRACTION, ACCURACY_PERCENT, ACCURACY_FRACTION);
  }

  /**
   * The unit among {@code allowed} that {@code text} names, in any case.
   *
   * @throws IllegalArgumentException if it names none of them
   */
  public static CsvUnit parse(String text, List<CsvUnit> allowed) {
    return Arrays.stream(values())
        .filter(unit -> allowed.contains(unit) && unit.label.equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unit '"
                        + text
                        + "' is none of "
                        + allowed.stream().map(CsvUnit::label).collect(Collectors.joining(", "))));
  }

  /** Whether the number is an accuracy. */
  boolean isAccuracy() {
    return this == ACCURACY_PERCENT || this == ACCURACY_FRACTION;
  }

  /** The error in percent that a finite {@code value} stands for. */
  double errorPct(double value) {
    if (this == ERROR_PERCENT) {
      return value;
    }
    BigDecimal percent = BigDecimal.valueOf(value).movePointRight(shift);
    return (isAccuracy() ? BigDecimal.valueOf(100).subtract(percent) : percent).doubleValue();
  }

  /**
   * The count that a finite {@code value} stands for, rounded half to even.
   *
   * @throws ArithmeticException if it is beyond 2^63 - 1
   */
  long count(double value) {
    if (this == RAW && isExactInteger(value)) {
      return (long) value; // what decimals come to as well, in a hundredth of the time
    }
    return BigDecimal.valueOf(value)
        .movePointRight(shift)
        .setScale(0, RoundingMode.HALF_EVEN)
        .longValueExact();
  }

  /** Whether {@code value} in this unit is a whole count. */
  boolean isWhole(double value) {
    if (this == RAW && isExactInteger(value)) {
      return true;
    }
    return BigDecimal.valueOf(value).movePointRight(shift).stripTrailingZeros().scale() <= 0;
  }

  private static boolean isExactInteger(double value) {
    return value == Math.rint(value) && Math.abs(value) < 0x1p53;
  }
}
