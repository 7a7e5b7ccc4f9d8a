package dsa.trainer.process;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dsa.trainer.Engines;
import dsa.trainer.engine.DeviceKind;
import dsa.trainer.engine.Engine;
import dsa.trainer.engine.Engine.Availability;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Loads one engine and says whether it works: a process of its own, for it may die of it. */
public final class EngineProbeMain {

  private EngineProbeMain() {}

  /** Arguments: the engine's name and the device. */
  public static void main(String[] arguments) {
    DeviceKind device = DeviceKind.valueOf(arguments[1].toUpperCase(Locale.ROOT));
    Engine engine =
        Engines.all().stream().filter(e -> e.name().equals(arguments[0])).findAny().orElseThrow();
    Availability found = engine.availability(device);
    try (PrintWriter out =
        new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)) {
      out.println(
          JsonNodeFactory.instance
              .objectNode()
              .put("usable", found.usable())
              .put("detail", found.detail()));
    }
  }
}
