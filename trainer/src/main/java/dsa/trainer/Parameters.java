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
 * The trainable tensors of a network in the order its plan is walked (a residual's body before its
 * shortcut), and how they begin: kernels normal with variance 2 / (k² · outputs), norms at scale 1
 * and shift 0, the classifier normal with deviation 0.01 and bias 0 (pycls {@code init_weights}).
 */
final class Parameters {

  /**
   * One trainable tensor.
   *
   * @param shape (outputs, inputs / groups, k, k), (outputs, inputs) or (channels)
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

  private final List<Parameter> trainable = new ArrayList<>();
  private final List<Integer> norms = new ArrayList<>();

  private Parameters() {}

  /**
   * The parameters of a network.
   *
   * @throws IllegalArgumentException if an operation does not fit its input
   */
  static Parameters of(NetworkPlan plan) {
    Parameters parameters = new Parameters();
    Shape shape = plan.input();
    for (NetworkPlan.Part part : plan.parts()) {
      shape = parameters.add(part.ops(), shape);
    }
    return parameters;
  }

  private Shape add(List<Op> ops, Shape input) {
    Shape shape = input;
    for (Op op : ops) {
      add(op, shape);
      shape = op.output(shape);
    }
    return shape;
  }

  private void add(Op op, Shape input) {
    if (op instanceof Op.Conv conv) {
      int k = conv.kernel();
      trainable.add(
          new Parameter(
              List.of(conv.channels(), input.channels() / conv.groups(), k, k),
              StrictMath.sqrt(2.0 / ((double) k * k * conv.channels())),
              0));
    } else if (op instanceof Op.BatchNorm) {
      trainable.add(new Parameter(List.of(input.channels()), 0, 1));
      trainable.add(new Parameter(List.of(input.channels()), 0, 0));
      norms.add(input.channels());
    } else if (op instanceof Op.Linear linear) {
      int inputs = Math.toIntExact(input.elements());
      trainable.add(new Parameter(List.of(linear.outputs(), inputs), 0.01, 0));
      trainable.add(new Parameter(List.of(linear.outputs()), 0, 0));
    } else if (op instanceof Op.Residual residual) {
      add(residual.body(), input);
      add(residual.shortcut(), input);
    }
  }

  /** The trainable tensors. */
  List<Parameter> trainable() {
    return trainable;
  }

  /** The channels of each norm. */
  List<Integer> norms() {
    return norms;
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
