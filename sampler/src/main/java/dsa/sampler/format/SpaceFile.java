package dsa.sampler.format;

import dsa.core.arch.Task;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.complexity.FlopsConvention;
import dsa.core.io.MalformedFileException;
import dsa.sampler.ComplexityCap;
import dsa.sampler.ComplexityLimit;
import dsa.sampler.DesignSpace;
import dsa.sampler.SpaceHead;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a design space from YAML, or from JSON if the name ends in {@code .json}. The format is
 * {@code dsa.space/1}, specified in docs/formats.md. Whatever is wrong with a file is said in one
 * sentence that names the line and the key.
 */
public final class SpaceFile {

  /** What a file begins with. */
  static final String FORMAT = "dsa.space/1";

  private static final Set<String> KEYS =
      Set.of("format", "kind", "name", "description", "task", "window");
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  private SpaceFile() {}

  /**
   * The space that a stream describes.
   *
   * @param file what messages call it; JSON if it ends in {@code .json}
   * @param kinds the kinds there are; the first is that of files which do not say
   * @throws MalformedFileException if the file is no valid space; the message names line and key
   */
  public static DesignSpace read(String file, InputStream in, List<SpaceKind> kinds)
      throws IOException {
    SpaceNode root = SpaceNode.read(file, in);
    Map<String, SpaceNode> top = root.fields(Set.of());
    SpaceNode format = root.required(top, "format");
    if (!FORMAT.equals(format.value())) {
      throw format.fault("is not " + FORMAT + ", the only space format known here");
    }
    SpaceKind kind =
        top.containsKey("kind")
            ? top.get("kind").named(text -> SpaceKind.of(text, kinds))
            : kinds.get(0);
    Set<String> known = new HashSet<>(KEYS);
    known.addAll(kind.keys());
    root.fields(known);
    SpaceNode name = root.required(top, "name");
    if (!NAME.matcher(name.text()).matches()) {
      throw name.fault("is not a name of up to 64 lower-case letters, digits, dots and dashes");
    }
    SpaceHead head =
        new SpaceHead(
            name.text(),
            top.containsKey("description") ? top.get("description").text() : "",
            root.required(top, "task").named(Task::parse),
            top.containsKey("window") ? window(top.get("window")) : ComplexityCap.NONE);
    try {
      return kind.reader().read(head, root, top);
    } catch (IllegalArgumentException e) {
      throw root.fault("is no space", e);
    }
  }

  private static ComplexityCap window(SpaceNode node) throws MalformedFileException {
    Map<String, SpaceNode> fields =
        node.fields(Set.of("params", "flops", "activations", "flops-kind"));
    if (fields.containsKey("flops") != fields.containsKey("flops-kind")) {
      throw node.fault("needs flops and flops-kind (macs or nds) together, or neither");
    }
    FlopsConvention convention =
        fields.containsKey("flops-kind")
            ? fields.get("flops-kind").named(FlopsConvention::parse)
            : FlopsConvention.MACS;
    List<ComplexityLimit> limits = new ArrayList<>();
    for (ComplexityMeasure measure : ComplexityMeasure.values()) {
      SpaceNode range = fields.get(measure.label());
      if (range != null) {
        limits.add(range.named(text -> ComplexityLimit.parse(measure, convention, text)));
      }
    }
    return new ComplexityCap(ComplexityCap.Combination.ALL, limits);
  }
}
