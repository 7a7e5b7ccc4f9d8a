package dsa.figures.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.io.MalformedFileException;
import dsa.figures.Axis;
import dsa.figures.Band;
import dsa.figures.Figure;
import dsa.figures.Line;
import dsa.figures.Points;
import dsa.figures.Scale;
import dsa.figures.StepLine;
import dsa.figures.render.Appearance.AxisLook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A figure that must be edited by hand before it fits into a paper is drawn again by hand after
 * every change of the data; and one that is edited in one format differs in the others.
 */
final class AppearanceTest {

  private static final double[] X = {5, 6, 7};

  private static final Figure FIGURE =
      new Figure(
          "",
          Axis.linear("error (%)", 5, 7),
          Axis.linear("cumulative prob.", 0, 1),
          List.of(
              StepLine.of("a", X, new double[] {0.2, 0.6, 1}).noted("3|5.0|6.0"),
              Band.stepwise("a", X, new double[] {0.1, 0.5, 0.9}, new double[] {0.3, 0.7, 1}),
              Line.of("b - a", X, new double[] {0.1, 0.5, 1}),
              Points.of("b", X, X)));

  @TempDir Path folder;

  @Test
  void sizeAndTextAreTheSameInAllFormats() throws IOException {
    Appearance look = Appearance.ofPapers().withWidth(340).withHeight(150).withText(9);
    FigureWriter.to(folder)
        .with(look)
        .write("f", FIGURE, Format.PNG, Format.SVG, Format.PDF, Format.EPS, Format.LATEX);
    String svg = Files.readString(folder.resolve("f.svg"));
    assertTrue(svg.contains("width=\"340pt\" height=\"150pt\""), svg.substring(0, 200));
    try (PDDocument pdf = Loader.loadPDF(folder.resolve("f.pdf").toFile())) {
      assertEquals(340, pdf.getPage(0).getMediaBox().getWidth(), 0.01);
      assertEquals(150, pdf.getPage(0).getMediaBox().getHeight(), 0.01);
    }
    assertEquals(1700, ImageIO.read(folder.resolve("f.png").toFile()).getWidth());
    assertTrue(Files.readString(folder.resolve("f.eps")).contains("BoundingBox: 0 0 340 150"));
    String tex = Files.readString(folder.resolve("f.tex"));
    assertTrue(tex.contains("width=340.0bp, height=150.0bp"), tex);
    assertTrue(tex.contains("fontsize{9.0bp}"), tex);
  }

  @Test
  void coloursAreTheSameInAllFormats() throws IOException {
    FigureWriter.to(folder)
        .with(Appearance.ofPapers().withPalette(List.of("#123456", "#654321")))
        .write("f", FIGURE, Format.SVG, Format.LATEX);
    assertTrue(Files.readString(folder.resolve("f.svg")).contains("#123456"));
    assertTrue(Files.readString(folder.resolve("f.tex")).contains("{RGB}{18,52,86}"));
  }

  @Test
  void namesOrderAndBandsChangeThePictureAndItsNumbersAlike() throws IOException {
    Figure changed =
        Appearance.ofPapers()
            .withLabels(Map.of("a", "Alpha", "b", "Beta"))
            .withOrder(List.of("b"))
            .withBands(false)
            .applied(FIGURE);
    assertEquals(List.of("Beta", "Alpha", "Beta - Alpha"), changed.names());
    assertEquals(3, changed.series().size());
    assertEquals("[3|5.0|6.0] Alpha", changed.legend("Alpha"));
    FigureWriter.to(folder)
        .with(Appearance.ofPapers().withLabels(Map.of("a", "Alpha")))
        .write("f", FIGURE);
    assertTrue(Files.readString(folder.resolve("f.csv")).contains("Alpha"));
  }

  @Test
  void axesTakeLimitsScalesAndLabels() {
    AxisLook look =
        new AxisLook(
            OptionalDouble.of(0.5), OptionalDouble.of(9), Optional.of(true), Optional.of("err."));
    Axis x = Appearance.ofPapers().withX(look).applied(FIGURE).x();
    assertEquals(new Axis("err.", Scale.LOG10, 0.5, 9), x);
    assertEquals(List.of(0.5, 1.0, 2.0, 5.0), x.ticks(8));
    AxisLook log =
        new AxisLook(
            OptionalDouble.empty(), OptionalDouble.empty(), Optional.of(true), Optional.empty());
    assertThrows(
        IllegalArgumentException.class,
        () -> Appearance.ofPapers().withY(log).applied(FIGURE),
        "probabilities begin at 0");
  }

  @Test
  void twoNamesDoNotBecomeOne() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Appearance.ofPapers().withLabels(Map.of("a", "b")).applied(FIGURE));
  }

  @Test
  void aFileSaysItForAllFiguresAndForSingleOnes() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("look.yaml"),
            """
            format: dsa.appearance/1
            width: 8.4cm
            palette: [\"#000000\", \"#ff0000\"]
            labels: {a: Alpha}
            figures:
              edf:
                x: {low: 5.5, high: 6.5, label: error}
                bands: false
            """);
    Appearance look = AppearanceFile.read(file);
    assertEquals(238.11, look.width(), 0.01);
    assertEquals(0xff0000, look.look(FIGURE, 1).rgb());
    assertEquals(4, look.of("random-search").applied(FIGURE).series().size());
    Figure edf = look.of("edf").applied(FIGURE);
    assertEquals(3, edf.series().size());
    assertEquals(5.5, edf.x().low());
    assertEquals("error", edf.x().label());
    assertEquals("Alpha", edf.names().get(0), "what is said of all holds for single ones");
  }

  @ParameterizedTest
  @CsvSource({
    "'width: wide', 2, 'no length'",
    "'width: 1cm', 2, 'outside'",
    "'colour: red', 2, 'is none of'",
    "'palette: [red]', 2, 'no colour'",
    "'bands: maybe', 2, 'true or false'",
    "'x: {low: a}', 2, 'a number'",
    "'x: {from: 1}', 2, 'none of low'",
    "'labels: a', 2, 'keys with values'",
  })
  void aMistakeIsSaidWithItsLine(String line, int at, String what) throws IOException {
    Path file = folder.resolve("look.yaml");
    Files.writeString(file, "format: dsa.appearance/1\n" + line + "\n");
    MalformedFileException fault =
        assertThrows(MalformedFileException.class, () -> AppearanceFile.read(file));
    assertTrue(fault.getMessage().startsWith(file + ":" + at + ": "), fault.getMessage());
    assertTrue(fault.getMessage().contains(what), fault.getMessage());
  }
}
