package dsa.trainer.network;

import dsa.core.arch.NetworkPlan;
import dsa.core.arch.Op;
import dsa.core.arch.OpVisitor;
import dsa.core.arch.Shape;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The trainable tensors of a network in the order its plan is walked (part by part; a residual's
 * body before its shortcut, branches in turn), and how they begin: kernels of k rows and columns
 * normal with variance 2 / (k² · output channels) (He et al. 2015, fan-out), norms at scale 1 and
 * shift 0, classifiers normal with deviation 0.01 and bias 0 (pycls {@code init_weights}). The
 * linear layers of squeeze-excite are to pycls 1x1 convolutions, and begin as such, with bias 0.
 */
final class Parameters {

  /**
   * One trainable tensor.
   *
   * @param shape (outputs, inputs / groups, rows, columns), (outputs, inputs) or (channels)
   * @param deviation of its normal start; 0 to start at {@code constant}
   * @param constant where it starts otherwise
   */
  record Parameter(List<Integer> shape, double deviation, float constant) {

    int length() {
      return shape.stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact);
    }

    int[] dimensions() {
      return shape.stream().mapToInt(Integer::intValue).toArray();
    }

    private float[] draw(RandomStream random) {
      float[] values = new float[length()];
      if (deviation == 0) {
        Arrays.fill(values, constant);
        return values;
      }
      for (int i = 0; i < values.length; i += 2) {
        // Box and Muller, with StrictMath: the JDK promises no nextGaussian for ever.
        double radius = deviation * StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        double angle = 2 * Math.PI * random.nextDouble();
        values[i] = (float) (radius * StrictMath.cos(angle));
        if (i + 1 < values.length) {
          values[i + 1] = (float) (radius * StrictMath.sin(angle));
        }
      }
      return values;
    }
  }

  /**
   * Where the tensors of a part begin.
   *
   * @param variable place of its first among {@link #trainable}
   * @param norm place of its first among {@link #norms}
   */
  record Start(int variable, int norm) {}

  private final List<Parameter> trainable = new ArrayList<>();
  private final List<Integer> norms = new ArrayList<>();
  private final List<Start> starts = new ArrayList<>();

  private final boolean identityResiduals;

  private Parameters(boolean identityResiduals) {
    this.identityResiduals = identityResiduals;
  }

  /**
   * The parameters of a network.
   *
   * @throws IllegalArgumentException if an operation does not fit its input
   */
  static Parameters of(NetworkPlan plan) {
    return of(plan, false);
  }

  /**
   * The parameters of a network.
   *
   * @param identityResiduals whether the norm that ends a residual's body begins at scale 0, so
   *     that the block begins as its shortcut
   * @throws IllegalArgumentException if an operation does not fit its input
   */
  static Parameters of(NetworkPlan plan, boolean identityResiduals) {
    Parameters parameters = new Parameters(identityResiduals);
    List<Shape> shapes = plan.shapes();
    for (NetworkPlan.Part part : plan.parts()) {
      parameters.starts.add(new Start(parameters.trainable.size(), parameters.norms.size()));
      parameters.add(part.ops(), plan.joined(part, shapes));
    }
    return parameters;
  }

  private void add(List<Op> ops, Shape input) {
    Shape shape = input;
    for (Op op : ops) {
      op.accept(new Adding(shape));
      shape = op.output(shape);
    }
  }

  /** Adds the parameters of one operation on its input. */
  private final class Adding implements OpVisitor<Void> {

    private final Shape input;
    private final int channels;

    Adding(Shape input) {
      this.input = input;
      this.channels = input.channels();
    }

    @Override
    public Void conv(Op.Conv op) {
      kernel(op.channels(), channels / op.groups(), op.kernelHeight(), op.kernelWidth());
      return null;
    }

    @Override
    public Void depthwise(Op.Depthwise op) {
      kernel(channels, 1, op.kernel(), op.kernel());
      return null;
    }

    @Override
    public Void batchNorm(Op.BatchNorm op) {
      trainable.add(new Parameter(List.of(channels), 0, 1));
      trainable.add(new Parameter(List.of(channels), 0, 0));
      norms.add(channels);
      return null;
    }

    @Override
    public Void relu(Op.Relu op) {
      return null; // no parameters
    }

    @Override
    public Void swish(Op.Swish op) {
      return null; // no parameters
    }

    @Override
    public Void pool(Op.Pool op) {
      return null; // no parameters
    }

    @Override
    public Void innerConv(Op.InnerConv op) {
      kernel(op.channels(), channels, op.kernel(), op.kernel());
      return null;
    }

    @Override
    public Void shift(Op.Shift op) {
      return null; // no parameters
    }

    @Override
    public Void zero(Op.Zero op) {
      return null; // no parameters
    }

    @Override
    public Void channelShuffle(Op.ChannelShuffle op) {
      return null; // no parameters
    }

    @Override
    public Void squeezeExcite(Op.SqueezeExcite op) {
      dense(op.reduced(), channels, deviation(1, op.reduced()));
      dense(channels, op.reduced(), deviation(1, channels));
      return null;
    }

    @Override
    public Void globalAveragePool(Op.GlobalAveragePool op) {
      return null; // no parameters
    }

    @Override
    public Void linear(Op.Linear op) {
      dense(op.outputs(), Math.toIntExact(input.elements()), 0.01);
      return null;
    }

    @Override
    public Void residual(Op.Residual op) {
      add(op.body(), input);
      startAtZero(op.body());
      add(op.shortcut(), input);
      return null;
    }

    @Override
    public Void concat(Op.Concat op) {
      return branches(op);
    }

    @Override
    public Void split(Op.Split op) {
      return branches(op);
    }

    private Void branches(Op.Branching op) {
      op.branchesOn(input).forEach(branch -> add(branch.ops(), branch.input()));
      return null;
    }
  }

  /** Starts the scale of the norm that ends a residual's body at 0, if that is asked for. */
  private void startAtZero(List<Op> body) {
    if (identityResiduals && !body.isEmpty() && body.get(body.size() - 1) instanceof Op.BatchNorm) {
      int scale = trainable.size() - 2;
      trainable.set(scale, new Parameter(trainable.get(scale).shape(), 0, 0));
    }
  }

  private void kernel(int outputs, int inputs, int rows, int columns) {
    double cells = (double) rows * columns;
    trainable.add(
        new Parameter(List.of(outputs, inputs, rows, columns), deviation(cells, outputs), 0));
  }

  private void dense(int outputs, int inputs, double deviation) {
    trainable.add(new Parameter(List.of(outputs, inputs), deviation, 0));
    trainable.add(new Parameter(List.of(outputs), 0, 0));
  }

  private static double deviation(double cells, int outputs) {
    return StrictMath.sqrt(2.0 / (cells * outputs));
  }

  /** The trainable tensors. */
  List<Parameter> trainable() {
    return trainable;
  }

  /** The channels of each norm. */
  List<Integer> norms() {
    return norms;
  }

  /** Where the tensors of each part begin, in the order of the plan. */
  List<Start> starts() {
    return starts;
  }

  /** How many numbers are trained. */
  long count() {
    return trainable.stream().mapToLong(Parameter::length).sum();
  }

  /** The values training begins with; each tensor has an address of its own. */
  List<float[]> draw(SeedPath seed) {
    List<float[]> values = new ArrayList<>();
    for (int i = 0; i < trainable.size(); i++) {
      values.add(trainable.get(i).draw(seed.child(i).generator()));
    }
    return values;
  }
}
