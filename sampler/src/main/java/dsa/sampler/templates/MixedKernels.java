package dsa.sampler.templates;

import dsa.core.arch.Op;
import java.util.ArrayList;
import java.util.List;

/**
 * Mixed depthwise convolutions (Tan and Le, <i>MixConv: Mixed Depthwise Convolutional Kernels</i>,
 * BMVC 2019, section 3): the channels fall into g groups, and group i, counted from 1, is convolved
 * with a kernel of side 2i + 1.
 *
 * <p>Equal groups have ⌊C/g⌋ channels each and the first has the remainder too; exponential ones
 * have ⌊C/2^i⌋ and the last has what is left. Dilated, a kernel of side 2i + 1 becomes one of side
 * 3 whose cells are i apart, but at stride 1 only. What makes no difference leaves no trace: one
 * group is a plain depthwise convolution, whatever its partition and dilation.
 */
final class MixedKernels {

  private static final int MOST_GROUPS = 16;

  private MixedKernels() {}

  static Op of(int channels, int groups, int stride, boolean exponential, boolean dilated) {
    if (groups < 1 || groups > MOST_GROUPS) {
      throw new IllegalArgumentException(
          "mix of " + groups + " groups; 1 to " + MOST_GROUPS + " are allowed");
    }
    if (groups == 1) {
      return new Op.Depthwise(3, stride, 1);
    }
    List<Integer> runs = new ArrayList<>();
    List<List<Op>> kernels = new ArrayList<>();
    int left = channels;
    for (int i = 1; i <= groups; i++) {
      int equal = channels / groups + (i == 1 ? channels % groups : 0);
      int run = !exponential ? equal : i < groups ? channels >> i : left;
      if (run < 1) {
        throw new IllegalArgumentException(
            "mix: " + channels + " channels are too few for " + groups + " groups");
      }
      left -= run;
      runs.add(run);
      boolean spread = dilated && stride == 1;
      kernels.add(List.of(new Op.Depthwise(spread ? 3 : 2 * i + 1, stride, spread ? i : 1)));
    }
    return new Op.Split(runs, kernels);
  }
}
