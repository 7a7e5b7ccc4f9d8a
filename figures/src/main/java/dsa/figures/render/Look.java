package dsa.figures.render;

import dsa.figures.Figure;
import dsa.figures.Points;
import java.awt.Color;
import java.util.List;

/**
 * How the n-th name of a figure looks: a colour that people with any common colour blindness can
 * tell from the others (Okabe and Ito, <i>Color Universal Design</i>, 2008), and a dash pattern and
 * a marker that tell them apart in grey. Seven colours, eight dash patterns and, of points, four
 * shapes come round at different times, so that the first 56 lines and the first 28 clouds differ.
 *
 * @param rgb the colour, 0xRRGGBB
 * @param dash lengths drawn and left out in turn, in points; empty for a solid line
 */
record Look(int rgb, Mark mark, List<Float> dash) {

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

  private static final List<Integer> COLORS =
      List.of(0x0072B2, 0xD55E00, 0x009E73, 0x000000, 0xCC79A7, 0x56B4E9, 0xE69F00);

  /** From dark to light, evenly to the eye: viridis of Smith and van der Walt, matplotlib. */
  private static final List<Integer> SHADES =
      List.of(0x440154, 0x3B528B, 0x21918C, 0x5EC962, 0xFDE725);

  private static final List<List<Float>> DASHES =
      List.of(
          List.of(),
          List.of(7f, 3f),
          List.of(2f, 2.4f),
          List.of(8f, 2.5f, 2f, 2.5f),
          List.of(11f, 4f),
          List.of(4f, 2f),
          List.of(8f, 2f, 2f, 2f, 2f, 2f),
          List.of(14f, 2f, 4f, 2f));

  /** The look of the name at {@code index}, from 0. */
  static Look of(int index) {
    return new Look(
        COLORS.get(index % COLORS.size()),
        Mark.values()[index % Mark.values().length],
        DASHES.get(index % DASHES.size()));
  }

  /** The look of the name at {@code index} of a figure, whose colour may stand for an order. */
  static Look of(Figure figure, int index) {
    Look look = of(index);
    return figure.leader(figure.names().get(index)) instanceof Points points
            && points.shade().isPresent()
        ? new Look(shaded(points.shade().getAsDouble()), look.mark(), look.dash())
        : look;
  }

  /** A colour between two neighbours of {@link #SHADES}. */
  private static int shaded(double shade) {
    double place = shade * (SHADES.size() - 1);
    int low = Math.min(SHADES.size() - 2, (int) place);
    int rgb = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int from = SHADES.get(low) >> shift & 255;
      int to = SHADES.get(low + 1) >> shift & 255;
      rgb |= (int) Math.round(from + (place - low) * (to - from)) << shift;
    }
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
}
