package dsa.sampler.spaces;

/** Says that a block's template does not come to operations; names the part it stands in. */
final class BlockFault extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  private final int part;

  /**
   * A fault.
   *
   * @param part 0 the stem, then the stages, then the tail
   */
  BlockFault(int part, String message, Throwable cause) {
    super(message, cause);
    this.part = part;
  }

  int part() {
    return part;
  }
}
