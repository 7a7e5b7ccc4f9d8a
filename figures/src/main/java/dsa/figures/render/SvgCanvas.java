package dsa.figures.render;

import java.awt.Color;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** SVG 1.1 whose text is text. */
final class SvgCanvas implements Canvas {

  private final StringBuilder out = new StringBuilder(1 << 14);
  private int clips;

  SvgCanvas(double width, double height, double pointsPerUnit) {
    out.append(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"");
    attribute("width", Decimals.of(width * pointsPerUnit) + "pt");
    attribute("height", Decimals.of(height * pointsPerUnit) + "pt");
    attribute("viewBox", "0 0 " + Decimals.of(width) + " " + Decimals.of(height));
    attribute("font-family", "Liberation Sans, Arial, Helvetica, sans-serif");
    out.append(">\n");
    out.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
  }

  byte[] bytes() {
    return (out + "</svg>\n").getBytes(StandardCharsets.UTF_8);
  }

  private void attribute(String name, String value) {
    out.append(' ').append(name).append("=\"").append(escaped(value)).append('"');
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private void paint(String role, Color color) {
    attribute(role, "#" + Integer.toHexString(color.getRGB() | 0xff000000).substring(2));
    if (color.getAlpha() < 255) {
      attribute(role + "-opacity", Decimals.of(color.getAlpha() / 255.0));
    }
  }

  private void path(double[] x, double[] y, boolean closed) {
    out.append("<path d=\"");
    for (int i = 0; i < x.length; i++) {
      out.append(i == 0 ? "M" : "L")
          .append(Decimals.of(x[i]))
          .append(' ')
          .append(Decimals.of(y[i]));
    }
    out.append(closed ? "Z\"" : "\"");
  }

  @Override
  public void fill(double[] x, double[] y, Color color) {
    path(x, y, true);
    paint("fill", color);
    out.append("/>\n");
  }

  @Override
  public void disc(double x, double y, double radius, Color color) {
    out.append("<circle");
    attribute("cx", Decimals.of(x));
    attribute("cy", Decimals.of(y));
    attribute("r", Decimals.of(radius));
    paint("fill", color);
    out.append("/>\n");
  }

  @Override
  public void stroke(double[] x, double[] y, Pen pen) {
    path(x, y, false);
    attribute("fill", "none");
    paint("stroke", pen.color());
    attribute("stroke-width", Decimals.of(pen.width()));
    attribute("stroke-linejoin", "round");
    if (!pen.dash().isEmpty()) {
      attribute("stroke-dasharray", lengths(pen.dash()));
    }
    out.append("/>\n");
  }

  private static String lengths(List<Float> dash) {
    return dash.stream().map(length -> Decimals.of(length)).collect(Collectors.joining(" "));
  }

  @Override
  public void text(String text, double x, double y, double size, Anchor anchor) {
    out.append("<text");
    attribute("x", Decimals.of(x));
    attribute("y", Decimals.of(y));
    written(text, size, anchor);
  }

  private void written(String text, double size, Anchor anchor) {
    attribute("font-size", Decimals.of(size));
    if (anchor != Anchor.START) {
      attribute("text-anchor", anchor == Anchor.MIDDLE ? "middle" : "end");
    }
    out.append('>').append(escaped(text)).append("</text>\n");
  }

  @Override
  public void upright(String text, double x, double y, double size) {
    out.append("<text");
    attribute("transform", "translate(" + Decimals.of(x) + " " + Decimals.of(y) + ") rotate(-90)");
    written(text, size, Anchor.MIDDLE);
  }

  @Override
  public void clipped(double x, double y, double width, double height, Runnable inside) {
    String id = "plot" + ++clips;
    out.append("<clipPath id=\"").append(id).append("\"><rect");
    attribute("x", Decimals.of(x));
    attribute("y", Decimals.of(y));
    attribute("width", Decimals.of(width));
    attribute("height", Decimals.of(height));
    out.append("/></clipPath>\n<g clip-path=\"url(#").append(id).append(")\">\n");
    inside.run();
    out.append("</g>\n");
  }
}
