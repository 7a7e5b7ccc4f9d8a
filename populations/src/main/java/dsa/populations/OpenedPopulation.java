package dsa.populations;

import dsa.core.io.Remark;
import dsa.core.run.Population;
import dsa.core.run.ProvenanceSummary;
import dsa.populations.selection.Selection;
import java.util.List;
import java.util.Optional;

/**
 * A population, where it comes from and what had to be assumed to read it.
 *
 * @param population the models
 * @param from the file, folder or name, as it was given
 * @param remarks what a reader should know: in a line what was recognised, and warnings
 * @param details everything that was recognised, assumed, left out or checked; empty if nothing was
 * @param circumstances of its runs, if they are known
 */
public record OpenedPopulation(
    Population population,
    String from,
    List<Remark> remarks,
    List<Remark> details,
    Optional<ProvenanceSummary> circumstances) {

  /** Copies the remarks. */
  public OpenedPopulation {
    remarks = List.copyOf(remarks);
    details = List.copyOf(details);
  }

  /** The models that are selected of it. */
  public OpenedPopulation selected(Selection selection) {
    return new OpenedPopulation(selection.of(population), from, remarks, details, circumstances);
  }

  OpenedPopulation named(String name) {
    return new OpenedPopulation(population.named(name), from, remarks, details, circumstances);
  }
}
