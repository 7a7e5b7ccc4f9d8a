package dsa.trainer.libtorch;

import dsa.trainer.engine.DeviceKind;
import dsa.trainer.engine.Processor;

/** What devices are called. */
final class Devices {

  private Devices() {}

  static String describe(DeviceKind device) {
    return device == DeviceKind.CPU ? "cpu " + Processor.describe() : Cuda.name(System.getenv());
  }
}
