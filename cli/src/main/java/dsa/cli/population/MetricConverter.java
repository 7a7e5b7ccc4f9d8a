package dsa.cli.population;

import dsa.core.run.Metric;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads what is measured of a model. */
public final class MetricConverter implements ITypeConverter<Metric> {

  @Override
  public Metric convert(String text) {
    try {
      return Metric.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
