package dsa.trainer.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dsa.core.arch.NetworkPlan;
import dsa.core.random.SeedPath;
import dsa.core.run.DrawnModel;
import dsa.sampler.DesignSpace;
import dsa.sampler.spaces.Spaces;
import dsa.trainer.engine.Ops;
import dsa.trainer.engine.Scope;
import dsa.trainer.engine.Variables;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Populations are compared by counted complexity: a count that is not that of the network trained
 * shifts every normalized curve.
 */
@Tag("slow")
final class EngineParametersTest {

  private static EnginesUnderTest engines;

  @BeforeAll
  static void open() {
    engines = new EnginesUnderTest();
  }

  @AfterAll
  static void close() {
    engines.close();
  }

  static List<String> spaces() {
    return Spaces.builtIn();
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void enginesTrainAsManyNumbersAsAreCounted(String name) throws IOException {
    DesignSpace space = Spaces.find(name);
    for (DrawnModel model : CheapMembers.of(space, 25, SeedPath.root(3))) {
      NetworkPlan plan = model.spec().plan(space.head().task());
      Parameters parameters = Parameters.of(plan);
      long counted = model.complexity().params();
      assertEquals(counted, plan.complexity().params());
      List<float[]> zeros =
          parameters.trainable().stream().map(each -> new float[each.length()]).toList();
      for (Ops<Object> ops : engines.all()) {
        try (Scope scope = ops.scope()) {
          Variables<Object> held = Network.of(ops, plan, parameters, zeros).variables();
          String where = model.spec().text() + " on " + ops.info().engine();
          assertEquals(counted, numbers(ops, held.tensors()), where);
          assertEquals(counted, numbers(ops, held.storage()), where);
          assertEquals(counted, numbers(ops, held.gradients()), where);
        }
      }
    }
  }

  private static long numbers(Ops<Object> ops, List<Object> tensors) {
    return tensors.stream().mapToLong(tensor -> ops.read(tensor).length).sum();
  }
}
