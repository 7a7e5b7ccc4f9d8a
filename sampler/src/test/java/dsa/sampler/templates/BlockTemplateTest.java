package dsa.sampler.templates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.arch.Op;
import dsa.core.arch.OpText;
import dsa.core.arch.Shape;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A template is a program that writes networks: a hole filled with another number, or a skip where
 * none belongs, trains a network that nobody asked for.
 */
final class BlockTemplateTest {

  private static final Shape INPUT = new Shape(24, 16, 16);
  private static final Map<String, BigDecimal> NUMBERS =
      Map.of(
          "in", BigDecimal.valueOf(24),
          "out", BigDecimal.valueOf(32),
          "stride", BigDecimal.valueOf(2),
          "e", BigDecimal.valueOf(3),
          "f", new BigDecimal("0.75"));

  private static String made(String template) {
    TemplateTexts texts =
        new TemplateTexts(
            Map.of(
                "mb", "conv1@{in*x} bn {dw k=x+2} conv1@{out} bn",
                "dw", "dw{k}/{stride} {act}",
                "act", "relu",
                "nothing", "",
                "loop", "{loop}"));
    return Op.textOf(BlockTemplate.parse(texts.expand(template)).ops(NUMBERS, INPUT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "conv3@{out}/{stride} bn relu | conv3@32/2 bn relu",
        "conv1@{in*e} | conv1@72",
        "conv1@{round8(16*f)} | conv1@16",
        "conv1@{round8(16*1.25)} | conv1@24",
        "conv1@{round8(1)} | conv1@8",
        "se{round(5/2)} se{round(7/2)} se{floor(7/2)} | se2 se4 se3",
        "se{max(1, floor(in/100))} se{min(in, out, 30)} | se1 se24",
        "se{(1+2)*3-4/2} se{0.1*30} se{in/3/2} | se7 se3 se4",
        "{mb x=1} | conv1@24 bn dw3/2 relu conv1@32 bn",
        "{mb x=e} | conv1@72 bn dw5/2 relu conv1@32 bn",
        "conv3@{out}{nothing} | conv3@32",
        "skip(conv3@{in} bn) | sum(conv3@24 bn; id)",
        "skip(conv3@{in}/{stride} bn) | conv3@24/2 bn",
        "skip(conv3@{out} bn) | conv3@32 bn",
        "skip(id) relu | relu",
        "res(conv3@{in} bn) | sum(conv3@24 bn; id)",
        "res(conv3@{out}/{stride} bn) | sum(conv3@32/2 bn; conv1@32/2 bn)",
        "project@{in} | id",
        "project@{in}/{stride} project@{out} | conv1@24/2 bn conv1@32 bn",
        "conv1@48 split({here/3}: dw3; {here-here/3}: id) | conv1@48 split(16: dw3; 32: id)",
        "cat(id; conv3@{e}) shuffle{here/9} | cat(id; conv3@3) shuffle3",
        "sum(skip(conv1@{here} bn); id) | sum(sum(conv1@24 bn; id); id)",
        "mix1/2exponentialdilated | dw3/2",
        "mix1dilated | dw3",
        "mix3 | split(8: dw3; 8: dw5; 8: dw7)",
        "mix5 | split(8: dw3; 4: dw5; 4: dw7; 4: dw9; 4: dw11)",
        "mix4exponential | split(12: dw3; 6: dw5; 3: dw7; 3: dw9)",
        "mix3/2dilated | split(8: dw3/2; 8: dw5/2; 8: dw7/2)",
        "mix3equaldilated | split(8: dw3; 8: dw3d2; 8: dw3d3)",
      })
  void holesAreFilledAndShapesDecide(String template, String ops) {
    assertEquals(ops, made(template));
    assertEquals(OpText.parse(ops), OpText.parse(made(template)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "conv3@{in/5} | is 24/5, not a whole number",
        "conv3@{in-out} | is -8, not a whole number",
        "conv3@{in/0} | divides by 0",
        "conv3@{width} | 'width' stands for no number here; known are e, f, in, out, stride",
        "conv3@{} | is empty",
        "conv3@{in+} | ends where a number or name should follow",
        "conv3@{in out} | has 'out' too many",
        "conv3@{in $} | is neither number, name nor operator",
        "conv3@{sqrt(in)} | calls 'sqrt'",
        "conv3@{round0(in)} | multiples of 0",
        "conv3@{round(in, 2)} | takes one",
        "conv3@{(in} | ends where ')' should follow",
        "conv3@{in | opens a brace",
        "conv3@{{in}} | opens a brace",
        "conv3@in} | closes a brace",
        "{loop} | more than 8 deep",
        "{in x=1} | gives values to what is no text",
        "conv3@{9999999*9999999} | not a whole number",
        "conv{in}@8 | kernel must be odd",
        "blah | 'blah' is no operation",
        "wrap(conv3@8) | 'wrap(' is none of",
        "skip(conv3@8; id) | has 2 branches; it takes 1",
        "sum(conv3@8) | has 1 branches; it takes 2",
        "skip(conv3@8 | ends where ')' should follow",
        "skip() | nothing stands where operations should",
        "conv3@8 ) | has ')' too many",
        "split(dw3; dw5) | where ':' should stand",
        "split({in}: dw3; x: dw5) | 'x' is no number of channels",
        "split(8: dw3; 8: dw5) | split of 16 channels, but 24 come in",
        "mix6exponential | 24 channels are too few for 6 groups",
        "mix99 | mix of 99 groups",
      })
  void whatDoesNotComeToOperationsIsSaid(String template, String message) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> made(template));
    assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
  }

  @Test
  void textsThatGrowWithoutEndAreRefused() {
    TemplateTexts texts =
        new TemplateTexts(
            Map.of(
                "a", "{b}".repeat(300), "b", "{c}".repeat(300), "c", "{d}".repeat(300), "d", ""));
    assertThrows(IllegalArgumentException.class, () -> texts.expand("{a}"));
    assertThrows(
        IllegalArgumentException.class,
        () -> BlockTemplate.parse("skip(".repeat(20) + "id" + ")".repeat(20)));
    assertThrows(
        IllegalArgumentException.class,
        () -> Expression.parse("(".repeat(1000) + "1" + ")".repeat(1000)));
    Expression power = Expression.parse("999999999" + "*999999999".repeat(50));
    assertThrows(IllegalArgumentException.class, () -> power.value(name -> Rational.of(1)));
  }

  /** Section 6.5's rules for every number of channels: nothing is lost, nothing is empty. */
  @Test
  void mixedKernelsShareOutAllChannels() {
    for (int channels = 8; channels <= 512; channels++) {
      for (int groups = 1; groups <= 5; groups++) {
        for (boolean exponential : new boolean[] {false, true}) {
          if (exponential && channels < 1 << (groups - 1)) {
            continue;
          }
          Shape shape = new Shape(channels, 8, 8);
          Op op = MixedKernels.of(channels, groups, 1, exponential, false);
          Op dilated = MixedKernels.of(channels, groups, 1, exponential, true);
          assertEquals(shape, op.output(shape));
          assertEquals(9L * channels, dilated.cost(shape).params());
          assertEquals(64 * op.cost(shape).params(), op.cost(shape).macs());
          if (groups == 1) {
            assertEquals(new Op.Depthwise(3, 1, 1), op);
            assertEquals(op, dilated);
            continue;
          }
          Op.Split split = (Op.Split) op;
          assertEquals(channels, split.channels().stream().mapToInt(Integer::intValue).sum());
          for (int i = 1; i <= groups; i++) {
            assertEquals(List.of(new Op.Depthwise(2 * i + 1, 1, 1)), split.branches().get(i - 1));
            int run = split.channels().get(i - 1);
            if (!exponential && i > 1) {
              assertEquals(channels / groups, run);
            } else if (exponential && i < groups) {
              assertEquals(channels / (1 << i), run);
            }
          }
        }
      }
    }
  }
}
