package dsa.trainer;

import dsa.trainer.data.ImageSet;
import dsa.trainer.engine.Precision;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Everything that is chosen about training, the same for all models of a population. Populations of
 * different recipes are never mixed; the {@link #hash} tells them apart. Training is stochastic
 * gradient descent on the cross-entropy, with a half-period cosine from {@code learningRate} to 0
 * (Radosavovic et al., ICCV 2019, and its code pycls).
 *
 * @param name such as {@code nds}; not part of the hash
 * @param epochs passes over the training images, at least 1
 * @param batchSize images a step; a last, smaller batch of an epoch is left out
 * @param learningRate of the first step, above 0
 * @param schedule how often the learning rate moves along the cosine
 * @param momentum in [0, 1)
 * @param nesterov whether momentum is Nesterov's
 * @param weightDecay of all weights, those of norms included; 0 or more
 * @param trainImages how many training images are used, the same number of each class
 * @param validationImages how many of the remaining training images are held out to select on, the
 *     same number of each class; may be 0
 * @param cropPad pixels by which training images are shifted at most
 * @param mirror whether training images are mirrored at random
 * @param normMomentum share of a batch's statistics in the running ones, in (0, 1]
 * @param preciseNormImages training images whose batch statistics replace the running ones before
 *     each evaluation (pycls' precise BN); 0 to evaluate with the running ones
 * @param precision of convolutions
 * @param imageSide rows and columns of the images that networks are trained and tested on: 32 as
 *     published, or a smaller multiple of 4, down to 8, by exact means over areas. Costs stay those
 *     of the published size
 * @param identityResiduals whether residual blocks start as identities: the scale of the last norm
 *     of each, where its body ends in one, begins at 0 instead of 1 (Goyal et al., <i>Accurate,
 *     Large Minibatch SGD</i>, 2017, arXiv 1706.02677, section 5.1)
 * @param warmupEpochs epochs, in [0, {@code epochs}), over which the learning rate also rises
 *     linearly from a tenth to the whole of what the schedule says (gradual warm-up, the same
 *     paper, section 2.2, as pycls has it); 0 for none
 * @param evaluateEvery epochs from one evaluation to the next, from 1 to {@code epochs}; the last
 *     epoch is always evaluated
 */
public record TrainingRecipe(
    String name,
    int epochs,
    int batchSize,
    double learningRate,
    Schedule schedule,
    double momentum,
    boolean nesterov,
    double weightDecay,
    int trainImages,
    int validationImages,
    int cropPad,
    boolean mirror,
    double normMomentum,
    int preciseNormImages,
    Precision precision,
    int imageSide,
    boolean identityResiduals,
    double warmupEpochs,
    int evaluateEvery) {

  /** How often the learning rate moves along the cosine. */
  public enum Schedule {
    /** Once an epoch, as pycls does. */
    COSINE_PER_EPOCH,
    /** Every step. */
    COSINE_PER_STEP
  }

  /** Share of the learning rate that warm-up begins with. */
  private static final double WARMUP_FACTOR = 0.1;

  /** CIFAR-10's training images. */
  private static final int ALL_IMAGES = 50_000;

  private static final int CLASSES = 10;

  /** Rejects settings outside their ranges, naming the setting as recipe files do. */
  public TrainingRecipe {
    require(!name.isBlank(), "name is blank");
    require(epochs >= 1, "epochs: " + epochs + " is below 1");
    require(batchSize >= 2, "batchSize: " + batchSize + " is below 2");
    require(
        learningRate > 0 && learningRate < Double.POSITIVE_INFINITY,
        "learningRate: " + learningRate + " is not above 0");
    require(momentum >= 0 && momentum < 1, "momentum: " + momentum + " is not in [0, 1)");
    require(
        weightDecay >= 0 && weightDecay < Double.POSITIVE_INFINITY,
        "weightDecay: " + weightDecay + " is not 0 or more");
    require(
        trainImages >= batchSize && trainImages <= ALL_IMAGES,
        "trainImages: "
            + trainImages
            + " is not between batchSize ("
            + batchSize
            + ") and "
            + ALL_IMAGES);
    require(
        validationImages >= 0 && validationImages <= ALL_IMAGES - trainImages,
        "validationImages: "
            + validationImages
            + " is not between 0 and the "
            + (ALL_IMAGES - trainImages)
            + " images not trained on");
    require(
        trainImages % CLASSES == 0 && validationImages % CLASSES == 0,
        "trainImages and validationImages are not multiples of the " + CLASSES + " classes");
    require(cropPad >= 0 && cropPad <= 16, "cropPad: " + cropPad + " is not between 0 and 16");
    require(
        normMomentum > 0 && normMomentum <= 1,
        "normMomentum: " + normMomentum + " is not in (0, 1]");
    require(
        preciseNormImages == 0
            || (preciseNormImages >= batchSize && preciseNormImages <= trainImages),
        "preciseNormImages: "
            + preciseNormImages
            + " is neither 0 nor between batchSize and trainImages");
    require(
        imageSide >= 8 && imageSide <= ImageSet.SIDE && imageSide % 4 == 0,
        "imageSide: " + imageSide + " is not 32 or a smaller multiple of 4 from 8");
    require(
        warmupEpochs >= 0 && warmupEpochs < epochs,
        "warmupEpochs: " + warmupEpochs + " is not from 0 to below the " + epochs + " epochs");
    require(
        evaluateEvery >= 1 && evaluateEvery <= epochs,
        "evaluateEvery: " + evaluateEvery + " is not between 1 and the " + epochs + " epochs");
  }

  /**
   * A recipe without the options that {@code dsa.recipe/2} added: whole images, norms at scale 1,
   * no warm-up, every epoch evaluated.
   */
  public TrainingRecipe(
      String name,
      int epochs,
      int batchSize,
      double learningRate,
      Schedule schedule,
      double momentum,
      boolean nesterov,
      double weightDecay,
      int trainImages,
      int validationImages,
      int cropPad,
      boolean mirror,
      double normMomentum,
      int preciseNormImages,
      Precision precision) {
    this(
        name,
        epochs,
        batchSize,
        learningRate,
        schedule,
        momentum,
        nesterov,
        weightDecay,
        trainImages,
        validationImages,
        cropPad,
        mirror,
        normMomentum,
        preciseNormImages,
        precision,
        ImageSet.SIDE,
        false,
        0,
        1);
  }

  /** The same with the options that {@code dsa.recipe/2} added; see the record's parameters. */
  public TrainingRecipe withOptions(
      int side, boolean identities, double warmup, int evaluationInterval) {
    return new TrainingRecipe(
        name,
        epochs,
        batchSize,
        learningRate,
        schedule,
        momentum,
        nesterov,
        weightDecay,
        trainImages,
        validationImages,
        cropPad,
        mirror,
        normMomentum,
        preciseNormImages,
        precision,
        side,
        identities,
        warmup,
        evaluationInterval);
  }

  /** Whether none of the options that {@code dsa.recipe/2} added is used. */
  boolean plain() {
    return imageSide == ImageSet.SIDE
        && !identityResiduals
        && warmupEpochs == 0
        && evaluateEvery == 1;
  }

  /**
   * Whether an epoch is evaluated.
   *
   * @param epoch from 0
   */
  public boolean evaluates(int epoch) {
    return (epoch + 1) % evaluateEvery == 0 || epoch + 1 == epochs;
  }

  private static void require(boolean condition, String sentence) {
    if (!condition) {
      throw new IllegalArgumentException(sentence);
    }
  }

  /**
   * All settings but the name, by the names and in the order of recipe files. Those that {@code
   * dsa.recipe/2} added are left out where none of them is used: such recipes are those of {@code
   * dsa.recipe/1}, with their hashes.
   */
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("epochs", String.valueOf(epochs));
    settings.put("batchSize", String.valueOf(batchSize));
    settings.put("learningRate", String.valueOf(learningRate));
    settings.put("schedule", schedule.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
    settings.put("momentum", String.valueOf(momentum));
    settings.put("nesterov", String.valueOf(nesterov));
    settings.put("weightDecay", String.valueOf(weightDecay));
    settings.put("trainImages", String.valueOf(trainImages));
    settings.put("validationImages", String.valueOf(validationImages));
    settings.put("cropPad", String.valueOf(cropPad));
    settings.put("mirror", String.valueOf(mirror));
    settings.put("normMomentum", String.valueOf(normMomentum));
    settings.put("preciseNormImages", String.valueOf(preciseNormImages));
    settings.put("precision", precision.label());
    if (!plain()) {
      settings.put("imageSide", String.valueOf(imageSide));
      settings.put("identityResiduals", String.valueOf(identityResiduals));
      settings.put("warmupEpochs", String.valueOf(warmupEpochs));
      settings.put("evaluateEvery", String.valueOf(evaluateEvery));
    }
    return settings;
  }

  /** The first 16 hexadecimal digits of the SHA-256 of the {@link #settings}. */
  public String hash() {
    String text =
        settings().entrySet().stream()
            .map(setting -> setting.getKey() + ": " + setting.getValue() + "\n")
            .collect(Collectors.joining());
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** Steps of an epoch. */
  public int stepsPerEpoch() {
    return trainImages / batchSize;
  }

  /**
   * The learning rate of a step.
   *
   * @param epoch from 0
   * @param step within the epoch, from 0
   */
  public double learningRate(int epoch, int step) {
    double passed = epoch + (double) step / stepsPerEpoch();
    double done = (schedule == Schedule.COSINE_PER_EPOCH ? epoch : passed) / epochs;
    double rate = learningRate * 0.5 * (1 + StrictMath.cos(Math.PI * done));
    return passed < warmupEpochs
        ? rate * (WARMUP_FACTOR + (1 - WARMUP_FACTOR) * passed / warmupEpochs)
        : rate;
  }
}
