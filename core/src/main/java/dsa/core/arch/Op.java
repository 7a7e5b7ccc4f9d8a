package dsa.core.arch;

import dsa.core.complexity.Complexity;
import java.util.List;
import java.util.Locale;

/**
 * One operation of a network. Its cost and its output shape stand together, so that what is counted
 * is what is built: every interpreter (complexity, engines, printers) walks the same operations.
 * Counting rules: pycls {@code blocks.py} and, for {@code ndsFlops}, decision 0003.
 */
public sealed interface Op {

  /** The shape this operation turns {@code input} into. */
  Shape output(Shape input);

  /** What this operation costs on {@code input}. */
  Complexity cost(Shape input);

  /** A short name for tables, such as {@code conv3x3 g2 s2}. */
  String label();

  /**
   * A padded convolution without bias (a norm follows it).
   *
   * @param kernel side of the square kernel, odd
   * @param channels output channels
   * @param stride 1 or more
   * @param groups divides input and output channels
   */
  record Conv(int kernel, int channels, int stride, int groups) implements Op {

    /** Rejects even or missing kernels and values below 1. */
    public Conv {
      if (kernel < 1 || kernel % 2 == 0 || channels < 1 || stride < 1 || groups < 1) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "conv kernel=%d channels=%d stride=%d groups=%d: kernel must be odd, all at least 1",
                kernel,
                channels,
                stride,
                groups));
      }
      if (channels % groups != 0) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "conv: %d output channels do not divide into %d groups",
                channels,
                groups));
      }
    }

    @Override
    public Shape output(Shape input) {
      return input.strided(channels, stride);
    }

    @Override
    public Complexity cost(Shape input) {
      if (input.channels() % groups != 0) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "conv: %d input channels do not divide into %d groups",
                input.channels(),
                groups));
      }
      Shape out = output(input);
      long params =
          Math.multiplyExact((long) kernel * kernel, (long) input.channels() * channels) / groups;
      long macs = Math.multiplyExact(params, (long) out.height() * out.width());
      long nds = Math.addExact(macs, Math.multiplyExact(5, out.elements()));
      return new Complexity(params, macs, nds, out.elements());
    }

    @Override
    public String label() {
      return String.format(Locale.ROOT, "conv%dx%d", kernel, kernel)
          + (groups > 1 ? " g" + groups : "")
          + (stride > 1 ? " s" + stride : "");
    }
  }

  /** Batch normalization with a scale and a shift per channel. */
  record BatchNorm() implements Op {
    @Override
    public Shape output(Shape input) {
      return input;
    }

    @Override
    public Complexity cost(Shape input) {
      return new Complexity(2L * input.channels(), 0, 0, 0);
    }

    @Override
    public String label() {
      return "norm";
    }
  }

  /** The rectifier max(0, x). */
  record Relu() implements Op {
    @Override
    public Shape output(Shape input) {
      return input;
    }

    @Override
    public Complexity cost(Shape input) {
      return Complexity.ZERO;
    }

    @Override
    public String label() {
      return "relu";
    }
  }

  /**
   * A padded maximum over square windows. Its outputs count as activations, as in pycls.
   *
   * @param kernel side of the window, odd
   * @param stride 1 or more
   */
  record MaxPool(int kernel, int stride) implements Op {
    @Override
    public Shape output(Shape input) {
      return input.strided(input.channels(), stride);
    }

    @Override
    public Complexity cost(Shape input) {
      return new Complexity(0, 0, 0, output(input).elements());
    }

    @Override
    public String label() {
      return String.format(Locale.ROOT, "maxpool%dx%d s%d", kernel, kernel, stride);
    }
  }

  /** The mean of each feature map. */
  record GlobalAveragePool() implements Op {
    @Override
    public Shape output(Shape input) {
      return new Shape(input.channels(), 1, 1);
    }

    @Override
    public Complexity cost(Shape input) {
      return Complexity.ZERO;
    }

    @Override
    public String label() {
      return "global average pool";
    }
  }

  /**
   * A linear layer with bias.
   *
   * @param outputs number of outputs, the logits of a classifier
   */
  record Linear(int outputs) implements Op {
    @Override
    public Shape output(Shape input) {
      return new Shape(outputs, 1, 1);
    }

    @Override
    public Complexity cost(Shape input) {
      long params = input.elements() * outputs + outputs;
      return new Complexity(params, params, params, outputs);
    }

    @Override
    public String label() {
      return "linear";
    }
  }

  /**
   * The sum of two branches over the same input.
   *
   * @param body the main branch
   * @param shortcut the other branch; empty for the identity
   */
  record Residual(List<Op> body, List<Op> shortcut) implements Op {

    /** Copies both branches. */
    public Residual {
      body = List.copyOf(body);
      shortcut = List.copyOf(shortcut);
    }

    @Override
    public Shape output(Shape input) {
      Shape main = outputOf(body, input);
      Shape other = outputOf(shortcut, input);
      if (!main.equals(other)) {
        throw new IllegalArgumentException(
            "residual branches end in different shapes, %s and %s".formatted(main, other));
      }
      return main;
    }

    @Override
    public Complexity cost(Shape input) {
      return costOf(body, input).plus(costOf(shortcut, input));
    }

    @Override
    public String label() {
      return "residual";
    }
  }

  /** The shape a sequence of operations turns {@code input} into. */
  static Shape outputOf(List<Op> ops, Shape input) {
    Shape shape = input;
    for (Op op : ops) {
      shape = op.output(shape);
    }
    return shape;
  }

  /** What a sequence of operations costs on {@code input}. */
  static Complexity costOf(List<Op> ops, Shape input) {
    Complexity total = Complexity.ZERO;
    Shape shape = input;
    for (Op op : ops) {
      total = total.plus(op.cost(shape));
      shape = op.output(shape);
    }
    return total;
  }
}
