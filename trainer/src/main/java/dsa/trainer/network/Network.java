package dsa.trainer.network;

import dsa.core.arch.NetworkPlan;
import dsa.core.arch.Op;
import dsa.trainer.engine.ConvGeometry;
import dsa.trainer.engine.Norm;
import dsa.trainer.engine.Ops;
import dsa.trainer.engine.Variables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A plan brought to life on an engine: the one place where operations of a plan become an engine's.
 * Parts that the logits do not depend on, such as a second classifier, have their parameters but
 * are not computed.
 *
 * @param <T> the engine's tensor
 */
final class Network<T> {

  private final Ops<T> ops;
  private final NetworkPlan plan;
  private final DataFlow flow;
  private final Parameters parameters;
  private final Variables<T> variables;
  private final List<T> means = new ArrayList<>();
  private final List<T> variances = new ArrayList<>();

  private Network(Ops<T> ops, NetworkPlan plan, Parameters parameters, Variables<T> variables) {
    this.ops = ops;
    this.plan = plan;
    this.flow = DataFlow.of(plan);
    this.parameters = parameters;
    this.variables = variables;
  }

  /**
   * A network with given weights; running means begin at 0, running variances at 1.
   *
   * @param weights in the order of {@link Parameters#trainable}
   */
  static <T> Network<T> of(
      Ops<T> ops, NetworkPlan plan, Parameters parameters, List<float[]> weights) {
    List<int[]> shapes = new ArrayList<>();
    parameters.trainable().forEach(parameter -> shapes.add(parameter.dimensions()));
    Network<T> network = new Network<>(ops, plan, parameters, ops.variables(weights, shapes));
    for (int channels : parameters.norms()) {
      float[] ones = new float[channels];
      Arrays.fill(ones, 1f);
      network.means.add(ops.tensor(new float[channels], channels));
      network.variances.add(ops.tensor(ones, channels));
    }
    return network;
  }

  /** The trainable tensors. */
  Variables<T> variables() {
    return variables;
  }

  /** The running means and variances, a pair for each norm. */
  List<T> statistics() {
    List<T> all = new ArrayList<>();
    for (int i = 0; i < means.size(); i++) {
      all.add(means.get(i));
      all.add(variances.get(i));
    }
    return all;
  }

  /**
   * The logits of a batch.
   *
   * @param training whether norms use, and move by, the batch's own statistics
   * @param normMomentum share of the batch in the running statistics
   */
  T logits(T images, boolean training, double normMomentum) {
    return new Pass(training, normMomentum).through(images);
  }

  /** One batch on its way through the parts. */
  private final class Pass {

    private final boolean training;
    private final double momentum;
    // the values of the image and of each part, where they are read
    private final List<T> plain = new ArrayList<>();
    private final List<T> rectified = new ArrayList<>();
    private int variable;
    private int norm;

    Pass(boolean training, double momentum) {
      this.training = training;
      this.momentum = momentum;
    }

    T through(T images) {
      plain.add(images);
      rectified.add(flow.readRectified(NetworkPlan.IMAGE) ? ops.relu(images, false) : null);
      for (int i = 0; i < plan.parts().size(); i++) {
        if (flow.computed(i)) {
          compute(i);
        } else {
          plain.add(null);
          rectified.add(null);
        }
      }
      return plain.get(plan.parts().size());
    }

    private void compute(int i) {
      NetworkPlan.Part part = plan.parts().get(i);
      variable = parameters.starts().get(i).variable();
      norm = parameters.starts().get(i).norm();
      boolean joins = part.inputs().size() > 1;
      boolean takesRectified = flow.takesRectified(i);
      T joined = joined(part, takesRectified ? rectified : plain);
      if (takesRectified && part.ops().isEmpty()) {
        plain.add(null);
        rectified.add(joined);
        return;
      }
      T value = run(part.ops(), takesRectified ? 1 : 0, joined, joins);
      boolean rectify = flow.readRectified(i);
      plain.add(value);
      rectified.add(rectify ? ops.relu(value, !flow.readPlain(i) && fresh(part)) : null);
    }

    private T joined(NetworkPlan.Part part, List<T> values) {
      List<T> inputs = part.inputs().stream().map(input -> values.get(input + 1)).toList();
      if (inputs.size() > 1 && part.join() == NetworkPlan.Join.CONCAT) {
        return ops.concat(inputs);
      }
      T sum = inputs.get(0);
      for (int i = 1; i < inputs.size(); i++) {
        int first = part.inputs().get(0);
        boolean own =
            i > 1
                || (first != NetworkPlan.IMAGE
                    && flow.readOnce(first)
                    && fresh(plan.parts().get(first)));
        sum = ops.add(sum, inputs.get(i), own);
      }
      return sum;
    }

    private T run(List<Op> list, int from, T input, boolean own) {
      T value = input;
      for (int i = from; i < list.size(); i++) {
        Op op = list.get(i);
        if (!training && convolves(op) && next(list, i) instanceof Op.BatchNorm) {
          boolean rectified = next(list, i + 1) instanceof Op.Relu;
          T kernel = variable();
          value = ops.convNormed(value, kernel, geometry(op), norm(), rectified);
          i += rectified ? 2 : 1;
        } else {
          boolean spare = i == from ? own : spares(list.get(i - 1));
          value = run(op, value, spare);
        }
      }
      return value;
    }

    private T run(Op op, T input, boolean own) {
      if (convolves(op)) {
        T kernel = variable();
        return ops.conv(input, kernel, geometry(op));
      } else if (op instanceof Op.BatchNorm) {
        return ops.batchNorm(input, norm(), training, momentum);
      } else if (op instanceof Op.Relu) {
        return ops.relu(input, own);
      } else if (op instanceof Op.Swish) {
        return ops.swish(input);
      } else if (op instanceof Op.Pool pool) {
        return pool.kind() == Op.Pool.Kind.MAX
            ? ops.maxPool(input, pool.kernel(), pool.stride(), pool.padding())
            : ops.averagePool(input, pool.kernel(), pool.stride(), pool.padding());
      } else if (op instanceof Op.GlobalAveragePool) {
        return ops.globalAveragePool(input);
      } else if (op instanceof Op.Linear) {
        return linear(input);
      } else if (op instanceof Op.Shift) {
        return ops.shift(input);
      } else if (op instanceof Op.Zero zero) {
        return ops.zeros(input, zero.stride());
      } else if (op instanceof Op.ChannelShuffle shuffle) {
        return ops.shuffle(input, shuffle.groups());
      } else if (op instanceof Op.SqueezeExcite squeeze) {
        T narrow = linear(ops.globalAveragePool(input));
        T active = squeeze.swish() ? ops.swish(narrow) : ops.relu(narrow, false);
        return ops.scaleChannels(input, ops.sigmoid(linear(active)));
      } else if (op instanceof Op.Residual residual) {
        T main = run(residual.body(), 0, input, false);
        T other = run(residual.shortcut(), 0, input, false);
        List<Op> body = residual.body();
        return ops.add(main, other, !body.isEmpty() && spares(body.get(body.size() - 1)));
      } else if (op instanceof Op.Concat concat) {
        return ops.concat(
            concat.branches().stream().map(branch -> run(branch, 0, input, false)).toList());
      } else if (op instanceof Op.Split split) {
        return split(split, input);
      }
      throw new AssertionError("no engine knows " + op);
    }

    private T linear(T input) {
      T weight = variable();
      return ops.linear(input, weight, variable());
    }

    private T split(Op.Split split, T input) {
      List<T> outputs = new ArrayList<>();
      int from = 0;
      for (int i = 0; i < split.branches().size(); i++) {
        int count = split.channels().get(i);
        outputs.add(run(split.branches().get(i), 0, ops.channels(input, from, count), false));
        from += count;
      }
      return ops.concat(outputs);
    }

    private T variable() {
      return variables.tensors().get(variable++);
    }

    private Norm<T> norm() {
      T scale = variable();
      T shift = variable();
      Norm<T> tensors = new Norm<>(scale, shift, means.get(norm), variances.get(norm));
      norm++;
      return tensors;
    }

    /** How the kernel moves that was the last variable. */
    private ConvGeometry geometry(Op op) {
      if (op instanceof Op.Conv conv) {
        return new ConvGeometry(
            conv.strideHeight(),
            conv.strideWidth(),
            conv.dilation() * (conv.kernelHeight() - 1) / 2,
            conv.dilation() * (conv.kernelWidth() - 1) / 2,
            conv.dilation(),
            conv.groups());
      } else if (op instanceof Op.Depthwise depthwise) {
        int padding = depthwise.dilation() * (depthwise.kernel() - 1) / 2;
        int channels = parameters.trainable().get(variable - 1).shape().get(0);
        return new ConvGeometry(
            depthwise.stride(), padding, padding, depthwise.dilation(), channels);
      } else {
        return new ConvGeometry(1, 0, 0, 1, 1);
      }
    }
  }

  private static boolean convolves(Op op) {
    return op instanceof Op.Conv || op instanceof Op.Depthwise || op instanceof Op.InnerConv;
  }

  /** Whether what a part makes is a tensor of its own, which its only reader may overwrite. */
  private static boolean fresh(NetworkPlan.Part part) {
    List<Op> list = part.ops();
    return list.isEmpty() ? part.inputs().size() > 1 : spares(list.get(list.size() - 1));
  }

  /**
   * Whether what an operation of a list makes may be overwritten by the next: nobody else reads it,
   * and its own gradient does not need it.
   */
  private static boolean spares(Op op) {
    return convolves(op)
        || op instanceof Op.BatchNorm
        || op instanceof Op.Residual
        || op instanceof Op.Concat
        || op instanceof Op.Split;
  }

  private static Op next(List<Op> list, int i) {
    return i + 1 < list.size() ? list.get(i + 1) : null;
  }
}
