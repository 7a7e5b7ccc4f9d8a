package dsa.core.arch;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An operation between two states of a cell, by the names of the DARTS code and of the NDS release.
 * All but pools and {@code none} begin with a ReLU and end with a norm; channels stay as they are.
 *
 * @param kind what it does
 * @param kernel side of its kernel or window, odd and at most 31; 1 for {@code skip_connect} and
 *     {@code none}
 */
public record CellOp(Kind kind, int kernel) {

  private static final int LARGEST = 31;
  private static final Pattern SQUARE = Pattern.compile("([a-z_]+)_([1-9]\\d?)x([1-9]\\d?)");
  private static final Pattern FACTORIZED = Pattern.compile("conv_([1-9]\\d?)x1_1x([1-9]\\d?)");

  /** What operations do. */
  public enum Kind {
    /** Zeros. */
    NONE("none", 0),
    /** The identity; at stride 2 a factorized reduction. */
    SKIP("skip_connect", 1),
    /** Maximum over a window, no norm. */
    MAX_POOL("max_pool", 2),
    /** Mean over a window, padding left out, no norm. */
    AVG_POOL("avg_pool", 3),
    /** A full convolution. */
    CONV("conv", 4),
    /** Twice ReLU, depthwise, pointwise, norm; the stride is the first's. */
    SEP_CONV("sep_conv", 5),
    /** ReLU, depthwise with dilation 2, pointwise, norm. */
    DIL_CONV("dil_conv", 6),
    /** {@link #SEP_CONV} with dilation 2. */
    DIL_SEP_CONV("dil_sep_conv", 7),
    /** A row of the kernel's width, then a column of its height. */
    FACTORIZED_CONV("conv", 8);

    private final String stem;
    private final int rank;

    Kind(String stem, int rank) {
      this.stem = stem;
      this.rank = rank;
    }

    /** Whether the name ends in a kernel of equal sides. */
    private boolean isSquare() {
      return this != NONE && this != SKIP && this != FACTORIZED_CONV;
    }
  }

  /** Rejects even, missing and huge kernels. */
  public CellOp {
    if (kernel < 1 || kernel > LARGEST || kernel % 2 == 0) {
      throw new IllegalArgumentException(
          "cell operation of kernel " + kernel + "; kernels are odd, 1 to " + LARGEST);
    }
    if (kind == Kind.NONE || kind == Kind.SKIP) {
      kernel = 1;
    }
  }

  /** A number below 512, another for every operation; canonical forms go by it, so it stays. */
  int rank() {
    return kind.rank << 5 | kernel;
  }

  /** The name used in genotypes, such as {@code sep_conv_3x3} or {@code conv_7x1_1x7}. */
  public String label() {
    return switch (kind) {
      case NONE, SKIP -> kind.stem;
      case FACTORIZED_CONV -> "conv_" + kernel + "x1_1x" + kernel;
      default -> kind.stem + "_" + kernel + "x" + kernel;
    };
  }

  /**
   * Reads {@link #label()}.
   *
   * @throws IllegalArgumentException if the text names no operation
   */
  public static CellOp parse(String text) {
    if (text.equals(Kind.NONE.stem)) {
      return new CellOp(Kind.NONE, 1);
    }
    if (text.equals(Kind.SKIP.stem)) {
      return new CellOp(Kind.SKIP, 1);
    }
    Matcher rows = FACTORIZED.matcher(text);
    if (rows.matches() && rows.group(1).equals(rows.group(2))) {
      return new CellOp(Kind.FACTORIZED_CONV, Integer.parseInt(rows.group(1)));
    }
    Matcher square = SQUARE.matcher(text);
    if (square.matches() && square.group(2).equals(square.group(3))) {
      for (Kind kind : Kind.values()) {
        if (kind.isSquare() && kind.stem.equals(square.group(1))) {
          return new CellOp(kind, Integer.parseInt(square.group(2)));
        }
      }
    }
    throw new IllegalArgumentException(
        "cell operation '"
            + text
            + "' is none of none, skip_connect, max_pool_3x3, avg_pool_3x3, conv_3x3, sep_conv_3x3,"
            + " dil_conv_3x3, dil_sep_conv_3x3, conv_7x1_1x7, or one of these with another odd"
            + " kernel");
  }

  /**
   * The operations it stands for.
   *
   * @param channels in and out
   * @param stride 1 or 2
   * @return empty for the identity
   */
  public List<Op> ops(int channels, int stride) {
    Op norm = new Op.BatchNorm();
    Op relu = new Op.Relu();
    Op pointwise = new Op.Conv(1, channels, 1, 1);
    return switch (kind) {
      case NONE -> List.of(new Op.Zero(stride));
      case SKIP -> stride == 1 ? List.of() : factorizedReduce(channels);
      case MAX_POOL -> List.of(Op.Pool.max(kernel, stride));
      case AVG_POOL -> List.of(Op.Pool.average(kernel, stride));
      case CONV -> List.of(relu, new Op.Conv(kernel, channels, stride, 1), norm);
      case SEP_CONV, DIL_SEP_CONV -> {
        int dilation = kind == Kind.SEP_CONV ? 1 : 2;
        yield List.of(
            relu,
            new Op.Depthwise(kernel, stride, dilation),
            pointwise,
            norm,
            relu,
            new Op.Depthwise(kernel, 1, dilation),
            pointwise,
            norm);
      }
      case DIL_CONV -> List.of(relu, new Op.Depthwise(kernel, stride, 2), pointwise, norm);
      case FACTORIZED_CONV ->
          List.of(
              relu,
              new Op.Conv(1, kernel, channels, 1, stride, 1, 1),
              new Op.Conv(kernel, 1, channels, stride, 1, 1, 1),
              norm);
    };
  }

  /** Half the size and {@code channels} out: two 1x1 convolutions on alternate pixels. */
  static List<Op> factorizedReduce(int channels) {
    int half = channels / 2;
    return List.of(
        new Op.Relu(),
        new Op.Concat(
            List.of(
                List.of(new Op.Conv(1, half, 2, 1)),
                List.of(new Op.Shift(), new Op.Conv(1, channels - half, 2, 1)))),
        new Op.BatchNorm());
  }
}
