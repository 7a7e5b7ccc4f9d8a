package dsa.trainer.engine;

/** A numerical library that can train networks. Nothing native is loaded before it is asked. */
public interface Engine {

  /** The name users give, such as {@code libtorch}. */
  String name();

  /**
   * Whether this engine works here on a kind of device, found out by loading it.
   *
   * @return what it offers, or why it does not
   */
  Availability availability(DeviceKind device);

  /**
   * Rejects a precision that it computes in on no machine's device of this kind; loads nothing.
   *
   * @throws EngineException in one sentence
   */
  void check(DeviceKind device, Precision precision);

  /**
   * Loads the library and takes hold of a device.
   *
   * @throws EngineException if it cannot, in one sentence with the remedy
   */
  Ops<?> open(EngineOptions options);

  /**
   * What an engine offers on a kind of device.
   *
   * @param usable whether it can train there
   * @param detail version and device if usable, else the reason and the remedy in one sentence
   */
  record Availability(boolean usable, String detail) {}
}
