package dsa.sampler.format;

import dsa.core.io.MalformedFileException;
import dsa.sampler.DesignSpace;
import dsa.sampler.SpaceHead;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A kind of space files.
 *
 * @param name what files call it
 * @param keys the keys that only its files have
 * @param reader what reads them
 */
public record SpaceKind(String name, Set<String> keys, Reader reader) {

  /** Copies the keys. */
  public SpaceKind {
    keys = Set.copyOf(keys);
  }

  /** Reads what is particular to one kind of space. */
  @FunctionalInterface
  public interface Reader {

    /**
     * The space.
     *
     * @param top the fields of {@code root}, all of them known
     * @throws SpaceFault if a value is out of range, or does not fit the others
     * @throws IllegalArgumentException if the values are right and their sum is not
     */
    DesignSpace read(SpaceHead head, SpaceNode root, Map<String, SpaceNode> top)
        throws MalformedFileException;
  }

  /** The kind called {@code name}. */
  static SpaceKind of(String name, List<SpaceKind> kinds) {
    return kinds.stream()
        .filter(kind -> kind.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "kinds of spaces are "
                        + String.join(
                            ", ", kinds.stream().map(SpaceKind::name).sorted().toList())));
  }
}
