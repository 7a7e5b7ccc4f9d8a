package dsa.figures.render;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.PathIterator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.state.PDExtendedGraphicsState;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;
import org.apache.pdfbox.util.Matrix;

/** A PDF page whose text is text in an embedded font; the same drawing gives the same bytes. */
final class PdfCanvas implements Canvas, AutoCloseable {

  /** Distance of the control points of a quarter circle, in radii. */
  private static final double QUARTER = 0.5522847498;

  private final PDDocument document;
  private final PDType0Font font;
  private final PDPageContentStream out;
  private final Map<Integer, PDExtendedGraphicsState> opacities = new HashMap<>();
  private final double height;

  PdfCanvas(double width, double height, double pointsPerUnit) throws IOException {
    this.height = height;
    if (System.getProperty("slf4j.internal.verbosity") == null) {
      // the PDF library logs by SLF4J where it is, which else says that no logger is there
      System.setProperty("slf4j.internal.verbosity", "ERROR");
    }
    document = new PDDocument();
    document.setDocumentId(0L); // else made of the clock
    PDPage page =
        new PDPage(
            new PDRectangle((float) (width * pointsPerUnit), (float) (height * pointsPerUnit)));
    document.addPage(page);
    try (InputStream file = Typeface.open()) {
      font = PDType0Font.load(document, file, true);
    }
    out = new PDPageContentStream(document, page);
    out.transform(Matrix.getScaleInstance((float) pointsPerUnit, (float) pointsPerUnit));
  }

  byte[] bytes() throws IOException {
    out.close();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 15);
    document.save(bytes);
    return bytes.toByteArray();
  }

  @Override
  public void close() throws IOException {
    document.close();
  }

  private interface Writing {

    void write() throws IOException;
  }

  private static void write(Writing writing) {
    try {
      writing.write();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory is written to
    }
  }

  private float up(double y) {
    return (float) (height - y);
  }

  private void color(Color color, boolean line) throws IOException {
    int alpha = color.getAlpha();
    PDExtendedGraphicsState state = opacities.get(alpha);
    if (state == null) {
      state = new PDExtendedGraphicsState();
      state.setNonStrokingAlphaConstant(alpha / 255f);
      state.setStrokingAlphaConstant(alpha / 255f);
      opacities.put(alpha, state);
    }
    out.setGraphicsStateParameters(state);
    Color opaque = new Color(color.getRGB());
    if (line) {
      out.setStrokingColor(opaque);
    } else {
      out.setNonStrokingColor(opaque);
    }
  }

  private void path(double[] x, double[] y) throws IOException {
    out.moveTo((float) x[0], up(y[0]));
    for (int i = 1; i < x.length; i++) {
      out.lineTo((float) x[i], up(y[i]));
    }
  }

  @Override
  public void fill(double[] x, double[] y, Color color) {
    write(
        () -> {
          color(color, false);
          path(x, y);
          out.closePath();
          out.fill();
        });
  }

  @Override
  public void disc(double x, double y, double radius, Color color) {
    float cx = (float) x;
    float cy = up(y);
    float r = (float) radius;
    float k = (float) (QUARTER * radius);
    write(
        () -> {
          color(color, false);
          out.moveTo(cx + r, cy);
          out.curveTo(cx + r, cy + k, cx + k, cy + r, cx, cy + r);
          out.curveTo(cx - k, cy + r, cx - r, cy + k, cx - r, cy);
          out.curveTo(cx - r, cy - k, cx - k, cy - r, cx, cy - r);
          out.curveTo(cx + k, cy - r, cx + r, cy - k, cx + r, cy);
          out.fill();
        });
  }

  @Override
  public void stroke(double[] x, double[] y, Pen pen) {
    write(
        () -> {
          color(pen.color(), true);
          out.setLineWidth((float) pen.width());
          out.setLineJoinStyle(1);
          float[] dash = new float[pen.dash().size()];
          for (int i = 0; i < dash.length; i++) {
            dash[i] = pen.dash().get(i);
          }
          out.setLineDashPattern(dash, 0);
          path(x, y);
          out.stroke();
        });
  }

  @Override
  public void text(String text, double x, double y, double size, Anchor anchor) {
    double start = x - ImageCanvas.before(anchor) * Typeface.width(text, size);
    write(() -> show(text, size, Matrix.getTranslateInstance((float) start, up(y))));
  }

  @Override
  public void upright(String text, double x, double y, double size) {
    double start = y + Typeface.width(text, size) / 2;
    write(() -> show(text, size, Matrix.getRotateInstance(Math.PI / 2, (float) x, up(start))));
  }

  private void show(String text, double size, Matrix place) throws IOException {
    color(Color.BLACK, false);
    if (!Typeface.has(text)) {
      out.saveGraphicsState();
      out.transform(place);
      area(Typeface.outline(text, size));
      out.restoreGraphicsState();
      return;
    }
    out.beginText();
    out.setRenderingMode(RenderingMode.FILL);
    out.setFont(font, (float) size);
    out.setTextMatrix(place);
    out.showText(text);
    out.endText();
  }

  /** An area around the origin, y downwards. */
  private void area(Shape shape) throws IOException {
    float[] p = new float[6];
    float lastX = 0;
    float lastY = 0;
    for (PathIterator i = shape.getPathIterator(null); !i.isDone(); i.next()) {
      switch (i.currentSegment(p)) {
        case PathIterator.SEG_MOVETO -> out.moveTo(p[0], -p[1]);
        case PathIterator.SEG_LINETO -> out.lineTo(p[0], -p[1]);
        case PathIterator.SEG_QUADTO -> {
          out.curveTo(
              (lastX + 2 * p[0]) / 3,
              -(lastY + 2 * p[1]) / 3,
              (p[2] + 2 * p[0]) / 3,
              -(p[3] + 2 * p[1]) / 3,
              p[2],
              -p[3]);
          p[0] = p[2];
          p[1] = p[3];
        }
        case PathIterator.SEG_CUBICTO -> {
          out.curveTo(p[0], -p[1], p[2], -p[3], p[4], -p[5]);
          p[0] = p[4];
          p[1] = p[5];
        }
        default -> out.closePath();
      }
      lastX = p[0];
      lastY = p[1];
    }
    out.fill();
  }

  @Override
  public void clipped(double x, double y, double width, double high, Runnable inside) {
    write(
        () -> {
          out.saveGraphicsState();
          out.addRect((float) x, up(y + high), (float) width, (float) high);
          out.clip();
          inside.run();
          out.restoreGraphicsState();
        });
  }
}
