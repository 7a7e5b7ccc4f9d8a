package dsa.core.arch;

import dsa.core.complexity.Complexity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  private static final Pattern HEAD = Pattern.compile("(\\w+) (\\w+):(\\d{1,9})");
  private static final Pattern STAGE =
      Pattern.compile("(\\d{1,9})x(\\d{1,9}) s(\\d{1,9})(?: b(\\d{1,9}) g(\\d{1,9}))?");

  /** Copies the stages; rejects bottlenecks and groups in blocks that have none. */
  public StagedSpec {
    stages = List.copyOf(stages);
    if (stages.isEmpty()) {
      throw new IllegalArgumentException("a staged network needs at least one stage");
    }
    if (stemWidth < 1) {
      throw new IllegalArgumentException("stem width=" + stemWidth + " < 1");
    }
    if (block != BlockType.BOTTLENECK) {
      for (StageSpec stage : stages) {
        if (stage.bottleneckWidth() != stage.width() || stage.groups() != 1) {
          throw new IllegalArgumentException(
              block.label() + " blocks have no bottleneck and no groups: " + stage);
        }
      }
    }
  }

  /** A network for 32 x 32 images with the 16-channel stem of the NDS release. */
  public static StagedSpec cifar(BlockType block, List<StageSpec> stages) {
    return new StagedSpec(block, Stem.CIFAR, 16, stages);
  }

  @Override
  public NetworkPlan plan(Task task) {
    List<NetworkPlan.Part> parts = new ArrayList<>();
    parts.add(new NetworkPlan.Part("stem", stem.ops(stemWidth)));
    int channels = stemWidth;
    for (int i = 0; i < stages.size(); i++) {
      List<List<Op>> blocks = stages.get(i).blocks(block, channels);
      for (int j = 0; j < blocks.size(); j++) {
        parts.add(
            new NetworkPlan.Part(
                String.format(Locale.ROOT, "stage%d.block%d", i + 1, j + 1), blocks.get(j)));
      }
      channels = stages.get(i).width();
    }
    parts.add(new NetworkPlan.Part("head", headOps(task)));
    return new NetworkPlan(task.input(), parts);
  }

  /** The cost of {@link #plan}, without writing out the blocks that a stage repeats. */
  @Override
  public Complexity complexity(Task task) {
    List<Op> stemOps = stem.ops(stemWidth);
    Complexity cost = Op.costOf(stemOps, task.input());
    Shape shape = Op.outputOf(stemOps, task.input());
    for (StageSpec stage : stages) {
      cost = cost.plus(stage.cost(block, shape));
      shape = shape.strided(stage.width(), stage.stride());
    }
    return cost.plus(Op.costOf(headOps(task), shape));
  }

  /** The operations of the stem alone. */
  public static List<Op> stemOps(Stem stem, int width) {
    return stem.ops(width);
  }

  /** The operations of the classifier alone. */
  public static List<Op> headOps(Task task) {
    return List.of(new Op.GlobalAveragePool(), new Op.Linear(task.classes()));
  }

  @Override
  public String text() {
    StringBuilder text = new StringBuilder(block.label() + " " + stem.label() + ":" + stemWidth);
    for (StageSpec stage : stages) {
      text.append(" | ").append(stage.depth()).append('x').append(stage.width());
      text.append(" s").append(stage.stride());
      if (block == BlockType.BOTTLENECK) {
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
    String[] parts = text.split(" \\| ", -1);
    Matcher head = HEAD.matcher(parts[0]);
    if (!head.matches()) {
      throw new IllegalArgumentException(
          "architecture '"
              + text
              + "' does not begin with a block and a stem such as 'residual cifar:16'");
    }
    BlockType block = BlockType.parse(head.group(1));
    List<StageSpec> stages = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      Matcher stage = STAGE.matcher(parts[i]);
      if (!stage.matches() || (stage.group(4) != null) != (block == BlockType.BOTTLENECK)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "architecture '%s': stage %d, '%s', is not of the form %s",
                text,
                i,
                parts[i],
                block == BlockType.BOTTLENECK ? "4x64 s2 b16 g2" : "4x64 s2"));
      }
      int width = Integer.parseInt(stage.group(2));
      stages.add(
          new StageSpec(
              Integer.parseInt(stage.group(1)),
              width,
              Integer.parseInt(stage.group(3)),
              stage.group(4) == null ? width : Integer.parseInt(stage.group(4)),
              stage.group(5) == null ? 1 : Integer.parseInt(stage.group(5))));
    }
    return new StagedSpec(
        block, Stem.parse(head.group(2)), Integer.parseInt(head.group(3)), stages);
  }
}
