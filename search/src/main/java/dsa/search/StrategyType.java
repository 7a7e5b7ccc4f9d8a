package dsa.search;

import dsa.core.random.SeedPath;
import java.util.List;
import java.util.Map;

/**
 * A strategy before it has a space: its name, what may be set, and how one is made.
 *
 * @param name such as {@code rea}
 * @param description one sentence
 * @param settings what may be set
 * @param neighbours whether it changes networks, which a mere sample of a space does not allow
 * @param curves whether it asks for networks trained for a part of the epochs
 * @param maker makes one
 */
public record StrategyType(
    String name,
    String description,
    List<Setting> settings,
    boolean neighbours,
    boolean curves,
    Maker maker) {

  /** Copies the settings. */
  public StrategyType {
    settings = List.copyOf(settings);
  }

  /**
   * Where and how a strategy runs.
   *
   * @param space what it searches
   * @param epochs what a network is trained for unless the strategy says otherwise
   * @param settings as its type declares them
   * @param seed address of all that is random; proposals drawn at random before anything is learnt
   *     are drawn at {@code seed.child("draw").child(n)}, the same for all strategies
   */
  public record Setup(SearchSpace space, int epochs, Settings settings, SeedPath seed) {

    /** The n-th uniformly drawn network, from 0. */
    public Encoding drawn(long n) {
      return space.draw(seed.child("draw").child(n).generator());
    }
  }

  /** Makes strategies. */
  @FunctionalInterface
  public interface Maker {
    /** A strategy that has proposed nothing yet. */
    SearchStrategy make(Setup setup);
  }

  /**
   * A strategy on a space.
   *
   * @param epochs what a network is trained for in full
   * @throws IllegalArgumentException if the space does not allow it, or a setting is wrong
   */
  public SearchStrategy on(
      SearchSpace space, int epochs, Map<String, String> given, SeedPath seed) {
    if (neighbours && !space.hasNeighbours()) {
      throw new IllegalArgumentException(
          name
              + " changes networks, and "
              + space.name()
              + " is a sample: nearly all that it would propose is not in it, and taking the"
              + " nearest instead measures the sample; random search alone can be replayed on it");
    }
    return maker.make(new Setup(space, epochs, settings(given), seed));
  }

  /** The settings as given, the others as declared. */
  public Settings settings(Map<String, String> given) {
    return Settings.of(name, settings, given);
  }
}
