package dsa.sampler.spaces;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.GraphSpec;
import dsa.core.arch.NetworkPlan;
import dsa.core.arch.Op;
import dsa.core.arch.Shape;
import dsa.core.arch.StagedSpec;
import dsa.core.complexity.Complexity;
import dsa.core.complexity.ComplexityRange;
import dsa.sampler.ComplexityCap;
import dsa.sampler.DesignSpace;
import dsa.sampler.Dimension;
import dsa.sampler.SpaceCensus;
import dsa.sampler.SpaceHead;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The space of Zoph and Le, <i>Neural Architecture Search with Reinforcement Learning</i>, ICLR
 * 2017, section 4.1, with fixed pools: n layers, each a convolution (kernel height and width,
 * filters), norm and relu, and each reading any of the layers before it. Behind layers n/3 and 2n/3
 * maps are halved by maxima over 2x2 windows; what is read from before a pool is pooled on the way.
 * Several inputs are joined along channels, a layer that reads none is given the image, and what no
 * layer reads is joined before the classifier.
 *
 * <p>A choice holds for each layer {@code option · 2^i + reads}, where bit j of reads says that
 * layer i reads layer j. Two layers between the same pools that do not read each other may change
 * places without changing the network but for the order of its channels; {@link #decode} gives one
 * network for all such encodings.
 */
final class Nas2016Space implements DesignSpace {

  private static final List<Op> POOL = List.of(new Op.Pool(Op.Pool.Kind.MAX, 2, 2, false));
  private static final int REGIONS = 3;
  private static final int LARGEST = 6;

  private final SpaceHead head;
  private final int layers;
  private final List<int[]> forms = new ArrayList<>(); // kernel height, kernel width, filters
  private final Dimension heights;
  private final Dimension widths;
  private final Dimension filters;
  private final Affine[][] layerCosts; // by region, then form
  private final Affine classifier;
  private final ComplexityRange extremes;

  /** A cost that grows by the same amount with each input channel. */
  private record Affine(Complexity one, Complexity two) {

    static Affine of(List<Op> ops, int side) {
      return new Affine(
          Op.costOf(ops, new Shape(1, side, side)), Op.costOf(ops, new Shape(2, side, side)));
    }

    void addTo(Complexity.Sum sum, long channels) {
      sum.add(one);
      sum.add(two.minus(one), channels - 1);
    }
  }

  /**
   * A space on CIFAR-10.
   *
   * @param layers 3 to 6
   * @param sides values of kernel heights and of kernel widths, rising
   * @param filters numbers of filters, rising
   */
  Nas2016Space(String name, int layers, int[] sides, int[] filters) {
    if (layers < REGIONS || layers > LARGEST) {
      throw new IllegalArgumentException(
          layers + " layers; this space has " + REGIONS + " to " + LARGEST);
    }
    head =
        SpaceHead.of(
            name, layers + " convolutions that each read any before, after Zoph and Le 2017.");
    this.layers = layers;
    this.heights = Dimension.of("height", sides);
    this.widths = Dimension.of("width", sides);
    this.filters = Dimension.of("filters", filters);
    for (int height : sides) {
      for (int width : sides) {
        for (int number : filters) {
          forms.add(new int[] {height, width, number});
        }
      }
    }
    layerCosts = new Affine[REGIONS][forms.size()];
    for (int region = 0; region < REGIONS; region++) {
      for (int form = 0; form < forms.size(); form++) {
        layerCosts[region][form] = Affine.of(ops(form), side(region));
      }
    }
    classifier = Affine.of(StagedSpec.headOps(head.task()), side(REGIONS - 1));
    ComplexityRange range = ComplexityRange.of(complexity(choice(0, 0)));
    for (int topology = 0; topology < 1 << pairs(layers); topology++) {
      range =
          range
              .with(complexity(choice(0, topology)))
              .with(complexity(choice(forms.size() - 1, topology)));
    }
    extremes = range;
  }

  /** The space of six layers: 2^51 encodings. */
  static Nas2016Space large() {
    return zophAndLe("nas2016-c10", 6);
  }

  /** The space of four layers: 2^30 encodings. */
  static Nas2016Space mini() {
    return zophAndLe("nas2016-mini", 4);
  }

  private static Nas2016Space zophAndLe(String name, int layers) {
    return new Nas2016Space(name, layers, new int[] {1, 3, 5, 7}, new int[] {24, 36, 48, 64});
  }

  /** How many encodings there are of {@code layers} layers of {@code forms} forms each. */
  static BigInteger size(int layers, int forms) {
    return BigInteger.valueOf(forms).pow(layers).shiftLeft(pairs(layers));
  }

  private static int pairs(int layers) {
    return layers * (layers - 1) / 2;
  }

  /** A choice of one form for all layers; bits of {@code topology} say what each reads. */
  private int[] choice(int form, int topology) {
    int[] choice = new int[layers];
    int rest = topology;
    for (int i = 0; i < layers; i++) {
      choice[i] = (form << i) + (rest & (1 << i) - 1);
      rest >>= i;
    }
    return choice;
  }

  /** How many pools stand before a layer. */
  private int region(int layer) {
    return layer < layers / REGIONS ? 0 : layer < 2 * layers / REGIONS ? 1 : 2;
  }

  private int side(int region) {
    return head.task().input().height() >> region;
  }

  private List<Op> ops(int form) {
    int[] values = forms.get(form);
    return List.of(
        new Op.Conv(values[0], values[1], values[2], 1, 1, 1, 1),
        new Op.BatchNorm(),
        new Op.Relu());
  }

  private int channels(int[] choice, int layer) {
    return forms.get(choice[layer] >> layer)[2];
  }

  private static boolean reads(int[] choice, int layer, int other) {
    return (choice[layer] >> other & 1) == 1;
  }

  private boolean loose(int[] choice, int layer) {
    return IntStream.range(layer + 1, layers).noneMatch(later -> reads(choice, later, layer));
  }

  @Override
  public SpaceHead head() {
    return head;
  }

  @Override
  public List<Dimension> dimensions() {
    List<Dimension> dimensions = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      for (Dimension axis : List.of(heights, widths, filters)) {
        dimensions.add(axis.named(axis.name() + (i + 1)));
      }
      for (int j = 0; j < i; j++) {
        dimensions.add(Dimension.ofNames("reads" + (i + 1) + "." + (j + 1), List.of("no", "yes")));
      }
    }
    return dimensions;
  }

  @Override
  public BigInteger size() {
    return size(layers, forms.size());
  }

  /**
   * The orbits of encodings under exchanges of two layers, by Burnside's lemma: the mean number of
   * encodings that an exchange, or several at once, leaves as they are.
   */
  private BigInteger distinct() {
    List<Integer> sizes = sizes();
    List<Integer> pairs =
        IntStream.range(0, REGIONS).filter(r -> sizes.get(r) == 2).boxed().toList();
    BigInteger fixed = BigInteger.ZERO;
    for (int asked = 0; asked < 1 << pairs.size(); asked++) {
      // of the pairs asked to change places, those do that do not read each other
      for (int moved = asked; moved >= 0; moved = moved == 0 ? -1 : (moved - 1) & asked) {
        Set<Integer> moving = regions(pairs, moved);
        Set<Integer> still = regions(pairs, asked & ~moved);
        fixed = fixed.add(fixed(sizes, moving, still));
      }
    }
    return fixed.shiftRight(pairs.size());
  }

  private List<Integer> sizes() {
    int[] sizes = new int[REGIONS];
    for (int i = 0; i < layers; i++) {
      sizes[region(i)]++;
    }
    return Arrays.stream(sizes).boxed().toList();
  }

  private static Set<Integer> regions(List<Integer> pairs, int bits) {
    Set<Integer> regions = new HashSet<>();
    for (int i = 0; i < pairs.size(); i++) {
      if ((bits >> i & 1) == 1) {
        regions.add(pairs.get(i));
      }
    }
    return regions;
  }

  /** Encodings that stay the same when the pairs of {@code moving} change places. */
  private BigInteger fixed(List<Integer> sizes, Set<Integer> moving, Set<Integer> still) {
    int free = 0; // bits
    int freeForms = 0;
    for (int r = 0; r < REGIONS; r++) {
      freeForms += moving.contains(r) ? 1 : sizes.get(r);
      free += sizes.get(r) == 2 && !moving.contains(r) && !still.contains(r) ? 1 : 0;
      for (int q = 0; q < r; q++) {
        int bits = sizes.get(r) * sizes.get(q);
        free += moving.contains(r) || moving.contains(q) ? bits / 2 : bits;
      }
    }
    return BigInteger.valueOf(forms.size()).pow(freeForms).shiftLeft(free);
  }

  @Override
  public Optional<SpaceCensus> census() {
    return Optional.of(new Census());
  }

  /** What is known of all networks. */
  private final class Census implements SpaceCensus {

    @Override
    public ComplexityRange costs() {
      return extremes;
    }

    @Override
    public boolean contains(ArchitectureSpec spec) {
      return isInside(spec);
    }

    @Override
    public Optional<BigInteger> networks() {
      return Optional.of(distinct());
    }

    @Override
    public OptionalLong encodings(int[] choice) {
      return OptionalLong.of(alike(choice).size());
    }

    @Override
    public OptionalLong encodings(ComplexityCap cap) {
      return cap.limits().isEmpty()
          ? OptionalLong.of(size().longValueExact())
          : OptionalLong.empty();
    }

    @Override
    public OptionalLong networks(ComplexityCap cap) {
      return cap.limits().isEmpty()
          ? OptionalLong.of(distinct().longValueExact())
          : OptionalLong.empty();
    }
  }

  /** All encodings of the network of {@code choice}. */
  private List<int[]> alike(int[] choice) {
    List<int[]> alike = new ArrayList<>(List.of(choice));
    for (int a = 0; a + 1 < layers; a++) {
      if (region(a) != region(a + 1) || reads(choice, a + 1, a)) {
        continue;
      }
      for (int[] known : List.copyOf(alike)) {
        int[] other = exchanged(known, a);
        if (alike.stream().noneMatch(each -> Arrays.equals(each, other))) {
          alike.add(other);
        }
      }
    }
    return alike;
  }

  private static int[] exchanged(int[] choice, int a) {
    int[] other = choice.clone();
    int b = a + 1;
    int reads = (1 << a) - 1;
    other[a] = (choice[b] >> b << a) + (choice[b] & reads);
    other[b] = (choice[a] >> a << b) + (choice[a] & reads);
    for (int i = b + 1; i < choice.length; i++) {
      if (reads(choice, i, a) != reads(choice, i, b)) {
        other[i] ^= 1 << a | 1 << b;
      }
    }
    return other;
  }

  @Override
  public int choiceLength() {
    return layers;
  }

  @Override
  public OptionalInt options(int layer) {
    return OptionalInt.of(forms.size() << layer);
  }

  @Override
  public void choose(RandomGenerator random, int[] choice) {
    for (int i = 0; i < layers; i++) {
      choice[i] = random.nextInt(forms.size() << i);
    }
  }

  @Override
  public int[] places(int[] choice) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      int form = choice[i] >> i;
      places.add(form / filters.size() / widths.size());
      places.add(form / filters.size() % widths.size());
      places.add(form % filters.size());
      for (int j = 0; j < i; j++) {
        places.add(choice[i] >> j & 1);
      }
    }
    return places.stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public Complexity complexity(int[] choice) {
    Complexity.Sum sum = new Complexity.Sum();
    long pooled = 0;
    int imagePools = 0;
    long last = 0;
    for (int i = 0; i < layers; i++) {
      long read = 0;
      int farthest = region(i);
      for (int j = 0; j < i; j++) {
        read += reads(choice, i, j) ? channels(choice, j) : 0;
      }
      for (int j = i + 1; j < layers; j++) {
        farthest = reads(choice, j, i) ? region(j) : farthest;
      }
      if (read == 0) {
        read = head.task().input().channels();
        imagePools = region(i);
      }
      layerCosts[region(i)][choice[i] >> i].addTo(sum, read);
      if (loose(choice, i)) {
        last += channels(choice, i);
        farthest = REGIONS - 1;
      }
      pooled += pooled(channels(choice, i), region(i), farthest);
    }
    pooled += pooled(head.task().input().channels(), 0, imagePools);
    classifier.addTo(sum, last);
    sum.add(new Complexity(0, 0, 0, pooled));
    return sum.total();
  }

  /** Activations of the pools between two regions. */
  private long pooled(int channels, int from, int to) {
    long activations = 0;
    for (int region = from; region < to; region++) {
      activations += Op.costOf(POOL, new Shape(channels, side(region), side(region))).activations();
    }
    return activations;
  }

  @Override
  public ArchitectureSpec decode(int[] choice) {
    int[] first = choice;
    for (int[] other : alike(choice)) {
      first = Arrays.compare(other, first) < 0 ? other : first;
    }
    return new Drawing(first).graph();
  }

  /** The segments of one network; pools are put in where they are first needed. */
  private final class Drawing {

    private final int[] choice;
    private final List<GraphSpec.Segment> segments = new ArrayList<>();
    private final Map<List<Integer>, Integer> places = new HashMap<>(); // by layer, then region

    Drawing(int[] choice) {
      this.choice = choice;
    }

    GraphSpec graph() {
      places.put(List.of(-1, 0), 0);
      List<Integer> loose = new ArrayList<>();
      for (int i = 0; i < layers; i++) {
        List<Integer> inputs = new ArrayList<>();
        for (int j = 0; j < i; j++) {
          if (reads(choice, i, j)) {
            inputs.add(place(j, region(i)));
          }
        }
        if (inputs.isEmpty()) {
          inputs.add(place(-1, region(i)));
        }
        places.put(List.of(i, region(i)), add(inputs, ops(choice[i] >> i)));
        if (loose(choice, i)) {
          loose.add(i);
        }
      }
      if (loose.size() > 1) {
        add(loose.stream().map(i -> place(i, REGIONS - 1)).toList(), List.of());
      }
      return new GraphSpec(segments);
    }

    /** The segment that holds what layer {@code i} gives, or the image, in a region. */
    private int place(int i, int region) {
      Integer place = places.get(List.of(i, region));
      if (place == null) {
        place = add(List.of(place(i, region - 1)), POOL);
        places.put(List.of(i, region), place);
      }
      return place;
    }

    private int add(List<Integer> inputs, List<Op> ops) {
      segments.add(new GraphSpec.Segment(inputs, NetworkPlan.Join.CONCAT, 1, ops));
      return segments.size();
    }
  }

  private boolean isInside(ArchitectureSpec spec) {
    if (!(spec instanceof GraphSpec graph)) {
      return false;
    }
    int[] choice = new int[layers];
    List<Integer> sources = new ArrayList<>(List.of(-1)); // by segment: a layer, or the image
    int layer = 0;
    for (GraphSpec.Segment segment : graph.segments()) {
      int form = form(segment.ops());
      if (form < 0) {
        sources.add(sources.get(segment.inputs().get(0)));
        continue;
      }
      if (layer == layers) {
        return false;
      }
      choice[layer] = form << layer;
      for (int input : segment.inputs()) {
        int source = sources.get(input);
        choice[layer] |= source < 0 ? 0 : 1 << source;
      }
      sources.add(layer++);
    }
    // whatever was misread comes out otherwise
    return layer == layers && decode(choice).equals(spec);
  }

  /** The form that has these operations; -1 if none has. */
  private int form(List<Op> ops) {
    return IntStream.range(0, forms.size())
        .filter(form -> ops(form).equals(ops))
        .findFirst()
        .orElse(-1);
  }
}
