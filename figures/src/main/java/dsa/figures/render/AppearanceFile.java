package dsa.figures.render;

import dsa.core.ForeignText;
import dsa.core.io.InputFile;
import dsa.core.io.MalformedFileException;
import dsa.core.io.PositionedDocument;
import dsa.core.io.PositionedDocument.Node;
import dsa.core.io.PositionedDocument.Numeral;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Reads an {@link Appearance} from YAML, or from JSON if the name ends in {@code .json}. Keys:
 * {@code format} (dsa.appearance/1), {@code width}, {@code height}, {@code text} (points, or with a
 * unit: {@code 8.4cm}, {@code 3.25in}), {@code palette}, {@code labels}, {@code order}, {@code x}
 * and {@code y} with {@code low}, {@code high}, {@code log} and {@code label}, {@code bands},
 * {@code title}, and {@code figures}: the same keys again for figures by their names.
 */
public final class AppearanceFile {

  private static final String FORMAT = "dsa.appearance/1";
  private static final PositionedDocument.Kind KIND =
      new PositionedDocument.Kind("an appearance of figures", "appearance", FORMAT, 64);

  private final String file;

  private AppearanceFile(String file) {
    this.file = file;
  }

  /**
   * The appearance in a file.
   *
   * @throws MalformedFileException if it is none; the message names line and key
   */
  public static Appearance read(Path path) throws IOException {
    AppearanceFile file = new AppearanceFile(path.toString());
    try (InputStream in = InputFile.open(path)) {
      Node root = PositionedDocument.read(path.toString(), in, KIND);
      Map<String, Node> keys = file.map(root);
      Node format = keys.remove("format");
      if (format == null || !FORMAT.equals(format.value())) {
        throw file.fault(root, "must begin with format: " + FORMAT);
      }
      Node figures = keys.remove("figures");
      Appearance base = file.applied(Appearance.ofPapers(), keys);
      Map<String, Appearance> byFigure = new LinkedHashMap<>();
      if (figures != null) {
        for (Map.Entry<String, Node> figure : file.map(figures).entrySet()) {
          byFigure.put(figure.getKey(), file.applied(base, file.map(figure.getValue())));
        }
      }
      return base.withFigures(byFigure);
    }
  }

  /**
   * A length in points.
   *
   * @param text such as {@code 240}, {@code 240pt}, {@code 8.4cm}, {@code 84mm} or {@code 3.25in}
   * @throws IllegalArgumentException if it is none
   */
  public static double points(String text) {
    String number = text.strip().replaceFirst("(pt|cm|mm|in)$", "").strip();
    if (!number.matches("[0-9]{1,5}(\\.[0-9]{1,6})?")) {
      throw new IllegalArgumentException(
          "'" + ForeignText.shown(text, 40) + "' is no length such as 240pt, 8.4cm or 3.25in");
    }
    double unit =
        text.endsWith("cm")
            ? 72 / 2.54
            : text.endsWith("mm") ? 7.2 / 2.54 : text.endsWith("in") ? 72 : 1;
    return Double.parseDouble(number) * unit;
  }

  private Appearance applied(Appearance base, Map<String, Node> keys) throws IOException {
    Appearance look = base;
    for (Map.Entry<String, Node> key : keys.entrySet()) {
      Node node = key.getValue();
      try {
        look =
            switch (key.getKey()) {
              case "width" -> look.withWidth(points(text(node)));
              case "height" -> look.withHeight(points(text(node)));
              case "text" -> look.withText(points(text(node)));
              case "palette" -> look.withPalette(texts(node));
              case "labels" -> look.withLabels(labels(node));
              case "order" -> look.withOrder(texts(node));
              case "x" -> look.withX(axis(node));
              case "y" -> look.withY(axis(node));
              case "bands" -> look.withBands(truth(node));
              case "title" -> look.withTitle(text(node));
              default ->
                  throw fault(
                      node,
                      "is none of width, height, text, palette, labels, order, x, y, bands, title,"
                          + " figures");
            };
      } catch (IllegalArgumentException e) {
        throw fault(node, e.getMessage());
      }
    }
    return look;
  }

  private Appearance.AxisLook axis(Node node) throws IOException {
    OptionalDouble low = OptionalDouble.empty();
    OptionalDouble high = OptionalDouble.empty();
    Optional<Boolean> log = Optional.empty();
    Optional<String> label = Optional.empty();
    for (Map.Entry<String, Node> key : map(node).entrySet()) {
      switch (key.getKey()) {
        case "low" -> low = OptionalDouble.of(number(key.getValue()));
        case "high" -> high = OptionalDouble.of(number(key.getValue()));
        case "log" -> log = Optional.of(truth(key.getValue()));
        case "label" -> label = Optional.of(text(key.getValue()));
        default -> throw fault(key.getValue(), "is none of low, high, log, label");
      }
    }
    return new Appearance.AxisLook(low, high, log, label);
  }

  private Map<String, String> labels(Node node) throws IOException {
    Map<String, String> labels = new LinkedHashMap<>();
    for (Map.Entry<String, Node> label : map(node).entrySet()) {
      labels.put(label.getKey(), text(label.getValue()));
    }
    return labels;
  }

  private List<String> texts(Node node) throws IOException {
    if (!(node.value() instanceof List<?> items)) {
      return List.of(text(node));
    }
    List<String> texts = new ArrayList<>();
    for (Object item : items) {
      texts.add(text((Node) item));
    }
    return texts;
  }

  private String text(Node node) throws IOException {
    String text =
        node.value() instanceof Numeral number
            ? number.text()
            : node.value() instanceof String words ? words : null;
    if (text == null || text.isBlank() || !ForeignText.isPlain(text)) {
      throw fault(node, "must be one line of text");
    }
    return text;
  }

  private double number(Node node) throws IOException {
    if (node.value() instanceof Numeral number) {
      try {
        double value = Double.parseDouble(number.text());
        if (Double.isFinite(value)) {
          return value;
        }
      } catch (NumberFormatException e) {
        // such as 0x10: refused below
      }
    }
    throw fault(node, "must be a number");
  }

  private boolean truth(Node node) throws IOException {
    if ("true".equals(node.value()) || "false".equals(node.value())) {
      return node.value().equals("true");
    }
    throw fault(node, "must be true or false");
  }

  private Map<String, Node> map(Node node) throws IOException {
    if (!(node.value() instanceof Map<?, ?> map)) {
      throw fault(node, "must be keys with values");
    }
    Map<String, Node> keys = new LinkedHashMap<>();
    map.forEach((key, value) -> keys.put((String) key, (Node) value));
    return keys;
  }

  private MalformedFileException fault(Node node, String what) {
    String path =
        node.path().isEmpty() ? "the file" : "'" + ForeignText.shown(node.path(), 80) + "'";
    return new MalformedFileException(file, node.line(), path + " " + what);
  }
}
