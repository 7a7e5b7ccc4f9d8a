package dsa.search.strategy;

import dsa.core.io.NearNames;
import dsa.search.StrategyType;
import java.util.List;
import java.util.Locale;

/** All strategies, and the one place where a name becomes one. */
public final class Strategies {

  /** In the order in which they are listed. */
  public static final List<StrategyType> ALL =
      List.of(
          RandomSearch.TYPE,
          RegularizedEvolution.TYPE,
          LocalSearch.TYPE,
          Reinforce.TYPE,
          NasController.TYPE,
          Mdenas.TYPE,
          PetridishGrow.TYPE,
          SuccessiveHalving.TYPE,
          SuccessiveHalving.HYPERBAND);

  private Strategies() {}

  /**
   * The strategy of a name, in any case.
   *
   * @throws IllegalArgumentException if there is none; the message says which there are
   */
  public static StrategyType find(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    List<String> names = ALL.stream().map(StrategyType::name).toList();
    return ALL.stream()
        .filter(type -> type.name().equals(lower))
        .findFirst()
        .orElseThrow(
            () -> {
              List<String> near = NearNames.of(lower, names);
              return new IllegalArgumentException(
                  "there is no strategy '"
                      + name
                      + "'; "
                      + (near.isEmpty()
                          ? "there are " + String.join(", ", names)
                          : "did you mean " + String.join(" or ", near) + "?"));
            });
  }
}
