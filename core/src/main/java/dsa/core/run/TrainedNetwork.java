package dsa.core.run;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.complexity.RecordedComplexity;
import java.util.List;
import java.util.Optional;

/**
 * A network and all its trainings: what tells the luck of one training from the network's worth.
 *
 * @param id unique among those it stands with
 * @param architecture the network, where it is known
 * @param errorsPct the error of each of its trainings, percent; as many for every network
 * @param curves of each training the error after each epoch, percent; empty if they were not kept
 * @param complexity the counts recorded with it, flops as multiply-adds where they are known
 */
public record TrainedNetwork(
    String id,
    Optional<ArchitectureSpec> architecture,
    List<Double> errorsPct,
    List<List<Double>> curves,
    RecordedComplexity complexity) {

  /** Copies the lists; rejects no trainings, and errors that are none. */
  public TrainedNetwork {
    errorsPct = List.copyOf(errorsPct);
    curves = curves.stream().map(List::copyOf).toList();
    if (errorsPct.isEmpty() || !errorsPct.stream().allMatch(e -> e >= 0 && e <= 100)) {
      throw new IllegalArgumentException(
          "network " + id + " has the errors " + errorsPct + ": none, or not in [0, 100] percent");
    }
    if (!curves.isEmpty() && curves.size() != errorsPct.size()) {
      throw new IllegalArgumentException(
          "network " + id + " has " + curves.size() + " curves of " + errorsPct.size() + " runs");
    }
  }

  /** A network whose curves were not kept. */
  public static TrainedNetwork of(
      String id,
      Optional<ArchitectureSpec> architecture,
      List<Double> errors,
      RecordedComplexity complexity) {
    return new TrainedNetwork(id, architecture, errors, List.of(), complexity);
  }
}
