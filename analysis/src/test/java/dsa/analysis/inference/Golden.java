package dsa.analysis.inference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dsa.core.testing.Shared;
import java.io.IOException;

/** Reference values computed with numpy and scipy. */
final class Golden {

  private Golden() {}

  /** The number at a path such as {@code /ks/less/p_exact}. */
  static double number(String path) throws IOException {
    JsonNode node =
        new ObjectMapper().readTree(Shared.file("golden/golden.json").toFile()).at(path);
    if (!node.isNumber()) {
      throw new AssertionError("no golden number at " + path);
    }
    return node.doubleValue();
  }
}
