package dsa.figures;

import dsa.core.complexity.ComplexityMeasure;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;

/**
 * The axis of a setting of models: in decades where its values span more than a factor of 20, as
 * learning rates do; costs in their unit.
 */
final class SettingAxis {

  private static final double WIDE = 20;
  private final double unit;
  private final double[] values;
  private final Axis axis;

  private SettingAxis(double unit, double[] values, Axis axis) {
    this.unit = unit;
    this.values = values;
    this.axis = axis;
  }

  static SettingAxis of(String name, double[] raw) {
    String label = name;
    double unit = 1;
    for (ComplexityMeasure measure : ComplexityMeasure.values()) {
      if (measure.label().equals(name)) {
        label = ModelCloud.label(measure);
        unit = measure.unitSize();
      }
    }
    double divisor = unit;
    double[] values = Arrays.stream(raw).map(value -> value / divisor).toArray();
    double least = Arrays.stream(values).min().orElseThrow();
    double greatest = Arrays.stream(values).max().orElseThrow();
    boolean decades = least > 0 && greatest > WIDE * least;
    Axis covering = Axis.covering(label, decades ? Scale.LOG10 : Scale.LINEAR, values);
    return new SettingAxis(unit, values, covering.padded());
  }

  /** The values in the unit of the axis. */
  double[] values() {
    return values.clone();
  }

  /** The axis that covers them. */
  Axis axis() {
    return axis;
  }

  double shown(double raw) {
    return raw / unit;
  }

  /** A value as a legend prints it: in its unit, three digits. */
  String text(double raw) {
    BigDecimal rounded = new BigDecimal(raw / unit).round(new MathContext(3));
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
