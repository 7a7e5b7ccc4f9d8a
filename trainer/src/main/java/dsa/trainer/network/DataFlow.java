package dsa.trainer.network;

import dsa.core.arch.NetworkPlan;
import dsa.core.arch.Op;
import java.util.List;

/**
 * Which parts of a plan the logits come from, and in which form each is read: as it is, rectified,
 * or both.
 *
 * <p>A part that begins with ReLU reads rectified what it reads, so a value that several such parts
 * read is rectified once. And since relu(concat(a, b)) = concat(relu(a), relu(b)), a concatenation
 * that is only read rectified reads rectified itself: the rectifier moves in front of it. Behind it
 * the gradients of a, b, … would be strided slices, which libtorch's batch norms are slow with.
 */
final class DataFlow {

  private final boolean[] plain;
  private final boolean[] rectified;
  private final boolean[] takesRectified;
  private final int[] readers;

  private DataFlow(int parts) {
    this.plain = new boolean[parts + 1];
    this.rectified = new boolean[parts + 1];
    this.takesRectified = new boolean[parts];
    this.readers = new int[parts + 1];
  }

  /** The flow that ends in the last part, read as it is. */
  static DataFlow of(NetworkPlan plan) {
    List<NetworkPlan.Part> parts = plan.parts();
    DataFlow flow = new DataFlow(parts.size());
    flow.plain[parts.size()] = true;
    for (int i = parts.size() - 1; i >= 0; i--) {
      if (flow.computed(i)) {
        NetworkPlan.Part part = parts.get(i);
        boolean takes = rectifiesInputs(part, flow.readPlain(i));
        flow.takesRectified[i] = takes;
        for (int input : part.inputs()) {
          (takes ? flow.rectified : flow.plain)[input + 1] = true;
          flow.readers[input + 1]++;
        }
      }
    }
    return flow;
  }

  /** Whether a part could as well be handed its inputs rectified. */
  private static boolean rectifiesInputs(NetworkPlan.Part part, boolean readPlain) {
    if (part.inputs().size() > 1 && part.join() != NetworkPlan.Join.CONCAT) {
      return false;
    }
    return part.ops().isEmpty() ? !readPlain : part.ops().get(0) instanceof Op.Relu;
  }

  /** Whether the logits depend on a part. */
  boolean computed(int part) {
    return plain[part + 1] || rectified[part + 1];
  }

  /**
   * Whether a part is read as it is.
   *
   * @param part its place, or {@link NetworkPlan#IMAGE}
   */
  boolean readPlain(int part) {
    return plain[part + 1];
  }

  /**
   * Whether a part is read rectified.
   *
   * @param part its place, or {@link NetworkPlan#IMAGE}
   */
  boolean readRectified(int part) {
    return rectified[part + 1];
  }

  /** Whether a part is handed its inputs rectified, in place of a ReLU that it begins with. */
  boolean takesRectified(int part) {
    return takesRectified[part];
  }

  /** Whether a part has one reader, which reads it once. */
  boolean readOnce(int part) {
    return readers[part + 1] == 1;
  }
}
