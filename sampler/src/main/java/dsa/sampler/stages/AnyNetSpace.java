package dsa.sampler.stages;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.StageSpec;
import dsa.core.arch.StagedSpec;
import dsa.core.complexity.Complexity;
import dsa.core.complexity.ComplexityRange;
import dsa.sampler.ComplexityCap;
import dsa.sampler.DesignSpace;
import dsa.sampler.Dimension;
import dsa.sampler.NetworkCensus;
import dsa.sampler.SpaceCensus;
import dsa.sampler.SpaceHead;
import dsa.sampler.distribution.DiscreteDistribution;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BinaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * AnyNets: stages of bottleneck blocks with any depth, width, ratio and group width of four grids,
 * each free from stage to stage, shared by all stages or never falling. Radosavovic et al.,
 * <i>Designing Network Design Spaces</i>, CVPR 2020, arXiv 2003.13678, section 3.2. Widths and
 * groups that do not fit each other are moved as pycls moves them ({@link StageSpec#compatible}),
 * so that several encodings may be one network.
 *
 * <p>Encodings are equally likely, or each axis has a distribution of its own, as in the paper,
 * which draws log-uniformly; {@link AxisSequence} says what becomes of a distribution under ties. A
 * choice holds the depths' places of all stages, then those of widths, of ratios and of group
 * widths.
 */
public final class AnyNetSpace implements DesignSpace {

  private final SpaceHead head;
  private final NetworkFrame frame;
  private final Optional<Distributions> distributions;
  private final List<AxisSequence> axes;
  private final List<Dimension> dimensions;
  private final AnyNetShapes shapes;
  private final AnyNetCounts counts;
  private final StageCosts costs;
  private final boolean mayContinue; // whether a stage may be one with the stage before
  private NetworkCensus listed; // made when first asked for
  private ComplexityRange extremes; // once they are known

  /**
   * How likely the values of each grid are, in their order.
   *
   * @param depth of {@link Grids#depth}
   * @param width of {@link Grids#width}
   * @param ratio of {@link Grids#ratio}
   * @param groupWidth of {@link Grids#groupWidth}
   */
  public record Distributions(
      DiscreteDistribution depth,
      DiscreteDistribution width,
      DiscreteDistribution ratio,
      DiscreteDistribution groupWidth) {

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
   * @param constraints by the dimension's name, {@code depth}, {@code width}, {@code ratio} or
   *     {@code group-width}, the relation of a stage to the one before
   * @param distributions of the grids; absent if all encodings are equally likely
   * @throws IllegalArgumentException if some widths and ratios fit no block, a distribution is of
   *     other values than its grid, or the grids are too fine
   */
  public AnyNetSpace(
      SpaceHead head,
      NetworkFrame frame,
      Grids grids,
      Map<String, Relation> constraints,
      Optional<Distributions> distributions) {
    this.head = head;
    this.frame = frame;
    this.distributions = distributions;
    axes =
        List.of(
            axis(
                grids.depth().named("depth"), constraints, distributions.map(Distributions::depth)),
            axis(
                grids.width().named("width"), constraints, distributions.map(Distributions::width)),
            axis(
                grids.ratio().named("ratio"), constraints, distributions.map(Distributions::ratio)),
            axis(
                grids.groupWidth().named("group-width"),
                constraints,
                distributions.map(Distributions::groupWidth)));
    shapes = new AnyNetShapes(grids.width(), grids.ratio(), grids.groupWidth());
    int deepest = 1;
    for (int i = 0; i < grids.depth().size(); i++) {
      deepest = Math.max(deepest, grids.depth().whole(i));
    }
    frame.refuseUncountable(head.task(), deepest, shapes.widest(), shapes.widestBottleneck());
    mayContinue = frame.strides().subList(1, frame.stages()).contains(1);
    counts = new AnyNetCounts(shapes, axes.get(1), axes.get(2), axes.get(3));
    costs = new StageCosts(frame, head.task(), shapes.count(), shapes::stage);
    List<Dimension> all = new ArrayList<>();
    for (int s = 1; s <= frame.stages(); s++) {
      for (AxisSequence axis : axes) {
        all.add(axis.values().named(axis.values().name() + s));
      }
    }
    dimensions = List.copyOf(all);
  }

  private AxisSequence axis(
      Dimension values,
      Map<String, Relation> constraints,
      Optional<DiscreteDistribution> distribution) {
    return new AxisSequence(
        values, frame.stages(), Optional.ofNullable(constraints.get(values.name())), distribution);
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
    return axes.stream()
        .filter(axis -> axis.relation().isPresent())
        .map(axis -> axis.values().name() + " " + axis.relation().get().label())
        .toList();
  }

  @Override
  public BigInteger size() {
    return axes.stream().map(AxisSequence::count).reduce(BigInteger.ONE, BigInteger::multiply);
  }

  private synchronized Optional<NetworkCensus> listed() {
    if (size().compareTo(BigInteger.valueOf(StageSplits.MOST_LISTED)) > 0) {
      return Optional.empty();
    }
    if (listed == null) {
      listed =
          NetworkCensus.of(
              this,
              at -> axes.get(at / frame.stages()).values().size(),
              (choice, at) ->
                  at % frame.stages() == 0
                      || axes.get(at / frame.stages()).holds(choice[at - 1], choice[at]));
    }
    return Optional.of(listed);
  }

  private boolean encodingsAreKnown() {
    return !mayContinue || size().bitLength() <= 62;
  }

  private long encodings(int[] choice) {
    if (mayContinue) {
      return StageSplits.encodings(new Splits(), decode(choice).canonical().stages());
    }
    int[] sequence = new int[frame.stages()];
    for (int s = 0; s < sequence.length; s++) {
      sequence[s] = shape(choice, s);
    }
    return counts.encodings(sequence);
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
      return isInside(spec);
    }

    /** {@inheritDoc} Where stages behind others have stride 1 it is known of small spaces only. */
    @Override
    public Optional<BigInteger> networks() {
      return mayContinue
          ? listed().flatMap(NetworkCensus::networks)
          : counts.distinct().map(axes.get(0).count()::multiply);
    }

    @Override
    public OptionalLong encodings(int[] choice) {
      return encodingsAreKnown()
          ? OptionalLong.of(AnyNetSpace.this.encodings(choice))
          : OptionalLong.empty();
    }

    /** All encodings where no limit is set; otherwise they are too many to go through. */
    @Override
    public OptionalLong encodings(ComplexityCap cap) {
      return head.window().limits().isEmpty() && cap.limits().isEmpty() && size().bitLength() < 64
          ? OptionalLong.of(size().longValueExact())
          : OptionalLong.empty();
    }

    @Override
    public OptionalLong networks(ComplexityCap cap) {
      if (listed().isPresent()) {
        return listed().get().networks(cap);
      }
      return head.window().limits().isEmpty() && cap.limits().isEmpty()
          ? networks()
              .filter(all -> all.bitLength() < 64)
              .map(all -> OptionalLong.of(all.longValueExact()))
              .orElse(OptionalLong.empty())
          : OptionalLong.empty();
    }
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
  public String distribution() {
    if (distributions.isEmpty()) {
      return DesignSpace.super.distribution();
    }
    return distributions.get().text()
        + ", all independent"
        + (has(Relation.SHARED) ? ", once for all stages where shared" : "")
        + (has(Relation.NON_DECREASING) ? ", given that what may not fall does not" : "");
  }

  private boolean has(Relation relation) {
    return axes.stream().anyMatch(axis -> axis.relation().equals(Optional.of(relation)));
  }

  @Override
  public int choiceLength() {
    return axes.size() * frame.stages();
  }

  /** {@inheritDoc} They do. */
  @Override
  public OptionalInt options(int at) {
    return OptionalInt.empty();
  }

  @Override
  public void choose(RandomGenerator random, int[] choice) {
    for (int a = 0; a < axes.size(); a++) {
      axes.get(a).draw(random, choice, a * frame.stages());
    }
  }

  /**
   * {@inheritDoc} All networks are equally likely, whatever the distributions.
   *
   * @throws IllegalArgumentException if the space has more than 2^62 encodings and stages that may
   *     be one with the stage before
   */
  @Override
  public Chooser overNetworks() {
    if (!encodingsAreKnown()) {
      throw StageSplits.tooManyEncodings(head.name());
    }
    return (random, choice) -> {
      do {
        for (int a = 0; a < axes.size(); a++) {
          axes.get(a).drawUniformly(random, choice, a * frame.stages());
        }
      } while (random.nextDouble() * encodings(choice) >= 1);
    };
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
    Complexity.Sum sum = new Complexity.Sum();
    int channels = frame.stemWidth();
    for (int s = 0; s < frame.stages(); s++) {
      StageCost cost = costs.of(s, shape(choice, s));
      cost.addTo(sum, depth(choice, s), channels);
      channels = cost.width();
    }
    costs.addEnds(sum, channels);
    return sum.total();
  }

  @Override
  public StagedSpec decode(int[] choice) {
    List<StageSpec> stages = new ArrayList<>();
    for (int s = 0; s < frame.stages(); s++) {
      stages.add(shapes.stage(shape(choice, s), depth(choice, s), frame.strides().get(s)));
    }
    return frame.network(stages);
  }

  private boolean isInside(ArchitectureSpec spec) {
    if (mayContinue) {
      return spec instanceof StagedSpec staged
          && staged.block() == frame.block()
          && staged.stem() == frame.stem()
          && staged.stemWidth() == frame.stemWidth()
          && StageSplits.encodings(new Splits(), staged.canonical().stages()) != 0
          && head.window().admits(spec.complexity(head.task()));
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
    return counts.encodings(sequence) > 0 && head.window().admits(spec.complexity(head.task()));
  }

  private synchronized ComplexityRange extremes() {
    if (extremes == null) {
      DoubleSummaryStatistics depths =
          axes.get(0).values().values().stream().mapToDouble(d -> d).summaryStatistics();
      extremes =
          new ComplexityRange(
              extreme((int) depths.getMin(), Complexity::least),
              extreme((int) depths.getMax(), Complexity::greatest));
    }
    return extremes;
  }

  /**
   * The extreme of each count, stage by stage: what counts of the stages so far is the combination
   * that constrains the next one and the channels it is given. More blocks cost more, and all
   * stages may be as deep as one.
   */
  private Complexity extreme(int depth, BinaryOperator<Complexity> better) {
    Map<List<Integer>, Complexity> best = Map.of();
    Map<List<Integer>, Integer> ends = Map.of();
    for (int s = 0; s < frame.stages(); s++) {
      Map<List<Integer>, Complexity> next = new HashMap<>();
      Map<List<Integer>, Integer> nextEnds = new HashMap<>();
      for (int c = 0; c < shapes.combinations(); c++) {
        StageCost cost = costs.of(s, shapes.of(c));
        List<Integer> key = key(c, cost.width());
        nextEnds.put(key, c);
        if (s == 0) {
          Complexity.Sum sum = new Complexity.Sum();
          cost.addTo(sum, depth, frame.stemWidth());
          next.merge(key, sum.total(), better);
        }
        for (Map.Entry<List<Integer>, Complexity> before : best.entrySet()) {
          if (counts.mayFollow(ends.get(before.getKey()), c)) {
            Complexity.Sum sum = new Complexity.Sum();
            sum.add(before.getValue());
            cost.addTo(sum, depth, before.getKey().get(0));
            next.merge(key, sum.total(), better);
          }
        }
      }
      best = next;
      ends = nextEnds;
    }
    return best.entrySet().stream()
        .map(
            last -> {
              Complexity.Sum sum = new Complexity.Sum();
              sum.add(last.getValue());
              costs.addEnds(sum, last.getKey().get(0));
              return sum.total();
            })
        .reduce(better)
        .orElseThrow();
  }

  /** What a later stage can see of a combination: its channels, and its places on tied axes. */
  private List<Integer> key(int combination, int channels) {
    return List.of(
        channels,
        axes.get(1).relation().isPresent() ? shapes.widthPlace(combination) : -1,
        axes.get(2).relation().isPresent() ? shapes.ratioPlace(combination) : -1,
        axes.get(3).relation().isPresent() ? shapes.groupWidthPlace(combination) : -1);
  }
}
