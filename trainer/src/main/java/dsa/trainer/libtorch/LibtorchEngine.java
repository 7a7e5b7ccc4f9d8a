package dsa.trainer.libtorch;

import dsa.trainer.engine.DeviceKind;
import dsa.trainer.engine.Engine;
import dsa.trainer.engine.EngineException;
import dsa.trainer.engine.EngineOptions;
import dsa.trainer.engine.Ops;
import dsa.trainer.engine.Precision;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/** libtorch through JavaCPP's presets: the processor, and NVIDIA GPUs where their natives are. */
public final class LibtorchEngine implements Engine {

  @Override
  public String name() {
    return "libtorch";
  }

  @Override
  public Availability availability(DeviceKind device) {
    try (Ops<?> ops = open(new EngineOptions(device, 1, Precision.FP32))) {
      String who = ops.info().engine() + " on " + ops.info().device();
      return device == DeviceKind.CPU ? new Availability(true, who) : compared(ops, who);
    } catch (EngineException e) {
      return new Availability(false, e.getMessage());
    }
  }

  /** Whether a device computes what the processor does, found out by a convolution. */
  Availability compared(Ops<?> ops, String who) {
    try (Ops<?> processor = open(EngineOptions.cpu())) {
      double difference = FirstConvolution.difference(processor, ops);
      boolean same = difference <= FirstConvolution.TOLERANCE;
      String found = String.format(Locale.ROOT, "differs from the processor's by %.1e", difference);
      return new Availability(
          same, who + ", where a convolution " + found + " of its largest value");
    }
  }

  @Override
  public void check(DeviceKind device, Precision precision) {
    if (precision == Precision.BF16 && device == DeviceKind.CPU) {
      throw new EngineException(
          "libtorch computes in bf16 on GPUs only, for on the processor equal runs have ended"
              + " differently; take a recipe of precision fp32, or a GPU",
          false,
          null);
    }
  }

  @Override
  public Ops<?> open(EngineOptions options) {
    check(options.device(), options.precision());
    load();
    return LibtorchOps.open(options);
  }

  private static void load() {
    // A process that trains is watched from outside; JavaCPP's own guess at its limits is too low.
    System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    System.setProperty("org.bytedeco.javacpp.maxBytes", "0");
    try {
      unpack();
      Loader.load(torch.class);
    } catch (LinkageError | IOException e) {
      throw new EngineException(
          "libtorch cannot be loaded on "
              + Loader.getPlatform()
              + ": "
              + Failures.firstLine(e)
              + "; "
              + (Cuda.packaged()
                  ? Cuda.REQUIRED
                  : "the guide's section on platforms says how to build dsa.jar for another"),
          false,
          e);
    }
  }

  /**
   * Unpacks all libraries before the first is loaded. JavaCPP unpacks them one by one, and a
   * library whose neighbour is not there yet is linked with one of the same name that the system
   * may have, of another version.
   */
  private static void unpack() throws IOException {
    boolean cuda = Cuda.packaged();
    List<String> libraries =
        cuda
            ? List.of("c10", "torch_cpu", "torch", "c10_cuda", "torch_cuda")
            : List.of("c10", "torch_cpu", "torch");
    String folder =
        "/org/bytedeco/pytorch/" + Loader.getPlatform() + (cuda ? Cuda.EXTENSION : "") + "/";
    for (String library : libraries) {
      Loader.cacheResource(torch.class, folder + System.mapLibraryName(library));
    }
  }
}
