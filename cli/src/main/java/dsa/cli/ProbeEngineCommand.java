package dsa.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dsa.trainer.Engines;
import dsa.trainer.engine.DeviceKind;
import dsa.trainer.engine.Engine;
import dsa.trainer.engine.Engine.Availability;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Loads one engine and says whether it works: a process of its own, for it may die of it. */
@Command(
    name = "probe-engine",
    hidden = true,
    description = "Say whether an engine works on a device; used by doctor.",
    mixinStandardHelpOptions = true)
final class ProbeEngineCommand implements Callable<Integer> {

  @ParentCommand private Dsa dsa;
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "ENGINE", description = "Its name.")
  private String name;

  @Parameters(index = "1", paramLabel = "DEVICE", description = "cpu or cuda.")
  private DeviceKind device;

  @Override
  public Integer call() {
    Engine engine =
        Engines.all().stream().filter(e -> e.name().equals(name)).findAny().orElse(null);
    Require.that(engine != null, spec, "no engine is called " + name);
    Availability found = engine.availability(device);
    dsa.console()
        .out()
        .println(
            JsonNodeFactory.instance
                .objectNode()
                .put("usable", found.usable())
                .put("detail", found.detail()));
    return ExitCode.OK;
  }
}
