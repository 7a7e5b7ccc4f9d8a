package dsa.figures.render;

import dsa.figures.Axis;
import dsa.figures.Band;
import dsa.figures.Figure;
import dsa.figures.Histogram;
import dsa.figures.Line;
import dsa.figures.Points;
import dsa.figures.Scale;
import dsa.figures.Series;
import dsa.figures.StepLine;
import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Draws a figure: axes, curves and legend. Lengths are in units of a drawing 400 wide, which is
 * printed {@value #SCALE} points a unit: 240 points, a column of a paper, with text of 7 to 8
 * points. All formats show the same drawing at the same size.
 */
final class FigurePainter {

  /** Points of print in a unit. */
  static final double SCALE = 0.6;

  private static final int PIXELS_PER_UNIT = 3;

  private static final int WIDTH = 400;
  private static final int HEIGHT = 290;
  private static final int LEAST_ABOVE_LEGEND = 190; // plot and labels; more names make it higher
  private static final double NARROWEST_PLOT = 300;
  private static final double PADDING = 10;
  private static final double TICK = 4;
  private static final double GAP = 4;
  private static final double TITLE_SIZE = 14;
  private static final double LABEL_SIZE = 12;
  private static final double ASCENT = 0.72; // of digits and capitals, in sizes
  private static final int LEGEND_LINE = 16;
  private static final int LEGEND_CHARACTERS = 25; // as many fit into one line
  private static final int ROUNDS = 20;
  private static final int FEW_POINTS = 400;
  private static final double FEW_OPACITY = 0.75;
  private static final double KEY = 26;
  private static final double STROKE = 1.6;
  private static final double BAND_OPACITY = 0.2;
  private static final double BAR_OPACITY = 0.25;
  private static final double POINT_OPACITY = 0.4;
  private static final double X_TICK_DISTANCE = 50;
  private static final double Y_TICK_DISTANCE = 36;

  private static final Canvas.Pen AXIS = new Canvas.Pen(new Color(0x404040), 0.8, List.of());

  /** A line of the legend; a name in two lines has its key beside the first. */
  private record Entry(String text, Optional<String> keyOf) {}

  private final Figure figure;
  private final boolean translucent;
  private final List<Entry> legend = new ArrayList<>();
  private final Optional<Corner> corner;
  private final int legendRows; // below the plot in as many columns as fit
  private final double height;
  private final double left;
  private final double right;
  private final double top;
  private final double bottom;
  private final List<Double> xTicks;
  private final List<Double> yTicks;
  private Canvas canvas;

  private FigurePainter(Figure figure, boolean translucent) {
    if (figure.series().stream().allMatch(series -> Outline.of(figure, series).size() == 0)) {
      throw new IllegalArgumentException(
          "no model lies within the axes of the figure; widen their ranges");
    }
    this.figure = figure;
    this.translucent = translucent;
    for (String name : figure.names()) {
      String text = figure.legend(name);
      int cut = text.length() > LEGEND_CHARACTERS ? text.indexOf("] " + name) : -1;
      legend.add(new Entry(cut < 0 ? text : text.substring(0, cut + 1), Optional.of(name)));
      if (cut >= 0) {
        legend.add(new Entry(name, Optional.empty()));
      }
    }
    double text =
        legend.stream().mapToDouble(e -> Typeface.width(e.text(), LABEL_SIZE)).max().orElse(0);
    this.corner = Corner.free(figure, legend.size(), (KEY + 5 * GAP + text) / NARROWEST_PLOT);
    boolean whole = legend.stream().allMatch(entry -> entry.keyOf().isPresent());
    int fitting = (int) ((WIDTH - 2 * PADDING) / (KEY + 4 * GAP + text));
    int columns = corner.isPresent() || !whole ? 1 : Math.max(1, fitting);
    this.legendRows = (legend.size() + columns - 1) / columns;
    double below = corner.isPresent() ? 0 : 10 + LEGEND_LINE * legendRows;
    this.height = Math.max(HEIGHT, LEAST_ABOVE_LEGEND + below);
    this.top = PADDING + (figure.title().isBlank() ? LABEL_SIZE * ASCENT / 2 : 24);
    double xTitle = figure.x().label().isBlank() ? 0 : TITLE_SIZE + 6;
    this.bottom = height - below - PADDING - xTitle - LABEL_SIZE * ASCENT - GAP - TICK;
    this.yTicks = figure.y().ticks((int) Math.max(2, (bottom - top) / Y_TICK_DISTANCE + 1));
    double widest = 0;
    for (double tick : yTicks) {
      widest = Math.max(widest, Typeface.width(Axis.tickLabel(tick), LABEL_SIZE));
    }
    double yTitle = figure.y().label().isBlank() ? 0 : TITLE_SIZE + 4;
    this.left = PADDING + yTitle + widest + GAP + TICK;
    double rightmost = WIDTH - PADDING;
    List<Double> ticks = xTicks(rightmost - left);
    if (!ticks.isEmpty()) { // the last label is centred at its tick and must not leave the page
      double last = ticks.get(ticks.size() - 1);
      double half = Typeface.width(Axis.tickLabel(last), LABEL_SIZE) / 2;
      double over = left + figure.x().fraction(last) * (rightmost - left) + half - (WIDTH - 4);
      rightmost -= Math.max(0, over);
    }
    this.right = rightmost;
    this.xTicks = xTicks(right - left);
  }

  /** As many marks as have room for their labels. */
  private List<Double> xTicks(double length) {
    for (int most = (int) (length / X_TICK_DISTANCE) + 1; most > 2; most--) {
      List<Double> ticks = figure.x().ticks(most);
      double end = Double.NEGATIVE_INFINITY;
      boolean fits = true;
      for (double tick : ticks) {
        double middle = figure.x().fraction(tick) * length;
        double half = Typeface.width(Axis.tickLabel(tick), LABEL_SIZE) / 2;
        fits &= middle - half > end + 6;
        end = middle + half;
      }
      if (fits) {
        return ticks;
      }
    }
    return figure.x().ticks(2);
  }

  // ---- formats

  static byte[] png(Figure figure) throws IOException {
    FigurePainter painter = new FigurePainter(figure, true);
    ImageCanvas canvas = new ImageCanvas(WIDTH, painter.height, PIXELS_PER_UNIT);
    painter.paint(canvas);
    return Png.encode(canvas.image(), PIXELS_PER_UNIT / SCALE);
  }

  static byte[] svg(Figure figure) {
    FigurePainter painter = new FigurePainter(figure, true);
    SvgCanvas canvas = new SvgCanvas(WIDTH, painter.height, SCALE);
    painter.paint(canvas);
    return canvas.bytes();
  }

  static byte[] pdf(Figure figure) throws IOException {
    FigurePainter painter = new FigurePainter(figure, true);
    try (PdfCanvas canvas = new PdfCanvas(WIDTH, painter.height, SCALE)) {
      painter.paint(canvas);
      return canvas.bytes();
    }
  }

  static byte[] eps(Figure figure) {
    FigurePainter painter = new FigurePainter(figure, false);
    EpsCanvas canvas = new EpsCanvas(WIDTH, painter.height, SCALE);
    painter.paint(canvas);
    return canvas.bytes();
  }

  /** Draws a figure of no meaning with all that the others have. */
  static void warmUp() {
    double[] ends = {1, 2};
    StepLine steps = StepLine.of("steps", ends, ends);
    Band band = Band.stepwise("steps", ends, ends, ends);
    Axis axis = Axis.linear("axis", 0, 3);
    Figure figure = new Figure("", axis, axis, List.of(steps, band));
    FigurePainter painter = new FigurePainter(figure, true);
    painter.paint(new ImageCanvas(WIDTH, painter.height, 1));
  }

  // ---- drawing

  private void paint(Canvas on) {
    canvas = on;
    double slack = STROKE; // lines along the ends of an axis are seen whole
    canvas.clipped(
        left - slack,
        top - slack,
        right - left + 2 * slack,
        bottom - top + 2 * slack,
        () -> {
          figure.series().forEach(this::fill);
          zeroLine();
          clouds();
          figure.series().forEach(this::draw);
        });
    axes();
    if (!figure.title().isBlank()) {
      canvas.text(figure.title(), (left + right) / 2, PADDING + 13, 13, Canvas.Anchor.MIDDLE);
    }
    legend();
  }

  private double x(double fraction) {
    return left + fraction * (right - left);
  }

  private double y(double fraction) {
    return bottom - fraction * (bottom - top);
  }

  private static double[] each(double[] fractions, java.util.function.DoubleUnaryOperator place) {
    double[] places = new double[fractions.length];
    for (int i = 0; i < places.length; i++) {
      places[i] = place.applyAsDouble(fractions[i]);
    }
    return places;
  }

  private void line(double x0, double y0, double x1, double y1) {
    canvas.stroke(new double[] {x0, x1}, new double[] {y0, y1}, AXIS);
  }

  private void axes() {
    line(left, top, left, bottom);
    line(left, bottom, right, bottom);
    double labels = bottom + TICK + GAP + LABEL_SIZE * ASCENT;
    for (double tick : xTicks) {
      double at = x(figure.x().fraction(tick));
      line(at, bottom, at, bottom + TICK);
      canvas.text(Axis.tickLabel(tick), at, labels, LABEL_SIZE, Canvas.Anchor.MIDDLE);
    }
    for (double tick : yTicks) {
      double at = y(figure.y().fraction(tick));
      line(left - TICK, at, left, at);
      canvas.text(
          Axis.tickLabel(tick),
          left - TICK - GAP,
          at + LABEL_SIZE * ASCENT / 2,
          LABEL_SIZE,
          Canvas.Anchor.END);
    }
    if (!figure.x().label().isBlank()) {
      canvas.text(
          figure.x().label(),
          (left + right) / 2,
          labels + 6 + TITLE_SIZE * ASCENT + 2,
          TITLE_SIZE,
          Canvas.Anchor.MIDDLE);
    }
    if (!figure.y().label().isBlank()) {
      canvas.upright(
          figure.y().label(), PADDING + TITLE_SIZE * ASCENT, (top + bottom) / 2, TITLE_SIZE);
    }
  }

  /** Draws the areas, below everything else: where there is no transparency they would hide it. */
  private void fill(Series series) {
    Outline outline = Outline.of(figure, series);
    if (outline.size() == 0 || !(series instanceof Band || series instanceof Histogram)) {
      return;
    }
    canvas.fill(each(outline.x(), this::x), each(outline.y(), this::y), areaColor(series));
  }

  private Color areaColor(Series series) {
    double crowd = Math.min(1, 3.0 / figure.names().size()); // many bands must not add up to black
    double opacity = crowd * (series instanceof Band ? BAND_OPACITY : BAR_OPACITY);
    return look(series.name()).faint(opacity, translucent);
  }

  /** Draws lines, outlines of bars, and points. */
  private void draw(Series series) {
    Outline outline = Outline.of(figure, series);
    if (outline.size() == 0 || series instanceof Band || series instanceof Points) {
      return;
    }
    double[] xs = each(outline.x(), this::x);
    double[] ys = each(outline.y(), this::y);
    Look look = look(series.name());
    canvas.stroke(xs, ys, new Canvas.Pen(look.color(), STROKE, look.dash()));
    if (series instanceof Line line && line.marked()) {
      marks(xs, ys, look.mark(), 6, look.color());
    }
  }

  /** A thin line where differences are 0. */
  private void zeroLine() {
    if (figure.y().scale() == Scale.LINEAR && figure.y().low() < 0 && figure.y().high() > 0) {
      double zero = y(figure.y().fraction(0));
      line(left, zero, right, zero);
    }
  }

  /** Draws the points in rounds, some of every cloud in each, so that no cloud hides another. */
  private void clouds() {
    int points = figure.series().stream().mapToInt(Series::size).sum();
    boolean few = points <= FEW_POINTS; // their shapes can be told apart, and must be in grey
    for (int round = 0; round < ROUNDS; round++) {
      for (Series series : figure.series()) {
        if (series instanceof Points cloud) {
          Outline outline = Outline.of(figure, series);
          int from = (int) ((long) outline.size() * round / ROUNDS);
          int to = (int) ((long) outline.size() * (round + 1) / ROUNDS);
          Look look = look(series.name());
          marks(
              each(Arrays.copyOfRange(outline.x(), from, to), this::x),
              each(Arrays.copyOfRange(outline.y(), from, to), this::y),
              look.mark(),
              few ? 6 : 3,
              translucent && cloud.shade().isEmpty()
                  ? look.faint(few ? FEW_OPACITY : POINT_OPACITY, true)
                  : look.color());
        }
      }
    }
  }

  private Look look(String name) {
    return Look.of(figure, figure.names().indexOf(name));
  }

  private void marks(double[] xs, double[] ys, Look.Mark mark, double size, Color color) {
    double r = size / 2;
    for (int i = 0; i < xs.length; i++) {
      double px = xs[i];
      double py = ys[i];
      switch (mark) {
        case CIRCLE -> canvas.disc(px, py, r, color);
        case SQUARE ->
            canvas.fill(
                new double[] {px - r, px + r, px + r, px - r},
                new double[] {py - r, py - r, py + r, py + r},
                color);
        case TRIANGLE ->
            canvas.fill(
                new double[] {px, px + r, px - r}, new double[] {py - r, py + r, py + r}, color);
        case DIAMOND ->
            canvas.fill(
                new double[] {px, px + r, px, px - r},
                new double[] {py - r, py, py + r, py},
                color);
      }
    }
  }

  private void legend() {
    double text = 0;
    for (Entry entry : legend) {
      text = Math.max(text, Typeface.width(entry.text(), LABEL_SIZE));
    }
    double room = WIDTH - 2 * PADDING - KEY - 3 * GAP;
    double size = LABEL_SIZE * Math.min(1, room / Math.max(text, 1));
    double width = KEY + 3 * GAP + text * size / LABEL_SIZE;
    double high = LEGEND_LINE * legendRows + GAP;
    int columns = (legend.size() + legendRows - 1) / legendRows;
    double x0 = Math.max(PADDING, Math.min(left, WIDTH - PADDING - columns * (width + GAP)));
    double y0 = height - PADDING / 2 - high;
    if (corner.isPresent()) {
      boolean atRight = corner.get() == Corner.TOP_RIGHT || corner.get() == Corner.BOTTOM_RIGHT;
      boolean atTop = corner.get() == Corner.TOP_RIGHT || corner.get() == Corner.TOP_LEFT;
      x0 = atRight ? Math.max(PADDING, right - width - GAP) : left + 2 * GAP;
      y0 = atTop ? top + GAP : bottom - high - GAP;
      box(x0, y0, width, high, translucent ? new Color(255, 255, 255, 215) : Color.WHITE);
    }
    double baseline = y0 + GAP / 2 + (LEGEND_LINE + LABEL_SIZE * ASCENT) / 2;
    double first = baseline;
    for (int e = 0; e < legend.size(); e++) {
      Entry entry = legend.get(e);
      if (e > 0 && e % legendRows == 0) {
        x0 += width + GAP;
        baseline = first;
      }
      double middle = baseline - LABEL_SIZE * ASCENT / 2;
      double keyAt = x0 + GAP;
      entry.keyOf().ifPresent(key(keyAt, middle));
      canvas.text(entry.text(), keyAt + KEY + GAP, baseline, size, Canvas.Anchor.START);
      baseline += LEGEND_LINE;
    }
  }

  private Consumer<String> key(double at, double middle) {
    return name -> {
      Series leader = figure.leader(name);
      Look look = look(name);
      double[] centre = {at + KEY / 2};
      if (leader instanceof Band || leader instanceof Histogram) {
        box(at, middle - 4, KEY, 8, areaColor(leader));
      }
      if (!(leader instanceof Band || leader instanceof Points)) {
        canvas.stroke(
            new double[] {at, at + KEY},
            new double[] {middle, middle},
            new Canvas.Pen(look.color(), STROKE, look.dash()));
      }
      if (leader instanceof Points || (leader instanceof Line line && line.marked())) {
        marks(centre, new double[] {middle}, look.mark(), 6, look.color());
      }
    };
  }

  private void box(double x, double y, double width, double high, Color color) {
    canvas.fill(
        new double[] {x, x + width, x + width, x}, new double[] {y, y, y + high, y + high}, color);
  }
}
