package dsa.trainer.network;

import dsa.core.arch.NetworkPlan;
import dsa.core.arch.Op;
import dsa.core.arch.OpVisitor;
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
      value = op.accept(new Step(value));
    }
    return value;
  }

  private Naive linear(Naive x) {
    Naive weight = weights.next();
    return Naive.linear(x, weight, weights.next());
  }

  /** One operation on one value. */
  private final class Step implements OpVisitor<Naive> {

    private final Naive x;

    Step(Naive x) {
      this.x = x;
    }

    @Override
    public Naive conv(Op.Conv op) {
      return Naive.conv(
          x,
          weights.next(),
          new ConvGeometry(
              op.strideHeight(),
              op.strideWidth(),
              op.dilation() * (op.kernelHeight() / 2),
              op.dilation() * (op.kernelWidth() / 2),
              op.dilation(),
              op.groups()));
    }

    @Override
    public Naive depthwise(Op.Depthwise op) {
      int padding = op.dilation() * (op.kernel() / 2);
      return Naive.conv(
          x,
          weights.next(),
          new ConvGeometry(op.stride(), padding, padding, op.dilation(), x.shape()[1]));
    }

    @Override
    public Naive innerConv(Op.InnerConv op) {
      return Naive.conv(x, weights.next(), new ConvGeometry(1, 0, 0, 1, 1));
    }

    @Override
    public Naive batchNorm(Op.BatchNorm op) {
      return Naive.normalized(
          x, weights.next(), weights.next(), Naive.mean(x), Naive.variance(x, 0));
    }

    @Override
    public Naive relu(Op.Relu op) {
      return Naive.relu(x);
    }

    @Override
    public Naive swish(Op.Swish op) {
      return Naive.swish(x);
    }

    @Override
    public Naive pool(Op.Pool op) {
      int padding = op.padded() ? op.kernel() / 2 : 0;
      return Naive.pool(x, op.kernel(), op.stride(), padding, op.kind() == Op.Pool.Kind.MAX);
    }

    @Override
    public Naive globalAveragePool(Op.GlobalAveragePool op) {
      return Naive.globalAveragePool(x);
    }

    @Override
    public Naive linear(Op.Linear op) {
      return NaiveNetwork.this.linear(x);
    }

    @Override
    public Naive shift(Op.Shift op) {
      return Naive.shift(x);
    }

    @Override
    public Naive zero(Op.Zero op) {
      return Naive.zeros(x, op.stride());
    }

    @Override
    public Naive channelShuffle(Op.ChannelShuffle op) {
      return Naive.shuffle(x, op.groups());
    }

    @Override
    public Naive squeezeExcite(Op.SqueezeExcite op) {
      Naive narrow = NaiveNetwork.this.linear(Naive.globalAveragePool(x));
      Naive active = op.swish() ? Naive.swish(narrow) : Naive.relu(narrow);
      return Naive.scaleChannels(x, Naive.sigmoid(NaiveNetwork.this.linear(active)));
    }

    @Override
    public Naive residual(Op.Residual op) {
      Naive body = run(op.body(), x);
      return Naive.add(body, run(op.shortcut(), x));
    }

    @Override
    public Naive concat(Op.Concat op) {
      return Naive.concat(op.branches().stream().map(branch -> run(branch, x)).toList());
    }

    @Override
    public Naive split(Op.Split op) {
      List<Naive> outputs = new ArrayList<>();
      int from = 0;
      for (int i = 0; i < op.branches().size(); i++) {
        int count = op.channels().get(i);
        outputs.add(run(op.branches().get(i), Naive.channels(x, from, count)));
        from += count;
      }
      return Naive.concat(outputs);
    }
  }
}
