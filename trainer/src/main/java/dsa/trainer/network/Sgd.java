package dsa.trainer.network;

import dsa.trainer.engine.Ops;
import dsa.trainer.engine.Variables;
import dsa.trainer.recipe.TrainingRecipe;
import java.util.ArrayList;
import java.util.List;

/**
 * Stochastic gradient descent with momentum: {@code g += λw; v = μv + g; w −= η(g + μv)} with
 * Nesterov's momentum, {@code w −= ηv} without. The weight decay λ is part of the gradient and the
 * learning rate η is not part of v, as in PyTorch.
 *
 * @param <T> the engine's tensor
 */
final class Sgd<T> {

  private final Ops<T> ops;
  private final Variables<T> variables;
  private final List<T> velocities = new ArrayList<>();

  Sgd(Ops<T> ops, Variables<T> variables) {
    this.ops = ops;
    this.variables = variables;
    variables.storage().forEach(weights -> velocities.add(ops.zerosLike(weights)));
  }

  /** The velocities v, one for each of the variables' storage tensors. */
  List<T> velocities() {
    return velocities;
  }

  /** Moves the variables by their gradients, which it changes. */
  void step(TrainingRecipe recipe, double learningRate) {
    List<T> weights = variables.storage();
    List<T> gradients = variables.gradients();
    for (int i = 0; i < weights.size(); i++) {
      T weight = weights.get(i);
      T gradient = gradients.get(i);
      T velocity = velocities.get(i);
      ops.addScaled(gradient, weight, recipe.weightDecay());
      ops.scale(velocity, recipe.momentum());
      ops.addScaled(velocity, gradient, 1);
      if (recipe.nesterov()) {
        ops.addScaled(weight, gradient, -learningRate);
        ops.addScaled(weight, velocity, -learningRate * recipe.momentum());
      } else {
        ops.addScaled(weight, velocity, -learningRate);
      }
    }
  }
}
