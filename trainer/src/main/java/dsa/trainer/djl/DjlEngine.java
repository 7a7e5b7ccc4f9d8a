package dsa.trainer.djl;

import dsa.trainer.engine.DeviceKind;
import dsa.trainer.engine.Engine;
import dsa.trainer.engine.EngineException;
import dsa.trainer.engine.EngineOptions;
import dsa.trainer.engine.Ops;
import dsa.trainer.engine.Precision;
import dsa.trainer.engine.Processor;
import java.util.Locale;

/** MXNet through DJL: the processor only, 32 bits only, and never the network. */
public final class DjlEngine implements Engine {

  private static final String ENGINE = "MXNet";
  private static final String THREADS = "OMP_NUM_THREADS";

  @Override
  public String name() {
    return "djl";
  }

  @Override
  public Availability availability(DeviceKind device) {
    try {
      check(device);
      return new Availability(true, version(load()) + " on cpu " + Processor.describe());
    } catch (EngineException e) {
      return new Availability(false, e.getMessage());
    }
  }

  @Override
  public Ops<?> open(EngineOptions options) {
    check(options.device());
    check(options.device(), options.precision());
    String threads = System.getenv(THREADS);
    if (!String.valueOf(options.threads()).equals(threads)) {
      throw new EngineException(
          String.format(
              Locale.ROOT,
              "djl takes its number of threads from the environment variable %s, which is %s: set"
                  + " it to %d before dsa starts",
              THREADS,
              threads == null ? "not set" : threads,
              options.threads()),
          false,
          null);
    }
    ai.djl.engine.Engine mxnet = load();
    return DjlOps.open(mxnet, version(mxnet), options);
  }

  private static void check(DeviceKind device) {
    if (device != DeviceKind.CPU) {
      throw new EngineException(
          "djl trains on the processor only, for no MXNet library for current CUDA is published;"
              + " engine libtorch trains on GPUs",
          false,
          null);
    }
  }

  @Override
  public void check(DeviceKind device, Precision precision) {
    if (precision != Precision.FP32) {
      throw new EngineException(
          "djl computes with precision fp32 only, not with "
              + precision.label()
              + "; engine libtorch does on GPUs",
          false,
          null);
    }
  }

  private static String version(ai.djl.engine.Engine mxnet) {
    return String.format(
        Locale.ROOT,
        "djl %s with %s %s",
        ai.djl.engine.Engine.getDjlVersion(),
        ENGINE,
        mxnet.getVersion());
  }

  private static ai.djl.engine.Engine load() {
    // DJL reports its start to its makers, and looks for libraries on their server.
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
    if (System.getProperty("slf4j.internal.verbosity") == null) {
      // DJL logs through SLF4J, which would complain that nobody listens.
      System.setProperty("slf4j.internal.verbosity", "ERROR");
    }
    try {
      return ai.djl.engine.Engine.getEngine(ENGINE);
    } catch (LinkageError | RuntimeException e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      throw new EngineException(
          "djl cannot load "
              + ENGINE
              + " on "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + ": "
              + Failures.line(cause)
              + "; the guide's section on platforms says how to build dsa.jar for another",
          false,
          e);
    }
  }
}
