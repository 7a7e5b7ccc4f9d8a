package dsa.cli.space;

import dsa.core.arch.NetworkPlan;
import dsa.core.arch.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A plan's parts gathered into units that may follow each other unchanged: the cells of a network
 * of cells, single parts otherwise.
 */
public final class PlanUnits {

  /**
   * A run of equal units.
   *
   * @param first place of its first part
   * @param parts how many parts a unit has
   * @param times how many units there are
   */
  record Run(int first, int parts, int times) {}

  private final NetworkPlan plan;
  private final List<Shape> shapes;

  private PlanUnits(NetworkPlan plan, List<Shape> shapes) {
    this.plan = plan;
    this.shapes = shapes;
  }

  /**
   * The runs of a plan in order.
   *
   * @param shapes that each part hands on
   */
  static List<Run> of(NetworkPlan plan, List<Shape> shapes) {
    return new PlanUnits(plan, shapes).runs();
  }

  private List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    int at = 0;
    while (at < plan.parts().size()) {
      int length = unit(at);
      int times = 1;
      while (same(at, at + times * length, length)) {
        times++;
      }
      runs.add(new Run(at, length, times));
      at += times * length;
    }
    return runs;
  }

  /** How many parts the unit that begins here has. */
  private int unit(int from) {
    String cell = cell(from);
    int to = from + 1;
    while (!cell.isEmpty() && to < plan.parts().size() && cell(to).equals(cell)) {
      to++;
    }
    return to - from;
  }

  /** Such as {@code cell3}; empty for a part of no cell. */
  private String cell(int part) {
    String name = plan.parts().get(part).name();
    int dot = name.indexOf('.');
    return name.startsWith("cell") && dot > 0 ? name.substring(0, dot) : "";
  }

  private boolean same(int first, int other, int length) {
    if (other + length > plan.parts().size() || unit(other) != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      NetworkPlan.Part a = plan.parts().get(first + i);
      NetworkPlan.Part b = plan.parts().get(other + i);
      if (!a.ops().equals(b.ops())
          || a.join() != b.join()
          || a.inputs().size() != b.inputs().size()
          || !shapes.get(first + i).equals(shapes.get(other + i))
          || !plan.joined(a, shapes).equals(plan.joined(b, shapes))) {
        return false;
      }
      for (int j = 0; j < a.inputs().size(); j++) {
        if (first - a.inputs().get(j) != other - b.inputs().get(j)) {
          return false;
        }
      }
    }
    return true;
  }
}
