package dsa.core.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reference populations and golden values that may not be committed. A test that needs one is
 * skipped, with the reason, where the folder given by the system property {@code dsa.shared} does
 * not hold it.
 */
public final class Shared {

  private Shared() {}

  /**
   * The file at {@code relative} in the shared folder; ends the test as skipped if it is not there.
   */
  public static Path file(String relative) {
    Path path = Path.of(System.getProperty("dsa.shared", "../../shared")).resolve(relative);
    assumeTrue(
        Files.isReadable(path),
        () -> "skipped: reference file " + relative + " is not in the folder of -Ddsa.shared");
    return path.normalize();
  }
}
