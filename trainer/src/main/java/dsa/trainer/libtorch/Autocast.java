package dsa.trainer.libtorch;

import dsa.trainer.engine.DeviceKind;
import org.bytedeco.pytorch.global.torch;

/** A stretch in which convolutions and linear layers compute in bfloat16. */
final class Autocast implements AutoCloseable {

  private final torch.DeviceType type;

  private Autocast(torch.DeviceType type) {
    this.type = type;
  }

  static Autocast on(DeviceKind device) {
    torch.DeviceType type = device == DeviceKind.CPU ? torch.DeviceType.CPU : torch.DeviceType.CUDA;
    torch.set_autocast_dtype(type, torch.ScalarType.BFloat16);
    torch.set_autocast_enabled(type, true);
    torch.increment_nesting();
    return new Autocast(type);
  }

  @Override
  public void close() {
    torch.decrement_nesting();
    torch.set_autocast_enabled(type, false);
    torch.clear_cache(); // casts of weights that the optimiser changes next
  }
}
