package dsa.core.arch;

import dsa.core.ForeignText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Operations as text, such as {@code conv1@96 bn relu dw3/2 bn relu conv1@24 bn}; the language is
 * specified in docs/formats.md. {@link Op#text} writes what is read here.
 */
public final class OpText {

  private static final int DEEPEST = 8;
  private static final String N = "(\\d{1,9})";
  private static final String STRIDE = "(?:/" + N + ")?";
  private static final String STRIDES = "(?:/" + N + "(?:x" + N + ")?)?";

  /** One kind of token: what it looks like and the operation it stands for. */
  private record Form(String example, Pattern pattern, Function<MatchResult, Op> op) {

    static Form of(String example, String pattern, Function<MatchResult, Op> op) {
      return new Form(example, Pattern.compile(pattern), op);
    }

    static Form pool(String word, int example, Op.Pool.Kind kind, boolean padded) {
      return of(
          word + example,
          word + N + STRIDE,
          m -> new Op.Pool(kind, number(m, 1, 0), number(m, 2, 1), padded));
    }
  }

  private static final List<Form> FORMS =
      List.of(
          Form.of(
              "conv3@64",
              "conv" + N + "(?:x" + N + ")?@" + N + STRIDES + "(?:g" + N + ")?(?:d" + N + ")?",
              m -> {
                int height = number(m, 1, 0);
                int stride = number(m, 4, 1);
                return new Op.Conv(
                    height,
                    number(m, 2, height),
                    number(m, 3, 0),
                    stride,
                    number(m, 5, stride),
                    number(m, 6, 1),
                    number(m, 7, 1));
              }),
          Form.of(
              "dw3",
              "dw" + N + STRIDE + "(?:d" + N + ")?",
              m -> new Op.Depthwise(number(m, 1, 0), number(m, 2, 1), number(m, 3, 1))),
          Form.of("bn", "bn", m -> new Op.BatchNorm()),
          Form.of("relu", "relu", m -> new Op.Relu()),
          Form.of("swish", "swish", m -> new Op.Swish()),
          Form.pool("max", 3, Op.Pool.Kind.MAX, true),
          Form.pool("avg", 3, Op.Pool.Kind.AVERAGE, true),
          Form.of("se16", "se" + N, m -> new Op.SqueezeExcite(number(m, 1, 0), false)),
          Form.of("swishse16", "swishse" + N, m -> new Op.SqueezeExcite(number(m, 1, 0), true)),
          Form.of("shuffle2", "shuffle" + N, m -> new Op.ChannelShuffle(number(m, 1, 0))),
          Form.of("shift", "shift", m -> new Op.Shift()),
          Form.of("zero", "zero" + STRIDE, m -> new Op.Zero(number(m, 1, 1))),
          Form.of(
              "innerconv2@64",
              "innerconv" + N + "@" + N,
              m -> new Op.InnerConv(number(m, 1, 0), number(m, 2, 0))),
          Form.pool("innermax", 2, Op.Pool.Kind.MAX, false),
          Form.pool("inneravg", 5, Op.Pool.Kind.AVERAGE, false));

  private static final Pattern TOKEN = Pattern.compile("[^\\s();:]+\\(?|[();:]");

  private final String text;
  private final List<String> tokens = new ArrayList<>();
  private int at;

  private OpText(String text) {
    this.text = text;
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
  }

  /**
   * The operations that {@code text} writes.
   *
   * @throws IllegalArgumentException if it writes none; the message names the place
   */
  public static List<Op> parse(String text) {
    OpText reader = new OpText(text);
    List<Op> ops = reader.list(0);
    if (reader.at < reader.tokens.size()) {
      throw reader.fault("has '" + reader.tokens.get(reader.at) + "' too many");
    }
    return ops;
  }

  private static int number(MatchResult match, int group, int absent) {
    return match.group(group) == null ? absent : Integer.parseInt(match.group(group));
  }

  private String peek() {
    return at < tokens.size() ? tokens.get(at) : "";
  }

  private IllegalArgumentException fault(String what) {
    return new IllegalArgumentException(
        "operations '" + ForeignText.shown(text, 120) + "': " + what);
  }

  /** Operations up to the end, a semicolon or a closing parenthesis. */
  private List<Op> list(int depth) {
    if (depth > DEEPEST) {
      throw fault("is nested more than " + DEEPEST + " deep");
    }
    List<Op> ops = new ArrayList<>();
    int from = at;
    while (at < tokens.size() && !peek().equals(";") && !peek().equals(")")) {
      String token = tokens.get(at++);
      if (token.equals("id")) {
        continue;
      }
      ops.add(token.endsWith("(") ? branched(token, depth) : simple(token));
    }
    if (at == from) {
      throw fault("nothing stands where operations should; write id for none");
    }
    return ops;
  }

  private Op simple(String token) {
    for (Form form : FORMS) {
      Matcher match = form.pattern().matcher(token);
      if (match.matches()) {
        try {
          return form.op().apply(match);
        } catch (IllegalArgumentException e) {
          throw fault("'" + token + "' is no operation: " + e.getMessage());
        }
      }
    }
    throw fault(
        "'"
            + token
            + "' is no operation; known are "
            + String.join(", ", FORMS.stream().map(Form::example).toList())
            + ", id, sum(…; …), cat(…; …), split(8: …; 8: …)");
  }

  private Op branched(String token, int depth) {
    boolean split = token.equals("split(");
    if (!split && !token.equals("sum(") && !token.equals("cat(")) {
      throw fault("'" + token + "' is none of sum(, cat(, split(");
    }
    List<List<Op>> branches = new ArrayList<>();
    List<Integer> channels = new ArrayList<>();
    do {
      if (split) {
        String run = peek();
        if (!run.matches("\\d{1,9}")) {
          throw fault("each branch of split begins with its channels, such as 8:");
        }
        channels.add(Integer.valueOf(run));
        at++;
        expect(":");
      }
      branches.add(list(depth + 1));
    } while (peek().equals(";") && at++ >= 0);
    expect(")");
    try {
      if (split) {
        return new Op.Split(channels, branches);
      }
      if (token.equals("cat(")) {
        return new Op.Concat(branches);
      }
    } catch (IllegalArgumentException e) {
      throw fault(e.getMessage());
    }
    if (branches.size() != 2) {
      throw fault("sum(…; …) has two branches, here are " + branches.size());
    }
    return new Op.Residual(branches.get(0), branches.get(1));
  }

  private void expect(String token) {
    if (!peek().equals(token)) {
      throw fault(
          peek().isEmpty()
              ? "ends where '" + token + "' should follow"
              : "has '" + peek() + "' where '" + token + "' should stand");
    }
    at++;
  }
}
