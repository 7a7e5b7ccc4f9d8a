package dsa.populations.selection;

import dsa.core.DecimalNumber;
import dsa.core.run.ExtraColumn;
import dsa.core.run.ModelParameters;
import dsa.core.run.Population;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A condition on models, such as {@code epochs>=50}, {@code params<1M} or {@code optimizer=sgd}.
 * The column is one of the population's further ones, {@code id}, {@code error} (the value of the
 * metric), {@code params}, {@code flops}, {@code activations} (raw counts), {@code runs}, or of
 * staged networks {@code depth}, {@code width}, {@code d1}, {@code w1} and so on. A model without a
 * value meets no condition.
 *
 * @param column what is compared
 * @param relation how
 * @param value with what: a number in decimal digits, K, M and B being thousands, millions and
 *     billions, or for {@code =} and {@code !=} any text
 */
public record Condition(String column, Relation relation, String value) {

  private static final Pattern FORM = Pattern.compile("\\s*(.+?)\\s*(<=|>=|!=|=|<|>)\\s*(.*?)\\s*");

  /** How a value is compared. */
  public enum Relation {
    /** At most. */
    AT_MOST("<="),
    /** At least. */
    AT_LEAST(">="),
    /** Other than. */
    OTHER("!="),
    /** Equal. */
    EQUAL("="),
    /** Less. */
    LESS("<"),
    /** More. */
    MORE(">");

    private final String sign;

    Relation(String sign) {
      this.sign = sign;
    }

    private boolean holds(double a, double b) {
      return switch (this) {
        case AT_MOST -> a <= b;
        case AT_LEAST -> a >= b;
        case OTHER -> a != b;
        case EQUAL -> a == b;
        case LESS -> a < b;
        case MORE -> a > b;
      };
    }
  }

  /** Rejects texts that are put in an order. */
  public Condition {
    if (relation != Relation.EQUAL && relation != Relation.OTHER && number(value).isEmpty()) {
      throw new IllegalArgumentException(
          "'"
              + column
              + relation.sign
              + value
              + "' asks for an order, and '"
              + value
              + "' is no number");
    }
  }

  /**
   * Reads a condition.
   *
   * @throws IllegalArgumentException if the text is none
   */
  public static Condition parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no condition such as epochs>=50 or optimizer=sgd");
    }
    for (Relation relation : Relation.values()) {
      if (relation.sign.equals(form.group(2))) {
        return new Condition(form.group(1), relation, form.group(3));
      }
    }
    throw new AssertionError(form.group(2));
  }

  private static OptionalDouble number(String text) {
    if (DecimalNumber.is(text)) {
      return OptionalDouble.of(DecimalNumber.parse(text));
    }
    int last = text.length() - 1;
    int unit = last < 1 ? -1 : "KMB".indexOf(Character.toUpperCase(text.charAt(last)));
    String digits = last < 1 ? "" : text.substring(0, last);
    return (unit >= 0 && DecimalNumber.is(digits))
        ? OptionalDouble.of(DecimalNumber.parse(digits + "e" + 3 * (unit + 1)))
        : OptionalDouble.empty();
  }

  /**
   * The models that meet the condition.
   *
   * @throws IllegalArgumentException if there is no such column, or no model meets it
   */
  public Population of(Population population) {
    IntFunction<String> cells = cells(population);
    OptionalDouble number = number(value);
    boolean[] kept = new boolean[population.models().size()];
    boolean any = false;
    for (int i = 0; i < kept.length; i++) {
      String cell = cells.apply(i);
      if (cell.isEmpty()) {
        continue;
      }
      boolean numbers = number.isPresent() && DecimalNumber.is(cell);
      kept[i] =
          numbers
              ? relation.holds(DecimalNumber.parse(cell), number.getAsDouble())
              : (cell.equals(value) ? Relation.EQUAL : Relation.OTHER) == relation;
      any |= kept[i];
    }
    if (!any) {
      throw new IllegalArgumentException(
          "no model of " + population.name() + " has " + text() + "; widen the condition");
    }
    return population.keeping(i -> kept[i]);
  }

  private IntFunction<String> cells(Population population) {
    var extra = population.extra(column);
    if (extra.isPresent()) {
      List<String> cells = extra.get().cells();
      return cells::get;
    }
    switch (column) {
      case "id" -> {
        return i -> population.models().get(i).id();
      }
      case "runs" -> {
        return i -> Integer.toString(population.models().get(i).runs());
      }
      case "error" -> {
        return i -> text(population.models().get(i).testError());
      }
      default -> {
        for (var measure : dsa.core.complexity.ComplexityMeasure.values()) {
          if (measure.label().equals(column)) {
            return i -> {
              var count = population.models().get(i).complexity().of(measure);
              return count.isPresent() ? Long.toString(count.getAsLong()) : "";
            };
          }
        }
        Map<String, double[]> parameters = ModelParameters.of(population);
        if (!parameters.containsKey(column)) {
          List<String> known = new ArrayList<>(List.of("id", "error", "runs"));
          known.addAll(parameters.keySet());
          population.extras().stream()
              .map(ExtraColumn::name)
              .filter(name -> !known.contains(name))
              .forEach(known::add);
          throw new IllegalArgumentException(
              population.name()
                  + " has no column '"
                  + column
                  + "'; it has "
                  + String.join(", ", known));
        }
        double[] numbers = parameters.get(column);
        return i -> Double.toString(numbers[i]);
      }
    }
  }

  private static String text(OptionalDouble value) {
    return value.isPresent() ? Double.toString(value.getAsDouble()) : "";
  }

  /** The condition as it is written. */
  public String text() {
    return column + relation.sign + value;
  }
}
