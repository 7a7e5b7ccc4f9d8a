package dsa.figures.diagram;

import dsa.core.arch.NetworkPlan;
import dsa.core.arch.Shape;
import dsa.figures.diagram.Drawing.Box;
import dsa.figures.diagram.Drawing.Mark;
import dsa.figures.diagram.Drawing.Words;
import java.util.ArrayList;
import java.util.List;

/**
 * A bar for each part of a network, as high as it has channels, coloured by the size of its maps.
 */
final class WidthDiagram {

  private static final double SIZE = 8;
  private static final double LETTER = 0.56 * SIZE;
  private static final double MARGIN = 14;
  private static final double TALLEST = 110;
  private static final double WIDEST_BAR = 16;
  private static final double NARROWEST_BAR = 2;
  private static final double PAGE = 460;
  private static final int[] COLOURS = {0xCDE6F5, 0x9CCBE8, 0x5FA8D3, 0x2F7DB0, 0x1B5A85};

  private WidthDiagram() {}

  static Drawing of(NetworkPlan plan) {
    List<Shape> shapes = plan.shapes();
    int parts = shapes.size() - 1; // the head has no maps
    double step = Math.max(NARROWEST_BAR, Math.min(WIDEST_BAR + 2, PAGE / Math.max(1, parts)));
    double bar = step > 4 ? step - 2 : step;
    int most = shapes.subList(0, parts).stream().mapToInt(Shape::channels).max().orElse(1);
    double floor = MARGIN + 2 * SIZE + TALLEST;
    List<Mark> marks = new ArrayList<>();
    for (int from = 0; from < parts; ) {
      int to = from;
      while (to + 1 < parts && shapes.get(to + 1).equals(shapes.get(from))) {
        to++;
      }
      run(
          marks,
          shapes.get(from),
          colour(shapes.get(0), shapes.get(from)),
          from,
          to,
          step,
          bar,
          most,
          floor);
      from = to + 1;
    }
    sizes(marks, shapes.subList(0, parts), step, floor);
    double width = Math.max(2 * MARGIN + parts * step, 2 * MARGIN + 12 * LETTER);
    marks.add(
        new Words(
            width / 2,
            floor + 4 * SIZE,
            SIZE,
            parts == 1 ? "one part" : parts + " parts; heights are channels"));
    return new Drawing(width, floor + 5 * SIZE, marks);
  }

  /** Of maps that were made of {@code first}: the darker, the more often these were halved. */
  static int colour(Shape first, Shape output) {
    int level = 0;
    for (int side = first.height();
        side / 2 >= output.height() && level < COLOURS.length;
        level++) {
      side /= 2;
    }
    return COLOURS[Math.min(level, COLOURS.length - 1)];
  }

  private static void run(
      List<Mark> marks,
      Shape shape,
      int rgb,
      int from,
      int to,
      double step,
      double bar,
      int most,
      double floor) {
    double height = Math.max(2, TALLEST * shape.channels() / most);
    for (int i = from; i <= to; i++) {
      marks.add(new Box(MARGIN + i * step, floor - height, bar, height, 0, rgb));
    }
    String channels = Integer.toString(shape.channels());
    if ((to - from + 1) * step > LETTER * channels.length()) {
      double middle = MARGIN + (from + to + 1) * step / 2 - (step - bar) / 2;
      marks.add(new Words(middle, floor - height - 0.35 * SIZE, SIZE, channels));
    }
  }

  /** Writes the size of the maps under each run of one size. */
  private static void sizes(List<Mark> marks, List<Shape> shapes, double step, double floor) {
    for (int from = 0; from < shapes.size(); ) {
      int to = from;
      while (to + 1 < shapes.size() && shapes.get(to + 1).height() == shapes.get(from).height()) {
        to++;
      }
      String size = shapes.get(from).height() + "x" + shapes.get(from).width();
      boolean fits = (to - from + 1) * step > LETTER * size.length();
      String shown = fits ? size : Integer.toString(shapes.get(from).height());
      marks.add(new Words(MARGIN + (from + to + 1) * step / 2, floor + 1.4 * SIZE, SIZE, shown));
      from = to + 1;
    }
  }
}
