package dsa.trainer.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Data fetched to one place and looked for in another is fetched again, 184 MB each time. */
final class DataFolderTest {

  private static final Path HOME = Path.of("/home/ada");

  private static Path folder(Map<String, String> environment, String os) {
    return DataFolder.of(Optional.empty(), environment, os, HOME);
  }

  @Test
  void whatIsGivenGoesBeforeTheVariableAndThatBeforeTheUsualPlace() {
    Map<String, String> environment = Map.of("DSA_DATA", "/data", "XDG_DATA_HOME", "/share");
    assertEquals(
        Path.of("given"), DataFolder.of(Optional.of(Path.of("given")), environment, "Linux", HOME));
    assertEquals(Path.of("/data"), folder(environment, "Linux"));
    assertEquals(Path.of("/data"), folder(environment, "Windows 11"));
    assertEquals(
        Path.of("/share/dsa/cifar-10"), folder(Map.of("XDG_DATA_HOME", "/share"), "Linux"));
  }

  @Test
  void blankAndRelativeVariablesDoNotCount() {
    Path usual = HOME.resolve(".local/share/dsa/cifar-10");
    assertEquals(usual, folder(Map.of(), "Linux"));
    assertEquals(usual, folder(Map.of("DSA_DATA", " ", "XDG_DATA_HOME", ""), "Linux"));
    assertEquals(usual, folder(Map.of("XDG_DATA_HOME", "share"), "FreeBSD"));
  }

  @Test
  void otherSystemsHaveOtherPlaces() {
    assertEquals(
        HOME.resolve("Library/Application Support/dsa/cifar-10"), folder(Map.of(), "Mac OS X"));
    assertEquals(
        HOME.resolve("AppData/Local/dsa/cifar-10"), folder(Map.of(), "Windows Server 2022"));
    assertEquals(
        Path.of("/local/dsa/cifar-10"), folder(Map.of("LOCALAPPDATA", "/local"), "Windows 10"));
  }
}
