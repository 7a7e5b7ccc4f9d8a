package dsa.trainer;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.NetworkPlan;
import dsa.core.arch.Task;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.core.run.EpochResult;
import dsa.core.run.RunOutcome;
import dsa.trainer.data.BatchPlan;
import dsa.trainer.data.Cifar10;
import dsa.trainer.data.PixelNormalization;
import dsa.trainer.engine.Batches;
import dsa.trainer.engine.DeviceKind;
import dsa.trainer.engine.EngineInfo;
import dsa.trainer.engine.Ops;
import dsa.trainer.engine.Scope;
import dsa.trainer.engine.Tape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Trains networks on one engine. What is random has an address under the seed and the architecture:
 * first weights under {@code init}, the order and augmentation of an epoch under {@code epoch/i};
 * so a run that goes on from a checkpoint sees what it would have seen.
 *
 * @param <T> the engine's tensor
 */
final class NetworkTrainer<T> implements ModelTrainer {

  /** Images evaluated at once; the error does not depend on it, memory and speed do. */
  private static final Map<DeviceKind, Integer> TEST_BATCH =
      Map.of(DeviceKind.CPU, 50, DeviceKind.CUDA, 500);

  private static final Task TASK = Task.CIFAR10;

  private final Ops<T> ops;
  private final Cifar10 images;
  private final LongSupplier nanoTime;

  NetworkTrainer(Ops<T> ops, Cifar10 images, LongSupplier nanoTime) {
    this.ops = ops;
    this.images = images;
    this.nanoTime = nanoTime;
  }

  @Override
  public EngineInfo info() {
    return ops.info();
  }

  @Override
  public TrainingResult train(
      ArchitectureSpec architecture,
      TrainingRecipe recipe,
      SeedPath seed,
      Checkpoints checkpoints,
      TrainingProgress progress)
      throws IOException {
    NetworkPlan plan = architecture.plan(TASK);
    SeedPath address = seed.child("train").child(architecture.text());
    try (Scope model = ops.scope()) {
      Run run = new Run(plan, recipe, address);
      String key = key(architecture, recipe, address);
      List<EpochResult> epochs = new ArrayList<>();
      Optional<Checkpoint> checkpoint = checkpoints.latest(key);
      if (checkpoint.isPresent()) {
        // equal keys mean equal tensors
        run.restore(checkpoint.get().tensors());
        epochs.addAll(checkpoint.get().epochs());
      }
      while (epochs.size() < recipe.epochs()) {
        Optional<EpochResult> epoch = run.epoch(epochs.size());
        if (epoch.isEmpty()) {
          return new TrainingResult(new RunOutcome.Diverged(epochs.size() + 1), epochs);
        }
        epochs.add(epoch.get());
        if (epochs.size() < recipe.epochs()) {
          checkpoints.save(new Checkpoint(key, epochs, run.tensors()));
        }
        progress.epoch(epoch.get());
      }
      List<Double> curve = epochs.stream().map(EpochResult::testErrorPct).toList();
      return new TrainingResult(RunOutcome.Completed.of(curve), epochs);
    }
  }

  private String key(ArchitectureSpec architecture, TrainingRecipe recipe, SeedPath address) {
    return ARITHMETIC
        + "; "
        + architecture.text()
        + "; "
        + recipe.hash()
        + "; "
        + Long.toHexString(address.child("key").generator().nextLong())
        + "; "
        + images.checksum()
        + "; "
        + ops.info();
  }

  @Override
  public void close() {
    ops.close();
  }

  /** One network on its way through the epochs. */
  private final class Run {

    private final TrainingRecipe recipe;
    private final SeedPath address;
    private final Network<T> network;
    private final Sgd<T> sgd;
    private final int[] trainPlaces;
    private final int[] validationPlaces;
    private final Batches<T> training;
    private final Batches<T> testing;
    private final T lossSum;
    private final T wrongSum;

    Run(NetworkPlan plan, TrainingRecipe recipe, SeedPath address) {
      this.recipe = recipe;
      this.address = address;
      Parameters parameters = Parameters.of(plan);
      this.network = Network.of(ops, plan, parameters, parameters.draw(address.child("init")));
      this.sgd = new Sgd<>(ops, network.variables());
      TrainingImages split = TrainingImages.split(images.train(), recipe);
      this.trainPlaces = split.training();
      this.validationPlaces = split.validation();
      this.training = ops.batches(images.train(), PixelNormalization.CIFAR10);
      this.testing = ops.batches(images.test(), PixelNormalization.CIFAR10);
      this.lossSum = ops.tensor(new float[1], 1);
      this.wrongSum = ops.tensor(new float[1], 1);
    }

    /** Weights, velocities and running statistics. */
    private List<T> state() {
      List<T> state = new ArrayList<>(network.variables().storage());
      state.addAll(sgd.velocities());
      state.addAll(network.statistics());
      return state;
    }

    List<float[]> tensors() {
      return state().stream().map(ops::read).toList();
    }

    void restore(List<float[]> tensors) {
      List<T> state = state();
      for (int i = 0; i < state.size(); i++) {
        ops.write(state.get(i), tensors.get(i));
      }
    }

    /**
     * Trains and evaluates one epoch.
     *
     * @param epoch from 0
     * @return empty if the loss left the numbers
     */
    Optional<EpochResult> epoch(int epoch) {
      long start = nanoTime.getAsLong();
      RandomStream random = address.child("epoch").child(epoch).generator();
      int[] order = shuffled(trainPlaces, random);
      clear();
      for (int step = 0; step < recipe.stepsPerEpoch(); step++) {
        step(batch(order, step, random), recipe.learningRate(epoch, step));
      }
      int trained = recipe.stepsPerEpoch() * recipe.batchSize();
      double loss = ops.read(lossSum)[0] / (double) recipe.stepsPerEpoch();
      double trainError = 100.0 * ops.read(wrongSum)[0] / trained;
      double trainSeconds = secondsSince(start);
      if (!Double.isFinite(loss)) {
        return Optional.empty();
      }
      ops.trim();
      long trainedAt = nanoTime.getAsLong();
      List<float[]> running = network.statistics().stream().map(ops::read).toList();
      preciseNorms(address.child("precise").child(epoch).generator());
      OptionalDouble validation = OptionalDouble.empty();
      if (validationPlaces.length > 0) {
        validation = OptionalDouble.of(errorPct(training, validationPlaces));
      }
      double test = errorPct(testing, IntStream.range(0, images.test().size()).toArray());
      if (!Double.isFinite(ops.read(lossSum)[0])) {
        return Optional.empty();
      }
      restoreStatistics(running);
      ops.trim();
      return Optional.of(
          new EpochResult(
              epoch + 1,
              loss,
              trainError,
              validation,
              test,
              trainSeconds,
              secondsSince(trainedAt)));
    }

    /** To a millisecond. */
    private double secondsSince(long start) {
      return Math.round((nanoTime.getAsLong() - start) / 1e6) / 1e3;
    }

    private BatchPlan batch(int[] order, int step, RandomStream random) {
      int from = step * recipe.batchSize();
      return BatchPlan.augmented(
          order, from, from + recipe.batchSize(), recipe.cropPad(), recipe.mirror(), random);
    }

    private void clear() {
      ops.write(lossSum, new float[1]);
      ops.write(wrongSum, new float[1]);
    }

    private void step(BatchPlan plan, double learningRate) {
      try (Scope step = ops.scope()) {
        T input = training.images(plan);
        T labels = training.labels(plan);
        network.variables().clearGradients();
        T logits;
        T loss;
        try (Tape<T> tape = ops.tape()) {
          logits = network.logits(input, true, recipe.normMomentum());
          loss = ops.crossEntropy(logits, labels);
          tape.backward(loss);
        }
        ops.addScaled(lossSum, loss, 1);
        ops.addScaled(wrongSum, ops.wrong(logits, labels), 1);
        sgd.step(recipe, learningRate);
      }
    }

    /**
     * Replaces the running statistics by the means, over some batches of training images, of the
     * batches' means and unbiased variances.
     */
    private void preciseNorms(RandomStream random) {
      int batches = recipe.preciseNormImages() / recipe.batchSize();
      if (batches == 0) {
        return;
      }
      int[] order = shuffled(trainPlaces, random);
      List<T> statistics = network.statistics();
      try (Scope all = ops.scope()) {
        List<T> sums = statistics.stream().map(ops::zerosLike).toList();
        for (int i = 0; i < batches; i++) {
          try (Scope one = ops.scope()) {
            network.logits(training.images(batch(order, i, random)), true, 1);
            for (int s = 0; s < sums.size(); s++) {
              ops.addScaled(sums.get(s), statistics.get(s), 1.0 / batches);
            }
          }
        }
        for (int s = 0; s < sums.size(); s++) {
          ops.scale(statistics.get(s), 0);
          ops.addScaled(statistics.get(s), sums.get(s), 1);
        }
      }
    }

    private void restoreStatistics(List<float[]> values) {
      if (recipe.preciseNormImages() == 0) {
        return;
      }
      List<T> statistics = network.statistics();
      for (int i = 0; i < statistics.size(); i++) {
        ops.write(statistics.get(i), values.get(i));
      }
    }

    private double errorPct(Batches<T> source, int[] places) {
      clear();
      int size = TEST_BATCH.get(ops.info().options().device());
      for (int from = 0; from < places.length; from += size) {
        try (Scope batch = ops.scope()) {
          BatchPlan plan = BatchPlan.plain(places, from, Math.min(places.length, from + size));
          T labels = source.labels(plan);
          T logits = network.logits(source.images(plan), false, recipe.normMomentum());
          ops.addScaled(lossSum, ops.crossEntropy(logits, labels), 1);
          ops.addScaled(wrongSum, ops.wrong(logits, labels), 1);
        }
      }
      return 100.0 * ops.read(wrongSum)[0] / places.length;
    }

    private int[] shuffled(int[] places, RandomStream random) {
      int[] order = places.clone();
      for (int i = order.length - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int other = order[i];
        order[i] = order[j];
        order[j] = other;
      }
      return order;
    }
  }
}
