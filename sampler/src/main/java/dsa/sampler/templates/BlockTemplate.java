package dsa.sampler.templates;

import dsa.core.arch.Op;
import dsa.core.arch.OpText;
import dsa.core.arch.Shape;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Operations with arithmetic in them, made operations for one input. Beside {@link OpText}'s there
 * are four whose form depends on the shapes at their place:
 *
 * <ul>
 *   <li>{@code skip(ops)}: the sum of ops and the input where they have one shape, else ops;
 *   <li>{@code res(ops)}: the same, but where shapes differ the input goes through a projection, a
 *       1x1 convolution and a norm at the stride;
 *   <li>{@code project@C/s}: {@code conv1@C/s bn} where that changes the shape, else nothing;
 *   <li>{@code mix4/s}, perhaps followed by {@code equal} or {@code exponential}, then {@code
 *       dilated}: {@link MixedKernels}.
 * </ul>
 *
 * <p>What they come to says nothing of how it was asked for, so that templates which come to the
 * same operations come to equal blocks.
 */
public final class BlockTemplate {

  private static final int DEEPEST = 8;
  private static final String HERE = "here";
  private static final Pattern TOKEN = Pattern.compile("(?:\\{[^{}]*\\}|[^\\s();:{}])+\\(?|[();:]");
  private static final Pattern HOLE = Pattern.compile("\\{([^{}]*)\\}");
  private static final Pattern MIX =
      Pattern.compile("mix(\\d{1,9})(?:/(\\d{1,9}))?(equal|exponential)?(dilated)?");
  private static final Pattern PROJECT = Pattern.compile("project@(\\d{1,9})(?:/(\\d{1,9}))?");

  /** Operations to be, given what names stand for and the shape that comes in. */
  private interface Piece {
    List<Op> ops(Map<String, Rational> names, Shape input);
  }

  private final List<String> tokens = new ArrayList<>();
  private final List<Piece> pieces;
  private int at;

  private BlockTemplate(String text) {
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
    pieces = list(0);
    if (at < tokens.size()) {
      throw new IllegalArgumentException("it has '" + tokens.get(at) + "' too many");
    }
  }

  /**
   * Reads a template whose texts have been filled in by {@link TemplateTexts#expand}.
   *
   * @throws IllegalArgumentException if it is none; the message names the place
   */
  public static BlockTemplate parse(String text) {
    return new BlockTemplate(text);
  }

  /**
   * The operations for one input.
   *
   * @param numbers what names stand for; {@code here} is always the channels at the place
   * @throws IllegalArgumentException if they do not fit each other or the input
   */
  public List<Op> ops(Map<String, BigDecimal> numbers, Shape input) {
    Map<String, Rational> names = new HashMap<>();
    numbers.forEach((name, number) -> names.put(name, Rational.of(number)));
    return sequence(pieces, names, input);
  }

  /**
   * The value of a text of plain arithmetic, which stands without braces.
   *
   * @throws IllegalArgumentException if it is no whole number of 1 or more
   */
  public static int whole(String expression, Map<String, BigDecimal> numbers) {
    int value = Expression.parse(expression).whole(name -> number(name, numbers));
    if (value < 1) {
      throw new IllegalArgumentException("{" + expression + "} is 0");
    }
    return value;
  }

  private static Rational number(String name, Map<String, BigDecimal> numbers) {
    BigDecimal number = numbers.get(name);
    if (number == null) {
      throw unknown(name, numbers.keySet());
    }
    return Rational.of(number);
  }

  private static IllegalArgumentException unknown(String name, Set<String> known) {
    return new IllegalArgumentException(
        "'"
            + name
            + "' stands for no number here; known are "
            + String.join(", ", known.stream().sorted().toList()));
  }

  private static Function<String, Rational> lookup(Map<String, Rational> names, Shape here) {
    return name -> {
      if (name.equals(HERE)) {
        return Rational.of(here.channels());
      }
      Rational number = names.get(name);
      if (number == null) {
        throw unknown(name, names.keySet());
      }
      return number;
    };
  }

  private static List<Op> sequence(List<Piece> pieces, Map<String, Rational> names, Shape input) {
    List<Op> ops = new ArrayList<>();
    Shape shape = input;
    for (Piece piece : pieces) {
      List<Op> next = piece.ops(names, shape);
      shape = Op.outputOf(next, shape);
      ops.addAll(next);
    }
    return ops;
  }

  // ---- reading

  private String peek() {
    return at < tokens.size() ? tokens.get(at) : "";
  }

  /** Pieces up to the end, a semicolon or a closing parenthesis. */
  private List<Piece> list(int depth) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("it is nested more than " + DEEPEST + " deep");
    }
    List<Piece> list = new ArrayList<>();
    int from = at;
    while (at < tokens.size() && !peek().equals(";") && !peek().equals(")")) {
      String token = tokens.get(at++);
      list.add(token.endsWith("(") ? branched(token, depth) : simple(token));
    }
    if (at == from) {
      throw new IllegalArgumentException(
          "nothing stands where operations should; write id for none");
    }
    return list;
  }

  private static Piece simple(String token) {
    Filled text = Filled.of(token);
    return (names, input) -> op(text.fill(lookup(names, input)), input);
  }

  private static List<Op> op(String token, Shape input) {
    Matcher mix = MIX.matcher(token);
    if (mix.matches()) {
      return List.of(
          MixedKernels.of(
              input.channels(),
              Integer.parseInt(mix.group(1)),
              mix.group(2) == null ? 1 : Integer.parseInt(mix.group(2)),
              "exponential".equals(mix.group(3)),
              mix.group(4) != null));
    }
    Matcher project = PROJECT.matcher(token);
    if (project.matches()) {
      int channels = Integer.parseInt(project.group(1));
      int stride = project.group(2) == null ? 1 : Integer.parseInt(project.group(2));
      return channels == input.channels() && stride == 1
          ? List.of()
          : List.of(new Op.Conv(1, channels, stride, 1), new Op.BatchNorm());
    }
    return OpText.parse(token);
  }

  private Piece branched(String token, int depth) {
    boolean split = token.equals("split(");
    List<Filled> runs = new ArrayList<>();
    List<List<Piece>> branches = new ArrayList<>();
    do {
      if (split) {
        runs.add(Filled.of(peek()));
        at++;
        expect(":");
      }
      branches.add(list(depth + 1));
    } while (peek().equals(";") && at++ >= 0);
    expect(")");
    int wanted = token.equals("sum(") ? 2 : token.equals("skip(") || token.equals("res(") ? 1 : 0;
    if (wanted > 0 && branches.size() != wanted) {
      throw new IllegalArgumentException(
          "'" + token + "…)' has " + branches.size() + " branches; it takes " + wanted);
    }
    return switch (token) {
      case "sum(" ->
          (names, input) ->
              List.of(
                  new Op.Residual(
                      sequence(branches.get(0), names, input),
                      sequence(branches.get(1), names, input)));
      case "skip(" -> (names, input) -> skip(sequence(branches.get(0), names, input), input);
      case "res(" -> (names, input) -> residual(sequence(branches.get(0), names, input), input);
      case "cat(" ->
          (names, input) ->
              List.of(
                  new Op.Concat(
                      branches.stream().map(branch -> sequence(branch, names, input)).toList()));
      case "split(" -> (names, input) -> split(runs, branches, names, input);
      default ->
          throw new IllegalArgumentException(
              "'" + token + "' is none of sum(, skip(, res(, cat(, split(");
    };
  }

  private void expect(String token) {
    if (!peek().equals(token)) {
      throw new IllegalArgumentException(
          peek().isEmpty()
              ? "it ends where '" + token + "' should follow"
              : "it has '" + peek() + "' where '" + token + "' should stand");
    }
    at++;
  }

  // ---- making operations

  private static List<Op> skip(List<Op> body, Shape input) {
    return body.isEmpty() || !Op.outputOf(body, input).equals(input)
        ? body
        : List.of(new Op.Residual(body, List.of()));
  }

  private static List<Op> residual(List<Op> body, Shape input) {
    Shape output = Op.outputOf(body, input);
    if (output.equals(input)) {
      return skip(body, input);
    }
    int stride = (input.height() + output.height() - 1) / output.height();
    return List.of(
        new Op.Residual(
            body, List.of(new Op.Conv(1, output.channels(), stride, 1), new Op.BatchNorm())));
  }

  private static List<Op> split(
      List<Filled> runs, List<List<Piece>> branches, Map<String, Rational> names, Shape input) {
    List<Integer> channels = new ArrayList<>();
    List<List<Op>> ops = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      String run = runs.get(i).fill(lookup(names, input));
      if (!run.matches("[1-9]\\d{0,8}")) {
        throw new IllegalArgumentException(
            "'"
                + run
                + "' is no number of channels; a branch of split begins with one, such as"
                + " {here/2}:");
      }
      channels.add(Integer.valueOf(run));
      ops.add(
          sequence(
              branches.get(i), names, new Shape(channels.get(i), input.height(), input.width())));
    }
    return List.of(new Op.Split(channels, ops));
  }

  /** A token, its arithmetic read. */
  private record Filled(List<String> plain, List<Expression> holes) {

    static Filled of(String token) {
      List<String> plain = new ArrayList<>();
      List<Expression> holes = new ArrayList<>();
      Matcher hole = HOLE.matcher(token);
      int end = 0;
      while (hole.find()) {
        plain.add(token.substring(end, hole.start()));
        holes.add(Expression.parse(hole.group(1)));
        end = hole.end();
      }
      plain.add(token.substring(end));
      return new Filled(plain, holes);
    }

    String fill(Function<String, Rational> names) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < holes.size(); i++) {
        text.append(plain.get(i)).append(holes.get(i).whole(names));
      }
      return text.append(plain.get(holes.size())).toString();
    }
  }
}
