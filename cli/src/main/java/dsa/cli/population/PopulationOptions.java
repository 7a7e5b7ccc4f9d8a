package dsa.cli.population;

import dsa.populations.selection.Condition;
import dsa.populations.selection.Selection;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which models of the populations are looked at; shared by the commands that read some. */
public final class PopulationOptions {

  @Option(
      names = "--where",
      paramLabel = "CONDITION",
      converter = ConditionConverter.class,
      description =
          "Only models that meet it, such as 'epochs>=50', 'params<1M' or optimizer=sgd: a column of"
              + " the file, or error, params, flops, activations, runs, id, depth, width, d1, ... May"
              + " be repeated; all must hold.")
  private List<Condition> conditions = List.of();

  @Option(
      names = "--average-over",
      paramLabel = "COLUMN",
      split = ",",
      description =
          "Models that agree in architecture, costs and all settings but this one, such as seed,"
              + " become one with their mean error.")
  private List<String> averagedOver = List.of();

  @Option(
      names = "--recognition",
      description = "Say all that was recognised in tables of other programs, not one line of it.")
  private boolean recognition;

  Selection selection() {
    return new Selection(conditions, averagedOver);
  }

  boolean recognition() {
    return recognition;
  }

  /** Reads conditions. */
  static final class ConditionConverter implements ITypeConverter<Condition> {
    @Override
    public Condition convert(String text) {
      try {
        return Condition.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
