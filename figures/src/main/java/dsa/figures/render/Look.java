package dsa.figures.render;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;

/**
 * How the n-th name of a figure looks: a colour that people with any common colour blindness can
 * tell from the others (Okabe and Ito, <i>Color Universal Design</i>, 2008), and a dash pattern and
 * a marker that tell them apart in grey. After eight names colours come round with other dashes.
 */
enum Look {
  BLUE(0x0072B2, Mark.CIRCLE, ""),
  VERMILLION(0xD55E00, Mark.SQUARE, "7 3"),
  GREEN(0x009E73, Mark.TRIANGLE, "2 2.4"),
  BLACK(0x000000, Mark.DIAMOND, "8 2.5 2 2.5"),
  PURPLE(0xCC79A7, Mark.CIRCLE, "11 4"),
  SKY(0x56B4E9, Mark.SQUARE, "4 2"),
  ORANGE(0xE69F00, Mark.TRIANGLE, "8 2 2 2 2 2"),
  GREY(0x808080, Mark.DIAMOND, "");

  /** Shapes of markers. */
  enum Mark {
    CIRCLE("*"),
    SQUARE("square*"),
    TRIANGLE("triangle*"),
    DIAMOND("diamond*");

    private final String pgf;

    Mark(String pgf) {
      this.pgf = pgf;
    }

    /** What pgfplots calls it. */
    String pgf() {
      return pgf;
    }
  }

  private final int rgb;
  private final Mark mark;
  private final String dash; // lengths drawn and left out in turn, points

  Look(int rgb, Mark mark, String dash) {
    this.rgb = rgb;
    this.mark = mark;
    this.dash = dash;
  }

  /** The look of the name at {@code index}, from 0. */
  static Look of(int index) {
    return values()[index % values().length];
  }

  int rgb() {
    return rgb;
  }

  Color color() {
    return new Color(rgb);
  }

  /** The colour at {@code opacity}, or as it looks on white where there is no transparency. */
  Color faint(double opacity, boolean translucent) {
    Color c = color();
    if (translucent) {
      return new Color(c.getRed(), c.getGreen(), c.getBlue(), (int) Math.round(opacity * 255));
    }
    return new Color(
        onWhite(c.getRed(), opacity),
        onWhite(c.getGreen(), opacity),
        onWhite(c.getBlue(), opacity));
  }

  private static int onWhite(int channel, double opacity) {
    return (int) Math.round(255 - opacity * (255 - channel));
  }

  Mark mark() {
    return mark;
  }

  /** Lengths drawn and left out in turn, in points; empty for a solid line. */
  List<Float> dash() {
    return dash.isEmpty() ? List.of() : Arrays.stream(dash.split(" ")).map(Float::valueOf).toList();
  }
}
