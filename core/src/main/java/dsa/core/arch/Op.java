package dsa.core.arch;

import dsa.core.complexity.Complexity;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

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

  /** What interpreters treat alike. */
  enum Role {
    /** Has a kernel. */
    CONVOLUTION,
    /** Normalizes. */
    NORM,
    /** Element-wise, without parameters. */
    ACTIVATION,
    /** Joins lists of operations. */
    BRANCHES,
    /** Everything else. */
    OTHER
  }

  /** What it is treated like. */
  Role role();

  /** Calls the visitor's method for this operation. */
  <R> R accept(OpVisitor<R> visitor);

  /** A short name for tables, such as {@code conv3x3 g2 s2}. */
  String label();

  /** The operation as {@link OpText} reads it, such as {@code conv3@64/2g4}; no commas. */
  String text();

  /** An operation that is made of lists of operations. */
  sealed interface Branching extends Op permits Residual, Concat, Split {

    /** The lists, in the order they are run. */
    List<Branch> branchesOn(Shape input);
  }

  /**
   * One list of a {@link Branching}.
   *
   * @param name put behind its layers' names; may be empty
   * @param ops its operations
   * @param input what it is given
   */
  record Branch(String name, List<Op> ops, Shape input) {}

  /**
   * A padded convolution without bias (a norm follows it). At stride 1 it keeps the image's size,
   * whatever its kernel and dilation.
   *
   * @param kernelHeight rows of the kernel, odd
   * @param kernelWidth columns of the kernel, odd
   * @param channels output channels
   * @param strideHeight step down the rows, 1 or more
   * @param strideWidth step along the columns, 1 or more
   * @param groups divides input and output channels
   * @param dilation distance between neighbouring cells of the kernel, 1 or more
   */
  record Conv(
      int kernelHeight,
      int kernelWidth,
      int channels,
      int strideHeight,
      int strideWidth,
      int groups,
      int dilation)
      implements Op {

    /** Rejects even or missing kernels and values below 1. */
    public Conv {
      if (!oddAndPositive(kernelHeight, kernelWidth)
          || channels < 1
          || strideHeight < 1
          || strideWidth < 1
          || groups < 1
          || dilation < 1) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "conv kernel=%dx%d channels=%d stride=%dx%d groups=%d dilation=%d: kernel must be odd, all at least 1",
                kernelHeight,
                kernelWidth,
                channels,
                strideHeight,
                strideWidth,
                groups,
                dilation));
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

    /** A square kernel without dilation. */
    public Conv(int kernel, int channels, int stride, int groups) {
      this(kernel, kernel, channels, stride, stride, groups, 1);
    }

    @Override
    public Shape output(Shape input) {
      return input.strided(channels, strideHeight, strideWidth);
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
      return convolution(
          (long) kernelHeight * kernelWidth * (input.channels() / groups), output(input));
    }

    @Override
    public Role role() {
      return Role.CONVOLUTION;
    }

    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.conv(this);
    }

    @Override
    public String label() {
      return String.format(Locale.ROOT, "conv%dx%d", kernelHeight, kernelWidth)
          + (groups > 1 ? " g" + groups : "")
          + (strideHeight * strideWidth > 1 ? " s" + sides(strideHeight, strideWidth) : "")
          + (dilation > 1 ? " d" + dilation : "");
    }

    @Override
    public String text() {
      return "conv"
          + sides(kernelHeight, kernelWidth)
          + "@"
          + channels
          + step(strideHeight, strideWidth)
          + (groups > 1 ? "g" + groups : "")
          + (dilation > 1 ? "d" + dilation : "");
    }
  }

  /**
   * A padded convolution of each channel by itself, without bias.
   *
   * @param kernel side of the square kernel, odd
   * @param stride 1 or more
   * @param dilation distance between neighbouring cells of the kernel, 1 or more
   */
  record Depthwise(int kernel, int stride, int dilation) implements Op {

    /** Rejects even or missing kernels and values below 1. */
    public Depthwise {
      if (!oddAndPositive(kernel, kernel) || stride < 1 || dilation < 1) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "depthwise kernel=%d stride=%d dilation=%d: kernel must be odd, all at least 1",
                kernel,
                stride,
                dilation));
      }
    }

    @Override
    public Shape output(Shape input) {
      return input.strided(input.channels(), stride, stride);
    }

    @Override
    public Complexity cost(Shape input) {
      return convolution((long) kernel * kernel, output(input));
    }

    @Override
    public Role role() {
      return Role.CONVOLUTION;
    }

    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.depthwise(this);
    }

    @Override
    public String label() {
      return String.format(Locale.ROOT, "depthwise%dx%d", kernel, kernel)
          + (stride > 1 ? " s" + stride : "")
          + (dilation > 1 ? " d" + dilation : "");
    }

    @Override
    public String text() {
      return "dw" + kernel + step(stride, stride) + (dilation > 1 ? "d" + dilation : "");
    }
  }

  /**
   * Batch normalization with a scale and a shift per channel. The five flops that the NDS release
   * counts for each output element of a convolution are counted here: in its networks every
   * convolution is normalized, and in cells, where a depthwise convolution is not, this comes
   * nearer to the one record that is known.
   */
  record BatchNorm() implements Op {
    @Override
    public Shape output(Shape input) {
      return input;
    }

    @Override
    public Complexity cost(Shape input) {
      return new Complexity(2L * input.channels(), 0, Math.multiplyExact(5, input.elements()), 0);
    }

    @Override
    public Role role() {
      return Role.NORM;
    }

    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.batchNorm(this);
    }

    @Override
    public String label() {
      return "norm";
    }

    @Override
    public String text() {
      return "bn";
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
    public Role role() {
      return Role.ACTIVATION;
    }

    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.relu(this);
    }

    @Override
    public String label() {
      return "relu";
    }

    @Override
    public String text() {
      return "relu";
    }
  }

  /** x · sigmoid(x). */
  record Swish() implements Op {
    @Override
    public Shape output(Shape input) {
      return input;
    }

    @Override
    public Complexity cost(Shape input) {
      return Complexity.ZERO;
    }

    @Override
    public Role role() {
      return Role.ACTIVATION;
    }

    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.swish(this);
    }

    @Override
    public String label() {
      return "swish";
    }

    @Override
    public String text() {
      return "swish";
    }
  }

  /**
   * The maximum or the mean over square windows. Its outputs count as activations, as in pycls.
   *
   * @param kind what is taken of a window
   * @param kernel side of the window: odd if padded, else at most the image's
   * @param stride 1 or more
   * @param padded whether stride 1 keeps the image's size; padding is never the maximum, and a mean
   *     is over the cells inside the image
   */
  record Pool(Kind kind, int kernel, int stride, boolean padded) implements Op {

    /** What is taken of a window. */
    public enum Kind {
      /** The largest number. */
      MAX("max"),
      /** The mean. */
      AVERAGE("avg");

      private final String label;

      Kind(String label) {
        this.label = label;
      }
    }

    /** Rejects windows and strides below 1, and even windows with padding. */
    public Pool {
      if (kernel < 1 || stride < 1 || (padded && kernel % 2 == 0)) {
        throw new IllegalArgumentException(
            "pool kernel="
                + kernel
                + " stride="
                + stride
                + (padded ? ": kernel must be odd, both at least 1" : ": both must be at least 1"));
      }
    }

    /** A padded maximum. */
    public static Pool max(int kernel, int stride) {
      return new Pool(Kind.MAX, kernel, stride, true);
    }

    /** A padded mean. */
    public static Pool average(int kernel, int stride) {
      return new Pool(Kind.AVERAGE, kernel, stride, true);
    }

    /** Zeros on each side of the image. */
    public int padding() {
      return padded ? kernel / 2 : 0;
    }

    @Override
    public Shape output(Shape input) {
      return padded
          ? input.strided(input.channels(), stride, stride)
          : inner(input, input.channels(), kernel, stride);
    }

    @Override
    public Complexity cost(Shape input) {
      return new Complexity(0, 0, 0, output(input).elements());
    }

    @Override
    public Role role() {
      return Role.OTHER;
    }

    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.pool(this);
    }

    @Override
    public String label() {
      return String.format(
          Locale.ROOT,
          "%spool%dx%d s%d%s",
          kind.label,
          kernel,
          kernel,
          stride,
          padded ? "" : " unpadded");
    }

    @Override
    public String text() {
      return (padded ? "" : "inner") + kind.label + kernel + step(stride, stride);
    }
  }

  /**
   * An unpadded convolution without bias at stride 1, as auxiliary classifiers have.
   *
   * @param kernel side of the square kernel, at most the image's
   * @param channels output channels
   */
  record InnerConv(int kernel, int channels) implements Op {

    /** Rejects values below 1. */
    public InnerConv {
      if (kernel < 1 || channels < 1) {
        throw new IllegalArgumentException(
            "conv kernel=" + kernel + " channels=" + channels + ": both must be at least 1");
      }
    }

    @Override
    public Shape output(Shape input) {
      return inner(input, channels, kernel, 1);
    }

    @Override
    public Complexity cost(Shape input) {
      return convolution((long) kernel * kernel * input.channels(), output(input));
    }

    @Override
    public Role role() {
      return Role.CONVOLUTION;
    }

    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.innerConv(this);
    }

    @Override
    public String label() {
      return String.format(Locale.ROOT, "conv%dx%d unpadded", kernel, kernel);
    }

    @Override
    public String text() {
      return "innerconv" + kernel + "@" + channels;
    }
  }

  /** Each map moved up and left by one pixel; zeros come in from below and from the right. */
  record Shift() implements Op {
    @Override
    public Shape output(Shape input) {
      return input;
    }

    @Override
    public Complexity cost(Shape input) {
      return Complexity.ZERO;
    }

    @Override
    public Role role() {
      return Role.OTHER;
    }

    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.shift(this);
    }

    @Override
    public String label() {
      return "shift";
    }

    @Override
    public String text() {
      return "shift";
    }
  }

  /**
   * Zeros, whatever comes in: the operation {@code none} of cells.
   *
   * @param stride 1 or more
   */
  record Zero(int stride) implements Op {

    /** Rejects strides below 1. */
    public Zero {
      if (stride < 1) {
        throw new IllegalArgumentException("zero stride=" + stride + " < 1");
      }
    }

    @Override
    public Shape output(Shape input) {
      return input.strided(input.channels(), stride, stride);
    }

    @Override
    public Complexity cost(Shape input) {
      return Complexity.ZERO;
    }

    @Override
    public Role role() {
      return Role.OTHER;
    }

    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.zero(this);
    }

    @Override
    public String label() {
      return stride > 1 ? "zero s" + stride : "zero";
    }

    @Override
    public String text() {
      return "zero" + step(stride, stride);
    }
  }

  /**
   * Channels dealt out anew: of {@code groups} equal runs of channels the first of each, then the
   * second of each, and so on (ShuffleNet, arXiv 1707.01083).
   *
   * @param groups divides the channels
   */
  record ChannelShuffle(int groups) implements Op {

    /** Rejects fewer than one group. */
    public ChannelShuffle {
      if (groups < 1) {
        throw new IllegalArgumentException("shuffle groups=" + groups + " < 1");
      }
    }

    @Override
    public Shape output(Shape input) {
      if (input.channels() % groups != 0) {
        throw new IllegalArgumentException(
            "shuffle: " + input.channels() + " channels do not divide into " + groups + " groups");
      }
      return input;
    }

    @Override
    public Complexity cost(Shape input) {
      output(input);
      return Complexity.ZERO;
    }

    @Override
    public Role role() {
      return Role.OTHER;
    }

    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.channelShuffle(this);
    }

    @Override
    public String label() {
      return "shuffle g" + groups;
    }

    @Override
    public String text() {
      return "shuffle" + groups;
    }
  }

  /**
   * Each channel times a number between 0 and 1 made of the means of all: mean, linear with bias to
   * {@code reduced}, activation, linear with bias back, sigmoid (Hu et al., CVPR 2018; pycls counts
   * the two as 1x1 convolutions with bias).
   *
   * @param reduced channels in between, at least 1
   * @param swish whether the activation is {@link Swish} instead of {@link Relu}
   */
  record SqueezeExcite(int reduced, boolean swish) implements Op {

    /** Rejects fewer than one channel. */
    public SqueezeExcite {
      if (reduced < 1) {
        throw new IllegalArgumentException("squeeze-excite channels=" + reduced + " < 1");
      }
    }

    @Override
    public Shape output(Shape input) {
      return input;
    }

    @Override
    public Complexity cost(Shape input) {
      long channels = input.channels();
      long params = 2 * channels * reduced + reduced + channels;
      return new Complexity(params, params, params, reduced + channels);
    }

    @Override
    public Role role() {
      return Role.OTHER;
    }

    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.squeezeExcite(this);
    }

    @Override
    public String label() {
      return "squeeze-excite " + reduced + (swish ? " swish" : "");
    }

    @Override
    public String text() {
      return (swish ? "swishse" : "se") + reduced;
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
    public Role role() {
      return Role.OTHER;
    }

    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.globalAveragePool(this);
    }

    @Override
    public String label() {
      return "global average pool";
    }

    @Override
    public String text() {
      return "gap";
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
    public Role role() {
      return Role.OTHER;
    }

    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.linear(this);
    }

    @Override
    public String label() {
      return "linear";
    }

    @Override
    public String text() {
      return "linear" + outputs;
    }
  }

  /**
   * The sum of two branches over the same input.
   *
   * @param body the main branch
   * @param shortcut the other branch; empty for the identity
   */
  record Residual(List<Op> body, List<Op> shortcut) implements Branching {

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
    public List<Branch> branchesOn(Shape input) {
      return List.of(new Branch("", body, input), new Branch(".shortcut", shortcut, input));
    }

    @Override
    public Role role() {
      return Role.BRANCHES;
    }

    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.residual(this);
    }

    @Override
    public String label() {
      return "residual";
    }

    @Override
    public String text() {
      return "sum(" + textOf(body) + "; " + textOf(shortcut) + ")";
    }
  }

  /**
   * The channels of several branches over the same input, one behind the other.
   *
   * @param branches at least one; empty ones hand the input on
   */
  record Concat(List<List<Op>> branches) implements Branching {

    /** Copies the branches; rejects none. */
    public Concat {
      branches = branches.stream().map(List::copyOf).toList();
      if (branches.isEmpty()) {
        throw new IllegalArgumentException("concatenation of no branches");
      }
    }

    @Override
    public Shape output(Shape input) {
      return concatenated(branches.stream().map(branch -> outputOf(branch, input)).toList());
    }

    @Override
    public Complexity cost(Shape input) {
      Complexity total = Complexity.ZERO;
      for (List<Op> branch : branches) {
        total = total.plus(costOf(branch, input));
      }
      return total;
    }

    @Override
    public List<Branch> branchesOn(Shape input) {
      return IntStream.range(0, branches.size())
          .mapToObj(i -> new Branch(".branch" + (i + 1), branches.get(i), input))
          .toList();
    }

    @Override
    public Role role() {
      return Role.BRANCHES;
    }

    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.concat(this);
    }

    @Override
    public String label() {
      return "concatenation";
    }

    @Override
    public String text() {
      return "cat(" + String.join("; ", branches.stream().map(Op::textOf).toList()) + ")";
    }
  }

  /**
   * The input's channels dealt to branches in runs, and the branches' outputs one behind the other:
   * mixed convolutions, split blocks.
   *
   * @param channels how many each branch is given, in order; together the input's
   * @param branches as many; empty ones hand their channels on
   */
  record Split(List<Integer> channels, List<List<Op>> branches) implements Branching {

    /** Copies the lists; rejects ones that do not match. */
    public Split {
      channels = List.copyOf(channels);
      branches = branches.stream().map(List::copyOf).toList();
      if (channels.isEmpty() || channels.size() != branches.size()) {
        throw new IllegalArgumentException(
            "split into " + channels.size() + " runs for " + branches.size() + " branches");
      }
      for (int run : channels) {
        if (run < 1) {
          throw new IllegalArgumentException("split with a run of " + run + " channels");
        }
      }
    }

    /** What each branch is given of {@code input}. */
    public List<Shape> inputs(Shape input) {
      long sum = channels.stream().mapToLong(Integer::longValue).sum();
      if (sum != input.channels()) {
        throw new IllegalArgumentException(
            "split of " + sum + " channels, but " + input.channels() + " come in");
      }
      return channels.stream().map(run -> new Shape(run, input.height(), input.width())).toList();
    }

    @Override
    public Shape output(Shape input) {
      List<Shape> inputs = inputs(input);
      return concatenated(
          IntStream.range(0, branches.size())
              .mapToObj(i -> outputOf(branches.get(i), inputs.get(i)))
              .toList());
    }

    @Override
    public Complexity cost(Shape input) {
      List<Shape> inputs = inputs(input);
      Complexity total = Complexity.ZERO;
      for (int i = 0; i < branches.size(); i++) {
        total = total.plus(costOf(branches.get(i), inputs.get(i)));
      }
      return total;
    }

    @Override
    public List<Branch> branchesOn(Shape input) {
      List<Shape> inputs = inputs(input);
      return IntStream.range(0, branches.size())
          .mapToObj(i -> new Branch(".branch" + (i + 1), branches.get(i), inputs.get(i)))
          .toList();
    }

    @Override
    public Role role() {
      return Role.BRANCHES;
    }

    @Override
    public <R> R accept(OpVisitor<R> visitor) {
      return visitor.split(this);
    }

    @Override
    public String label() {
      return "split";
    }

    @Override
    public String text() {
      return "split("
          + String.join(
              "; ",
              IntStream.range(0, branches.size())
                  .mapToObj(i -> channels.get(i) + ": " + textOf(branches.get(i)))
                  .toList())
          + ")";
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

  /** A sequence of operations as {@link OpText} reads it; {@code id} if there are none. */
  static String textOf(List<Op> ops) {
    return ops.isEmpty() ? "id" : String.join(" ", ops.stream().map(Op::text).toList());
  }

  /**
   * The shape of images joined along their channels.
   *
   * @throws IllegalArgumentException if they differ in height or width
   */
  static Shape concatenated(List<Shape> shapes) {
    Shape first = shapes.get(0);
    int channels = 0;
    for (Shape shape : shapes) {
      if (shape.height() != first.height() || shape.width() != first.width()) {
        throw new IllegalArgumentException(
            "images of different sizes are joined, " + first + " and " + shape);
      }
      channels = Math.addExact(channels, shape.channels());
    }
    return new Shape(channels, first.height(), first.width());
  }

  private static boolean oddAndPositive(int height, int width) {
    return height >= 1 && height % 2 == 1 && width >= 1 && width % 2 == 1;
  }

  private static Shape inner(Shape input, int channels, int kernel, int stride) {
    if (input.height() < kernel || input.width() < kernel) {
      throw new IllegalArgumentException(
          "an unpadded window of " + kernel + " does not fit into an image of " + input);
    }
    return new Shape(
        channels, (input.height() - kernel) / stride + 1, (input.width() - kernel) / stride + 1);
  }

  /** A convolution that multiplies {@code fanIn} numbers for each of its outputs. */
  private static Complexity convolution(long fanIn, Shape out) {
    long params = Math.multiplyExact(fanIn, out.channels());
    long macs = Math.multiplyExact(params, (long) out.height() * out.width());
    return new Complexity(params, macs, macs, out.elements());
  }

  private static String sides(int height, int width) {
    return height == width ? Integer.toString(height) : height + "x" + width;
  }

  private static String step(int height, int width) {
    return height * width == 1 ? "" : "/" + sides(height, width);
  }
}
