package dsa.trainer.network;

import java.util.List;

/** Small networks that are no chains of stages; together they have every operation there is. */
final class SmallGraphs {

  /** Loose ends, zeros, a state added to itself, factorized reductions. */
  private static final String LOOSE_ENDS =
      "cells cifar:6 d3"
          + " | sep_conv_3x3(0)+skip_connect(1) none(0)+dil_conv_3x3(2)"
          + " avg_pool_3x3(1)+conv_7x1_1x7(2) -> 3 4"
          + " | max_pool_3x3(0)+skip_connect(1) none(1)+sep_conv_5x5(2)"
          + " skip_connect(2)+skip_connect(2) -> 3 4";

  /** Every node in the output; pools of every size, full and dilated separable convolutions. */
  private static final String ALL_NODES =
      "cells cifar:6 d4"
          + " | max_pool_5x5(0)+max_pool_7x7(1) avg_pool_5x5(2)+conv_1x1(0)"
          + " conv_3x3(1)+dil_sep_conv_3x3(3) -> 2 3 4"
          + " | avg_pool_3x3(0)+conv_7x1_1x7(1) conv_3x3(0)+none(0)"
          + " dil_conv_3x3(3)+avg_pool_7x7(1) -> 2 3 4";

  /** Nodes that concatenate, one that nobody reads, a second classifier. */
  private static final String CONCATENATED =
      "cells cifar:6 d4 aux"
          + " | sep_conv_3x3(1)&skip_connect(0) max_pool_3x3(2)+skip_connect(2)"
          + " conv_3x3(2)&none(1) -> 4"
          + " | skip_connect(0)&skip_connect(1) sep_conv_3x3(2)+max_pool_3x3(1)"
          + " skip_connect(3)+dil_conv_5x5(2) -> 3 4";

  /** Swish, both kinds of squeeze-excite, splits, shuffles, branches; strides of two kinds. */
  private static final String BLOCKS =
      "graph | conv3@16/2 bn swish | split(8: dw3 bn relu; 4: dw5d2; 4: id) bn shuffle4"
          + " | 2x sum(conv1@32 bn swish dw3 bn swish swishse4 conv1@16 bn; id)"
          + " | conv1@32 bn se8 relu shift"
          + " | cat(max3/2; avg3/2; zero/2; conv1x3@8/1x2 conv3x1@8/2x1g4 bn) bn relu"
          + " | innermax2 inneravg3/2 innerconv2@16 bn";

  /** Sums and concatenations of segments that are read as they are, rectified, and both. */
  private static final String JOINS =
      "graph | relu conv3@8/2 bn | relu conv3@8 bn | <1+2> relu conv3@8/2 bn | <1> max3/2"
          + " | <3 4> relu conv1@16 bn | <3 4> id | <6> relu conv3@16 bn | <5+7+5> dw3 bn"
          + " | <6 8> id | <9> relu conv1@12 bn | <9> relu conv3@12 bn | <10+11> id"
          + " | <10 12> bn relu";

  static final List<String> ALL = List.of(LOOSE_ENDS, ALL_NODES, CONCATENATED, BLOCKS, JOINS);

  private SmallGraphs() {}
}
