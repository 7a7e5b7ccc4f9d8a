package dsa.sampler.regnet;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.BlockType;
import dsa.core.arch.RegNet;
import dsa.core.arch.StageSpec;
import dsa.core.arch.StagedSpec;
import dsa.core.complexity.Complexity;
import dsa.core.complexity.ComplexityRange;
import dsa.core.random.SeedPath;
import dsa.sampler.ComplexityCap;
import dsa.sampler.DesignSpace;
import dsa.sampler.Dimension;
import dsa.sampler.SpaceCensus;
import dsa.sampler.SpaceHead;
import dsa.sampler.distribution.DiscreteDistribution;
import dsa.sampler.format.SpaceFault;
import dsa.sampler.stages.NetworkFrame;
import dsa.sampler.stages.StageCost;
import dsa.sampler.stages.StageCosts;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * RegNets: networks whose widths are a quantized line. An encoding is six numbers, each drawn by a
 * distribution of its own; it is valid if no quantum is skipped and the number of stages is in a
 * range, and what is not valid is drawn again. So do the sweeps of pycls, and Radosavovic et al.,
 * CVPR 2020, with the ranges of the built-in spaces for ImageNet.
 *
 * <p>A choice holds the places of the six numbers, the number of stages, and for each stage its
 * depth and its width in steps of 8, which were worked out to see whether the draw is valid.
 */
public final class RegNetSpace implements DesignSpace {

  private static final int NUMBERS = 6;
  private static final int TRIES = 20_000;
  private static final int MOST_WORK = 1 << 26;

  private final SpaceHead head;
  private final NetworkFrame frame;
  private final RegNetRanges ranges;
  private final List<Dimension> dimensions;
  private final int fewestStages;
  private final RegNetGrid grid;
  private final StageCosts costs;
  private final int widths;
  private BigInteger size; // once it is known
  private ComplexityRange extremes; // once they are known

  /**
   * A space.
   *
   * @param frame what its networks have in common; as many strides as there may be stages
   * @param fewestStages the smallest number of stages, at least 1
   * @throws IllegalArgumentException if no encoding is valid or the grids are too fine
   */
  public RegNetSpace(SpaceHead head, NetworkFrame frame, RegNetRanges ranges, int fewestStages) {
    this.head = head;
    this.frame = frame;
    this.ranges = ranges;
    this.dimensions = ranges.dimensions();
    this.fewestStages = fewestStages;
    if (fewestStages < 1 || fewestStages > frame.stages()) {
      throw new SpaceFault(
          "fewest-stages",
          "the fewest stages are " + fewestStages + ", the strides are for " + frame.stages());
    }
    grid = new RegNetGrid(ranges.depth(), ranges.w0(), ranges.wa(), ranges.wm(), frame.stages());
    widths = widest() + 1;
    costs = new StageCosts(frame, head.task(), (long) widths * fits(), this::stage);
    refuseLarge();
    if (!isSeenValid() && size().signum() == 0) {
      throw new IllegalArgumentException(
          "none of its numbers give a RegNet of " + stagesText() + " without a skipped quantum");
    }
  }

  /** No width is above this, in steps of 8. */
  private int widest() {
    double w0 = RegNetRanges.greatest(ranges.w0());
    double wm = RegNetRanges.greatest(ranges.wm());
    double wanted = w0 + RegNetRanges.greatest(ranges.wa()) * RegNetRanges.greatest(ranges.depth());
    double widest = Math.min(w0 * Math.pow(wm, frame.stages() - 1), wanted * Math.sqrt(wm));
    if (widest > Dimension.LARGEST) {
      throw new IllegalArgumentException(
          "its widest stages may pass " + Dimension.LARGEST + " channels; use smaller ranges");
    }
    return (int) (widest / RegNet.WIDTH_STEP) + 1;
  }

  /** Refuses what could not be counted in a few seconds, or costs more than a long holds. */
  private void refuseLarge() {
    int deepest = grid.depth(grid.depths() - 1);
    double work = (double) grid.initialWidths() * grid.multipliers() * deepest * deepest;
    if (work > MOST_WORK) {
      throw new IllegalArgumentException(
          "its encodings are too many to be counted; use fewer w0 and wm or smaller depths");
    }
    for (int fit = 0; fit < fits(); fit++) {
      StageSpec widest = stage(fit * widths + widths - 1, 1);
      frame.refuseUncountable(head.task(), deepest, widest.width(), widest.bottleneckWidth());
    }
  }

  /** Whether a valid encoding turns up soon; then there is no need to count them. */
  private boolean isSeenValid() {
    RandomGenerator random = SeedPath.root(0).child("valid").generator();
    int[] choice = new int[choiceLength()];
    for (int i = 0; i < TRIES; i++) {
      if (isChosen(random, choice, new int[frame.stages()])) {
        return true;
      }
    }
    return false;
  }

  private String stagesText() {
    return fewestStages == frame.stages()
        ? fewestStages + " stages"
        : fewestStages + " to " + frame.stages() + " stages";
  }

  @Override
  public SpaceHead head() {
    return head;
  }

  @Override
  public List<Dimension> dimensions() {
    return dimensions;
  }

  @Override
  public List<String> constraints() {
    return List.of(stagesText(), "no quantum skipped");
  }

  /** How many encodings are valid, counted exactly when first asked for. */
  @Override
  public synchronized BigInteger size() {
    if (size == null) {
      size = BigInteger.valueOf(new RegNetCount(this).valid()).multiply(BigInteger.valueOf(fits()));
    }
    return size;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the distributions are not all uniform, for then the number
   *     of encodings does not tell how likely a network is, or if a stage behind another has stride
   *     1, for then the two may be one stage of another encoding
   */
  @Override
  public Chooser overNetworks() {
    if (!ranges.isUniform()) {
      throw new IllegalArgumentException(
          head.name()
              + " draws by distributions that are not uniform, so that its networks cannot be made equally"
              + " likely; draw by its distribution, or write a space with uniform distributions");
    }
    if (stagesMayJoin()) {
      throw new IllegalArgumentException(
          head.name()
              + " has stages of stride 1 that may be one with the stage before, so that its networks"
              + " cannot be made equally likely; use other strides");
    }
    return DesignSpace.super.overNetworks();
  }

  /** Whether two stages of one encoding may be one stage of another. */
  private boolean stagesMayJoin() {
    return frame.strides().subList(1, frame.stages()).contains(1);
  }

  @Override
  public Optional<SpaceCensus> census() {
    return Optional.of(new Census());
  }

  /** What is known of all networks; the space keeps what takes time. */
  private final class Census implements SpaceCensus {

    @Override
    public ComplexityRange costs() {
      return extremes();
    }

    @Override
    public boolean contains(ArchitectureSpec spec) {
      return frame.holds(spec)
          && RegNetSpace.this.encodings(((StagedSpec) spec).stages()) > 0
          && head.window().admits(spec.complexity(head.task()));
    }

    /** {@inheritDoc} Not known: many encodings come to one network. */
    @Override
    public Optional<BigInteger> networks() {
      return Optional.empty();
    }

    @Override
    public OptionalLong encodings(int[] choice) {
      return stagesMayJoin()
          ? OptionalLong.empty()
          : OptionalLong.of(RegNetSpace.this.encodings(decode(choice).stages()));
    }

    /** {@inheritDoc} Not known: encodings are not gone through. */
    @Override
    public OptionalLong encodings(ComplexityCap cap) {
      return OptionalLong.empty();
    }

    @Override
    public OptionalLong networks(ComplexityCap cap) {
      return OptionalLong.empty();
    }
  }

  @Override
  public String distribution() {
    return ranges.text()
        + ", all independent, drawn again until there are "
        + stagesText()
        + " and no quantum is skipped";
  }

  @Override
  public int choiceLength() {
    return NUMBERS + 1 + 2 * frame.stages();
  }

  /** {@inheritDoc} They do. */
  @Override
  public OptionalInt options(int at) {
    return OptionalInt.empty();
  }

  @Override
  public void choose(RandomGenerator random, int[] choice) {
    int[] firsts = new int[frame.stages()];
    while (!isChosen(random, choice, firsts)) {
      // drawn again
    }
    choice[4] = ranges.bottleneck().draw(random);
    choice[5] = ranges.groupWidth().draw(random);
  }

  /** Draws what decides the stages; whether that is valid. */
  private boolean isChosen(RandomGenerator random, int[] choice, int[] firsts) {
    choice[0] = ranges.depth().draw(random);
    choice[1] = ranges.w0().draw(random);
    choice[2] = ranges.wa().draw(random);
    choice[3] = ranges.wm().draw(random);
    int depth = grid.depth(choice[0]);
    int w0 = choice[1];
    int wa = choice[2];
    int wm = choice[3];
    if (grid.firstBlock(w0, wa, wm, frame.stages()) < depth) {
      return false; // too many stages
    }
    if (fewestStages > 1 && grid.firstBlock(w0, wa, wm, fewestStages - 1) >= depth) {
      return false; // too few
    }
    return isStaged(choice, firsts);
  }

  /** Works out the stages of the first four numbers; whether they are as they should be. */
  private boolean isStaged(int[] choice, int[] firsts) {
    int depth = grid.depth(choice[0]);
    int w0 = choice[1];
    int wm = choice[3];
    grid.firstBlocks(w0, choice[2], wm, firsts);
    int stages = grid.regularStages(w0, wm, firsts, depth);
    if (!admitsStages(stages)) {
      return false;
    }
    choice[NUMBERS] = stages;
    int from = 0;
    for (int s = 0; s < stages; s++) {
      int to = s + 1 < stages ? firsts[s] : depth;
      choice[NUMBERS + 1 + 2 * s] = to - from;
      choice[NUMBERS + 2 + 2 * s] = grid.width(w0, wm, s);
      from = to;
    }
    Arrays.fill(choice, NUMBERS + 1 + 2 * stages, choice.length, 0);
    return true;
  }

  /** Fills a choice from places on valid dimensions. */
  void fill(int[] choice, int depth, int w0, int wa, int wm, int fit) {
    choice[0] = depth;
    choice[1] = w0;
    choice[2] = wa;
    choice[3] = wm;
    choice[4] = fit / ranges.groupWidth().values().size();
    choice[5] = fit % ranges.groupWidth().values().size();
    if (!isStaged(choice, new int[frame.stages()])) {
      throw new IllegalStateException(regNet(choice) + " is no network of " + head.name());
    }
  }

  @Override
  public Chooser within(ComplexityCap cap) {
    return new RegNetsWithin(this, ranges, List.of(head.window(), cap));
  }

  @Override
  public int[] places(int[] choice) {
    return Arrays.copyOf(choice, NUMBERS);
  }

  @Override
  public Complexity complexity(int[] choice) {
    Complexity.Sum sum = new Complexity.Sum();
    int fit = fit(choice[4], choice[5]);
    int channels = frame.stemWidth();
    for (int s = 0; s < choice[NUMBERS]; s++) {
      StageCost cost = cost(s, choice[NUMBERS + 2 + 2 * s], fit);
      cost.addTo(sum, choice[NUMBERS + 1 + 2 * s], channels);
      channels = cost.width();
    }
    costs.addEnds(sum, channels);
    return sum.total();
  }

  /** The six numbers of a choice. */
  public RegNet regNet(int[] choice) {
    return new RegNet(
        grid.depth(choice[0]),
        grid.initialWidth(choice[1]),
        grid.slope(choice[2]),
        grid.multiplier(choice[3]),
        value(ranges.bottleneck(), choice[4]),
        (int) value(ranges.groupWidth(), choice[5]),
        frame.block() == BlockType.SE_BOTTLENECK);
  }

  @Override
  public StagedSpec decode(int[] choice) {
    int fit = fit(choice[4], choice[5]);
    List<StageSpec> stages = new ArrayList<>();
    for (int s = 0; s < choice[NUMBERS]; s++) {
      StageSpec one = cost(s, choice[NUMBERS + 2 + 2 * s], fit).stage();
      stages.add(
          new StageSpec(
              choice[NUMBERS + 1 + 2 * s],
              one.width(),
              one.stride(),
              one.bottleneckWidth(),
              one.groups()));
    }
    return frame.network(stages);
  }

  private synchronized ComplexityRange extremes() {
    if (extremes == null) {
      extremes = new RegNetCount(this).extremes();
    }
    return extremes;
  }

  /** How many encodings come to these stages. */
  private long encodings(List<StageSpec> stages) {
    int depth = stages.stream().mapToInt(StageSpec::depth).sum();
    long count = 0;
    if (grid.placeOfDepth(depth) < 0 || !admitsStages(stages.size())) {
      return 0;
    }
    for (int fit = 0; fit < fits(); fit++) {
      for (int w0 = 0; w0 < grid.initialWidths(); w0++) {
        if (!isWidth(stages, 0, grid.initialWidth(w0) / RegNet.WIDTH_STEP, fit)) {
          continue;
        }
        for (int wm = 0; wm < grid.multipliers(); wm++) {
          if (areWidths(stages, w0, wm, fit)) {
            count += slopes(stages, w0, wm, depth);
          }
        }
      }
    }
    return count;
  }

  private boolean areWidths(List<StageSpec> stages, int w0, int wm, int fit) {
    for (int s = 1; s < stages.size(); s++) {
      int width = grid.width(w0, wm, s);
      if (width >= widths
          || width == grid.width(w0, wm, s - 1)
          || !isWidth(stages, s, width, fit)) {
        return false;
      }
    }
    return true;
  }

  private boolean isWidth(List<StageSpec> stages, int s, int width, int fit) {
    StageSpec stage = stages.get(s);
    StageSpec fitted = cost(s, width, fit).stage();
    return fitted.width() == stage.width()
        && fitted.bottleneckWidth() == stage.bottleneckWidth()
        && fitted.groups() == stage.groups();
  }

  /** How many slopes begin the stages at the right blocks. */
  private int slopes(List<StageSpec> stages, int w0, int wm, int depth) {
    int low = 0;
    int high = grid.firstSlope(w0, wm, stages.size(), depth - 1);
    int first = 0;
    for (int s = 1; s < stages.size(); s++) {
      first += stages.get(s - 1).depth();
      low = Math.max(low, grid.firstSlope(w0, wm, s, first));
      high = Math.min(high, grid.firstSlope(w0, wm, s, first - 1));
    }
    return Math.max(0, high - low);
  }

  // ---- what counting reads

  RegNetGrid grid() {
    return grid;
  }

  NetworkFrame frame() {
    return frame;
  }

  int mostStages() {
    return frame.stages();
  }

  /** All widths are below this, in steps of 8. */
  int widths() {
    return widths;
  }

  int fewestStages() {
    return fewestStages;
  }

  boolean admitsStages(int stages) {
    return stages >= fewestStages && stages <= frame.stages();
  }

  /** How many pairs of bottleneck multiplier and group width there are. */
  int fits() {
    return ranges.bottleneck().values().size() * ranges.groupWidth().values().size();
  }

  private int fit(int bottleneck, int groupWidth) {
    return bottleneck * ranges.groupWidth().values().size() + groupWidth;
  }

  /** The cost of a width, in steps of 8, as stage {@code s}. */
  StageCost cost(int s, int width, int fit) {
    return costs.of(s, fit * widths + width);
  }

  void addEnds(Complexity.Sum sum, int channels) {
    costs.addEnds(sum, channels);
  }

  private StageSpec stage(int kind, int stride) {
    int fit = kind / widths;
    int groupWidths = ranges.groupWidth().values().size();
    return StageSpec.compatible(
        1,
        kind % widths * RegNet.WIDTH_STEP,
        stride,
        value(ranges.bottleneck(), fit / groupWidths),
        (int) value(ranges.groupWidth(), fit % groupWidths));
  }

  private static double value(DiscreteDistribution distribution, int place) {
    BigDecimal value = distribution.values().get(place);
    return value.doubleValue();
  }
}
