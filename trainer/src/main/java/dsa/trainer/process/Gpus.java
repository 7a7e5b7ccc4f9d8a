package dsa.trainer.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The GPUs of NVIDIA that workers take turns on: each worker is shown the one of its turn. */
public final class Gpus {

  /** By which CUDA is told which GPUs a process may use. */
  public static final String VARIABLE = "CUDA_VISIBLE_DEVICES";

  private Gpus() {}

  /**
   * As {@link #VARIABLE} wants them: those that it names, else all that the driver's tool lists.
   *
   * @return none where there is no such tool, or none is allowed
   */
  public static List<String> visible(Map<String, String> environment) {
    return visible(environment, Gpus::listed);
  }

  static List<String> visible(Map<String, String> environment, Supplier<String> listed) {
    String named = environment.get(VARIABLE);
    if (named != null) {
      return List.of(named.split(",", -1)).stream()
          .map(String::strip)
          .takeWhile(name -> !name.isEmpty() && !name.equals("-1"))
          .toList();
    }
    int count = (int) listed.get().lines().filter(line -> line.startsWith("GPU ")).count();
    return IntStream.range(0, count).mapToObj(String::valueOf).toList();
  }

  private static String listed() {
    try {
      Process tool = new ProcessBuilder("nvidia-smi", "-L").redirectErrorStream(true).start();
      tool.getOutputStream().close();
      String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return tool.waitFor() == 0 ? said : "";
    } catch (IOException e) {
      return ""; // without the driver's tools
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
