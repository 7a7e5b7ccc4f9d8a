package dsa.sampler.blocks;

import dsa.core.arch.Op;
import dsa.core.arch.Shape;
import dsa.core.arch.StagedSpec;
import dsa.core.arch.Task;
import dsa.core.complexity.Complexity;
import dsa.sampler.Dimension;
import dsa.sampler.format.SpaceFault;
import dsa.sampler.templates.BlockTemplate;
import dsa.sampler.templates.TemplateTexts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Every part of a block space made operations, for every option and every shape that the parts
 * before may hand it. A <em>state</em> is such a shape, together with the shared choices; a
 * <em>step</em> is what an option does to a state. The first part makes the shared choices and has
 * no operations, then come the stem, the stages and the tail.
 */
final class BlockTables {

  private static final int MOST_STEPS = 1 << 15;
  private static final int MOST_MADE = 50_000;
  private static final int MOST_STATES = 2048;
  private static final int LONGEST_WORDS = 1 << 18;

  /** What an option comes to. */
  static final class Step {

    private final int[] word;
    private final int next;
    private final Complexity cost;

    private Step(int[] word, int next, Complexity cost) {
      this.word = word;
      this.next = next;
      this.cost = cost;
    }

    /** Numbers of the blocks, empty ones left out; not to be changed. */
    int[] word() {
      return word;
    }

    /** The state of the next part; 0 behind the last. */
    int next() {
      return next;
    }

    /** The cost of the blocks; of the last part also the classifier's. */
    Complexity cost() {
      return cost;
    }
  }

  private record State(int shared, Shape shape) {}

  private final Task task;
  private final Map<String, String> macros;
  private final List<BlockAxis> shared;
  private final Map<List<Op>, Integer> numbers = new HashMap<>();
  private final List<List<Op>> blocks = new ArrayList<>();
  private final List<Step[][]> steps = new ArrayList<>();
  private long made;
  private long written;
  private long counted;

  private BlockTables(Task task, Map<String, String> macros, List<BlockAxis> shared) {
    this.task = task;
    this.macros = macros;
    this.shared = shared;
  }

  /**
   * The tables.
   *
   * @param parts the stem, the stages, the tail
   * @throws SpaceFault if a template does not come to operations, or the tables would be too large
   * @throws ArithmeticException if a count passes 2^63 - 1
   */
  static BlockTables of(
      Task task, Map<String, String> macros, List<BlockAxis> shared, List<BlockStage> parts) {
    BlockTables tables = new BlockTables(task, macros, shared);
    long options = BlockAxis.combinations(shared);
    tables.refuseMany(options);
    Map<State, Integer> states = new LinkedHashMap<>();
    Step[][] first = new Step[1][(int) options];
    for (int o = 0; o < options; o++) {
      states.put(new State(o, task.input()), o);
      first[0][o] = new Step(new int[0], o, Complexity.ZERO);
    }
    tables.steps.add(first);
    for (int p = 0; p < parts.size(); p++) {
      states = tables.add(parts.get(p), states, p == parts.size() - 1);
    }
    return tables;
  }

  /** How many parts there are. */
  int parts() {
    return steps.size();
  }

  /** How many states a part may find. */
  int states(int part) {
    return steps.get(part).length;
  }

  /** How many options a part has. */
  int options(int part) {
    return steps.get(part)[0].length;
  }

  Step step(int part, int state, int option) {
    return steps.get(part)[state][option];
  }

  /** The operations of a block of a word. */
  List<Op> block(int number) {
    return blocks.get(number);
  }

  /** The number of a block; -1 if no word has it. */
  int numberOf(List<Op> block) {
    return numbers.getOrDefault(block, -1);
  }

  private void refuseMany(long more) {
    counted += more;
    if (counted > MOST_STEPS) {
      throw new SpaceFault(
          "stages",
          "exact tables would have "
              + counted
              + " rows or more, "
              + MOST_STEPS
              + " are allowed; choose among fewer values, or in more and smaller stages");
    }
  }

  /** Adds a part that may find {@code states}; returns those it hands on. */
  private Map<State, Integer> add(BlockStage stage, Map<State, Integer> states, boolean last) {
    int repeats = stage.repeat().size();
    long options = stage.options();
    refuseMany(Math.multiplyExact(options, states.size()));
    Map<State, Integer> after = new LinkedHashMap<>();
    Map<Long, BlockTemplate> templates = new HashMap<>();
    Step[][] table = new Step[states.size()][(int) options];
    int i = 0;
    for (State state : states.keySet()) {
      for (int base = 0; base < options / repeats; base++) {
        Walk walk = new Walk(stage, state, base, templates);
        for (int length = 1; walk.wants(length); length++) {
          walk.step();
          int r = stage.repeat().values().indexOf((double) length);
          if (r >= 0) {
            table[i][base * repeats + r] = walk.ended(after, last);
          }
        }
      }
      i++;
    }
    steps.add(table);
    return after;
  }

  /** Blocks laid behind each other from one state, for one combination of a stage's axes. */
  private final class Walk {

    private final BlockStage stage;
    private final State start;
    private final int base;
    private final Map<String, BigDecimal> names = new HashMap<>();
    private final int longest;
    private final BlockTemplate template;
    private final List<Integer> word = new ArrayList<>();
    private Shape shape;
    private Complexity cost = Complexity.ZERO;
    private int length;
    private List<Op> ops = List.of();
    private Shape before; // what the operations were made for, at stride 1

    Walk(BlockStage stage, State start, int base, Map<Long, BlockTemplate> templates) {
      this.stage = stage;
      this.start = start;
      this.base = base;
      this.shape = start.shape();
      this.longest =
          (int) stage.repeat().values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
      Map<String, String> texts = new HashMap<>(macros);
      BlockAxis.bind(shared, start.shared(), names, texts);
      BlockAxis.bind(stage.axes(), base, names, texts);
      template =
          templates.computeIfAbsent(
              ((long) start.shared() << 32) + base,
              key ->
                  guarded(
                      stage.block(),
                      text -> BlockTemplate.parse(new TemplateTexts(texts).expand(text))));
    }

    boolean wants(int next) {
      return next <= longest;
    }

    void step() {
      if (!shape.equals(before)) {
        if (++made > MOST_MADE) {
          throw new SpaceFault(
              "stages",
              "it would make more than " + MOST_MADE + " blocks; use smaller or fewer stages");
        }
        int stride = length == 0 ? stage.stride() : 1;
        ops = make(stride);
        before = stride == 1 ? shape : null;
      }
      Shape input = shape;
      guarded(
          stage.block(),
          text -> {
            cost = cost.plus(Op.costOf(ops, input));
            shape = Op.outputOf(ops, input);
            return shape;
          });
      if (shape.channels() > Dimension.LARGEST) {
        throw fault(
            stage.block(), shape.channels() + " channels; " + Dimension.LARGEST + " are allowed");
      }
      if (!ops.isEmpty()) {
        word.add(
            numbers.computeIfAbsent(
                ops,
                key -> {
                  blocks.add(key);
                  return blocks.size() - 1;
                }));
      }
      length++;
    }

    private List<Op> make(int stride) {
      names.put("in", BigDecimal.valueOf(shape.channels()));
      names.put("stride", BigDecimal.valueOf(stride));
      stage
          .width()
          .map(width -> guarded(width, text -> BlockTemplate.whole(text, names)))
          .ifPresent(out -> names.put("out", BigDecimal.valueOf(out)));
      return guarded(stage.block(), text -> List.copyOf(template.ops(names, shape)));
    }

    /** The step that ends here. */
    Step ended(Map<State, Integer> after, boolean last) {
      written += word.size();
      State state = new State(start.shared(), shape);
      if (written > LONGEST_WORDS || after.size() > MOST_STATES) {
        throw new SpaceFault(
            "stages", "its stages come to too many sequences of blocks; use smaller ones");
      }
      int[] numbersOfBlocks = word.stream().mapToInt(Integer::intValue).toArray();
      if (last) {
        return new Step(numbersOfBlocks, 0, cost.plus(Op.costOf(StagedSpec.headOps(task), shape)));
      }
      Integer known = after.putIfAbsent(state, after.size());
      return new Step(numbersOfBlocks, known == null ? after.size() - 1 : known, cost);
    }

    /** What {@code making} makes of a text of the stage, which is at fault if it refuses to. */
    private <T> T guarded(BlockText text, Function<String, T> making) {
      try {
        return making.apply(text.text());
      } catch (IllegalArgumentException e) {
        throw fault(text, e.getMessage());
      }
    }

    private SpaceFault fault(BlockText text, String what) {
      String chosen =
          BlockAxis.text(shared, start.shared())
              + (shared.isEmpty() || stage.axes().isEmpty() ? "" : ", ")
              + BlockAxis.text(stage.axes(), base);
      return new SpaceFault(
          text.key(),
          "it does not fit an image of "
              + shape
              + (chosen.isEmpty() ? "" : " with " + chosen)
              + ": "
              + what);
    }
  }
}
