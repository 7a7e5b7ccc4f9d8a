package dsa.sampler;

import dsa.core.run.DrawnModel;
import java.util.List;

/**
 * What a draw came to.
 *
 * @param models the networks kept, in the order they were drawn
 * @param draws how many candidates were looked at, up to the last one kept
 * @param rejected how many of them were outside the space's window or the cap
 * @param broken for each limit, how many rejected candidates were outside it; one candidate may
 *     break several limits
 * @param repeats how many candidates were dropped because their network had been kept before
 */
public record Drawn(
    List<DrawnModel> models, long draws, long rejected, List<Broken> broken, long repeats) {

  /** Copies the lists. */
  public Drawn {
    models = List.copyOf(models);
    broken = List.copyOf(broken);
  }

  /**
   * How often one limit was broken.
   *
   * @param limit of the space's window or of the cap
   * @param draws rejected candidates outside it
   */
  public record Broken(ComplexityLimit limit, long draws) {}
}
