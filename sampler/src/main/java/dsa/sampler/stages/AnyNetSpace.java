package dsa.sampler.stages;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.StageSpec;
import dsa.core.arch.StagedSpec;
import dsa.core.arch.Task;
import dsa.core.complexity.Complexity;
import dsa.sampler.ComplexityCap;
import dsa.sampler.DesignSpace;
import dsa.sampler.Dimension;
import dsa.sampler.NetworkCensus;
import dsa.sampler.distribution.SamplingLaw;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * AnyNets: stages of bottleneck blocks with any depth, width, ratio and group width of four grids,
 * each free from stage to stage, shared by all stages or never falling. Radosavovic et al.,
 * <i>Designing Network Design Spaces</i>, CVPR 2020, arXiv 2003.13678, section 3.2. Widths and
 * groups that do not fit each other are moved as pycls moves them ({@link StageSpec#compatible}),
 * so that several encodings may be one network.
 *
 * <p>Encodings are equally likely, or each axis has a law of its own, as in the paper, which draws
 * log-uniformly; {@link AxisSequence} says what becomes of a law under ties. A choice holds the
 * depths' places of all stages, then those of widths, of ratios and of group widths.
 */
public final class AnyNetSpace implements DesignSpace {

  private final String name;
  private final String description;
  private final NetworkFrame frame;
  private final Optional<Laws> laws;
  private final ComplexityCap window;
  private final List<AxisSequence> axes;
  private final List<Dimension> dimensions;
  private final AnyNetShapes shapes;
  private final AnyNetCounts counts;
  private final StagePrices prices;
  private final boolean mayContinue; // whether a stage may be one with the stage before
  private NetworkCensus census; // made when first asked for
  private Complexity[] extremes; // once they are known

  /**
   * How likely the values of each grid are, in their order.
   *
   * @param depth of {@link Grids#depth}
   * @param width of {@link Grids#width}
   * @param ratio of {@link Grids#ratio}
   * @param groupWidth of {@link Grids#groupWidth}
   */
  public record Laws(
      SamplingLaw depth, SamplingLaw width, SamplingLaw ratio, SamplingLaw groupWidth) {

    private String text() {
      return "depth "
          + depth.text()
          + ", width "
          + width.text()
          + ", ratio "
          + ratio.text()
          + ", group-width "
          + groupWidth.text();
    }
  }

  /**
   * The grids of every stage.
   *
   * @param depth blocks
   * @param width output channels, before they are fitted to the groups
   * @param ratio block width over bottleneck width
   * @param groupWidth channels of one group of the 3x3 convolutions
   */
  public record Grids(Dimension depth, Dimension width, Dimension ratio, Dimension groupWidth) {}

  /**
   * A space.
   *
   * @param frame what its networks have in common
   * @param ties by the dimension's name, {@code depth}, {@code width}, {@code ratio} or {@code
   *     group-width}, how a stage is tied to the one before
   * @param laws of the grids; absent if all encodings are equally likely
   * @param window limits on complexity that belong to the space
   * @throws IllegalArgumentException if some widths and ratios fit no block, a law is of other
   *     values than its grid, or the grids are too fine
   */
  public AnyNetSpace(
      String name,
      String description,
      NetworkFrame frame,
      Grids grids,
      Map<String, Relation> ties,
      Optional<Laws> laws,
      ComplexityCap window) {
    this.name = name;
    this.description = description;
    this.frame = frame;
    this.laws = laws;
    this.window = window;
    axes =
        List.of(
            axis(grids.depth().named("depth"), ties, laws.map(Laws::depth)),
            axis(grids.width().named("width"), ties, laws.map(Laws::width)),
            axis(grids.ratio().named("ratio"), ties, laws.map(Laws::ratio)),
            axis(grids.groupWidth().named("group-width"), ties, laws.map(Laws::groupWidth)));
    shapes = new AnyNetShapes(grids.width(), grids.ratio(), grids.groupWidth());
    int deepest = 1;
    for (int i = 0; i < grids.depth().size(); i++) {
      deepest = Math.max(deepest, grids.depth().whole(i));
    }
    frame.refuseUncountable(deepest, shapes.widest(), shapes.widestBottleneck());
    mayContinue = frame.strides().subList(1, frame.stages()).contains(1);
    counts = new AnyNetCounts(shapes, axes.get(1), axes.get(2), axes.get(3));
    prices = new StagePrices(frame, shapes.count(), shapes::stage);
    List<Dimension> all = new ArrayList<>();
    for (int s = 1; s <= frame.stages(); s++) {
      for (AxisSequence axis : axes) {
        all.add(axis.values().named(axis.values().name() + s));
      }
    }
    dimensions = List.copyOf(all);
  }

  private AxisSequence axis(
      Dimension values, Map<String, Relation> ties, Optional<SamplingLaw> law) {
    return new AxisSequence(
        values, frame.stages(), Optional.ofNullable(ties.get(values.name())), law);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public Task task() {
    return frame.task();
  }

  @Override
  public List<Dimension> dimensions() {
    return dimensions;
  }

  @Override
  public List<String> ties() {
    return axes.stream()
        .filter(axis -> axis.relation().isPresent())
        .map(axis -> axis.values().name() + " " + axis.relation().get().label())
        .toList();
  }

  @Override
  public BigInteger size() {
    return axes.stream().map(AxisSequence::count).reduce(BigInteger.ONE, BigInteger::multiply);
  }

  /** {@inheritDoc} Where stages behind others have stride 1 it is known of small spaces only. */
  @Override
  public Optional<BigInteger> distinct() {
    if (mayContinue) {
      return census().map(counted -> BigInteger.valueOf(counted.networks()));
    }
    return counts.distinct().map(axes.get(0).count()::multiply);
  }

  private synchronized Optional<NetworkCensus> census() {
    if (size().compareTo(BigInteger.valueOf(StageSplits.MOST_LISTED)) > 0) {
      return Optional.empty();
    }
    if (census == null) {
      census =
          NetworkCensus.of(
              this,
              at -> axes.get(at / frame.stages()).values().size(),
              (choice, at) ->
                  at % frame.stages() == 0
                      || axes.get(at / frame.stages()).holds(choice[at - 1], choice[at]));
    }
    return Optional.of(census);
  }

  @Override
  public OptionalLong networks(ComplexityCap cap) {
    return census().isPresent()
        ? OptionalLong.of(census().get().networks(window, cap))
        : DesignSpace.super.networks(cap);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the space has more than 2^62 encodings and stages that may
   *     be one with the stage before
   */
  @Override
  public long encodings(int[] choice) {
    if (mayContinue) {
      if (size().bitLength() > 62) {
        throw new IllegalArgumentException(
            name
                + " has stages of stride 1 that may be one with the stage before, and too many"
                + " encodings to count those of a network, so that its networks cannot be made"
                + " equally likely; use smaller grids or other strides");
      }
      return StageSplits.encodings(new Splits(), decode(choice).canonical().stages());
    }
    int[] sequence = new int[frame.stages()];
    for (int s = 0; s < sequence.length; s++) {
      sequence[s] = shape(choice, s);
    }
    return counts.encodings(sequence);
  }

  /** What the counting of encodings reads; an option is a combination and a place of the depths. */
  private final class Splits implements StageSplits.Options {

    private final Dimension depths = axes.get(0).values();

    @Override
    public int stages() {
      return frame.stages();
    }

    @Override
    public int stride(int s) {
      return frame.strides().get(s);
    }

    @Override
    public int[] like(int s, StageSpec stage) {
      int shape = shapes.of(stage);
      return shape < 0
          ? new int[0]
          : shapes.combinationsOf(shape).stream()
              .flatMapToInt(c -> IntStream.range(0, depths.size()).map(d -> d + c * depths.size()))
              .toArray();
    }

    @Override
    public int depth(int s, int option) {
      return depths.whole(option % depths.size());
    }

    @Override
    public int seen(int s, int option) {
      return option;
    }

    @Override
    public boolean holds(int s, int seen, int option) {
      return axes.get(0).holds(seen % depths.size(), option % depths.size())
          && counts.mayFollow(seen / depths.size(), option / depths.size());
    }
  }

  @Override
  public String law() {
    if (laws.isEmpty()) {
      return DesignSpace.super.law();
    }
    return laws.get().text()
        + ", all independent"
        + (has(Relation.SHARED) ? ", once for all stages where shared" : "")
        + (has(Relation.NON_DECREASING) ? ", given that what may not fall does not" : "");
  }

  private boolean has(Relation relation) {
    return axes.stream().anyMatch(axis -> axis.relation().equals(Optional.of(relation)));
  }

  @Override
  public ComplexityCap window() {
    return window;
  }

  @Override
  public int choiceLength() {
    return axes.size() * frame.stages();
  }

  @Override
  public void choose(RandomGenerator random, int[] choice) {
    for (int a = 0; a < axes.size(); a++) {
      axes.get(a).draw(random, choice, a * frame.stages());
    }
  }

  /** {@inheritDoc} All networks are equally likely, whatever the laws. */
  @Override
  public void chooseNetwork(RandomGenerator random, int[] choice) {
    do {
      for (int a = 0; a < axes.size(); a++) {
        axes.get(a).drawUniformly(random, choice, a * frame.stages());
      }
    } while (random.nextDouble() * encodings(choice) >= 1);
  }

  @Override
  public int[] places(int[] choice) {
    int[] places = new int[choice.length];
    for (int i = 0; i < places.length; i++) {
      places[i] = choice[i % axes.size() * frame.stages() + i / axes.size()];
    }
    return places;
  }

  private int depth(int[] choice, int s) {
    return axes.get(0).values().whole(choice[s]);
  }

  private int shape(int[] choice, int s) {
    int stages = frame.stages();
    return shapes.of(choice[stages + s], choice[2 * stages + s], choice[3 * stages + s]);
  }

  @Override
  public Complexity complexity(int[] choice) {
    long[] sums = new long[4];
    int channels = frame.stemWidth();
    for (int s = 0; s < frame.stages(); s++) {
      StagePrice price = prices.of(s, shape(choice, s));
      price.addTo(sums, depth(choice, s), channels);
      channels = price.width();
    }
    long[] ends = prices.ends(channels);
    return new Complexity(
        sums[0] + ends[0], sums[1] + ends[1], sums[2] + ends[2], sums[3] + ends[3]);
  }

  @Override
  public StagedSpec decode(int[] choice) {
    List<StageSpec> stages = new ArrayList<>();
    for (int s = 0; s < frame.stages(); s++) {
      stages.add(shapes.stage(shape(choice, s), depth(choice, s), frame.strides().get(s)));
    }
    return frame.network(stages);
  }

  @Override
  public boolean contains(ArchitectureSpec spec) {
    if (mayContinue) {
      return spec instanceof StagedSpec staged
          && staged.block() == frame.block()
          && staged.stem() == frame.stem()
          && staged.stemWidth() == frame.stemWidth()
          && StageSplits.encodings(new Splits(), staged.canonical().stages()) != 0
          && window.admits(spec.complexity(task()));
    }
    if (!frame.holds(spec) || ((StagedSpec) spec).stages().size() != frame.stages()) {
      return false;
    }
    int[] sequence = new int[frame.stages()];
    int before = -1;
    for (int s = 0; s < sequence.length; s++) {
      StageSpec stage = ((StagedSpec) spec).stages().get(s);
      sequence[s] = shapes.of(stage);
      int depth = axes.get(0).values().values().indexOf((double) stage.depth());
      if (sequence[s] < 0 || depth < 0 || (s > 0 && !axes.get(0).holds(before, depth))) {
        return false;
      }
      before = depth;
    }
    return counts.encodings(sequence) > 0 && window.admits(spec.complexity(task()));
  }

  @Override
  public Complexity least() {
    return extremes()[0];
  }

  @Override
  public Complexity greatest() {
    return extremes()[1];
  }

  private synchronized Complexity[] extremes() {
    if (extremes == null) {
      extremes = new Complexity[] {extreme(false), extreme(true)};
    }
    return extremes;
  }

  /**
   * The extreme of each count, stage by stage: what counts of the stages so far is the combination
   * that the next one is tied to and the channels it is given. More blocks cost more, and all
   * stages may be as deep as one.
   */
  private Complexity extreme(boolean greatest) {
    DoubleSummaryStatistics depths =
        axes.get(0).values().values().stream().mapToDouble(d -> d).summaryStatistics();
    int depth = (int) (greatest ? depths.getMax() : depths.getMin());
    Map<List<Integer>, long[]> best = new HashMap<>();
    Map<List<Integer>, Integer> ends = new HashMap<>();
    for (int s = 0; s < frame.stages(); s++) {
      Map<List<Integer>, long[]> next = new HashMap<>();
      Map<List<Integer>, Integer> nextEnds = new HashMap<>();
      for (int c = 0; c < shapes.combinations(); c++) {
        StagePrice price = prices.of(s, shapes.of(c));
        List<Integer> key = key(c, price.width());
        nextEnds.put(key, c);
        if (s == 0) {
          long[] sums = new long[4];
          price.addTo(sums, depth, frame.stemWidth());
          next.merge(key, sums, (a, b) -> better(a, b, greatest));
        }
        for (Map.Entry<List<Integer>, long[]> before : best.entrySet()) {
          if (counts.mayFollow(ends.get(before.getKey()), c)) {
            long[] sums = before.getValue().clone();
            price.addTo(sums, depth, before.getKey().get(0));
            next.merge(key, sums, (a, b) -> better(a, b, greatest));
          }
        }
      }
      best = next;
      ends = nextEnds;
    }
    long[] found = null;
    for (Map.Entry<List<Integer>, long[]> last : best.entrySet()) {
      long[] sums = prices.ends(last.getKey().get(0));
      for (int i = 0; i < sums.length; i++) {
        sums[i] += last.getValue()[i];
      }
      found = found == null ? sums : better(found, sums, greatest);
    }
    return new Complexity(found[0], found[1], found[2], found[3]);
  }

  /** What a later stage can see of a combination: its channels, and its places on tied axes. */
  private List<Integer> key(int combination, int channels) {
    return List.of(
        channels,
        axes.get(1).relation().isPresent() ? shapes.widthPlace(combination) : -1,
        axes.get(2).relation().isPresent() ? shapes.ratioPlace(combination) : -1,
        axes.get(3).relation().isPresent() ? shapes.groupWidthPlace(combination) : -1);
  }

  private static long[] better(long[] a, long[] b, boolean greatest) {
    long[] best = new long[a.length];
    for (int i = 0; i < best.length; i++) {
      best[i] = greatest ? Math.max(a[i], b[i]) : Math.min(a[i], b[i]);
    }
    return best;
  }

  /** All encodings where no limit is set; absent otherwise, for they are too many to go through. */
  @Override
  public OptionalLong count(ComplexityCap cap) {
    BigInteger size = size();
    return window.limits().isEmpty() && cap.limits().isEmpty() && size.bitLength() < 64
        ? OptionalLong.of(size.longValueExact())
        : OptionalLong.empty();
  }
}
