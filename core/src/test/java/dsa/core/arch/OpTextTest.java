package dsa.core.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The compiler sees to it that every operation writes a text, and cannot see whether it is read
 * back: a network of a forgotten operation would be drawn, written and then refused by training.
 */
final class OpTextTest {

  private static final List<Op> EXAMPLES =
      List.of(
          new Op.Conv(3, 5, 64, 2, 1, 4, 2),
          new Op.Depthwise(3, 2, 2),
          new Op.BatchNorm(),
          new Op.Relu(),
          new Op.Swish(),
          new Op.Pool(Op.Pool.Kind.MAX, 3, 2, true),
          new Op.Pool(Op.Pool.Kind.AVERAGE, 2, 2, false),
          new Op.InnerConv(2, 64),
          new Op.Shift(),
          new Op.Zero(2),
          new Op.ChannelShuffle(2),
          new Op.SqueezeExcite(16, true),
          new Op.Residual(List.of(new Op.BatchNorm()), List.of()),
          new Op.Concat(List.of(List.of(new Op.Relu()), List.of())),
          new Op.Split(List.of(8, 4), List.of(List.of(new Op.Relu()), List.of())));

  /** They stand behind every network and in no text. */
  private static final Set<Class<?>> OF_THE_HEAD =
      Set.of(Op.GlobalAveragePool.class, Op.Linear.class);

  private static Stream<Class<?>> records(Class<?> sealed) {
    return Arrays.stream(sealed.getPermittedSubclasses())
        .flatMap(each -> each.isSealed() ? records(each) : Stream.of(each));
  }

  @Test
  void everyOperationIsReadBackFromItsText() {
    Set<Class<?>> seen = EXAMPLES.stream().map(Op::getClass).collect(Collectors.toSet());
    seen.addAll(OF_THE_HEAD);
    assertEquals(records(Op.class).collect(Collectors.toSet()), seen);
    List<Op> read = new ArrayList<>();
    EXAMPLES.forEach(op -> read.addAll(OpText.parse(op.text())));
    assertEquals(EXAMPLES, read);
  }
}
