package dsa.figures.diagram;

import dsa.core.io.AtomicFile;
import dsa.figures.diagram.Drawing.Arc;
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
      for (Mark mark : drawing.marks()) {
        write(xml, mark);
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

  private static void write(XMLStreamWriter xml, Mark mark) throws XMLStreamException {
    if (mark instanceof Box box) {
      box(xml, box, true);
    } else if (mark instanceof Curve curve) {
      arrow(xml, path(curve.points()));
    } else if (mark instanceof Arc arc) {
      arrow(xml, path(arc));
    } else if (mark instanceof Words words) {
      xml.writeStartElement("text");
      xml.writeAttribute("x", number(words.x()));
      xml.writeAttribute("y", number(words.y()));
      xml.writeAttribute("font-size", number(words.size()));
      xml.writeAttribute("text-anchor", "middle");
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

  /** Cubic curves, smooth at the bends and vertical at both ends. */
  private static String path(List<Point> points) {
    StringBuilder path = new StringBuilder("M" + pair(points.get(0)));
    for (int i = 1; i < points.size(); i++) {
      Point from = points.get(i - 1);
      Point to = points.get(i);
      double third = (to.y() - from.y()) / 3;
      double outSlope = i == 1 ? 0 : slope(points.get(i - 2), to);
      double inSlope = i == points.size() - 1 ? 0 : slope(from, points.get(i + 1));
      double out = i == 1 ? 1.5 * third : third;
      double in = i == points.size() - 1 ? 1.5 * third : third;
      path.append(" C")
          .append(pair(new Point(from.x() + outSlope * out, from.y() + out)))
          .append(' ')
          .append(pair(new Point(to.x() - inSlope * in, to.y() - in)))
          .append(' ')
          .append(pair(to));
    }
    return path.toString();
  }

  /**
   * How far to the right a curve goes for each point down at a bend between two points; less than a
   * straight line, so that it does not run behind the boxes beside it.
   */
  private static double slope(Point before, Point after) {
    return 0.3 * (after.x() - before.x()) / (after.y() - before.y());
  }

  /** A curve that rises over both ends. */
  private static String path(Arc arc) {
    double above = arc.y() - 4 * arc.rise() / 3;
    return "M"
        + pair(new Point(arc.from(), arc.y()))
        + " C"
        + pair(new Point(arc.from(), above))
        + " "
        + pair(new Point(arc.to(), above))
        + " "
        + pair(new Point(arc.to(), arc.y()));
  }

  private static String pair(Point point) {
    return number(point.x()) + "," + number(point.y());
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.replaceAll("\\.?0+$", "");
  }
}
