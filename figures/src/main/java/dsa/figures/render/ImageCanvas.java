package dsa.figures.render;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** A picture of pixels on white. */
final class ImageCanvas implements Canvas {

  private final BufferedImage image;
  private final Graphics2D graphics;

  ImageCanvas(double width, double height, double pixelsPerUnit) {
    this.image =
        new BufferedImage(
            (int) Math.round(width * pixelsPerUnit),
            (int) Math.round(height * pixelsPerUnit),
            BufferedImage.TYPE_INT_RGB);
    this.graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.scale(pixelsPerUnit, pixelsPerUnit);
  }

  BufferedImage image() {
    graphics.dispose();
    return image;
  }

  static Path2D path(double[] x, double[] y) {
    Path2D path = new Path2D.Double();
    path.moveTo(x[0], y[0]);
    for (int i = 1; i < x.length; i++) {
      path.lineTo(x[i], y[i]);
    }
    return path;
  }

  private void paint(Shape shape, Color color) {
    graphics.setColor(color);
    graphics.fill(shape);
  }

  @Override
  public void fill(double[] x, double[] y, Color color) {
    Path2D path = path(x, y);
    path.closePath();
    paint(path, color);
  }

  @Override
  public void disc(double x, double y, double radius, Color color) {
    paint(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius), color);
  }

  @Override
  public void stroke(double[] x, double[] y, Pen pen) {
    graphics.setColor(pen.color());
    graphics.setStroke(stroke(pen));
    graphics.draw(path(x, y));
  }

  private static BasicStroke stroke(Pen pen) {
    float width = (float) pen.width();
    if (pen.dash().isEmpty()) {
      return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
    }
    float[] dash = new float[pen.dash().size()];
    for (int i = 0; i < dash.length; i++) {
      dash[i] = pen.dash().get(i);
    }
    return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dash, 0);
  }

  @Override
  public void text(String text, double x, double y, double size, Anchor anchor) {
    AffineTransform place = AffineTransform.getTranslateInstance(x, y);
    place.translate(-before(anchor) * Typeface.width(text, size), 0);
    paint(place.createTransformedShape(Typeface.outline(text, size)), Color.BLACK);
  }

  /** Which share of a text lies before its point. */
  static double before(Anchor anchor) {
    return switch (anchor) {
      case START -> 0;
      case MIDDLE -> 0.5;
      case END -> 1;
    };
  }

  @Override
  public void upright(String text, double x, double y, double size) {
    AffineTransform place = AffineTransform.getTranslateInstance(x, y);
    place.rotate(-Math.PI / 2);
    place.translate(-Typeface.width(text, size) / 2, 0);
    paint(place.createTransformedShape(Typeface.outline(text, size)), Color.BLACK);
  }

  @Override
  public void clipped(double x, double y, double width, double height, Runnable inside) {
    Shape before = graphics.getClip();
    graphics.clip(new Rectangle2D.Double(x, y, width, height));
    inside.run();
    graphics.setClip(before);
  }
}
