package dsa.trainer.engine;

/**
 * How a kernel moves over an image.
 *
 * @param strideHeight step down the rows
 * @param strideWidth step along the columns
 * @param padHeight zeros above and below
 * @param padWidth zeros left and right
 * @param dilation distance between the kernel's cells
 * @param groups into which channels are divided
 */
public record ConvGeometry(
    int strideHeight, int strideWidth, int padHeight, int padWidth, int dilation, int groups) {

  /** The same stride in both directions. */
  public ConvGeometry(int stride, int padHeight, int padWidth, int dilation, int groups) {
    this(stride, stride, padHeight, padWidth, dilation, groups);
  }

  /** A square kernel of odd side that keeps the image's size at stride 1. */
  public static ConvGeometry same(int kernel, int stride, int groups) {
    return new ConvGeometry(stride, (kernel - 1) / 2, (kernel - 1) / 2, 1, groups);
  }
}
