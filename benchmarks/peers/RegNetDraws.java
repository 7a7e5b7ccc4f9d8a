import dsa.core.complexity.Complexity;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.complexity.FlopsConvention;
import dsa.core.random.SeedPath;
import dsa.sampler.ComplexityCap;
import dsa.sampler.ComplexityLimit;
import dsa.sampler.DesignSpace;
import dsa.sampler.PopulationSampler;
import dsa.sampler.Repeats;
import dsa.sampler.spaces.Spaces;
import java.util.List;

/**
 * How fast RegNets are drawn under a window of one percent about 400 million multiply-adds. A
 * candidate is a valid RegNet with its own seed address, its exact cost and the window's verdict, on
 * one thread; a kept one is inside the window and decoded, on all cores; drawn directly, all are.
 *
 * <pre>java -cp dsa.jar benchmarks/peers/RegNetDraws.java [SPACE [ROUNDS]]</pre>
 */
public final class RegNetDraws {

  private static final int CANDIDATES = 1_000_000;
  private static final int KEPT = 5_000;
  private static final int DIRECT = 2_000_000;

  public static void main(String[] args) throws Exception {
    DesignSpace space = Spaces.find(args.length > 0 ? args[0] : "regnetx-imagenet");
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    ComplexityCap window =
        new ComplexityCap(
            ComplexityCap.Combination.ALL,
            List.of(
                new ComplexityLimit(
                    ComplexityMeasure.FLOPS, FlopsConvention.MACS, 396_000_000, 404_000_000)));
    space.census().orElseThrow().costs().least(); // the sampler asks for it, once
    System.out.println(space.head().name() + ", " + window.text() + ": a second");
    SeedPath address = SeedPath.root(1).child("draw");
    int[] choice = new int[space.choiceLength()];
    for (int round = 0; round < rounds; round++) {
      long start = System.nanoTime();
      int inside = 0;
      for (int i = 0; i < CANDIDATES; i++) {
        space.choose(address.child((long) round * CANDIDATES + i).generator(), choice);
        Complexity cost = space.complexity(choice);
        inside += window.admits(cost) ? 1 : 0;
      }
      double candidates = CANDIDATES / seconds(start);
      start = System.nanoTime();
      long draws =
          PopulationSampler.withDefaults()
              .draw(space, window, KEPT, Repeats.KEPT, SeedPath.root(round))
              .draws();
      double spent = seconds(start);
      start = System.nanoTime();
      PopulationSampler.withDefaults()
          .directly()
          .draw(space, window, 1, Repeats.KEPT, SeedPath.root(round));
      double prepared = seconds(start);
      PopulationSampler.withDefaults()
          .directly()
          .draw(space, window, DIRECT, Repeats.KEPT, SeedPath.root(round));
      double direct = seconds(start) - 2 * prepared;
      System.out.printf(
          "candidates on one thread %.0f, of them inside %.4f; on all cores %.0f, kept %.0f;"
              + " directly, after %.1f s, %.0f%n",
          candidates,
          (double) inside / CANDIDATES,
          draws / spent,
          KEPT / spent,
          prepared,
          DIRECT / direct);
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
