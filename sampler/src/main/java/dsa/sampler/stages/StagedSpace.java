package dsa.sampler.stages;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.BlockType;
import dsa.core.arch.Op;
import dsa.core.arch.Shape;
import dsa.core.arch.StageSpec;
import dsa.core.arch.StagedSpec;
import dsa.core.arch.Stem;
import dsa.core.complexity.Complexity;
import dsa.core.complexity.ComplexityRange;
import dsa.sampler.ComplexityCap;
import dsa.sampler.DesignSpace;
import dsa.sampler.Dimension;
import dsa.sampler.NetworkCensus;
import dsa.sampler.SpaceCensus;
import dsa.sampler.SpaceHead;
import dsa.sampler.format.SpaceFault;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Networks of stages, each with its own grid. A choice holds one option number per stage.
 *
 * <p>What a network costs is the sum over its stages, and a stage costs what its first block costs
 * after the channels it is given plus {@code depth - 1} times what a later block costs. Both are
 * looked up in tables filled by walking the operations of {@link StageSpec#blocks}, so there is no
 * second set of counting formulas.
 *
 * <p>Where a stage of stride 1 may have the width, bottleneck and groups of the stage before, its
 * blocks go on with those, and several choices are one network.
 */
public final class StagedSpace implements DesignSpace {

  /** Spaces up to this size are counted network by network, in a few seconds. */
  private static final BigInteger ENUMERABLE = BigInteger.ONE.shiftLeft(28);

  private static final int MOST_STAGES = 16;
  private static final int MOST_TABLE_ROWS = 1 << 20;
  private static final int MOST_CLASSES = 2048;

  private final SpaceHead head;
  private final BlockType block;
  private final Stem stem;
  private final int stemWidth;
  private final List<StageGrid> grids;
  private final Map<Axis, Relation> constraints;

  private final CostTable[] costs;
  private final OptionClasses[] classes;
  private final BitSet[][] follows;
  private final BigInteger size;
  private final ComplexityRange extremes;
  private final boolean mayContinue;
  private NetworkCensus listed; // made when first asked for

  /**
   * A space.
   *
   * @param stemWidth channels the stem hands to the first stage
   * @param grids one per stage, at most 16
   * @param constraints what each stage must keep to given the one before
   * @throws IllegalArgumentException if the block has no such axes, nothing is left, or the space
   *     is too fine or its networks too large for exact tables
   */
  public StagedSpace(
      SpaceHead head,
      BlockType block,
      Stem stem,
      int stemWidth,
      List<StageGrid> grids,
      Map<Axis, Relation> constraints) {
    this.head = head;
    this.block = block;
    this.stem = stem;
    this.stemWidth = stemWidth;
    this.grids = List.copyOf(grids);
    this.constraints = Map.copyOf(constraints);
    if (grids.isEmpty() || grids.size() > MOST_STAGES) {
      throw new SpaceFault("stages", grids.size() + " stages; a space has 1 to " + MOST_STAGES);
    }
    if (stemWidth < 1 || stemWidth > Dimension.LARGEST) {
      throw new SpaceFault(
          "stem.width", "stem width " + stemWidth + " is not between 1 and " + Dimension.LARGEST);
    }
    classes = grids.stream().map(this::classes).toArray(OptionClasses[]::new);
    follows = IntStream.range(0, classes.length).mapToObj(this::follows).toArray(BitSet[][]::new);
    size = countWays();
    mayContinue = IntStream.range(1, grids.size()).anyMatch(this::mayContinue);
    try {
      costs = fillTables();
      extremes = new ComplexityRange(extreme(Complexity::least), extreme(Complexity::greatest));
    } catch (ArithmeticException e) {
      throw new SpaceFault(
          "stages",
          "its largest networks cost more than 2^63 - 1 of some count; use smaller grids");
    }
  }

  @Override
  public SpaceHead head() {
    return head;
  }

  @Override
  public List<Dimension> dimensions() {
    List<Dimension> dimensions = new ArrayList<>();
    for (int s = 0; s < grids.size(); s++) {
      dimensions.addAll(grids.get(s).dimensions(block, s + 1));
    }
    return List.copyOf(dimensions);
  }

  @Override
  public BigInteger size() {
    return size;
  }

  /** Whether some option of stage {@code s} goes on with the blocks of one before it. */
  private boolean mayContinue(int s) {
    if (grids.get(s).stride() != 1) {
      return false;
    }
    int stride = grids.get(s - 1).stride();
    Set<StageSpec> before = new HashSet<>();
    for (int shape = 0; shape < grids.get(s - 1).shapes(); shape++) {
      before.add(grids.get(s - 1).stage(shape, 1));
    }
    return IntStream.range(0, grids.get(s).shapes())
        .mapToObj(shape -> grids.get(s).stage(shape, 1))
        .anyMatch(
            one ->
                before.contains(
                    new StageSpec(1, one.width(), stride, one.bottleneckWidth(), one.groups())));
  }

  private synchronized Optional<NetworkCensus> listed() {
    if (size.compareTo(BigInteger.valueOf(StageSplits.MOST_LISTED)) > 0) {
      return Optional.empty();
    }
    if (listed == null) {
      listed =
          NetworkCensus.of(
              this,
              s -> grids.get(s).options(),
              (choice, s) ->
                  s == 0 || holds(s, classes[s - 1].of[choice[s - 1]], classes[s].of[choice[s]]));
    }
    return Optional.of(listed);
  }

  @Override
  public Optional<SpaceCensus> census() {
    return Optional.of(new Census());
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the space has more than 2^62 encodings and stages that may
   *     go on with others
   */
  @Override
  public Chooser overNetworks() {
    if (!encodingsAreKnown()) {
      throw StageSplits.tooManyEncodings(head.name());
    }
    return DesignSpace.super.overNetworks();
  }

  private boolean encodingsAreKnown() {
    return !mayContinue || size.bitLength() <= 62;
  }

  /** What is known of all networks; the space keeps what takes time. */
  private final class Census implements SpaceCensus {

    @Override
    public ComplexityRange costs() {
      return extremes;
    }

    @Override
    public boolean contains(ArchitectureSpec spec) {
      return isInside(spec);
    }

    /** Each encoding is a network where no stage goes on with another; else counted if few. */
    @Override
    public Optional<BigInteger> networks() {
      return mayContinue ? listed().flatMap(NetworkCensus::networks) : Optional.of(size);
    }

    @Override
    public OptionalLong encodings(int[] choice) {
      if (!encodingsAreKnown()) {
        return OptionalLong.empty();
      }
      return OptionalLong.of(mayContinue ? StagedSpace.this.encodings(decode(choice)) : 1);
    }

    @Override
    public OptionalLong encodings(ComplexityCap cap) {
      if (head.window().limits().isEmpty() && cap.limits().isEmpty() && size.bitLength() < 64) {
        return OptionalLong.of(size.longValueExact());
      }
      return size.compareTo(ENUMERABLE) > 0
          ? OptionalLong.empty()
          : OptionalLong.of(
              new StagedCount(StagedSpace.this, List.of(head.window(), cap)).networks());
    }

    @Override
    public OptionalLong networks(ComplexityCap cap) {
      return mayContinue
          ? listed().map(all -> all.networks(cap)).orElse(OptionalLong.empty())
          : encodings(cap);
    }
  }

  private long encodings(StagedSpec spec) {
    return StageSplits.encodings(new Splits(), spec.canonical().stages());
  }

  /** What the counting of encodings reads; what is seen of an option is its class. */
  private final class Splits implements StageSplits.Options {

    @Override
    public int stages() {
      return grids.size();
    }

    @Override
    public int stride(int s) {
      return grids.get(s).stride();
    }

    @Override
    public int[] like(int s, StageSpec stage) {
      StageGrid grid = grids.get(s);
      return IntStream.range(0, grid.shapes())
          .filter(shape -> grid.stage(shape, 1).hasShapeOf(stage))
          .flatMap(
              shape ->
                  IntStream.range(0, grid.depth().size()).map(d -> d + shape * grid.depth().size()))
          .toArray();
    }

    @Override
    public int depth(int s, int option) {
      return grids.get(s).depthOf(option);
    }

    @Override
    public int seen(int s, int option) {
      return classes[s].of[option];
    }

    @Override
    public boolean holds(int s, int seen, int option) {
      return StagedSpace.this.holds(s, seen, classes[s].of[option]);
    }
  }

  @Override
  public List<String> constraints() {
    return Arrays.stream(Axis.values())
        .filter(constraints::containsKey)
        .map(axis -> axis.label() + " " + constraints.get(axis).label())
        .toList();
  }

  @Override
  public int choiceLength() {
    return grids.size();
  }

  @Override
  public OptionalInt options(int stage) {
    return constraints.isEmpty() ? OptionalInt.of(grids.get(stage).options()) : OptionalInt.empty();
  }

  @Override
  public void choose(RandomGenerator random, int[] choice) {
    int before = -1;
    for (int s = 0; s < choice.length; s++) {
      if (constraints.isEmpty()) {
        choice[s] = random.nextInt(grids.get(s).options());
      } else {
        before = chooseClass(random, s, before);
        int[] members = classes[s].members[before];
        choice[s] = members[random.nextInt(members.length)];
      }
    }
  }

  /** A class of stage {@code s}, in proportion to the networks it leads to. */
  private int chooseClass(RandomGenerator random, int s, int before) {
    OptionClasses at = classes[s];
    BigInteger total = before < 0 ? size : classes[s - 1].waysOn(before);
    BigInteger rank = below(total, random);
    if (total.bitLength() < 64) {
      long left = rank.longValueExact();
      for (int c = 0; c < at.count(); c++) {
        if (before < 0 || holds(s, before, c)) {
          left -= at.smallWays(c);
          if (left < 0) {
            return c;
          }
        }
      }
    }
    for (int c = 0; c < at.count(); c++) {
      if (before < 0 || holds(s, before, c)) {
        rank = rank.subtract(at.ways(c));
        if (rank.signum() < 0) {
          return c;
        }
      }
    }
    throw new AssertionError("rank beyond the " + total + " networks of " + head.name());
  }

  private static BigInteger below(BigInteger bound, RandomGenerator random) {
    int bits = bound.subtract(BigInteger.ONE).bitLength();
    while (true) {
      BigInteger value = BigInteger.ZERO;
      for (int filled = 0; filled < bits; filled += 63) {
        value = value.shiftLeft(63).or(BigInteger.valueOf(random.nextLong() >>> 1));
      }
      value = value.and(BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE));
      if (value.compareTo(bound) < 0) {
        return value;
      }
    }
  }

  @Override
  public int[] places(int[] choice) {
    List<int[]> stages = new ArrayList<>();
    for (int s = 0; s < choice.length; s++) {
      stages.add(grids.get(s).places(block, choice[s]));
    }
    return stages.stream().flatMapToInt(Arrays::stream).toArray();
  }

  @Override
  public Complexity complexity(int[] choice) {
    Complexity.Sum sum = new Complexity.Sum();
    int before = 0;
    for (int s = 0; s < choice.length; s++) {
      costs[s].addTo(sum, before, choice[s]);
      before = costs[s].widthIndexOf(choice[s]);
    }
    return sum.total();
  }

  @Override
  public StagedSpec decode(int[] choice) {
    List<StageSpec> stages = new ArrayList<>();
    for (int s = 0; s < choice.length; s++) {
      stages.add(grids.get(s).stage(choice[s]));
    }
    return new StagedSpec(block, stem, stemWidth, stages);
  }

  private boolean isInside(ArchitectureSpec spec) {
    if (!(spec instanceof StagedSpec staged)
        || staged.block() != block
        || staged.stem() != stem
        || staged.stemWidth() != stemWidth) {
      return false;
    }
    if (mayContinue) {
      return encodings(staged) != 0 && head.window().admits(spec.complexity(head.task()));
    }
    if (staged.stages().size() != grids.size()) {
      return false;
    }
    int[] choice = new int[grids.size()];
    for (int s = 0; s < choice.length; s++) {
      OptionalInt option = grids.get(s).optionOf(staged.stages().get(s));
      if (option.isEmpty()) {
        return false;
      }
      choice[s] = option.getAsInt();
      if (s > 0 && !holds(s, classes[s - 1].of[choice[s - 1]], classes[s].of[choice[s]])) {
        return false;
      }
    }
    return head.window().admits(complexity(choice));
  }

  // ---- what counting reads

  int stages() {
    return grids.size();
  }

  StageGrid grid(int s) {
    return grids.get(s);
  }

  OptionClasses classes(int s) {
    return classes[s];
  }

  /**
   * Whether an option of class {@code after} may stand at stage {@code s} behind one of {@code
   * before}.
   */
  boolean holds(int s, int before, int after) {
    return follows[s][before].get(after);
  }

  /** The cost of option {@code option} of stage {@code s} behind width {@code before}. */
  Complexity cost(int s, int before, int option) {
    return costs[s].cost(before, option);
  }

  // ---- tables

  /** One table a stage; the stem is charged to the first stage and the head to the last. */
  private CostTable[] fillTables() {
    long rows = 0;
    for (int s = 0; s < grids.size(); s++) {
      rows += (long) (s == 0 ? 1 : grids.get(s - 1).width().size()) * grids.get(s).shapes();
    }
    if (rows > MOST_TABLE_ROWS) {
      throw new SpaceFault(
          "stages",
          "its exact tables would have "
              + rows
              + " rows, "
              + MOST_TABLE_ROWS
              + " are allowed; use fewer widths, ratios or groups");
    }
    List<Op> stemOps = stem.ops(stemWidth);
    Shape image = Op.outputOf(stemOps, head.task().input());
    List<Integer> channels = List.of(stemWidth);
    CostTable[] tables = new CostTable[grids.size()];
    for (int s = 0; s < tables.length; s++) {
      StageGrid grid = grids.get(s);
      tables[s] =
          new CostTable(
              grid,
              block,
              channels,
              image,
              s == 0 ? Op.costOf(stemOps, head.task().input()) : Complexity.ZERO,
              s == tables.length - 1 ? StagedSpec.headOps(head.task()) : List.of());
      image = tables[s].output();
      channels = IntStream.range(0, grid.width().size()).mapToObj(grid.width()::whole).toList();
    }
    return tables;
  }

  // ---- classes of options that the next stage cannot tell apart

  private OptionClasses classes(StageGrid grid) {
    OptionClasses found = OptionClasses.of(grid, constraints.keySet());
    if (found.count() > MOST_CLASSES) {
      throw new SpaceFault(
          "constraints",
          "its constraints tie together "
              + found.count()
              + " combinations a stage, "
              + MOST_CLASSES
              + " are allowed; use smaller grids or fewer constraints");
    }
    return found;
  }

  /** For each class of the stage before {@code s}, the classes that may follow it. */
  private BitSet[] follows(int s) {
    BitSet[] follows = new BitSet[s == 0 ? 0 : classes[s - 1].count()];
    for (int before = 0; before < follows.length; before++) {
      follows[before] = new BitSet(classes[s].count());
      for (int after = 0; after < classes[s].count(); after++) {
        follows[before].set(after, isAllowed(s, before, after));
      }
    }
    return follows;
  }

  private boolean isAllowed(int s, int before, int after) {
    for (Map.Entry<Axis, Relation> constraint : constraints.entrySet()) {
      Axis axis = constraint.getKey();
      double a = grids.get(s - 1).value(axis, classes[s - 1].members[before][0]);
      double b = grids.get(s).value(axis, classes[s].members[after][0]);
      if (!constraint.getValue().holds(a, b)) {
        return false;
      }
    }
    return true;
  }

  /** Counts the ways on from the last stage to the first and returns the number of networks. */
  private BigInteger countWays() {
    for (int s = grids.size() - 2; s >= 0; s--) {
      for (int before = 0; before < classes[s].count(); before++) {
        BigInteger ways = BigInteger.ZERO;
        for (int c = 0; c < classes[s + 1].count(); c++) {
          if (holds(s + 1, before, c)) {
            ways = ways.add(classes[s + 1].ways(c));
          }
        }
        classes[s].leadOn(before, ways);
      }
    }
    BigInteger total = BigInteger.ZERO;
    for (int c = 0; c < classes[0].count(); c++) {
      total = total.add(classes[0].ways(c));
    }
    if (total.signum() == 0) {
      throw new SpaceFault("constraints", "its constraints leave no network");
    }
    return total;
  }

  /** Each count's extreme over the space, stage by stage from the last: no enumeration. */
  private Complexity extreme(BinaryOperator<Complexity> better) {
    Complexity[] on = null; // per class of the stage before: the best rest of the network
    for (int s = grids.size() - 1; s >= 0; s--) {
      int befores = s == 0 ? 1 : classes[s - 1].count();
      Complexity[] best = new Complexity[befores];
      for (int before = 0; before < befores; before++) {
        int width = s == 0 ? 0 : grids.get(s - 1).widthIndexOf(classes[s - 1].members[before][0]);
        for (int c = 0; c < classes[s].count(); c++) {
          if ((on != null && on[c] == null) || (s > 0 && !holds(s, before, c))) {
            continue;
          }
          for (int option : classes[s].members[c]) {
            Complexity cost = cost(s, width, option);
            if (on != null) {
              cost = cost.plus(on[c]);
            }
            best[before] = best[before] == null ? cost : better.apply(best[before], cost);
          }
        }
      }
      on = best;
    }
    return on[0];
  }
}
