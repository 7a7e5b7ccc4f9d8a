package dsa.figures.diagram;

import dsa.core.io.AtomicFile;
import dsa.figures.diagram.Drawing.Box;
import dsa.figures.diagram.Drawing.Curve;
import dsa.figures.diagram.Drawing.Mark;
import dsa.figures.diagram.Drawing.Point;
import dsa.figures.diagram.Drawing.Words;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Drawings as SVG 1.1, text as text, so that they can be searched and edited. */
public final class DrawingFile {

  private static final String INK = "#333333";

  private DrawingFile() {}

  /** Replaces {@code file} by the drawing, whole or not at all. */
  public static void write(Path file, Drawing drawing) throws IOException {
    byte[] bytes = svg(drawing).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, out -> out.write(bytes));
  }

  /** The drawing as an SVG document. */
  public static String svg(Drawing drawing) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      line(xml);
      xml.writeStartElement("svg");
      xml.writeDefaultNamespace("http://www.w3.org/2000/svg");
      xml.writeAttribute("width", number(drawing.width()) + "pt");
      xml.writeAttribute("height", number(drawing.height()) + "pt");
      xml.writeAttribute(
          "viewBox", "0 0 " + number(drawing.width()) + " " + number(drawing.height()));
      xml.writeAttribute("font-family", "Helvetica, Arial, sans-serif");
      line(xml);
      arrowhead(xml);
      box(xml, new Box(0, 0, drawing.width(), drawing.height(), 0, 0xFFFFFF), false);
      Box under = new Box(0, 0, 0, 0, 0, 0xFFFFFF);
      for (Mark mark : drawing.marks()) {
        under = mark instanceof Box box ? box : under;
        write(xml, mark, dark(under) && mark instanceof Words words && holds(under, words));
      }
      xml.writeEndElement();
      line(xml);
      xml.writeEndDocument();
    } catch (XMLStreamException e) {
      throw new AssertionError("a string refused text", e);
    }
    return text.toString();
  }

  private static void line(XMLStreamWriter xml) throws XMLStreamException {
    xml.writeCharacters("\n");
  }

  private static void arrowhead(XMLStreamWriter xml) throws XMLStreamException {
    xml.writeStartElement("defs");
    xml.writeStartElement("marker");
    xml.writeAttribute("id", "arrow");
    xml.writeAttribute("viewBox", "0 0 6 6");
    xml.writeAttribute("refX", "6");
    xml.writeAttribute("refY", "3");
    xml.writeAttribute("markerWidth", "5");
    xml.writeAttribute("markerHeight", "5");
    xml.writeAttribute("orient", "auto");
    xml.writeEmptyElement("path");
    xml.writeAttribute("d", "M0 0 L6 3 L0 6 z");
    xml.writeAttribute("fill", INK);
    xml.writeEndElement();
    xml.writeEndElement();
    line(xml);
  }

  private static boolean holds(Box box, Words words) {
    return words.x() >= box.x()
        && words.x() <= box.x() + box.width()
        && words.y() >= box.y()
        && words.y() <= box.y() + box.height();
  }

  /** Whether white text has more contrast on a fill than black text (WCAG 2.1). */
  private static boolean dark(Box box) {
    double luminance =
        0.2126 * linear(box.rgb() >> 16)
            + 0.7152 * linear(box.rgb() >> 8)
            + 0.0722 * linear(box.rgb());
    return luminance < 0.179;
  }

  private static double linear(int rgb) {
    double share = (rgb & 255) / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }

  private static void write(XMLStreamWriter xml, Mark mark, boolean white)
      throws XMLStreamException {
    if (mark instanceof Box box) {
      box(xml, box, true);
    } else if (mark instanceof Curve curve) {
      arrow(xml, path(curve.points()));
    } else if (mark instanceof Words words) {
      xml.writeStartElement("text");
      xml.writeAttribute("x", number(words.x()));
      xml.writeAttribute("y", number(words.y()));
      xml.writeAttribute("font-size", number(words.size()));
      xml.writeAttribute("text-anchor", "middle");
      if (white) {
        xml.writeAttribute("fill", "#FFFFFF");
      }
      xml.writeCharacters(words.text());
      xml.writeEndElement();
    } else {
      throw new AssertionError(mark);
    }
    line(xml);
  }

  private static void arrow(XMLStreamWriter xml, String path) throws XMLStreamException {
    xml.writeEmptyElement("path");
    xml.writeAttribute("d", path);
    xml.writeAttribute("fill", "none");
    xml.writeAttribute("stroke", INK);
    xml.writeAttribute("stroke-width", "0.8");
    xml.writeAttribute("marker-end", "url(#arrow)");
  }

  private static void box(XMLStreamWriter xml, Box box, boolean edge) throws XMLStreamException {
    xml.writeEmptyElement("rect");
    xml.writeAttribute("x", number(box.x()));
    xml.writeAttribute("y", number(box.y()));
    xml.writeAttribute("width", number(box.width()));
    xml.writeAttribute("height", number(box.height()));
    if (box.round() > 0) {
      xml.writeAttribute("rx", number(box.round()));
    }
    xml.writeAttribute("fill", String.format(Locale.ROOT, "#%06X", box.rgb()));
    if (edge) {
      xml.writeAttribute("stroke", INK);
      xml.writeAttribute("stroke-width", "0.5");
    }
  }

  /** Cubic curves, vertical at every point. */
  private static String path(List<Point> points) {
    StringBuilder path = new StringBuilder("M" + pair(points.get(0)));
    for (int i = 1; i < points.size(); i++) {
      Point from = points.get(i - 1);
      Point to = points.get(i);
      double middle = (from.y() + to.y()) / 2;
      path.append(" C")
          .append(pair(new Point(from.x(), middle)))
          .append(' ')
          .append(pair(new Point(to.x(), middle)))
          .append(' ')
          .append(pair(to));
    }
    return path.toString();
  }

  private static String pair(Point point) {
    return number(point.x()) + "," + number(point.y());
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.replaceAll("\\.?0+$", "");
  }
}
