package dsa.trainer.network;

import dsa.core.arch.NetworkPlan;
import dsa.core.arch.Op;
import dsa.trainer.engine.ConvGeometry;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A plan walked in {@link Naive} arithmetic, part by part as it is written, in training. */
final class NaiveNetwork {

  private final NetworkPlan plan;
  private final Iterator<Naive> weights;

  private NaiveNetwork(NetworkPlan plan, Iterator<Naive> weights) {
    this.plan = plan;
    this.weights = weights;
  }

  static Naive logits(NetworkPlan plan, List<Naive> weights, Naive images) {
    return new NaiveNetwork(plan, weights.iterator()).walk(images);
  }

  private Naive walk(Naive images) {
    List<Naive> values = new ArrayList<>();
    for (NetworkPlan.Part part : plan.parts()) {
      List<Naive> inputs =
          part.inputs().stream()
              .map(input -> input == NetworkPlan.IMAGE ? images : values.get(input))
              .toList();
      Naive joined =
          part.join() == NetworkPlan.Join.CONCAT
              ? Naive.concat(inputs)
              : inputs.stream().reduce(Naive::add).orElseThrow();
      values.add(run(part.ops(), joined));
    }
    return values.get(values.size() - 1);
  }

  private Naive run(List<Op> ops, Naive input) {
    Naive value = input;
    for (Op op : ops) {
      value = run(op, value);
    }
    return value;
  }

  private Naive run(Op op, Naive x) {
    if (op instanceof Op.Conv c) {
      return Naive.conv(
          x,
          weights.next(),
          new ConvGeometry(
              c.strideHeight(),
              c.strideWidth(),
              c.dilation() * (c.kernelHeight() / 2),
              c.dilation() * (c.kernelWidth() / 2),
              c.dilation(),
              c.groups()));
    } else if (op instanceof Op.Depthwise d) {
      int padding = d.dilation() * (d.kernel() / 2);
      return Naive.conv(
          x,
          weights.next(),
          new ConvGeometry(d.stride(), padding, padding, d.dilation(), x.shape()[1]));
    } else if (op instanceof Op.InnerConv) {
      return Naive.conv(x, weights.next(), new ConvGeometry(1, 0, 0, 1, 1));
    } else if (op instanceof Op.BatchNorm) {
      return Naive.normalized(
          x, weights.next(), weights.next(), Naive.mean(x), Naive.variance(x, 0));
    } else if (op instanceof Op.Relu) {
      return Naive.relu(x);
    } else if (op instanceof Op.Swish) {
      return Naive.swish(x);
    } else if (op instanceof Op.Pool p) {
      int padding = p.padded() ? p.kernel() / 2 : 0;
      return Naive.pool(x, p.kernel(), p.stride(), padding, p.kind() == Op.Pool.Kind.MAX);
    } else if (op instanceof Op.GlobalAveragePool) {
      return Naive.globalAveragePool(x);
    } else if (op instanceof Op.Linear) {
      return linear(x);
    } else if (op instanceof Op.Shift) {
      return Naive.shift(x);
    } else if (op instanceof Op.Zero z) {
      return Naive.zeros(x, z.stride());
    } else if (op instanceof Op.ChannelShuffle s) {
      return Naive.shuffle(x, s.groups());
    } else if (op instanceof Op.SqueezeExcite s) {
      Naive narrow = linear(Naive.globalAveragePool(x));
      Naive active = s.swish() ? Naive.swish(narrow) : Naive.relu(narrow);
      return Naive.scaleChannels(x, Naive.sigmoid(linear(active)));
    } else if (op instanceof Op.Residual r) {
      Naive body = run(r.body(), x);
      return Naive.add(body, run(r.shortcut(), x));
    } else if (op instanceof Op.Concat c) {
      return Naive.concat(c.branches().stream().map(branch -> run(branch, x)).toList());
    } else if (op instanceof Op.Split s) {
      List<Naive> outputs = new ArrayList<>();
      int from = 0;
      for (int i = 0; i < s.branches().size(); i++) {
        int count = s.channels().get(i);
        outputs.add(run(s.branches().get(i), Naive.channels(x, from, count)));
        from += count;
      }
      return Naive.concat(outputs);
    }
    throw new AssertionError(op);
  }

  private Naive linear(Naive x) {
    Naive weight = weights.next();
    return Naive.linear(x, weight, weights.next());
  }
}
