package dsa.figures.render;

import dsa.core.io.AtomicFile;
import dsa.figures.Figure;
import dsa.figures.table.CsvTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes figures into a folder, each as {@code name.csv} with all digits of its data and as {@code
 * name} plus the ending of every format asked for.
 *
 * <p>The CSV has one row for each point, step or bar: {@code series} (number from 1), {@code kind},
 * {@code x}, {@code y}, {@code low}, {@code high}, {@code name}; cells that a kind lacks are empty.
 * For bars x is the middle and low and high are the edges of the bin; for bands low and high are
 * the edges of the band.
 */
public final class FigureWriter {

  private final Path folder;
  private final Appearance appearance;

  private FigureWriter(Path folder, Appearance appearance) {
    this.folder = folder;
    this.appearance = appearance;
  }

  /**
   * Begins to load what drawing needs, in the background: the font and what draws take longer to
   * load than a figure to draw. Worth calling before the work that a figure waits for.
   */
  public static void warmUp() {
    Thread thread = new Thread(FigurePainter::warmUp, "figures warm-up");
    thread.setDaemon(true);
    thread.start();
  }

  /** A writer into {@code folder}, which need not exist yet. */
  public static FigureWriter to(Path folder) {
    return new FigureWriter(folder, Appearance.ofPapers());
  }

  /** A writer of figures that look otherwise. */
  public FigureWriter with(Appearance look) {
    return new FigureWriter(folder, look);
  }

  /**
   * Writes the CSV and the {@code formats}. The same figure gives the same bytes; only the pixels
   * of a PNG may differ between versions of Java. If drawing fails, nothing is written.
   *
   * @param name the files' name without ending; no folders
   * @param plain the figure before its appearance is applied
   * @return the files written, the CSV first
   */
  public List<Path> write(String name, Figure plain, Format... formats) throws IOException {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new IllegalArgumentException(
          "figure name '" + name + "' is not made of letters, digits, '.', '_' and '-'");
    }
    Appearance look = appearance.of(name);
    Figure figure = look.applied(plain);
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(name + ".csv", utf8(CsvTable.of(FigureData.of(figure))));
    for (Format format : formats) {
      files.put(name + format.ending(), content(format, name, figure, look));
    }
    List<Path> written = new ArrayList<>();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      AtomicFile.write(path, out -> out.write(file.getValue()));
      written.add(path);
    }
    return written;
  }

  private static byte[] content(Format format, String name, Figure figure, Appearance look)
      throws IOException {
    return switch (format) {
      case PNG -> FigurePainter.png(figure, look);
      case SVG -> FigurePainter.svg(figure, look);
      case PDF -> FigurePainter.pdf(figure, look);
      case EPS -> FigurePainter.eps(figure, look);
      case LATEX -> utf8(Pgfplots.picture(figure, look, name + ".csv"));
      case LATEX_STANDALONE -> utf8(Pgfplots.document(figure, look, name + ".csv"));
    };
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
