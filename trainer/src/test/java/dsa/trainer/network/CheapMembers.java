package dsa.trainer.network;

import dsa.core.random.SeedPath;
import dsa.core.run.DrawnModel;
import dsa.sampler.ComplexityCap;
import dsa.sampler.DesignSpace;
import dsa.sampler.PopulationSampler;
import dsa.sampler.Repeats;
import java.util.Comparator;
import java.util.List;

/** Random members of any space that an engine is soon done with. */
final class CheapMembers {

  private static final int FOR_EACH = 20;

  private CheapMembers() {}

  /** Of twenty times as many networks drawn, those with the fewest multiply-adds. */
  static List<DrawnModel> of(DesignSpace space, int n, SeedPath seed) {
    return PopulationSampler.withDefaults()
        .draw(space, ComplexityCap.NONE, FOR_EACH * n, Repeats.KEPT, seed)
        .models()
        .stream()
        .sorted(Comparator.comparingLong(model -> model.complexity().macs()))
        .limit(n)
        .toList();
  }
}
