package dsa.trainer.network;

import dsa.core.arch.NetworkPlan;
import dsa.core.arch.Op;
import dsa.core.arch.OpVisitor;
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
          value = op.accept(new Running(value, spare));
        }
      }
      return value;
    }

    /** Runs one operation. */
    private final class Running implements OpVisitor<T> {

      private final T input;
      private final boolean own; // whether the input may be overwritten

      Running(T input, boolean own) {
        this.input = input;
        this.own = own;
      }

      private T convolution(Op op) {
        T kernel = variable();
        return ops.conv(input, kernel, geometry(op));
      }

      @Override
      public T conv(Op.Conv op) {
        return convolution(op);
      }

      @Override
      public T depthwise(Op.Depthwise op) {
        return convolution(op);
      }

      @Override
      public T batchNorm(Op.BatchNorm op) {
        return ops.batchNorm(input, norm(), training, momentum);
      }

      @Override
      public T relu(Op.Relu op) {
        return ops.relu(input, own);
      }

      @Override
      public T swish(Op.Swish op) {
        return ops.swish(input);
      }

      @Override
      public T pool(Op.Pool op) {
        return op.kind() == Op.Pool.Kind.MAX
            ? ops.maxPool(input, op.kernel(), op.stride(), op.padding())
            : ops.averagePool(input, op.kernel(), op.stride(), op.padding());
      }

      @Override
      public T innerConv(Op.InnerConv op) {
        return convolution(op);
      }

      @Override
      public T shift(Op.Shift op) {
        return ops.shift(input);
      }

      @Override
      public T zero(Op.Zero op) {
        return ops.zeros(input, op.stride());
      }

      @Override
      public T channelShuffle(Op.ChannelShuffle op) {
        return ops.shuffle(input, op.groups());
      }

      @Override
      public T squeezeExcite(Op.SqueezeExcite op) {
        T narrow = dense(ops.globalAveragePool(input));
        T active = op.swish() ? ops.swish(narrow) : ops.relu(narrow, false);
        return ops.scaleChannels(input, ops.sigmoid(dense(active)));
      }

      @Override
      public T globalAveragePool(Op.GlobalAveragePool op) {
        return ops.globalAveragePool(input);
      }

      @Override
      public T linear(Op.Linear op) {
        return dense(input);
      }

      @Override
      public T residual(Op.Residual op) {
        T main = run(op.body(), 0, input, false);
        T other = run(op.shortcut(), 0, input, false);
        List<Op> body = op.body();
        return ops.add(main, other, !body.isEmpty() && spares(body.get(body.size() - 1)));
      }

      @Override
      public T concat(Op.Concat op) {
        return ops.concat(
            op.branches().stream().map(branch -> run(branch, 0, input, false)).toList());
      }

      @Override
      public T split(Op.Split op) {
        List<T> outputs = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < op.branches().size(); i++) {
          int count = op.channels().get(i);
          outputs.add(run(op.branches().get(i), 0, ops.channels(input, from, count), false));
          from += count;
        }
        return ops.concat(outputs);
      }
    }

    private T dense(T input) {
      T weight = variable();
      return ops.linear(input, weight, variable());
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
      } else if (op instanceof Op.InnerConv) {
        return new ConvGeometry(1, 0, 0, 1, 1);
      }
      throw new IllegalStateException(op + " has a kernel, but how it moves is not said here");
    }
  }

  private static boolean convolves(Op op) {
    return op.role() == Op.Role.CONVOLUTION;
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
    return switch (op.role()) {
      case CONVOLUTION, NORM, BRANCHES -> true;
      case ACTIVATION, OTHER -> false;
    };
  }

  private static Op next(List<Op> list, int i) {
    return i + 1 < list.size() ? list.get(i + 1) : null;
  }
}
