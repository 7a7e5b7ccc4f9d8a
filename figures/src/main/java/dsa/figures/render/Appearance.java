package dsa.figures.render;

import dsa.figures.Axis;
import dsa.figures.Band;
import dsa.figures.Figure;
import dsa.figures.Scale;
import dsa.figures.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * How figures look, the same in all formats: size, text, colours, names, order, ranges and scales
 * of axes, bands. Start with {@link #ofPapers} and change single things with the {@code with}
 * methods; {@link AppearanceFile} reads them from a file.
 */
public final class Appearance {

  /** Points, a column of a paper of two. */
  public static final double COLUMN = 240;

  private static final double COLUMN_HEIGHT = 174;
  private static final double TEXT = 7.2;
  private static final String SEPARATOR = " - "; // of names in differences

  private static final Map<String, List<Integer>> PALETTES = new LinkedHashMap<>();

  static {
    PALETTES.put("okabe-ito", Look.COLORS);
    PALETTES.put(
        "tol-bright",
        List.of(0x4477AA, 0xEE6677, 0x228833, 0xCCBB44, 0x66CCEE, 0xAA3377, 0xBBBBBB));
    PALETTES.put("grey", List.of(0x000000, 0x606060, 0x909090, 0x303030, 0xB0B0B0));
  }

  /**
   * One axis.
   *
   * @param low where it begins, if not where the figure has it
   * @param high where it ends, likewise
   * @param log whether it is logarithmic, likewise
   * @param label what is written along it, likewise
   */
  public record AxisLook(
      OptionalDouble low, OptionalDouble high, Optional<Boolean> log, Optional<String> label) {

    /** An axis as the figure has it. */
    public static final AxisLook UNCHANGED =
        new AxisLook(
            OptionalDouble.empty(), OptionalDouble.empty(), Optional.empty(), Optional.empty());

    private Axis applied(Axis axis) {
      Scale scale =
          log.map(on -> on ? logarithmic(axis.scale()) : Scale.LINEAR).orElse(axis.scale());
      double from = low.orElse(axis.low());
      double to = high.orElse(axis.high());
      String text = label.orElse(axis.label());
      if (scale != Scale.LINEAR && from <= 0) {
        throw new IllegalArgumentException(
            "axis '"
                + text
                + "' begins at "
                + Axis.tickLabel(from)
                + ", which has no logarithm;"
                + " let it begin above 0");
      }
      if (!(from < to)) {
        throw new IllegalArgumentException(
            "axis '"
                + text
                + "' would run from "
                + Axis.tickLabel(from)
                + " to "
                + Axis.tickLabel(to)
                + "; let it end above its beginning");
      }
      return new Axis(text, scale, from, to);
    }

    private static Scale logarithmic(Scale scale) {
      return scale == Scale.LINEAR ? Scale.LOG10 : scale;
    }
  }

  // Set only while an object is made.
  private double width = COLUMN;
  private OptionalDouble height = OptionalDouble.empty();
  private double text = TEXT;
  private List<Integer> palette = Look.COLORS;
  private Map<String, String> labels = Map.of();
  private List<String> order = List.of();
  private AxisLook x = AxisLook.UNCHANGED;
  private AxisLook y = AxisLook.UNCHANGED;
  private boolean bands = true;
  private Optional<String> title = Optional.empty();
  private Map<String, Appearance> ofFigures = Map.of();

  private Appearance() {}

  private Appearance(Appearance other) {
    width = other.width;
    height = other.height;
    text = other.text;
    palette = other.palette;
    labels = other.labels;
    order = other.order;
    x = other.x;
    y = other.y;
    bands = other.bands;
    title = other.title;
    ofFigures = other.ofFigures;
  }

  /** As in a column of a paper: 240 by 174 points, text of 7.2 points and titles of 8.4. */
  public static Appearance ofPapers() {
    return new Appearance();
  }

  /** The names of palettes. */
  public static List<String> palettes() {
    return List.copyOf(PALETTES.keySet());
  }

  /** As wide as {@code points}, from 60 to 2000; as high in proportion unless said. */
  public Appearance withWidth(double points) {
    Appearance changed = new Appearance(this);
    changed.width = size("width", points, 60);
    return changed;
  }

  /** As high as {@code points}, from 50 to 2000. */
  public Appearance withHeight(double points) {
    Appearance changed = new Appearance(this);
    changed.height = OptionalDouble.of(size("height", points, 50));
    return changed;
  }

  /** With text of {@code points}, from 3 to 40; titles of axes are larger by a sixth. */
  public Appearance withText(double points) {
    if (!(points >= 3 && points <= 40)) {
      throw new IllegalArgumentException("text of " + points + " points is outside [3, 40]");
    }
    Appearance changed = new Appearance(this);
    changed.text = points;
    return changed;
  }

  private static double size(String what, double points, double least) {
    if (!(points >= least && points <= 2000)) {
      throw new IllegalArgumentException(
          "a " + what + " of " + points + " points is outside [" + least + ", 2000]");
    }
    return points;
  }

  /**
   * In these colours, one after the other.
   *
   * @param colors a name of {@link #palettes}, or colours like {@code #0072B2}, at least one
   */
  public Appearance withPalette(List<String> colors) {
    Appearance changed = new Appearance(this);
    List<Integer> named = colors.size() == 1 ? PALETTES.get(lower(colors.get(0))) : null;
    List<Integer> rgb = new ArrayList<>();
    for (String color : named == null ? colors : List.<String>of()) {
      if (!color.matches("#[0-9A-Fa-f]{6}")) {
        throw new IllegalArgumentException(
            "palette '"
                + color
                + "' is none of "
                + String.join(", ", palettes())
                + " and no colour like #0072B2");
      }
      rgb.add(Integer.parseInt(color.substring(1), 16));
    }
    if (named == null && rgb.isEmpty()) {
      throw new IllegalArgumentException("a palette needs a colour");
    }
    changed.palette = named == null ? List.copyOf(rgb) : named;
    return changed;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** With other names in legends: labels by name. */
  public Appearance withLabels(Map<String, String> byName) {
    Appearance changed = new Appearance(this);
    changed.labels = Map.copyOf(byName);
    return changed;
  }

  /** With these names first, in this order; it decides colours too. */
  public Appearance withOrder(List<String> names) {
    Appearance changed = new Appearance(this);
    changed.order = List.copyOf(names);
    return changed;
  }

  /** With the x axis changed. */
  public Appearance withX(AxisLook axis) {
    Appearance changed = new Appearance(this);
    changed.x = axis;
    return changed;
  }

  /** With the y axis changed. */
  public Appearance withY(AxisLook axis) {
    Appearance changed = new Appearance(this);
    changed.y = axis;
    return changed;
  }

  /** With bands, or without. */
  public Appearance withBands(boolean drawn) {
    Appearance changed = new Appearance(this);
    changed.bands = drawn;
    return changed;
  }

  /** Under a title. */
  public Appearance withTitle(String words) {
    Appearance changed = new Appearance(this);
    changed.title = Optional.of(words);
    return changed;
  }

  /** With some figures, by their names, looking otherwise. */
  Appearance withFigures(Map<String, Appearance> byFigure) {
    Appearance changed = new Appearance(this);
    changed.ofFigures = Map.copyOf(byFigure);
    return changed;
  }

  /** How the figure called {@code name} looks. */
  Appearance of(String name) {
    return ofFigures.getOrDefault(name, this);
  }

  /** Names that this says something about. */
  public Set<String> names() {
    Set<String> names = new HashSet<>(labels.keySet());
    names.addAll(order);
    ofFigures.values().forEach(figure -> names.addAll(figure.names()));
    return names;
  }

  double width() {
    return width;
  }

  double height() {
    return height.orElse(width * COLUMN_HEIGHT / COLUMN);
  }

  boolean hasHeight() {
    return height.isPresent();
  }

  double text() {
    return text;
  }

  boolean isDefaultText() {
    return text == TEXT;
  }

  boolean isDefaultWidth() {
    return width == COLUMN;
  }

  /** The look of the name at {@code index} of a figure. */
  Look look(Figure figure, int index) {
    return Look.of(figure, index, palette);
  }

  /** The figure with its names, order, axes and bands as asked for. */
  Figure applied(Figure figure) {
    List<Series> series = new ArrayList<>();
    boolean onlyBands = figure.series().stream().allMatch(one -> one instanceof Band);
    for (Series one : figure.series()) {
      if (bands || onlyBands || !(one instanceof Band)) {
        series.add(one);
      }
    }
    series.sort(Comparator.comparingInt(one -> place(one.name())));
    Map<String, String> shown = new LinkedHashMap<>();
    for (Series one : series) {
      shown.computeIfAbsent(one.name(), this::label);
    }
    if (new HashSet<>(shown.values()).size() < shown.size()) {
      throw new IllegalArgumentException(
          "two of "
              + String.join(", ", shown.keySet())
              + " would have the same label; give others");
    }
    series.replaceAll(one -> one.renamed(shown.get(one.name())));
    return new Figure(
        title.orElse(figure.title()), x.applied(figure.x()), y.applied(figure.y()), series);
  }

  private int place(String name) {
    int found = order.indexOf(name);
    return found >= 0 ? found : order.size();
  }

  private String label(String name) {
    if (labels.containsKey(name)) {
      return labels.get(name);
    }
    int middle = name.indexOf(SEPARATOR);
    return middle < 0
        ? name
        : label(name.substring(0, middle))
            + SEPARATOR
            + label(name.substring(middle + SEPARATOR.length()));
  }
}
