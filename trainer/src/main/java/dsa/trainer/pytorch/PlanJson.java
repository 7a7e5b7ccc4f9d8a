package dsa.trainer.pytorch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dsa.core.arch.NetworkPlan;
import dsa.core.arch.Op;
import dsa.core.arch.OpVisitor;
import java.util.List;
import java.util.Locale;

/**
 * A network's plan as JSON, format {@code dsa.plan/1} (docs/formats.md): what another program needs
 * to build the very same network. Strides, groups and dilations of 1 are left out.
 */
final class PlanJson {

  static final String FORMAT = "dsa.plan/1";

  private PlanJson() {}

  /** Adds the fields of a plan to a line that names its network. */
  static void write(NetworkPlan plan, ObjectNode json) {
    json.putArray("input")
        .add(plan.input().channels())
        .add(plan.input().height())
        .add(plan.input().width());
    ArrayNode parts = json.putArray("parts");
    for (NetworkPlan.Part part : plan.parts()) {
      ObjectNode one = parts.addObject().put("name", part.name());
      ArrayNode inputs = one.putArray("inputs");
      part.inputs().forEach(inputs::add);
      if (part.inputs().size() > 1) {
        one.put("join", part.join().name().toLowerCase(Locale.ROOT));
      }
      one.set("ops", list(part.ops()));
    }
  }

  private static ArrayNode list(List<Op> ops) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    ops.forEach(op -> list.add(op.accept(new Writing())));
    return list;
  }

  private static ArrayNode lists(List<List<Op>> branches) {
    ArrayNode lists = JsonNodeFactory.instance.arrayNode();
    branches.forEach(branch -> lists.add(list(branch)));
    return lists;
  }

  /** Writes one operation. */
  private static final class Writing implements OpVisitor<ObjectNode> {

    private static ObjectNode op(String name) {
      return JsonNodeFactory.instance.objectNode().put("op", name);
    }

    private static void unlessOne(ObjectNode json, String name, int value) {
      if (value != 1) {
        json.put(name, value);
      }
    }

    @Override
    public ObjectNode conv(Op.Conv op) {
      ObjectNode json = op("conv");
      json.putArray("kernel").add(op.kernelHeight()).add(op.kernelWidth());
      json.put("channels", op.channels());
      if (op.strideHeight() != 1 || op.strideWidth() != 1) {
        json.putArray("stride").add(op.strideHeight()).add(op.strideWidth());
      }
      unlessOne(json, "groups", op.groups());
      unlessOne(json, "dilation", op.dilation());
      return json;
    }

    @Override
    public ObjectNode depthwise(Op.Depthwise op) {
      ObjectNode json = op("depthwise").put("kernel", op.kernel());
      unlessOne(json, "stride", op.stride());
      unlessOne(json, "dilation", op.dilation());
      return json;
    }

    @Override
    public ObjectNode batchNorm(Op.BatchNorm op) {
      return op("batchNorm");
    }

    @Override
    public ObjectNode relu(Op.Relu op) {
      return op("relu");
    }

    @Override
    public ObjectNode swish(Op.Swish op) {
      return op("swish");
    }

    @Override
    public ObjectNode pool(Op.Pool op) {
      ObjectNode json =
          op("pool")
              .put("kind", op.kind().name().toLowerCase(Locale.ROOT))
              .put("kernel", op.kernel());
      unlessOne(json, "stride", op.stride());
      return json.put("padded", op.padded());
    }

    @Override
    public ObjectNode innerConv(Op.InnerConv op) {
      return op("innerConv").put("kernel", op.kernel()).put("channels", op.channels());
    }

    @Override
    public ObjectNode shift(Op.Shift op) {
      return op("shift");
    }

    @Override
    public ObjectNode zero(Op.Zero op) {
      ObjectNode json = op("zero");
      unlessOne(json, "stride", op.stride());
      return json;
    }

    @Override
    public ObjectNode channelShuffle(Op.ChannelShuffle op) {
      return op("channelShuffle").put("groups", op.groups());
    }

    @Override
    public ObjectNode squeezeExcite(Op.SqueezeExcite op) {
      return op("squeezeExcite").put("reduced", op.reduced()).put("swish", op.swish());
    }

    @Override
    public ObjectNode globalAveragePool(Op.GlobalAveragePool op) {
      return op("globalAveragePool");
    }

    @Override
    public ObjectNode linear(Op.Linear op) {
      return op("linear").put("outputs", op.outputs());
    }

    @Override
    public ObjectNode residual(Op.Residual op) {
      ObjectNode json = op("residual");
      json.set("body", list(op.body()));
      json.set("shortcut", list(op.shortcut()));
      return json;
    }

    @Override
    public ObjectNode concat(Op.Concat op) {
      ObjectNode json = op("concat");
      json.set("branches", lists(op.branches()));
      return json;
    }

    @Override
    public ObjectNode split(Op.Split op) {
      ObjectNode json = op("split");
      ArrayNode channels = json.putArray("channels");
      op.channels().forEach(channels::add);
      json.set("branches", lists(op.branches()));
      return json;
    }
  }
}
