package dsa.figures.render;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.analysis.edf.Edf;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.random.SeedPath;
import dsa.figures.Axis;
import dsa.figures.Band;
import dsa.figures.EdfFigure;
import dsa.figures.Figure;
import dsa.figures.HistogramFigure;
import dsa.figures.Line;
import dsa.figures.ModelCloud;
import dsa.figures.Points;
import dsa.figures.RandomSearchFigure;
import dsa.figures.SampleSizeFigure;
import dsa.figures.ScatterFigure;
import dsa.figures.StepLine;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A figure that a viewer or LaTeX cannot open is found out the night before the deadline. */
final class FigureWriterTest {

  private static final Optional<ComplexityMeasure> PARAMS = Optional.of(ComplexityMeasure.PARAMS);

  @TempDir Path folder;

  static Stream<Map.Entry<String, Figure>> figures() {
    double[] errors =
        IntStream.range(0, 500).mapToDouble(i -> 5 + (i * 37 % 500) / 100.0).toArray();
    double[] params = IntStream.range(0, 500).mapToDouble(i -> 1000.0 * (i + 20)).toArray();
    double[] budgets = {1, 2, 4, 8, 16};
    double[] best = {8, 7, 6.5, 6.2, 6.1};
    double[] low = {6, 6, 6, 6, 6};
    double[] high = {10, 9, 8, 7, 7};
    List<ModelCloud> clouds =
        List.of(
            ModelCloud.of("a_1 50% #", params, errors),
            ModelCloud.of("b", Arrays.stream(params).map(p -> p / 2).toArray(), errors));
    Map<String, Figure> all = new LinkedHashMap<>();
    all.put(
        "edf",
        EdfFigure.of(
            PARAMS,
            List.of(
                EdfFigure.line("a_1 50% #", Edf.of(errors)),
                Band.stepwise(
                    "a_1 50% #", new double[] {5, 7, 9}, new double[3], new double[] {0.5, 0.8, 1}),
                EdfFigure.line("b", Edf.of(new double[] {6, 6, 8})))));
    all.put("one-value", EdfFigure.of(PARAMS, List.of(EdfFigure.line("a", Edf.of(new double[1])))));
    all.put("scatter", ScatterFigure.of(clouds, ComplexityMeasure.PARAMS, SeedPath.root(1)));
    all.put("histogram", HistogramFigure.of(clouds, ComplexityMeasure.PARAMS));
    all.put(
        "search",
        RandomSearchFigure.of(
            PARAMS, List.of(Line.of("a", budgets, best), Band.linear("a", budgets, low, high))));
    all.put("samples", SampleSizeFigure.of(List.of(Line.of("a", budgets, best))).titled("n < 20"));
    all.put(
        "decades",
        new Figure(
            "",
            new Axis("lr", dsa.figures.Scale.LOG10, 1e-4, 1),
            Axis.linear("", -1e-7, 1e-7),
            List.of(Points.of("a", new double[] {1e-3, 0.1}, new double[] {-1e-8, 1e-8}))));
    return all.entrySet().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("figures")
  void everyKindOfFigureIsAWellFormedFileInEveryFormat(Map.Entry<String, Figure> entry)
      throws Exception {
    List<Path> written =
        FigureWriter.to(folder).write(entry.getKey(), entry.getValue(), Format.values());
    assertEquals(7, written.size());
    byte[][] files = new byte[written.size()][];
    for (int i = 0; i < files.length; i++) {
      files[i] = Files.readAllBytes(written.get(i));
    }
    assertTrue(text(files[0]).startsWith("series,kind,x,y,low,high,name\n1,"), "csv");
    checkPng(files[1]);
    checkSvg(files[2], entry.getValue());
    checkPdf(files[3], entry.getValue());
    assertAllAreOfOneSize(files);
    assertTrue(
        text(files[4]).startsWith("%!PS-Adobe-3.0 EPSF") && text(files[4]).contains("%%EOF"));
    assertTrue(text(files[4]).lines().anyMatch(line -> line.startsWith("%%BoundingBox: 0 0 ")));
    String tex = text(files[5]);
    assertTrue(tex.contains("{\\dsafolder " + entry.getKey() + ".csv}"), tex);
    assertBalanced(tex);
    assertTrue(text(files[6]).contains("\\begin{document}\n" + tex + "\\end{document}"));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  private static void checkPng(byte[] png) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    assertEquals(1200, image.getWidth());
    assertTrue(image.getHeight() >= 870, "higher if the legend is below");
    int[] pixels = image.getRGB(0, 0, 1200, image.getHeight(), null, 0, 1200);
    assertEquals(0xffffffff, pixels[0], "a white background");
    assertTrue(Arrays.stream(pixels).anyMatch(rgb -> rgb == 0xff000000), "labels are black");
    int first = 0xff000000 | Look.of(0).rgb();
    assertTrue(Arrays.stream(pixels).anyMatch(rgb -> rgb == first), "the first colour is there");
  }

  private static void checkSvg(byte[] svg, Figure figure) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    Document document =
        factory.newDocumentBuilder().parse(new InputSource(new ByteArrayInputStream(svg)));
    assertEquals("svg", document.getDocumentElement().getTagName());
    assertTrue(document.getDocumentElement().getAttribute("viewBox").startsWith("0 0 400 "));
    assertTrue(document.getElementsByTagName("path").getLength() > 5);
    NodeList texts = document.getElementsByTagName("text");
    Set<String> words = new HashSet<>();
    for (int i = 0; i < texts.getLength(); i++) {
      words.add(texts.item(i).getTextContent());
    }
    assertTrue(words.contains(figure.x().label()), words.toString());
    assertTrue(words.contains(figure.legend(figure.names().get(0))), words.toString());
  }

  /** Fonts are embedded, and the text can be searched and copied. */
  private static void checkPdf(byte[] pdf, Figure figure) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      assertEquals(1, document.getNumberOfPages());
      PDResources resources = document.getPage(0).getResources();
      int fonts = 0;
      for (COSName name : resources.getFontNames()) {
        assertTrue(resources.getFont(name).isEmbedded(), name.getName());
        fonts++;
      }
      assertEquals(1, fonts);
      String text = new PDFTextStripper().getText(document);
      assertTrue(text.contains(figure.x().label()), text);
      assertTrue(text.contains(figure.legend(figure.names().get(0))), text);
    }
  }

  /** In points: a picture that is placed at its own size is as large in every format. */
  private static void assertAllAreOfOneSize(byte[][] files) throws Exception {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(files[1]));
    int perMeter = ByteBuffer.wrap(files[1], 41, 4).getInt(); // after signature, IHDR, pHYs
    double width = image.getWidth() / (perMeter * 0.0254) * 72;
    double height = image.getHeight() / (perMeter * 0.0254) * 72;
    assertEquals(240, width, 0.01, "a column of a paper");
    Matcher svg =
        Pattern.compile("width=\"([0-9.]+)pt\" height=\"([0-9.]+)pt\"").matcher(text(files[2]));
    assertTrue(svg.find());
    assertEquals(width, Double.parseDouble(svg.group(1)), 0.01);
    assertEquals(height, Double.parseDouble(svg.group(2)), 0.01);
    try (PDDocument document = Loader.loadPDF(files[3])) {
      assertEquals(width, document.getPage(0).getMediaBox().getWidth(), 0.01);
      assertEquals(height, document.getPage(0).getMediaBox().getHeight(), 0.01);
    }
    Matcher eps =
        Pattern.compile("%%HiResBoundingBox: 0 0 ([0-9.]+) ([0-9.]+)").matcher(text(files[4]));
    assertTrue(eps.find());
    assertEquals(width, Double.parseDouble(eps.group(1)), 0.01);
    assertEquals(height, Double.parseDouble(eps.group(2)), 0.01);
  }

  @Test
  void namesThatTheFontLacksAreDrawnAllTheSame() throws IOException {
    Figure figure =
        EdfFigure.of(PARAMS, List.of(EdfFigure.line("\u6df1\u5ea6", Edf.of(new double[] {5, 6}))));
    List<Path> written = FigureWriter.to(folder).write("f", figure, Format.values());
    try (PDDocument document = Loader.loadPDF(written.get(3).toFile())) {
      assertEquals(1, document.getNumberOfPages());
    }
    assertTrue(Files.readString(written.get(2)).contains("\u6df1\u5ea6"));
  }

  private static void assertBalanced(String tex) {
    int depth = 0;
    for (int i = 0; i < tex.length(); i++) {
      if (tex.charAt(i) == '{' && tex.charAt(i - 1) != '\\') {
        depth++;
      } else if (tex.charAt(i) == '}' && tex.charAt(i - 1) != '\\') {
        depth--;
      }
    }
    assertEquals(0, depth, "braces");
  }

  @Test
  void theCsvHoldsTheNumbersOfTheFigureToTheLastDigit() throws IOException {
    double third = 1.0 / 3;
    Figure figure =
        EdfFigure.of(
            PARAMS,
            List.of(
                StepLine.of("a,b", new double[] {5, 6}, new double[] {third, 1}),
                Band.linear("a,b", new double[] {5}, new double[] {0}, new double[] {0.1 + 0.2})));
    Path csv = FigureWriter.to(folder).write("edf", figure).get(0);
    assertEquals(
        """
        series,kind,x,y,low,high,name
        1,step,5.0,0.3333333333333333,,,"a,b"
        1,step,6.0,1.0,,,"a,b"
        2,band,5.0,,0.0,0.30000000000000004,"a,b"
        """,
        Files.readString(csv));
  }

  @Test
  void textFilesAreTheSameInEveryLocaleAndEveryFileInEveryRun() throws IOException {
    Figure figure = figures().iterator().next().getValue();
    List<Path> first = FigureWriter.to(folder.resolve("1")).write("f", figure, Format.values());
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertEquals("٣", "%d".formatted(3), "this locale has other digits");
      List<Path> second = FigureWriter.to(folder.resolve("2")).write("f", figure, Format.values());
      for (int i = 0; i < first.size(); i++) {
        assertArrayEquals(
            Files.readAllBytes(first.get(i)),
            Files.readAllBytes(second.get(i)),
            first.get(i).toString());
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void aFigureThatCannotBeDrawnLeavesNoFile() throws IOException {
    Figure elsewhere =
        EdfFigure.of(PARAMS, List.of(EdfFigure.line("a", Edf.of(new double[] {5, 6}))))
            .range(50, 60);
    Figure below = elsewhere.range(1, 2);
    FigureWriter writer = FigureWriter.to(folder);
    assertThrows(IllegalArgumentException.class, () -> writer.write("f", below, Format.PNG));
    assertThrows(IllegalArgumentException.class, () -> writer.write("../f", elsewhere));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void aLegendThatWouldHideCurvesGoesBelowThem() throws IOException {
    double[] errors = {5, 6, 7, 8, 9};
    List<StepLine> lines =
        IntStream.range(0, 9)
            .mapToObj(
                i ->
                    EdfFigure.line(
                        "space " + i, Edf.of(Arrays.stream(errors).map(e -> e + i).toArray())))
            .toList();
    assertEquals(Optional.of(Corner.BOTTOM_RIGHT), corner(lines.subList(0, 1)));
    assertEquals(Optional.empty(), corner(lines));
    byte[] png =
        Files.readAllBytes(
            FigureWriter.to(folder).write("f", EdfFigure.of(PARAMS, lines), Format.PNG).get(1));
    assertEquals(870, ImageIO.read(new ByteArrayInputStream(png)).getHeight(), "as without it");
  }

  private static Optional<Corner> corner(List<StepLine> lines) {
    return Corner.free(EdfFigure.of(PARAMS, lines), lines.size(), 0.5);
  }

  @Test
  void manyStepsAreDrawnAsFewThatLookTheSame() {
    double[] x = IntStream.range(0, 100_000).mapToDouble(i -> i).toArray();
    double[] y = Arrays.stream(x).map(v -> (v + 1) / x.length).toArray();
    Figure figure = EdfFigure.of(PARAMS, List.of(StepLine.of("a", x, y))).range(0, 99_999);
    Outline outline = Outline.of(figure, figure.series().get(0));
    assertTrue(outline.size() < 2100, "points: " + outline.size());
    for (int i = 0; i < outline.size(); i++) {
      assertEquals(outline.x()[i], outline.y()[i], 0.0011);
    }
    assertEquals(1, outline.y()[outline.size() - 1]);
  }

  @Test
  void looksDifferInGreyByDashOrMark() {
    for (int i = 0; i < 8; i++) {
      for (int j = 0; j < i; j++) {
        Look one = Look.of(i);
        Look other = Look.of(j);
        assertFalse(one.dash().equals(other.dash()), one + " and " + other);
      }
    }
  }

  @Test
  void noTwoOfManyLinesOrCloudsLookTheSame() {
    assertEquals(56, IntStream.range(0, 56).mapToObj(Look::of).distinct().count());
    assertEquals(
        28,
        IntStream.range(0, 56)
            .mapToObj(i -> List.of(Look.of(i).rgb(), Look.of(i).mark()))
            .distinct()
            .count());
  }
}
