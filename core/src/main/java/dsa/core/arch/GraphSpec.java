package dsa.core.arch;

import dsa.core.ForeignText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network written out as operations: segments that each read the one before, or any others, and
 * behind the last a linear classifier over pooled features. The form of every network that is
 * neither staged nor made of cells.
 *
 * @param segments at least one; each is read by another, but the last
 */
public record GraphSpec(List<Segment> segments) implements ArchitectureSpec {

  /** The word that a graph's text begins with. */
  static final String WORD = "graph";

  private static final String SEPARATOR = " | ";
  private static final int MOST_PARTS = 100_000;
  private static final Pattern INPUTS = Pattern.compile("<(\\d{1,6}(?:([ +])\\d{1,6})*)> ?(.*)");
  private static final Pattern REPEATS = Pattern.compile("(\\d{1,6})x (.*)");

  /**
   * A run of operations.
   *
   * @param inputs numbers of the segments it reads, counted from 1; 0 is the image
   * @param join what becomes of several inputs
   * @param repeats how often the operations follow each other, at least 1
   * @param ops the operations
   */
  public record Segment(List<Integer> inputs, NetworkPlan.Join join, int repeats, List<Op> ops) {

    /** Copies the lists; rejects no inputs and no repeats. */
    public Segment {
      inputs = List.copyOf(inputs);
      ops = List.copyOf(ops);
      if (inputs.isEmpty() || repeats < 1) {
        throw new IllegalArgumentException(
            "a segment has at least one input and is there at least once");
      }
      if (inputs.size() == 1) {
        join = NetworkPlan.Join.SUM; // so that equal networks are equal
      }
    }
  }

  /** Copies the segments; rejects ones that read what is not there or that nobody reads. */
  public GraphSpec {
    segments = List.copyOf(segments);
    if (segments.isEmpty()) {
      throw new IllegalArgumentException("a graph needs at least one segment");
    }
    boolean[] read = new boolean[segments.size() + 1];
    for (int i = 0; i < segments.size(); i++) {
      for (int input : segments.get(i).inputs()) {
        if (input < 0 || input > i) {
          throw new IllegalArgumentException(
              "segment "
                  + (i + 1)
                  + " reads segment "
                  + input
                  + ", which does not stand before it");
        }
        read[input] = true;
      }
    }
    for (int i = 1; i < segments.size(); i++) {
      if (!read[i]) {
        throw new IllegalArgumentException("segment " + i + " is read by no other");
      }
    }
  }

  /** A graph in which each segment reads the one before. */
  public static GraphSpec chain(List<List<Op>> segments) {
    List<Segment> chained = new ArrayList<>();
    for (List<Op> ops : segments) {
      chained.add(new Segment(List.of(chained.size()), NetworkPlan.Join.SUM, 1, ops));
    }
    return new GraphSpec(chained);
  }

  /**
   * A graph in which each block reads the one before. Empty blocks are left out and equal ones in a
   * row become one repeated segment, so that equal sequences of blocks are equal specs.
   *
   * @throws IllegalArgumentException if all blocks are empty
   */
  public static GraphSpec ofBlocks(List<List<Op>> blocks) {
    List<Segment> segments = new ArrayList<>();
    int repeats = 0;
    List<Op> last = List.of();
    for (List<Op> block : blocks) {
      if (block.isEmpty()) {
        continue;
      }
      if (block.equals(last)) {
        repeats++;
        continue;
      }
      if (repeats > 0) {
        segments.add(new Segment(List.of(segments.size()), NetworkPlan.Join.SUM, repeats, last));
      }
      last = block;
      repeats = 1;
    }
    if (repeats > 0) {
      segments.add(new Segment(List.of(segments.size()), NetworkPlan.Join.SUM, repeats, last));
    }
    return new GraphSpec(segments);
  }

  /** The blocks from which {@link #ofBlocks} makes this graph; absent if it makes it of none. */
  public Optional<List<List<Op>>> blocks() {
    if (segments.stream().mapToLong(Segment::repeats).sum() > MOST_PARTS) {
      return Optional.empty();
    }
    List<List<Op>> blocks = new ArrayList<>();
    for (Segment segment : segments) {
      blocks.addAll(Collections.nCopies(segment.repeats(), segment.ops()));
    }
    return Optional.of(blocks)
        .filter(each -> each.stream().noneMatch(List::isEmpty) && ofBlocks(each).equals(this));
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if there are more than 100,000 parts
   */
  @Override
  public NetworkPlan plan(Task task) {
    long count = segments.stream().mapToLong(Segment::repeats).sum();
    if (count > MOST_PARTS) {
      throw new IllegalArgumentException(
          "a network of " + count + " parts is too deep to write out; at most " + MOST_PARTS);
    }
    List<NetworkPlan.Part> parts = new ArrayList<>();
    List<Integer> places = new ArrayList<>(List.of(NetworkPlan.IMAGE));
    for (int i = 0; i < segments.size(); i++) {
      Segment segment = segments.get(i);
      String name = "segment" + (i + 1);
      for (int j = 0; j < segment.repeats(); j++) {
        List<Integer> inputs =
            j == 0
                ? segment.inputs().stream().map(places::get).toList()
                : List.of(parts.size() - 1);
        parts.add(
            new NetworkPlan.Part(
                segment.repeats() > 1 ? name + "." + (j + 1) : name,
                inputs,
                segment.join(),
                segment.ops()));
      }
      places.add(parts.size() - 1);
    }
    parts.add(new NetworkPlan.Part("head", parts.size() - 1, StagedSpec.headOps(task)));
    return new NetworkPlan(task.input(), parts);
  }

  @Override
  public String text() {
    StringBuilder text = new StringBuilder(WORD);
    for (int i = 0; i < segments.size(); i++) {
      Segment segment = segments.get(i);
      text.append(SEPARATOR);
      if (!segment.inputs().equals(List.of(i))) {
        String between = segment.join() == NetworkPlan.Join.SUM ? "+" : " ";
        text.append('<')
            .append(String.join(between, segment.inputs().stream().map(String::valueOf).toList()))
            .append("> ");
      }
      if (segment.repeats() > 1) {
        text.append(segment.repeats()).append("x ");
      }
      text.append(Op.textOf(segment.ops()));
    }
    return text.toString();
  }

  /**
   * Reads {@code graph | conv3@16 bn relu | 3x sum(conv3@16 bn; id) relu | <1 2> conv1@16 bn}:
   * before its operations a segment may name those that it reads, joined along channels ({@code <1
   * 2>}) or added ({@code <1+2>}), and how often it is repeated.
   *
   * @throws IllegalArgumentException if the text is anything else; the message says where
   */
  public static GraphSpec parse(String text) {
    String[] pieces = text.split(Pattern.quote(SEPARATOR), -1);
    if (pieces.length < 2 || !pieces[0].equals(WORD)) {
      throw new IllegalArgumentException(
          "architecture '"
              + ForeignText.shown(text, 120)
              + "' is not of the form 'graph | conv3@16 bn relu | …'");
    }
    List<Segment> segments = new ArrayList<>();
    for (int i = 1; i < pieces.length; i++) {
      try {
        segments.add(segment(pieces[i], i - 1));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "segment %d: %s", i, e.getMessage()), e);
      }
    }
    return new GraphSpec(segments);
  }

  private static Segment segment(String piece, int before) {
    String rest = piece;
    List<Integer> inputs = List.of(before);
    NetworkPlan.Join join = NetworkPlan.Join.SUM;
    Matcher reads = INPUTS.matcher(rest);
    if (reads.matches()) {
      String list = reads.group(1);
      if (list.contains("+") && list.contains(" ")) {
        throw new IllegalArgumentException("inputs <" + list + "> are both added and joined");
      }
      inputs = List.of(list.split("[ +]")).stream().map(Integer::valueOf).toList();
      join = list.contains(" ") ? NetworkPlan.Join.CONCAT : NetworkPlan.Join.SUM;
      rest = reads.group(3);
    }
    int repeats = 1;
    Matcher times = REPEATS.matcher(rest);
    if (times.matches()) {
      repeats = Integer.parseInt(times.group(1));
      rest = times.group(2);
    }
    return new Segment(inputs, join, repeats, OpText.parse(rest));
  }
}
