package dsa.cli.console;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A file shown by the program that the desktop has for it. */
public final class OpenedFile {

  private OpenedFile() {}

  /** Opens a page; where that cannot be done, says where it is, which is no failure. */
  public static void inBrowser(Path page, Console console) {
    String uri = page.toAbsolutePath().toUri().toString();
    try {
      Process opener =
          new ProcessBuilder(opener(System.getProperty("os.name"), uri))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      opener.getOutputStream().close();
    } catch (IOException e) {
      console.err().println("no browser can be started here; open " + uri);
    }
  }

  /** The command that opens {@code uri} on a system. */
  static List<String> opener(String system, String uri) {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.contains("mac")) {
      return List.of("open", uri);
    }
    return name.contains("windows")
        ? List.of("rundll32", "url.dll,FileProtocolHandler", uri)
        : List.of("xdg-open", uri);
  }
}
