package dsa.figures.render;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** Encapsulated PostScript, level 2: no transparency, and text as outlines, so it needs no font. */
final class EpsCanvas implements Canvas {

  private final StringBuilder out = new StringBuilder(1 << 14);
  private final double height;

  EpsCanvas(double width, double height, double pointsPerUnit) {
    this.height = height;
    String scale = Decimals.of(pointsPerUnit);
    long right = (long) Math.ceil(width * pointsPerUnit);
    long top = (long) Math.ceil(height * pointsPerUnit);
    out.append("%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 ")
        .append(right)
        .append(' ')
        .append(top)
        .append("\n%%HiResBoundingBox: 0 0 ")
        .append(Decimals.of(width * pointsPerUnit))
        .append(' ')
        .append(Decimals.of(height * pointsPerUnit))
        .append("\n%%LanguageLevel: 2\n%%Pages: 1\n%%EndComments\n")
        .append("/m{moveto}bind def/l{lineto}bind def/c{curveto}bind def/h{closepath}bind def\n")
        .append("/f{fill}bind def/s{stroke}bind def/k{setrgbcolor}bind def\n")
        .append("%%Page: 1 1\ngsave\n")
        .append(scale)
        .append(' ')
        .append(scale)
        .append(" scale 1 setlinejoin\n");
  }

  byte[] bytes() {
    return (out + "grestore\nshowpage\n%%EOF\n").getBytes(StandardCharsets.US_ASCII);
  }

  private EpsCanvas put(double value) {
    out.append(Decimals.of(value)).append(' ');
    return this;
  }

  private EpsCanvas at(double x, double y) {
    return put(x).put(height - y);
  }

  private void color(Color color) {
    put(color.getRed() / 255.0).put(color.getGreen() / 255.0).put(color.getBlue() / 255.0);
    out.append("k\n");
  }

  private void path(double[] x, double[] y) {
    for (int i = 0; i < x.length; i++) {
      at(x[i], y[i]);
      out.append(i == 0 ? "m\n" : "l\n");
    }
  }

  @Override
  public void fill(double[] x, double[] y, Color color) {
    color(color);
    path(x, y);
    out.append("h f\n");
  }

  @Override
  public void disc(double x, double y, double radius, Color color) {
    color(color);
    at(x, y).put(radius);
    out.append("0 360 arc f\n");
  }

  @Override
  public void stroke(double[] x, double[] y, Pen pen) {
    color(pen.color());
    put(pen.width());
    out.append("setlinewidth [")
        .append(pen.dash().stream().map(d -> Decimals.of(d)).collect(Collectors.joining(" ")))
        .append("] 0 setdash\n");
    path(x, y);
    out.append("s\n");
  }

  @Override
  public void text(String text, double x, double y, double size, Anchor anchor) {
    AffineTransform place = AffineTransform.getTranslateInstance(x, y);
    place.translate(-ImageCanvas.before(anchor) * Typeface.width(text, size), 0);
    area(place.createTransformedShape(Typeface.outline(text, size)));
  }

  @Override
  public void upright(String text, double x, double y, double size) {
    AffineTransform place = AffineTransform.getTranslateInstance(x, y);
    place.rotate(-Math.PI / 2);
    place.translate(-Typeface.width(text, size) / 2, 0);
    area(place.createTransformedShape(Typeface.outline(text, size)));
  }

  private void area(Shape shape) {
    color(Color.BLACK);
    double[] p = new double[6];
    double lastX = 0;
    double lastY = 0;
    for (PathIterator i = shape.getPathIterator(null); !i.isDone(); i.next()) {
      switch (i.currentSegment(p)) {
        case PathIterator.SEG_MOVETO -> {
          at(p[0], p[1]);
          out.append("m\n");
        }
        case PathIterator.SEG_LINETO -> {
          at(p[0], p[1]);
          out.append("l\n");
        }
        case PathIterator.SEG_QUADTO -> {
          at((lastX + 2 * p[0]) / 3, (lastY + 2 * p[1]) / 3);
          at((p[2] + 2 * p[0]) / 3, (p[3] + 2 * p[1]) / 3).at(p[2], p[3]);
          out.append("c\n");
          p[0] = p[2];
          p[1] = p[3];
        }
        case PathIterator.SEG_CUBICTO -> {
          at(p[0], p[1]).at(p[2], p[3]).at(p[4], p[5]);
          out.append("c\n");
          p[0] = p[4];
          p[1] = p[5];
        }
        default -> out.append("h\n");
      }
      lastX = p[0];
      lastY = p[1];
    }
    out.append("f\n");
  }

  @Override
  public void clipped(double x, double y, double width, double high, Runnable inside) {
    out.append("gsave\n");
    at(x, y + high).put(width).put(high);
    out.append("rectclip\n");
    inside.run();
    out.append("grestore\n");
  }
}
