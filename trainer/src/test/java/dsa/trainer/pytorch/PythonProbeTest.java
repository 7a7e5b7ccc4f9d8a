package dsa.trainer.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.testing.PythonWithTorch;
import dsa.trainer.engine.DeviceKind;
import dsa.trainer.engine.Engine.Availability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Of a Python that cannot train the user must learn what is missing, not that nothing works. */
final class PythonProbeTest {

  @TempDir Path folder;

  private Map<DeviceKind, Availability> of(String shell) throws IOException {
    Path python = folder.resolve("python");
    Files.writeString(python, "#!/bin/sh\n" + shell + "\n");
    assertTrue(python.toFile().setExecutable(true));
    return PythonProbe.of(python.toString());
  }

  @Test
  void anInterpreterThatIsNotThereIsNamed() throws IOException {
    Map<DeviceKind, Availability> found = PythonProbe.of("no-such-python");
    assertEquals(Set.of(DeviceKind.values()), found.keySet());
    assertEquals(
        new Availability(
            false,
            "there is no interpreter no-such-python here; name that of an environment with torch"),
        found.get(DeviceKind.CUDA));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whatAnInterpreterDiedOfIsTold() throws IOException {
    Map<DeviceKind, Availability> found = of("echo hello; echo 'cannot load libc10' >&2; exit 3");
    String detail = found.get(DeviceKind.CPU).detail();
    assertTrue(detail.endsWith("ended with exit code 3: cannot load libc10"), detail);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void theReasonThatTorchIsMissingStandsForEveryDevice() throws IOException {
    Map<DeviceKind, Availability> found =
        of("echo '{\"device\":\"cpu\",\"usable\":false,\"detail\":\"no torch\"}'");
    for (DeviceKind kind : DeviceKind.values()) {
      assertEquals(new Availability(false, "no torch"), found.get(kind));
    }
  }

  @Test
  void aPythonWithTorchTrainsOnTheProcessor() throws IOException {
    Availability cpu = PythonProbe.of(PythonWithTorch.orSkip()).get(DeviceKind.CPU);
    assertTrue(cpu.usable(), cpu.detail());
    assertTrue(cpu.detail().startsWith("pytorch "), cpu.detail());
    assertFalse(cpu.detail().contains("\n"), cpu.detail());
  }
}
