package dsa.trainer.libtorch;

import dsa.trainer.engine.EngineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.global.torch;

/** What an NVIDIA GPU needs besides the processor's part of libtorch. */
final class Cuda {

  /** Of the folders of libraries in the jar; JavaCPP's name for builds with CUDA. */
  static final String EXTENSION = "-gpu";

  /** What libtorch was built with, and what a machine must have. */
  static final String REQUIRED =
      "CUDA 13 and cuDNN 9 must be installed and their folders named in LD_LIBRARY_PATH (PATH on"
          + " Windows); docs/gpu.md tells more";

  private static final Pattern MISSING =
      Pattern.compile("([^\\s:/]+): cannot open shared object file");

  private Cuda() {}

  /** Whether the libraries on the class path are those for GPUs. */
  static boolean packaged() {
    String file = System.mapLibraryName("torch_cuda");
    return torchResource(Loader.getPlatform() + EXTENSION, file);
  }

  private static boolean torchResource(String folder, String file) {
    return Cuda.class.getResource("/org/bytedeco/pytorch/" + folder + "/" + file) != null;
  }

  /**
   * Finds the GPU and settles how it computes: 32-bit convolutions and products in 32 bits and not
   * in TensorFloat-32, and for each shape of a convolution the fastest algorithm by trial.
   *
   * @throws EngineException if there is none, or no way to it
   */
  static void open() {
    boolean packaged = packaged();
    boolean available = packaged && torch.cuda_is_available();
    if (!available) {
      throw new EngineException(obstacle(packaged, packaged ? failure() : ""), false, null);
    }
    settle(torch.globalContext());
  }

  static void settle(Context context) {
    context.setAllowTF32CuDNN(false);
    context.setAllowTF32CuBLAS(false);
    context.setBenchmarkCuDNN(true);
  }

  /** Why CUDA does not start, in libtorch's words. */
  private static String failure() {
    try {
      String file = System.mapLibraryName("torch_cuda");
      String folder = "/org/bytedeco/pytorch/" + Loader.getPlatform() + EXTENSION + "/";
      System.load(Loader.cacheResource(torch.class, folder + file).getPath());
      torch.globalContext().lazyInitCUDA();
      return "";
    } catch (LinkageError | RuntimeException | IOException e) {
      return Failures.firstLine(e);
    }
  }

  /** One sentence on what is in the way, with the remedy. */
  static String obstacle(boolean packaged, String failure) {
    if (!packaged) {
      return "this build of dsa has libtorch for the processor only; for NVIDIA GPUs build it with"
          + " -Pcuda (docs/gpu.md)";
    }
    Matcher missing = MISSING.matcher(failure);
    if (missing.find()) {
      return "libtorch's part for GPUs does not load, "
          + missing.group(1)
          + " is missing; "
          + REQUIRED;
    }
    if (failure.contains("dependent libraries")) { // as Windows says it, without a name
      return "libtorch's part for GPUs does not load: " + failure + "; " + REQUIRED;
    }
    return "there is no NVIDIA GPU, or no driver for CUDA 13 (version 580 or newer)"
        + (failure.isEmpty() ? "" : ": " + failure);
  }

  /** The GPU's name as its driver tells it, or {@code cuda}. */
  static String name(Map<String, String> environment) {
    try {
      Process query = new ProcessBuilder(query(environment)).redirectErrorStream(true).start();
      query.getOutputStream().close();
      String said = new String(query.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return query.waitFor() == 0 && !said.isBlank() ? "cuda " + said.strip() : "cuda";
    } catch (IOException e) {
      return "cuda"; // without the driver's tools
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "cuda";
    }
  }

  /** Asks for the GPU that CUDA counts first: of those it is allowed, if that is limited. */
  static List<String> query(Map<String, String> environment) {
    String allowed = environment.getOrDefault("CUDA_VISIBLE_DEVICES", "");
    String first = allowed.split(",", -1)[0].strip();
    return List.of(
        "nvidia-smi",
        "--query-gpu=name",
        "--format=csv,noheader",
        "--id=" + (first.isEmpty() ? "0" : first));
  }
}
