package dsa.trainer.network;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.NetworkPlan;
import dsa.core.arch.Shape;
import dsa.core.arch.Task;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.core.run.EpochResult;
import dsa.core.run.RunOutcome;
import dsa.trainer.checkpoint.Checkpoint;
import dsa.trainer.checkpoint.Checkpoints;
import dsa.trainer.data.BatchPlan;
import dsa.trainer.data.Cifar10;
import dsa.trainer.data.ImageSet;
import dsa.trainer.data.PixelNormalization;
import dsa.trainer.engine.Batches;
import dsa.trainer.engine.DeviceKind;
import dsa.trainer.engine.EngineInfo;
import dsa.trainer.engine.Ops;
import dsa.trainer.engine.Scope;
import dsa.trainer.engine.Tape;
import dsa.trainer.recipe.TrainingRecipe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Trains networks on one engine. What is random has an address under the seed and the architecture:
 * first weights under {@code init}, the order and augmentation of an epoch under {@code epoch/i};
 * so a run that goes on from a checkpoint sees what it would have seen.
 *
 * @param <T> the engine's tensor
 */
public final class NetworkTrainer<T> implements ModelTrainer {

  /** Images evaluated at once; the error does not depend on it, memory and speed do. */
  private static final int TEST_BATCH = 50;

  private static final int TEST_BATCH_ON_GPU = 500;

  private static final Task TASK = Task.CIFAR10;

  private final Ops<T> ops;
  private final Cifar10 images;
  private ImageSet train;
  private ImageSet test;
  private final LongSupplier nanoTime;
  private final Supplier<OptionalDouble> cpuSeconds;

  /**
   * A trainer on some images.
   *
   * @param nanoTime a clock for durations
   * @param cpuSeconds processor time spent so far, empty where nobody knows it
   */
  public NetworkTrainer(
      Ops<T> ops, Cifar10 images, LongSupplier nanoTime, Supplier<OptionalDouble> cpuSeconds) {
    this.ops = ops;
    this.images = images;
    this.train = images.train();
    this.test = images.test();
    this.nanoTime = nanoTime;
    this.cpuSeconds = cpuSeconds;
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
    reduceImages(recipe.imageSide());
    NetworkPlan plan = plan(architecture, recipe);
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
        Optional<EpochResult> epoch = run.epoch(epochs.size(), progress);
        if (epoch.isEmpty()) {
          return new TrainingResult(new RunOutcome.Diverged(epochs.size() + 1), epochs);
        }
        epochs.add(epoch.get());
        if (epochs.size() < recipe.epochs()) {
          checkpoints.save(new Checkpoint(key, epochs, run.tensors()));
        }
        progress.epoch(epoch.get());
      }
      return new TrainingResult(RunOutcome.Completed.of(EpochResult.testErrors(epochs)), epochs);
    }
  }

  /** Images of the side that a recipe wants; those of the last recipe are kept. */
  private void reduceImages(int side) {
    if (train.side() != side) {
      train = images.train().reduced(side);
      test = images.test().reduced(side);
    }
  }

  /**
   * The network for images of the side that a recipe wants, with the same parameters as for those
   * as published.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static NetworkPlan plan(ArchitectureSpec architecture, TrainingRecipe recipe) {
    NetworkPlan whole = architecture.plan(TASK);
    int side = recipe.imageSide();
    if (side == ImageSet.SIDE) {
      return whole;
    }
    NetworkPlan plan = new NetworkPlan(new Shape(ImageSet.CHANNELS, side, side), whole.parts());
    String remedy = "; train it by a recipe with imageSide: " + ImageSet.SIDE;
    List<Parameters.Parameter> trainable;
    try {
      trainable = Parameters.of(plan).trainable();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "with images of side " + side + ", " + e.getMessage() + remedy, e);
    }
    if (!trainable.equals(Parameters.of(whole).trainable())) {
      throw new IllegalArgumentException(
          "the network has other weights for images of side " + side + remedy);
    }
    return plan;
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
      Parameters parameters = Parameters.of(plan, recipe.identityResiduals());
      this.network = Network.of(ops, plan, parameters, parameters.draw(address.child("init")));
      this.sgd = new Sgd<>(ops, network.variables());
      TrainingImages split = TrainingImages.split(train, recipe);
      this.trainPlaces = split.training();
      this.validationPlaces = split.validation();
      this.training = ops.batches(train, PixelNormalization.CIFAR10);
      this.testing = ops.batches(test, PixelNormalization.CIFAR10);
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
     * Trains one epoch, and evaluates it if the recipe says so.
     *
     * @param epoch from 0
     * @param progress told after each step
     * @return empty if the loss became non-finite
     */
    Optional<EpochResult> epoch(int epoch, TrainingProgress progress) {
      long start = nanoTime.getAsLong();
      OptionalDouble cpuStart = cpuSeconds.get();
      RandomStream random = address.child("epoch").child(epoch).generator();
      int[] order = shuffled(trainPlaces, random);
      clear();
      for (int step = 0; step < recipe.stepsPerEpoch(); step++) {
        step(batch(order, step, random), recipe.learningRate(epoch, step));
        progress.step(epoch + 1, step + 1, recipe.stepsPerEpoch());
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
      OptionalDouble validation = OptionalDouble.empty();
      OptionalDouble test = OptionalDouble.empty();
      if (recipe.evaluates(epoch)) {
        List<float[]> running = network.statistics().stream().map(ops::read).toList();
        preciseNorms(address.child("precise").child(epoch).generator());
        if (validationPlaces.length > 0) {
          validation = OptionalDouble.of(errorPct(training, validationPlaces));
        }
        int[] places = IntStream.range(0, images.test().size()).toArray();
        test = OptionalDouble.of(errorPct(testing, places));
        if (!Double.isFinite(ops.read(lossSum)[0])) {
          return Optional.empty();
        }
        restoreStatistics(running);
        ops.trim();
      }
      return Optional.of(
          new EpochResult(
              epoch + 1,
              loss,
              trainError,
              validation,
              test,
              trainSeconds,
              secondsSince(trainedAt),
              cpuSecondsSince(cpuStart)));
    }

    private OptionalDouble cpuSecondsSince(OptionalDouble start) {
      OptionalDouble now = cpuSeconds.get();
      return start.isPresent() && now.isPresent()
          ? OptionalDouble.of(Math.round((now.getAsDouble() - start.getAsDouble()) * 1e3) / 1e3)
          : OptionalDouble.empty();
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
      int size = ops.info().options().device() == DeviceKind.CPU ? TEST_BATCH : TEST_BATCH_ON_GPU;
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
