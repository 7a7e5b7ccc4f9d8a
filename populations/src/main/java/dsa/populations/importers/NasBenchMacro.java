package dsa.populations.importers;

import dsa.core.arch.GraphSpec;
import dsa.core.arch.Op;
import java.util.ArrayList;
import java.util.List;

/**
 * The networks of NAS-Bench-Macro (Su et al., CVPR 2021; xiusu/NAS-Bench-Macro, {@code
 * train/model.py}): eight layers in stages of 2, 3 and 3, each a digit: 0 the identity (a 1x1
 * convolution where the shape changes), 1 and 2 inverted bottlenecks of expansion 3, kernel 3 and
 * of expansion 6, kernel 5. Identities that change nothing leave no trace in the network, so that
 * the 6,561 encodings are 3,969 specs.
 */
public final class NasBenchMacro {

  private static final int LAYERS = 8;
  private static final int STEM_CHANNELS = 32;
  private static final int TAIL_CHANNELS = 1280;

  private NasBenchMacro() {}

  /** Whether a text is eight layers of 0, 1 or 2. */
  static boolean isEncoding(String text) {
    boolean digits = text.length() == LAYERS;
    for (int i = 0; i < text.length() && digits; i++) {
      digits = text.charAt(i) >= '0' && text.charAt(i) <= '2';
    }
    return digits;
  }

  /**
   * The network of an encoding such as {@code 22212220}.
   *
   * @throws IllegalArgumentException if it is not eight layers of 0, 1 or 2
   */
  public static GraphSpec network(String encoding) {
    if (!isEncoding(encoding)) {
      throw new IllegalArgumentException("'" + encoding + "' is not eight layers of 0, 1 or 2");
    }
    List<List<Op>> blocks = new ArrayList<>();
    blocks.add(List.of(new Op.Conv(3, STEM_CHANNELS, 1, 1), new Op.BatchNorm(), new Op.Relu()));
    int channels = STEM_CHANNELS;
    for (int layer = 0; layer < LAYERS; layer++) {
      boolean first = layer == 0 || layer == 2 || layer == 5;
      blocks.add(layer(encoding.charAt(layer), channels, first));
      channels = first ? 2 * channels : channels;
    }
    blocks.add(List.of(new Op.Conv(1, TAIL_CHANNELS, 1, 1), new Op.BatchNorm(), new Op.Relu()));
    return GraphSpec.ofBlocks(blocks);
  }

  /** A layer behind {@code in} channels, which it doubles at stride 2 if it is a stage's first. */
  private static List<Op> layer(char digit, int in, boolean first) {
    int out = first ? 2 * in : in;
    int stride = first ? 2 : 1;
    if (digit == '0') {
      return first ? List.of(new Op.Conv(1, out, stride, 1), new Op.BatchNorm()) : List.of();
    }
    int expanded = digit == '1' ? 3 * in : 6 * in;
    List<Op> body =
        List.of(
            new Op.Conv(1, expanded, 1, 1),
            new Op.BatchNorm(),
            new Op.Relu(),
            new Op.Depthwise(digit == '1' ? 3 : 5, stride, 1),
            new Op.BatchNorm(),
            new Op.Relu(),
            new Op.Conv(1, out, 1, 1),
            new Op.BatchNorm());
    return first ? body : List.of(new Op.Residual(body, List.of()));
  }
}
