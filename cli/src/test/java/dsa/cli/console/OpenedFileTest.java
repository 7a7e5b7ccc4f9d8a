package dsa.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A report that opens in a text editor, or a command that another system lacks, helps nobody. */
final class OpenedFileTest {

  @Test
  void everySystemHasItsOpener() {
    assertEquals(List.of("xdg-open", "file:///r"), OpenedFile.opener("Linux", "file:///r"));
    assertEquals(List.of("open", "file:///r"), OpenedFile.opener("Mac OS X", "file:///r"));
    assertEquals("rundll32", OpenedFile.opener("Windows 11", "file:///r").get(0));
  }
}
