package dsa.cli.compare;

import dsa.cli.console.Console;
import dsa.figures.Figure;
import dsa.figures.render.FigureWriter;
import dsa.figures.render.Format;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where figures go and as what; shared by the commands that draw. */
public final class FigureOptions {

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Also write figures, with their data, into this folder; see Writes below.")
  private Optional<Path> folder = Optional.empty();

  @Option(
      names = "--figures",
      paramLabel = "KIND",
      split = ",",
      defaultValue = "png,svg,pdf,latex",
      description =
          "Kinds of figure files for -o: png, svg, pdf, eps, latex, latex_standalone. Default: ${DEFAULT-VALUE}.")
  private List<Format> formats;

  /** The folder, if there is something to write. */
  public Optional<Path> folder() {
    return folder;
  }

  /** Writes one figure into the folder; does nothing without one. */
  public void write(String name, Figure figure) throws IOException {
    if (folder.isPresent()) {
      FigureWriter.to(folder.get()).write(name, figure, formats.toArray(Format[]::new));
    }
  }

  /** Says what was written, if anything was. */
  public void tell(Console console) {
    folder.ifPresent(path -> console.err().println("written: " + path));
  }
}
