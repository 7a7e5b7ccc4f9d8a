package dsa.trainer;

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
 *
 * @param <T> the engine's tensor
 */
final class Network<T> {

  private final Ops<T> ops;
  private final NetworkPlan plan;
  private final Variables<T> variables;
  private final List<T> means = new ArrayList<>();
  private final List<T> variances = new ArrayList<>();

  /** Where a walk through the plan has got to. */
  private static final class Cursor {
    int variable;
    int norm;
  }

  private Network(Ops<T> ops, NetworkPlan plan, Variables<T> variables) {
    this.ops = ops;
    this.plan = plan;
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
    Network<T> network = new Network<>(ops, plan, ops.variables(weights, shapes));
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
    Cursor cursor = new Cursor();
    T value = images;
    for (NetworkPlan.Part part : plan.parts()) {
      value = run(part.ops(), value, training, normMomentum, cursor);
    }
    return value;
  }

  private T run(List<Op> list, T input, boolean training, double momentum, Cursor at) {
    T value = input;
    for (int i = 0; i < list.size(); i++) {
      Op op = list.get(i);
      if (!training && op instanceof Op.Conv conv && next(list, i) instanceof Op.BatchNorm) {
        boolean rectified = next(list, i + 1) instanceof Op.Relu;
        value = ops.convNormed(value, variable(at), geometry(conv), norm(at), rectified);
        i += rectified ? 2 : 1;
      } else {
        value = run(op, value, i > 0 && spares(list.get(i - 1)), training, momentum, at);
      }
    }
    return value;
  }

  /**
   * Whether what an operation of a list makes may be overwritten by the next: nobody else reads it,
   * and its own gradient does not need it.
   */
  private static boolean spares(Op op) {
    return op instanceof Op.Conv || op instanceof Op.BatchNorm || op instanceof Op.Residual;
  }

  private static Op next(List<Op> list, int i) {
    return i + 1 < list.size() ? list.get(i + 1) : null;
  }

  private T run(Op op, T input, boolean own, boolean training, double momentum, Cursor at) {
    if (op instanceof Op.Conv conv) {
      return ops.conv(input, variable(at), geometry(conv));
    } else if (op instanceof Op.BatchNorm) {
      return ops.batchNorm(input, norm(at), training, momentum);
    } else if (op instanceof Op.Relu) {
      return ops.relu(input, own);
    } else if (op instanceof Op.MaxPool pool) {
      return ops.maxPool(input, pool.kernel(), pool.stride(), (pool.kernel() - 1) / 2);
    } else if (op instanceof Op.GlobalAveragePool) {
      return ops.globalAveragePool(input);
    } else if (op instanceof Op.Linear) {
      T weight = variable(at);
      return ops.linear(input, weight, variable(at));
    } else if (op instanceof Op.Residual residual) {
      T main = run(residual.body(), input, training, momentum, at);
      T other = run(residual.shortcut(), input, training, momentum, at);
      List<Op> body = residual.body();
      return ops.add(main, other, !body.isEmpty() && spares(body.get(body.size() - 1)));
    }
    throw new AssertionError("no engine knows " + op);
  }

  private T variable(Cursor at) {
    return variables.tensors().get(at.variable++);
  }

  private Norm<T> norm(Cursor at) {
    T scale = variable(at);
    T shift = variable(at);
    Norm<T> norm = new Norm<>(scale, shift, means.get(at.norm), variances.get(at.norm));
    at.norm++;
    return norm;
  }

  private static ConvGeometry geometry(Op.Conv conv) {
    return ConvGeometry.same(conv.kernel(), conv.stride(), conv.groups());
  }
}
