package dsa.sampler.templates;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Arithmetic of a placeholder, such as {@code round8(16*filters)}: numbers, names, {@code + - * /},
 * parentheses and the functions {@code min}, {@code max}, {@code floor}, {@code round} (half to
 * even) and {@code roundN} (to the nearest multiple of N, half up, at least N). It is exact.
 */
final class Expression {

  private static final int DEEPEST = 32;
  private static final int LARGEST_BITS = 256;
  private static final Pattern TOKEN =
      Pattern.compile("\\s*(\\d{1,9}(?:\\.\\d{1,9})?|[A-Za-z][A-Za-z0-9_]*|[-+*/(),])");
  private static final Pattern STEP = Pattern.compile("round(\\d{1,4})");

  /** A part of an expression, asked for its value. */
  private interface Part {
    Rational value(Function<String, Rational> names);
  }

  private final String text;
  private final List<String> tokens = new ArrayList<>();
  private final Part whole;
  private int at;

  private Expression(String text) {
    this.text = text;
    Matcher matcher = TOKEN.matcher(text);
    int end = 0;
    while (end < text.length() && matcher.find(end) && matcher.start() == end) {
      tokens.add(matcher.group(1));
      end = matcher.end();
    }
    if (!text.substring(end).isBlank()) {
      throw fault("'" + text.substring(end).trim() + "' is neither number, name nor operator");
    }
    whole = sum(0);
    if (at < tokens.size()) {
      throw fault("has '" + tokens.get(at) + "' too many");
    }
  }

  /**
   * Reads an expression, without the braces around it.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Expression parse(String text) {
    return new Expression(text);
  }

  /**
   * The value.
   *
   * @param names what each name stands for; throws for those that stand for nothing
   * @throws IllegalArgumentException if there is none
   */
  Rational value(Function<String, Rational> names) {
    return whole.value(names);
  }

  /**
   * The value as a whole number.
   *
   * @throws IllegalArgumentException if it is none from 0 to 999,999,999
   */
  int whole(Function<String, Rational> names) {
    Rational value = value(names);
    if (!value.whole() || value.over().signum() < 0 || value.over().bitLength() > 29) {
      throw fault("is " + value + ", not a whole number from 0 to " + ((1 << 29) - 1));
    }
    return value.over().intValueExact();
  }

  private IllegalArgumentException fault(String what) {
    return new IllegalArgumentException("{" + text + "} " + what);
  }

  private Rational bounded(Rational value) {
    if (value.over().bitLength() > LARGEST_BITS || value.under().bitLength() > LARGEST_BITS) {
      throw fault("passes through numbers of more than " + LARGEST_BITS + " bits");
    }
    return value;
  }

  private boolean take(String token) {
    boolean there = at < tokens.size() && tokens.get(at).equals(token);
    at += there ? 1 : 0;
    return there;
  }

  private void expect(String token) {
    if (!take(token)) {
      throw fault(
          at < tokens.size()
              ? "has '" + tokens.get(at) + "' where '" + token + "' should stand"
              : "ends where '" + token + "' should follow");
    }
  }

  private Part sum(int depth) {
    Part left = product(depth);
    while (true) {
      Part before = left;
      if (take("+")) {
        Part after = product(depth);
        left = names -> bounded(before.value(names).plus(after.value(names)));
      } else if (take("-")) {
        Part after = product(depth);
        left = names -> bounded(before.value(names).minus(after.value(names)));
      } else {
        return left;
      }
    }
  }

  private Part product(int depth) {
    Part left = factor(depth);
    while (true) {
      Part before = left;
      if (take("*")) {
        Part after = factor(depth);
        left = names -> bounded(before.value(names).times(after.value(names)));
      } else if (take("/")) {
        Part after = factor(depth);
        left = names -> bounded(quotient(before.value(names), after.value(names)));
      } else {
        return left;
      }
    }
  }

  private Rational quotient(Rational over, Rational under) {
    if (under.over().signum() == 0) {
      throw fault("divides by 0");
    }
    return over.by(under);
  }

  private Part factor(int depth) {
    if (depth > DEEPEST) {
      throw fault("is nested more than " + DEEPEST + " deep");
    }
    if (at >= tokens.size()) {
      throw fault(tokens.isEmpty() ? "is empty" : "ends where a number or name should follow");
    }
    String token = tokens.get(at++);
    if (token.equals("(")) {
      Part inner = sum(depth + 1);
      expect(")");
      return inner;
    }
    if (Character.isDigit(token.charAt(0))) {
      Rational number = Rational.of(new BigDecimal(token));
      return names -> number;
    }
    if (!Character.isLetter(token.charAt(0))) {
      throw fault("has '" + token + "' where a number or name should stand");
    }
    if (take("(")) {
      List<Part> arguments = new ArrayList<>();
      do {
        arguments.add(sum(depth + 1));
      } while (take(","));
      expect(")");
      return function(token, arguments);
    }
    return names -> names.apply(token);
  }

  private Part function(String name, List<Part> arguments) {
    Part first = arguments.get(0);
    if (name.equals("min") || name.equals("max")) {
      int sign = name.equals("max") ? 1 : -1;
      return names -> {
        Rational best = first.value(names);
        for (Part argument : arguments.subList(1, arguments.size())) {
          Rational value = argument.value(names);
          best = sign * value.compare(best) > 0 ? value : best;
        }
        return best;
      };
    }
    if (arguments.size() != 1) {
      throw fault("gives " + name + " " + arguments.size() + " numbers; it takes one");
    }
    Matcher step = STEP.matcher(name);
    if (step.matches()) {
      long size = Long.parseLong(step.group(1));
      if (size < 1) {
        throw fault("rounds to multiples of 0");
      }
      return names -> first.value(names).nearest(size);
    }
    if (name.equals("floor")) {
      return names -> first.value(names).floor();
    }
    if (name.equals("round")) {
      return names -> first.value(names).halfEven();
    }
    throw fault("calls '" + name + "'; known are min, max, floor, round, round8 (or another step)");
  }
}
