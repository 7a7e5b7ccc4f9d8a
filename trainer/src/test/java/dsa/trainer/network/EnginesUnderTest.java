package dsa.trainer.network;

import dsa.trainer.Engines;
import dsa.trainer.engine.Engine;
import dsa.trainer.engine.EngineOptions;
import dsa.trainer.engine.Ops;
import dsa.trainer.engine.Variables;
import java.util.ArrayList;
import java.util.List;

/** Every engine, opened on one thread of the processor. */
final class EnginesUnderTest implements AutoCloseable {

  private final List<Ops<Object>> all = new ArrayList<>();

  EnginesUnderTest() {
    Engines.all().forEach(engine -> all.add(open(engine)));
  }

  /** An engine with its tensor type forgotten, so that one lambda can speak to all. */
  @SuppressWarnings("unchecked")
  static Ops<Object> open(Engine engine) {
    return (Ops<Object>) engine.open(EngineOptions.cpu());
  }

  List<Ops<Object>> all() {
    return all;
  }

  /** The gradients in the order and shapes of the variables, whose values are lost. */
  static List<float[]> gradients(Ops<Object> ops, Variables<Object> variables) {
    for (Object tensor : variables.tensors()) {
      ops.write(tensor, new float[ops.read(tensor).length]);
    }
    for (int i = 0; i < variables.storage().size(); i++) {
      ops.addScaled(variables.storage().get(i), variables.gradients().get(i), 1);
    }
    return variables.tensors().stream().map(ops::read).toList();
  }

  @Override
  public void close() {
    for (int i = all.size() - 1; i >= 0; i--) {
      all.get(i).close();
    }
  }
}
