package dsa.figures.render;

import de.erichseifert.vectorgraphics2d.Processor;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.eps.EPSProcessor;
import de.erichseifert.vectorgraphics2d.intermediate.CommandSequence;
import de.erichseifert.vectorgraphics2d.intermediate.commands.Command;
import de.erichseifert.vectorgraphics2d.intermediate.commands.SetFontCommand;
import de.erichseifert.vectorgraphics2d.pdf.PDFProcessor;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import dsa.figures.Axis;
import dsa.figures.Band;
import dsa.figures.Figure;
import dsa.figures.Histogram;
import dsa.figures.Line;
import dsa.figures.Points;
import dsa.figures.Series;
import dsa.figures.StepLine;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A figure drawn by XChart. Its faults are worked around here (decision 0008): it draws lines
 * segment by segment, so that dashes never show on short steps, except with {@code setSmooth},
 * which makes one path whose curves are straight along right angles; it leaves out ticks at the
 * very ends of an axis, so axes are drawn a trifle longer; it takes values that happen to be
 * equally spaced for the wanted ticks, which unequal extra lengths rule out; its PDF encoder writes
 * corrupt files, so VectorGraphics2D makes all vector formats.
 */
final class ChartInk {

  private static final int WIDTH = 400; // points; text prints at 8 points in a column of 3.3 inches
  private static final int HEIGHT = 290;
  private static final int PIXELS_PER_POINT = 3;
  private static final int LEGEND_LINE = 16;
  private static final int LEGEND_CHARACTERS = 25; // as many fit into one line
  private static final float STROKE = 1.6f;
  private static final double BAND_OPACITY = 0.2;
  private static final double BAR_OPACITY = 0.25;
  private static final double POINT_OPACITY = 0.4;

  private static final Color AXIS = new Color(0x404040);

  private final Figure figure;
  private final boolean translucent;
  private final AxisInk x;
  private final AxisInk y;
  private final Optional<Corner> corner;
  private final XYChart chart;

  private ChartInk(Figure figure, boolean translucent) {
    this.figure = figure;
    this.translucent = translucent;
    this.x = new AxisInk(figure.x());
    this.y = new AxisInk(figure.y());
    int legendLines = 0;
    for (String name : figure.names()) {
      legendLines += label(name).contains("\n") ? 2 : 1;
    }
    this.corner = Corner.free(figure, legendLines);
    int height = corner.isPresent() ? HEIGHT : HEIGHT + 10 + LEGEND_LINE * legendLines;
    this.chart =
        new XYChartBuilder()
            .title(figure.title())
            .xAxisTitle(figure.x().label())
            .yAxisTitle(figure.y().label())
            .width(WIDTH)
            .height(height)
            .build();
    style();
    figure.series().forEach(this::fill);
    figure.series().forEach(this::draw);
    if (chart.getSeriesCollection().isEmpty()) {
      throw new IllegalArgumentException(
          "no model lies within the axes of the figure; widen their ranges");
    }
  }

  static byte[] png(Figure figure) throws IOException {
    return Png.encode(pixels(figure, PIXELS_PER_POINT), PIXELS_PER_POINT);
  }

  /** Draws a figure of no meaning with all that the others have. */
  static void warmUp() {
    double[] ends = {1, 2};
    StepLine steps = StepLine.of("steps", ends, ends);
    Band band = Band.stepwise("steps", ends, ends, ends);
    Axis axis = Axis.linear("axis", 0, 3);
    pixels(new Figure("", axis, axis, List.of(steps, band)), 1);
  }

  private static BufferedImage pixels(Figure figure, int perPoint) {
    XYChart chart = new ChartInk(figure, true).chart;
    BufferedImage image =
        new BufferedImage(
            chart.getWidth() * perPoint, chart.getHeight() * perPoint, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(perPoint, perPoint);
    chart.paint(graphics, chart.getWidth(), chart.getHeight());
    graphics.dispose();
    return image;
  }

  static byte[] svg(Figure figure) throws IOException {
    return rounded(vector(figure, true, new SVGProcessor()));
  }

  /** Coordinates cut to thousandths of a point: less than half the size. */
  private static byte[] rounded(byte[] source) {
    return new String(source, StandardCharsets.UTF_8)
        .replaceAll("(\\.[0-9]{3})[0-9]+", "$1")
        .getBytes(StandardCharsets.UTF_8);
  }

  static byte[] pdf(Figure figure) throws IOException {
    return vector(figure, true, new PDFProcessor());
  }

  static byte[] eps(Figure figure) throws IOException {
    return rounded(vector(figure, false, new EPSProcessor()));
  }

  /**
   * One document at a time, under the root locale: the library formats numbers with one shared
   * formatter, and names PDF resources with the digits of the default locale, which it then cannot
   * encode.
   */
  private static synchronized byte[] vector(Figure figure, boolean translucent, Processor processor)
      throws IOException {
    XYChart chart = new ChartInk(figure, translucent).chart;
    VectorGraphics2D graphics = new VectorGraphics2D();
    chart.paint(graphics, chart.getWidth(), chart.getHeight());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    PageSize page = new PageSize(0.0, 0.0, chart.getWidth(), chart.getHeight());
    Locale before = Locale.getDefault(Locale.Category.FORMAT);
    try {
      Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
      processor.getDocument(withoutFonts(graphics.getCommands()), page).writeTo(bytes);
    } finally {
      Locale.setDefault(Locale.Category.FORMAT, before);
    }
    return bytes.toByteArray();
  }

  private void style() {
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    XYStyler styler = chart.getStyler();
    styler
        .setBaseFont(font)
        .setChartBackgroundColor(Color.WHITE)
        .setChartPadding(12)
        .setChartTitleVisible(!figure.title().isBlank())
        .setChartTitleFont(font)
        .setPlotBackgroundColor(Color.WHITE)
        .setPlotBorderVisible(false)
        .setPlotContentSize(1)
        .setLegendFont(font.deriveFont(12f))
        .setLegendPosition(legendPosition())
        .setLegendPadding(5)
        .setLegendSeriesLineLength(26)
        .setLegendBackgroundColor(translucent ? new Color(255, 255, 255, 215) : Color.WHITE)
        .setLegendBorderColor(new Color(255, 255, 255, 0))
        .setLocale(Locale.ROOT);
    styler
        .setAxisTitleFont(font.deriveFont(14f))
        .setAxisTickLabelsFont(font.deriveFont(12f))
        .setAxisTickMarksColor(AXIS)
        .setAxisTickMarksStroke(new BasicStroke(0.8f))
        .setAxisTickLabelsColor(Color.BLACK)
        .setAxisTickMarkLength(4)
        .setAxisTickPadding(4)
        .setAxisTitlePadding(6)
        .setPlotMargin(1)
        .setPlotGridLinesVisible(false)
        .setYAxisLabelAlignment(TextAlignment.Right)
        .setXAxisTickMarkSpacingHint(x.tickSpacing(50, WIDTH))
        .setYAxisTickMarkSpacingHint(y.tickSpacing(36, HEIGHT))
        .setXAxisMin(x.low())
        .setXAxisMax(x.high())
        .setYAxisMin(y.low())
        .setYAxisMax(y.high());
    chart.setCustomXAxisTickLabelsFormatter(x.labels());
    chart.setCustomYAxisTickLabelsFormatter(y.labels());
  }

  private LegendPosition legendPosition() {
    if (corner.isEmpty()) {
      return LegendPosition.OutsideS;
    }
    return switch (corner.get()) {
      case TOP_RIGHT -> LegendPosition.InsideNE;
      case BOTTOM_RIGHT -> LegendPosition.InsideSE;
      case TOP_LEFT -> LegendPosition.InsideNW;
      case BOTTOM_LEFT -> LegendPosition.InsideSW;
    };
  }

  /** The legend's text for a name, in two lines if it is long. */
  private String label(String name) {
    String text = figure.legend(name);
    return text.length() > LEGEND_CHARACTERS ? text.replace("] " + name, "]\n" + name) : text;
  }

  /** Draws the areas, below everything else: where there is no transparency they would hide it. */
  private void fill(Series series) {
    Outline outline = Outline.of(figure, series);
    if (outline.size() == 0 || !(series instanceof Band || series instanceof Histogram)) {
      return;
    }
    double opacity = series instanceof Band ? BAND_OPACITY : BAR_OPACITY;
    boolean leads = series instanceof Band && figure.leader(series.name()).equals(series);
    Color color = look(series).faint(opacity, translucent);
    area(x.coordinates(outline.x()), y.coordinates(outline.y()), color, leads, series);
  }

  /** Draws lines, outlines of bars, and points. */
  private void draw(Series series) {
    Outline outline = Outline.of(figure, series);
    if (outline.size() == 0 || series instanceof Band) {
      return;
    }
    double[] xs = x.coordinates(outline.x());
    double[] ys = y.coordinates(outline.y());
    Look look = look(series);
    boolean leads = figure.leader(series.name()).equals(series);
    if (series instanceof Points) {
      Color color = translucent ? look.faint(POINT_OPACITY, true) : look.color();
      scatter(xs, ys, look, color, 3, series);
      double[] nowhere = {Double.NaN}; // a key for the legend, larger and darker than the points
      scatter(new double[] {xs[0]}, nowhere, look, look.color(), 6, series).setShowInLegend(leads);
    } else if (series instanceof Line line && line.marked()) {
      stroke(xs, ys, look, leads, series)
          .setMarker(sized(look.mark(), 6))
          .setMarkerColor(look.color());
    } else {
      stroke(xs, ys, look, leads, series).setSmooth(true);
    }
  }

  private Look look(Series series) {
    return Look.of(figure.names().indexOf(series.name()));
  }

  private XYSeries add(double[] xs, double[] ys, boolean inLegend, Series series) {
    XYSeries added = chart.addSeries(Integer.toString(chart.getSeriesCollection().size()), xs, ys);
    added.setLabel(label(series.name()));
    added.setShowInLegend(inLegend);
    added.setMarker(SeriesMarkers.NONE);
    return added;
  }

  private void area(double[] xs, double[] ys, Color fill, boolean inLegend, Series series) {
    XYSeries added = add(xs, ys, inLegend, series);
    added.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
    added.setLineStyle(SeriesLines.NONE);
    added.setFillColor(fill);
    added.setLineColor(fill);
  }

  private XYSeries stroke(double[] xs, double[] ys, Look look, boolean inLegend, Series series) {
    float[] dash = new float[look.dash().size()];
    for (int i = 0; i < dash.length; i++) {
      dash[i] = look.dash().get(i);
    }
    XYSeries added = add(xs, ys, inLegend, series);
    added.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
    added.setLineColor(look.color());
    added.setLineStyle(
        dash.length == 0
            ? new BasicStroke(STROKE, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND)
            : new BasicStroke(STROKE, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dash, 0));
    return added;
  }

  private XYSeries scatter(
      double[] xs, double[] ys, Look look, Color color, int size, Series series) {
    XYSeries added = add(xs, ys, false, series);
    added.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    added.setMarker(sized(look.mark(), size));
    added.setMarkerColor(color);
    return added;
  }

  /** A marker of its own size; the library has one size for the whole chart. */
  private static Marker sized(Look.Mark mark, int size) {
    Marker shape =
        switch (mark) {
          case CIRCLE -> SeriesMarkers.CIRCLE;
          case SQUARE -> SeriesMarkers.SQUARE;
          case TRIANGLE -> SeriesMarkers.TRIANGLE_UP;
          case DIAMOND -> SeriesMarkers.DIAMOND;
        };
    return new Marker() {
      @Override
      public void paint(Graphics2D graphics, double xOffset, double yOffset, int chartSize) {
        shape.paint(graphics, xOffset, yOffset, size);
      }
    };
  }

  /**
   * Drawing commands less the choices of fonts, which no command needs, for text comes as outlines.
   * The PDF writer would search all fonts of the machine at every change of colour: a minute for a
   * cloud of points.
   */
  private static CommandSequence withoutFonts(CommandSequence commands) {
    List<Command<?>> kept = new ArrayList<>();
    for (Command<?> command : commands) {
      if (!(command instanceof SetFontCommand)) {
        kept.add(command);
      }
    }
    return kept::iterator;
  }
}
