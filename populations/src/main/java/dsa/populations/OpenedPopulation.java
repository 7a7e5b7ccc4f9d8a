package dsa.populations;

import dsa.core.io.Remark;
import dsa.core.run.Population;
import dsa.core.run.ProvenanceSummary;
import java.util.List;
import java.util.Optional;

/**
 * A population, where it comes from and what had to be assumed to read it.
 *
 * @param population the models
 * @param from the file, folder or name, as it was given
 * @param remarks what was assumed, left out or is missing
 * @param circumstances of its runs, if they are known
 */
public record OpenedPopulation(
    Population population,
    String from,
    List<Remark> remarks,
    Optional<ProvenanceSummary> circumstances) {

  /** Copies the remarks. */
  public OpenedPopulation {
    remarks = List.copyOf(remarks);
  }

  OpenedPopulation named(String name) {
    return new OpenedPopulation(population.named(name), from, remarks, circumstances);
  }
}
