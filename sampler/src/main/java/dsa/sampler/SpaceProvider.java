package dsa.sampler;

import java.util.List;

/**
 * Makes spaces known by name. Implementations have a constructor without arguments and are found by
 * {@link java.util.ServiceLoader}: their class's name stands in {@code
 * META-INF/services/dsa.sampler.SpaceProvider} on the class path. See
 * docs/tutorials/own-space-in-java.md.
 */
public interface SpaceProvider {

  /** The names of the spaces, none of them built in; people may type them in any case. */
  List<String> names();

  /** The space of one of {@link #names}. */
  DesignSpace find(String name);
}
