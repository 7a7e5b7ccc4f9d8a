package dsa.trainer;

import dsa.core.arch.NetworkPlan;
import dsa.core.arch.Op;
import dsa.core.arch.Shape;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The trainable tensors of a network in the order its plan is walked (part by part; a residual's
 * body before its shortcut, branches in turn), and how they begin: kernels normal with variance 2 /
 * (cells · outputs), where a kernel of k rows and columns has k² cells, norms at scale 1 and shift
 * 0, classifiers normal with deviation 0.01 and bias 0 (pycls {@code init_weights}). The linear
 * layers of squeeze-excite are to pycls 1x1 convolutions, and begin as such, with bias 0.
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
      add(op, shape);
      shape = op.output(shape);
    }
  }

  private void add(Op op, Shape input) {
    int channels = input.channels();
    if (op instanceof Op.Conv conv) {
      kernel(conv.channels(), channels / conv.groups(), conv.kernelHeight(), conv.kernelWidth());
    } else if (op instanceof Op.Depthwise depthwise) {
      kernel(channels, 1, depthwise.kernel(), depthwise.kernel());
    } else if (op instanceof Op.InnerConv conv) {
      kernel(conv.channels(), channels, conv.kernel(), conv.kernel());
    } else if (op instanceof Op.BatchNorm) {
      trainable.add(new Parameter(List.of(channels), 0, 1));
      trainable.add(new Parameter(List.of(channels), 0, 0));
      norms.add(channels);
    } else if (op instanceof Op.SqueezeExcite squeeze) {
      linear(squeeze.reduced(), channels, deviation(1, squeeze.reduced()));
      linear(channels, squeeze.reduced(), deviation(1, channels));
    } else if (op instanceof Op.Linear linear) {
      linear(linear.outputs(), Math.toIntExact(input.elements()), 0.01);
    } else if (op instanceof Op.Residual residual) {
      add(residual.body(), input);
      startAtZero(residual.body());
      add(residual.shortcut(), input);
    } else if (op instanceof Op.Concat concat) {
      concat.branches().forEach(branch -> add(branch, input));
    } else if (op instanceof Op.Split split) {
      List<Shape> inputs = split.inputs(input);
      for (int i = 0; i < inputs.size(); i++) {
        add(split.branches().get(i), inputs.get(i));
      }
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

  private void linear(int outputs, int inputs, double deviation) {
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
