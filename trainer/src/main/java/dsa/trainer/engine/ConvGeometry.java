package dsa.trainer.engine;

/**
 * How a kernel moves over an image.
 *
 * @param stride in both directions
 * @param padHeight zeros above and below
 * @param padWidth zeros left and right
 * @param dilation distance between the kernel's cells
 * @param groups into which channels are divided
 */
public record ConvGeometry(int stride, int padHeight, int padWidth, int dilation, int groups) {

  /** A square kernel of odd side that keeps the image's size at stride 1. */
  public static ConvGeometry same(int kernel, int stride, int groups) {
    return new ConvGeometry(stride, (kernel - 1) / 2, (kernel - 1) / 2, 1, groups);
  }
}
