package dsa.cli.space;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dsa.core.complexity.Complexity;
import dsa.core.run.DrawnModel;
import dsa.figures.table.Column;
import dsa.figures.table.Table;
import java.util.List;

/** What networks cost, as tables and as JSON. */
public final class ComplexityTables {

  private ComplexityTables() {}

  /** One row a network. */
  static Table of(List<DrawnModel> models) {
    Table.Builder table =
        Table.of(
            Column.count("index"),
            Column.count("params"),
            Column.count("macs"),
            Column.count("nds flops"),
            Column.count("activations"),
            Column.text("architecture"));
    for (DrawnModel model : models) {
      Complexity c = model.complexity();
      table.row(
          model.index(), c.params(), c.macs(), c.ndsFlops(), c.activations(), model.spec().text());
    }
    return table.build();
  }

  /** The four counts. */
  static ObjectNode json(Complexity complexity) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("params", complexity.params())
        .put("macs", complexity.macs())
        .put("ndsFlops", complexity.ndsFlops())
        .put("activations", complexity.activations());
  }

  /** A network with its index and counts. */
  static ObjectNode json(DrawnModel model) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("index", model.index()).put("architecture", model.spec().text());
    json.setAll(json(model.complexity()));
    return json;
  }
}
