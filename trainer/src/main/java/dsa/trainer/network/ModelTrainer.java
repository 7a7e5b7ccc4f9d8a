package dsa.trainer.network;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.random.SeedPath;
import dsa.trainer.checkpoint.Checkpoints;
import dsa.trainer.engine.EngineInfo;
import dsa.trainer.recipe.TrainingRecipe;
import java.io.IOException;

/** Trains one model at a time, on one engine and one set of images. */
public interface ModelTrainer extends AutoCloseable {

  /**
   * How trainers here compute, part of a run's provenance and of a checkpoint's key: another one
   * whenever initialization, the order of tensors or the arithmetic of a step changes. The second
   * sums the statistics of batches in another order where channels are no multiple of eight; the
   * third computes 1x1 convolutions of a stride from such channels in another way.
   */
  String ARITHMETIC = "arithmetic 3";

  /** The engine and the device that compute. */
  EngineInfo info();

  /**
   * Trains a model from its latest checkpoint, or from the beginning. On the processor the result
   * depends on the architecture, the recipe, the seed, the images and the engine with its threads,
   * and on nothing else. On GPUs two runs differ from the last digits on (docs/gpu.md).
   *
   * @param seed the study's root; the trainer derives its own addresses from it and the
   *     architecture
   * @param checkpoints where the run is kept after each epoch
   * @param progress told after each epoch
   * @return completed or diverged, never failed
   * @throws dsa.trainer.engine.EngineException if the engine fails
   * @throws IllegalArgumentException if the architecture cannot be built for the images
   */
  TrainingResult train(
      ArchitectureSpec architecture,
      TrainingRecipe recipe,
      SeedPath seed,
      Checkpoints checkpoints,
      TrainingProgress progress)
      throws IOException;

  @Override
  void close();
}
