package dsa.figures.render;

import dsa.figures.Figure;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A figure as an element of an HTML page: the picture of {@link Format#SVG} with a title and a
 * description for those who hear it, ids that no other figure of the page has, and what marks of a
 * cloud have in common written once.
 */
public final class InlineSvg {

  private static final String NUMBER = "(-?[0-9.]+)";

  private static final Pattern DISC =
      Pattern.compile(
          "<circle cx=\"%1$s\" cy=\"%1$s\" r=\"%1$s\" (fill=\"#[^>]*?)/>".formatted(NUMBER));

  private static final Pattern SQUARE =
      Pattern.compile(
          "<path d=\"M%1$s %1$sL%1$s %1$sL%1$s %1$sL%1$s %1$sZ\" (fill=\"#[^>]*?)/>"
              .formatted(NUMBER));

  /** Marks in one path: where marks of one path lie over each other, they look like one. */
  private static final int MARKS = 50;

  private InlineSvg() {}

  /**
   * The element.
   *
   * @param id of the figure in its page: letters, digits and hyphens
   * @param title what the figure shows, one line
   * @param description what a reader should see in it
   */
  public static String of(Figure figure, String id, String title, String description) {
    String picture = new String(FigurePainter.svg(figure), StandardCharsets.UTF_8);
    int begin = picture.indexOf("<svg");
    int end = picture.indexOf('>', begin) + 1;
    String head =
        picture
            .substring(begin, end - 1)
            .replaceFirst(" width=\"[^\"]*\" height=\"[^\"]*\"", "")
            .concat(" role=\"img\" aria-labelledby=\"" + id + "-t " + id + "-d\">");
    StringBuilder out = new StringBuilder(picture.length());
    out.append(head).append('\n');
    out.append("<title id=\"").append(id).append("-t\">").append(SvgCanvas.escaped(title));
    out.append("</title>\n<desc id=\"").append(id).append("-d\">");
    out.append(SvgCanvas.escaped(description)).append("</desc>\n");
    String[] lines = picture.substring(end).split("\n");
    for (int i = 0; i < lines.length; ) {
      int marks = 0;
      StringBuilder path = new StringBuilder();
      String paint = "";
      while (i + marks < lines.length && marks < MARKS) {
        Optional<Mark> mark = Mark.of(lines[i + marks]);
        if (mark.isEmpty() || !(marks == 0 || mark.get().paint.equals(paint))) {
          break;
        }
        paint = mark.get().paint;
        path.append(mark.get().place);
        marks++;
      }
      if (marks == 0) {
        out.append(
                lines[i]
                    .replace("id=\"plot", "id=\"" + id + "-plot")
                    .replace("url(#plot", "url(#" + id + "-plot"))
            .append('\n');
      } else {
        out.append("<path d=\"").append(path).append("\" ").append(paint).append("/>\n");
      }
      i += Math.max(1, marks);
    }
    return out.toString().strip();
  }

  /** A disc or a square as a line without length, whose ends are round or square. */
  private record Mark(String place, String paint) {

    static Optional<Mark> of(String line) {
      Matcher disc = DISC.matcher(line);
      if (disc.matches()) {
        return Optional.of(
            new Mark(
                "M" + disc.group(1) + " " + disc.group(2) + "h0",
                pen(disc.group(4), 2 * Double.parseDouble(disc.group(3)), "round")));
      }
      Matcher square = SQUARE.matcher(line);
      if (square.matches()) {
        double left = Double.parseDouble(square.group(1));
        double top = Double.parseDouble(square.group(2));
        double width = Double.parseDouble(square.group(5)) - left;
        double height = Double.parseDouble(square.group(6)) - top;
        boolean upright =
            square.group(2).equals(square.group(4)) && square.group(1).equals(square.group(7));
        if (upright && Math.abs(width - height) < 0.05) {
          double half = width / 2;
          return Optional.of(
              new Mark(
                  "M" + Decimals.of(left + half) + " " + Decimals.of(top + half) + "h0",
                  pen(square.group(9), Math.round(10 * width) / 10.0, "square")));
        }
      }
      return Optional.empty();
    }

    private static String pen(String fill, double width, String cap) {
      return "fill=\"none\" "
          + fill.replace("fill", "stroke")
          + " stroke-width=\""
          + Decimals.of(width)
          + "\" stroke-linecap=\""
          + cap
          + "\"";
    }
  }

  /** The colour of the n-th name of a figure, counted from 0: {@code #rrggbb}. */
  public static String color(int index) {
    return "#%06x".formatted(Look.of(index).rgb());
  }
}
