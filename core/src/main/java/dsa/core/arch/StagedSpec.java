package dsa.core.arch;

import dsa.core.complexity.Complexity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A stem, stages of equal blocks, and a linear classifier over pooled features.
 *
 * @param block the block all stages repeat
 * @param stem what stands before the first stage
 * @param stemWidth output channels of the stem
 * @param stages at least one
 */
public record StagedSpec(BlockType block, Stem stem, int stemWidth, List<StageSpec> stages)
    implements ArchitectureSpec {

  private static final String SEPARATOR = " | ";
  private static final int MOST_BLOCKS = 100_000;

  /** Copies the stages; rejects bottlenecks and groups in blocks that have none. */
  public StagedSpec {
    stages = List.copyOf(stages);
    if (stages.isEmpty()) {
      throw new IllegalArgumentException("a staged network needs at least one stage");
    }
    if (stemWidth < 1) {
      throw new IllegalArgumentException("stem width=" + stemWidth + " < 1");
    }
    if (!block.hasBottleneck()) {
      for (StageSpec stage : stages) {
        if (stage.bottleneckWidth() != stage.width() || stage.groups() != 1) {
          throw new IllegalArgumentException(
              block.label() + " blocks have no bottleneck and no groups: " + stage);
        }
      }
    }
  }

  @Override
  public int hashCode() {
    return 31 * stages.hashCode() + stemWidth; // block and stem rarely differ in a population
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StagedSpec spec
        && block == spec.block
        && stem == spec.stem
        && stemWidth == spec.stemWidth
        && stages.equals(spec.stages);
  }

  /**
   * {@inheritDoc} A stage that {@linkplain StageSpec#continues goes on} with the blocks of the one
   * before is taken into it.
   */
  @Override
  public StagedSpec canonical() {
    List<StageSpec> merged = new ArrayList<>();
    for (StageSpec stage : stages) {
      StageSpec last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last != null && stage.continues(last)) {
        merged.set(merged.size() - 1, last.deeper(stage.depth()));
      } else {
        merged.add(stage);
      }
    }
    return merged.size() == stages.size() ? this : new StagedSpec(block, stem, stemWidth, merged);
  }

  /** A network for 32 x 32 images with the 16-channel stem of the NDS release. */
  public static StagedSpec cifar(BlockType block, List<StageSpec> stages) {
    return new StagedSpec(block, Stem.CIFAR, 16, stages);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if there are more than 100,000 blocks
   */
  @Override
  public NetworkPlan plan(Task task) {
    long depth = stages.stream().mapToLong(StageSpec::depth).sum();
    if (depth > MOST_BLOCKS) {
      throw new IllegalArgumentException(
          "a network of " + depth + " blocks is too deep to write out; at most " + MOST_BLOCKS);
    }
    List<String> names = new ArrayList<>(List.of("stem"));
    List<List<Op>> ops = new ArrayList<>(List.of(stem.ops(stemWidth)));
    int channels = stemWidth;
    for (int i = 0; i < stages.size(); i++) {
      List<List<Op>> blocks = stages.get(i).blocks(block, channels);
      for (int j = 0; j < blocks.size(); j++) {
        names.add(String.format(Locale.ROOT, "stage%d.block%d", i + 1, j + 1));
        ops.add(blocks.get(j));
      }
      channels = stages.get(i).width();
    }
    names.add("head");
    ops.add(headOps(task));
    return NetworkPlan.chain(task.input(), names, ops);
  }

  /**
   * The cost of {@link #plan}, without writing out the blocks that a stage repeats.
   *
   * @throws IllegalArgumentException if a count passes 2^63 - 1
   */
  @Override
  public Complexity complexity(Task task) {
    try {
      return new ComplexityCounter().of(this, task);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "the costs of '" + text() + "' are too large to count, above 2^63 - 1", e);
    }
  }

  /** The operations of the classifier alone. */
  public static List<Op> headOps(Task task) {
    return List.of(new Op.GlobalAveragePool(), new Op.Linear(task.classes()));
  }

  @Override
  public String text() {
    StringBuilder text = new StringBuilder(block.label() + " " + stem.label() + ":" + stemWidth);
    for (StageSpec stage : stages) {
      text.append(SEPARATOR).append(stage.depth()).append('x').append(stage.width());
      text.append(" s").append(stage.stride());
      if (block.hasBottleneck()) {
        text.append(" b").append(stage.bottleneckWidth()).append(" g").append(stage.groups());
      }
    }
    return text.toString();
  }

  /**
   * Reads {@code bottleneck cifar:16 | 16x64 s1 b16 g2 | …}: block, stem and its width, then for
   * each stage depth x width, stride and, for bottleneck blocks, bottleneck width and groups.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  public static StagedSpec parse(String text) {
    // By hand: a population file has one of these a row, and regular expressions took half its
    // time.
    int bar = text.indexOf(SEPARATOR);
    String head = bar < 0 ? text : text.substring(0, bar);
    int space = head.indexOf(' ');
    int colon = head.indexOf(':', space + 1);
    int stemWidth = number(head, colon + 1, head.length());
    if (space < 1 || colon < space + 2 || stemWidth < 0) {
      throw new IllegalArgumentException(
          "architecture '"
              + text
              + "' does not begin with a block and a stem such as 'residual cifar:16'");
    }
    BlockType block = BlockType.parse(head.substring(0, space));
    Stem stem = Stem.parse(head.substring(space + 1, colon));
    List<StageSpec> stages = new ArrayList<>();
    while (bar >= 0) {
      int from = bar + SEPARATOR.length();
      bar = text.indexOf(SEPARATOR, from);
      stages.add(stage(text, text.substring(from, bar < 0 ? text.length() : bar), block));
    }
    return new StagedSpec(block, stem, stemWidth, stages);
  }

  private static StageSpec stage(String text, String stage, BlockType block) {
    int end = stage.length();
    int x = stage.indexOf('x');
    int s = stage.indexOf(" s");
    int b = stage.indexOf(" b");
    int g = stage.indexOf(" g");
    boolean bottleneck = block.hasBottleneck();
    int depth = number(stage, 0, x);
    int width = number(stage, x + 1, s);
    int stride = number(stage, s + 2, bottleneck ? b : end);
    int narrow = bottleneck ? number(stage, b + 2, g) : width;
    int groups = bottleneck ? number(stage, g + 2, end) : 1;
    boolean complete = x > 0 && s > 0 && (!bottleneck || (b > 0 && g > 0));
    if (!complete || depth < 0 || width < 0 || stride < 0 || narrow < 0 || groups < 0) {
      throw new IllegalArgumentException(
          "architecture '"
              + text
              + "': stage '"
              + stage
              + "' is not of the form "
              + (bottleneck ? "4x64 s2 b16 g2" : "4x64 s2"));
    }
    return new StageSpec(depth, width, stride, narrow, groups);
  }

  /** The number of one to nine digits between two places of a text; -1 if there is none. */
  private static int number(String text, int from, int to) {
    if (from >= to || to - from > 9) {
      return -1;
    }
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = 10 * number + digit;
    }
    return number;
  }
}
