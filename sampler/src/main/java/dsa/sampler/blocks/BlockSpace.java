package dsa.sampler.blocks;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.GraphSpec;
import dsa.core.arch.Op;
import dsa.core.complexity.Complexity;
import dsa.core.complexity.ComplexityRange;
import dsa.sampler.ComplexityCap;
import dsa.sampler.DesignSpace;
import dsa.sampler.Dimension;
import dsa.sampler.NetworkTally;
import dsa.sampler.SpaceCensus;
import dsa.sampler.SpaceHead;
import dsa.sampler.format.SpaceFault;
import dsa.sampler.templates.TemplateTexts;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Networks of stages whose blocks are written as templates. A choice holds the option of each part:
 * of the choices that all stages share, of the stem (it has one), of each stage, of the tail. Equal
 * sequences of blocks are equal networks, however they were chosen.
 *
 * <p>All blocks are made and their costs counted when the space is, so that drawing and counting
 * only look up.
 */
public final class BlockSpace implements DesignSpace {

  /** Names that templates use for other things. */
  private static final Set<String> TAKEN = Set.of("in", "here", "out", "stride", "repeat");

  private static final int MOST_STAGES = 16;
  private static final BigInteger ENUMERABLE = BigInteger.ONE.shiftLeft(25);

  private final SpaceHead head;
  private final List<List<Dimension>> axes = new ArrayList<>(); // of each part
  private final List<BlockStage> parts;
  private final List<BlockAxis> shared;
  private final BlockTables tables;
  private final ComplexityRange extremes;
  private BlockWords words; // made when first asked for, as is the next
  private Optional<BigInteger> distinct;

  /**
   * A space.
   *
   * @param stem template before the first stage
   * @param macros texts that templates may name
   * @param shared choices made once for all stages
   * @param stages 1 to 16
   * @param tail template behind the last stage, before the classifier
   * @throws SpaceFault if a template does not come to operations, or the space is too large for
   *     exact tables
   */
  BlockSpace(
      SpaceHead head,
      String stem,
      Map<String, String> macros,
      List<BlockAxis> shared,
      List<BlockStage> stages,
      String tail) {
    this.head = head;
    this.shared = List.copyOf(shared);
    if (stages.isEmpty() || stages.size() > MOST_STAGES) {
      throw new SpaceFault("stages", stages.size() + " stages; a space has 1 to " + MOST_STAGES);
    }
    macros.forEach(
        (macro, text) -> {
          refuseName("macros." + macro, macro);
          refuseOpen("macros." + macro, text);
        });
    stages.forEach(stage -> refuseNames(stage, macros.keySet()));
    parts =
        Stream.of(
                Stream.of(BlockStage.fixed(new BlockText("stem", stem))),
                stages.stream(),
                Stream.of(BlockStage.fixed(new BlockText("tail", tail))))
            .flatMap(each -> each)
            .toList();
    axes.add(shared.stream().map(BlockAxis::dimension).toList());
    for (int p = 0; p < parts.size(); p++) {
      axes.add(named(parts.get(p), p));
    }
    refuseTwins();
    try {
      tables = BlockTables.of(head.task(), Map.copyOf(macros), this.shared, parts);
      extremes = new ComplexityRange(extreme(Complexity::least), extreme(Complexity::greatest));
    } catch (ArithmeticException e) {
      throw new SpaceFault(
          "stages",
          "its largest networks cost more than 2^63 - 1 of some count; use smaller stages");
    }
    for (int o = 0; o < tables.states(1); o++) {
      if (tables.step(1, o, 0).word().length == 0) {
        throw new SpaceFault("stem", "it comes to no operations; a network begins with some");
      }
    }
  }

  /** Refuses axes of a stage that templates cannot tell from each other or from macros. */
  private void refuseNames(BlockStage stage, Set<String> macros) {
    Set<String> names = new HashSet<>(macros);
    for (BlockAxis axis : Stream.concat(shared.stream(), stage.axes().stream()).toList()) {
      refuseName(axis.key(), axis.dimension().name());
      if (!names.add(axis.dimension().name())) {
        throw new SpaceFault(
            axis.key(), "'" + axis.dimension().name() + "' names two things in one stage");
      }
      for (int i = 0; i < axis.texts().size(); i++) {
        refuseOpen(axis.key() + "." + axis.dimension().labels().get(i), axis.texts().get(i));
      }
    }
  }

  private static void refuseName(String key, String name) {
    if (!TemplateTexts.nameable(name) || TAKEN.contains(name)) {
      throw new SpaceFault(
          key,
          "'"
              + name
              + "' cannot be a name in templates: one is a letter, then letters, digits and _, and"
              + " none of in, here, out, stride, repeat");
    }
  }

  private static void refuseOpen(String key, String text) {
    if (!TemplateTexts.closed(text)) {
      throw new SpaceFault(key, "its braces { and } do not match");
    }
  }

  /** Refuses axes of different stages that come to one name. */
  private void refuseTwins() {
    Set<String> seen = new HashSet<>();
    for (int p = 0; p < parts.size(); p++) {
      if (parts.get(p).repeat().size() > 1) {
        seen.add("repeat" + p);
      }
    }
    for (int p = 0; p < axes.size(); p++) {
      List<BlockAxis> of = p == 0 ? shared : parts.get(p - 1).axes();
      for (int i = 0; i < of.size(); i++) {
        Dimension dimension = axes.get(p).get(i);
        if (dimension.size() > 1 && !seen.add(dimension.name())) {
          throw new SpaceFault(
              of.get(i).key(),
              "two choices are called " + dimension.name() + "; let names not end in digits");
        }
      }
    }
  }

  /** A part's axes, named for its stage. */
  private static List<Dimension> named(BlockStage part, int number) {
    List<Dimension> named = new ArrayList<>();
    for (BlockAxis axis : part.axes()) {
      named.add(axis.dimension().named(axis.dimension().name() + number));
    }
    named.add(part.repeat().named("repeat" + number));
    return named;
  }

  @Override
  public SpaceHead head() {
    return head;
  }

  /** The axes of more than one value: the shared ones, then those of each stage. */
  @Override
  public List<Dimension> dimensions() {
    return axes.stream().flatMap(List::stream).filter(axis -> axis.size() > 1).toList();
  }

  @Override
  public BigInteger size() {
    return IntStream.range(0, tables.parts())
        .mapToObj(part -> BigInteger.valueOf(tables.options(part)))
        .reduce(BigInteger.ONE, BigInteger::multiply);
  }

  private synchronized Optional<BigInteger> distinct() {
    if (distinct == null) {
      distinct = words().count();
    }
    return distinct;
  }

  @Override
  public Optional<SpaceCensus> census() {
    return Optional.of(new Census());
  }

  private long encodings(int[] choice) {
    return words().spellings(word(choice));
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

    @Override
    public Optional<BigInteger> networks() {
      return distinct();
    }

    @Override
    public OptionalLong encodings(int[] choice) {
      return OptionalLong.of(BlockSpace.this.encodings(choice));
    }

    @Override
    public OptionalLong encodings(ComplexityCap cap) {
      BigInteger size = size();
      if (isWhole(cap) && size.bitLength() < 64) {
        return OptionalLong.of(size.longValueExact());
      }
      return size.compareTo(ENUMERABLE) > 0
          ? OptionalLong.empty()
          : OptionalLong.of(admitted(cap, choice -> {}));
    }

    @Override
    public OptionalLong networks(ComplexityCap cap) {
      if (size().compareTo(NetworkTally.MOST_ENCODINGS) <= 0) {
        NetworkTally tally = new NetworkTally();
        admitted(cap, choice -> tally.add(BlockSpace.this.encodings(choice)));
        return OptionalLong.of(tally.networks());
      }
      if (networks().equals(Optional.of(size()))) {
        return encodings(cap);
      }
      return isWhole(cap)
          ? networks()
              .filter(all -> all.bitLength() < 64)
              .map(all -> OptionalLong.of(all.longValueExact()))
              .orElse(OptionalLong.empty())
          : OptionalLong.empty();
    }

    private boolean isWhole(ComplexityCap cap) {
      return head.window().limits().isEmpty() && cap.limits().isEmpty();
    }
  }

  private synchronized BlockWords words() {
    if (words == null) {
      words = new BlockWords(tables);
    }
    return words;
  }

  @Override
  public int choiceLength() {
    return tables.parts();
  }

  @Override
  public OptionalInt options(int part) {
    return OptionalInt.of(tables.options(part));
  }

  @Override
  public void choose(RandomGenerator random, int[] choice) {
    for (int part = 0; part < choice.length; part++) {
      int options = tables.options(part);
      choice[part] = options == 1 ? 0 : random.nextInt(options);
    }
  }

  @Override
  public int[] places(int[] choice) {
    List<Integer> places = new ArrayList<>();
    for (int part = 0; part < choice.length; part++) {
      List<BlockAxis> of = part == 0 ? shared : parts.get(part - 1).axes();
      int repeats = part == 0 ? 1 : parts.get(part - 1).repeat().size();
      int[] each = BlockAxis.places(of, choice[part] / repeats);
      for (int i = 0; i < each.length; i++) {
        if (of.get(i).dimension().size() > 1) {
          places.add(each[i]);
        }
      }
      if (repeats > 1) {
        places.add(choice[part] % repeats);
      }
    }
    return places.stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public Complexity complexity(int[] choice) {
    Complexity.Sum sum = new Complexity.Sum();
    int state = 0;
    for (int part = 0; part < choice.length; part++) {
      BlockTables.Step step = tables.step(part, state, choice[part]);
      sum.add(step.cost());
      state = step.next();
    }
    return sum.total();
  }

  private int[] word(int[] choice) {
    int[] word = new int[0];
    int state = 0;
    for (int part = 0; part < choice.length; part++) {
      BlockTables.Step step = tables.step(part, state, choice[part]);
      int end = word.length;
      word = Arrays.copyOf(word, end + step.word().length);
      System.arraycopy(step.word(), 0, word, end, step.word().length);
      state = step.next();
    }
    return word;
  }

  @Override
  public ArchitectureSpec decode(int[] choice) {
    return GraphSpec.ofBlocks(Arrays.stream(word(choice)).mapToObj(tables::block).toList());
  }

  private boolean isInside(ArchitectureSpec spec) {
    Optional<List<List<Op>>> blocks =
        spec instanceof GraphSpec graph ? graph.blocks() : Optional.empty();
    if (blocks.isEmpty()) {
      return false;
    }
    int[] word = blocks.get().stream().mapToInt(tables::numberOf).toArray();
    return Arrays.stream(word).allMatch(letter -> letter >= 0)
        && words().spellings(word) > 0
        && head.window().admits(spec.complexity(head.task()));
  }

  /** How many encodings are admitted; each is shown. */
  private long admitted(ComplexityCap cap, Consumer<int[]> shown) {
    return admitted(new int[tables.parts()], 0, 0, Complexity.ZERO, cap, shown);
  }

  /** How many ends of a choice begun are admitted; each is shown. */
  private long admitted(
      int[] choice,
      int part,
      int state,
      Complexity before,
      ComplexityCap cap,
      Consumer<int[]> shown) {
    if (part == tables.parts()) {
      if (!head.window().admits(before) || !cap.admits(before)) {
        return 0;
      }
      shown.accept(choice);
      return 1;
    }
    long count = 0;
    for (int option = 0; option < tables.options(part); option++) {
      choice[part] = option;
      BlockTables.Step step = tables.step(part, state, option);
      count += admitted(choice, part + 1, step.next(), before.plus(step.cost()), cap, shown);
    }
    return count;
  }

  /** Each count's extreme over the space, part by part from the last: no enumeration. */
  private Complexity extreme(BinaryOperator<Complexity> better) {
    Complexity[] on = {Complexity.ZERO};
    for (int part = tables.parts() - 1; part >= 0; part--) {
      Complexity[] best = new Complexity[tables.states(part)];
      for (int state = 0; state < best.length; state++) {
        for (int option = 0; option < tables.options(part); option++) {
          BlockTables.Step step = tables.step(part, state, option);
          Complexity cost = step.cost().plus(on[step.next()]);
          best[state] = best[state] == null ? cost : better.apply(best[state], cost);
        }
      }
      on = best;
    }
    return on[0];
  }
}
