package dsa.sampler;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.complexity.Complexity;
import dsa.core.complexity.ComplexityRange;
import dsa.core.io.ArchitecturesFile;
import dsa.core.random.SeedPath;
import dsa.core.run.DrawnModel;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Draws populations: by a space's distribution over what its window and a cap admit, by rejection
 * or {@link #directly}; or, with {@link #uniformOverNetworks}, so that each network is equally
 * likely, however many encodings come to it. Candidate i is drawn at {@code
 * seed.child("draw").child(space.head().name()).child(i)}, so a population depends on the space and
 * the seed alone, not on threads, spaces with the same grid are drawn independently under one seed,
 * and a larger population begins with the smaller one.
 *
 * <p>Limits that admit nothing are found out by the space's smallest and largest costs, by counting
 * the space if it is small enough to be counted, and else by giving up after {@link #maxDraws}.
 */
public final class PopulationSampler {

  private static final int MOST_MODELS = 2_000_000;
  private static final int CHUNK = 1 << 16;
  private static final long COUNT_AFTER = 1 << 20;

  private final long maxDraws;
  private final Way way;
  private final DoubleConsumer progress;

  /** How candidates are drawn. */
  private enum Way {
    BY_DISTRIBUTION,
    OVER_NETWORKS,
    DIRECTLY
  }

  private PopulationSampler(long maxDraws, Way way, DoubleConsumer progress) {
    this.maxDraws = maxDraws;
    this.way = way;
    this.progress = progress;
  }

  /** Gives up after 500 million draws: about a minute on two cores. */
  public static PopulationSampler withDefaults() {
    return new PopulationSampler(500_000_000, Way.BY_DISTRIBUTION, share -> {});
  }

  /** The same sampler, giving up after {@code draws} candidates. */
  public PopulationSampler maxDraws(long draws) {
    if (draws < 1) {
      throw new IllegalArgumentException("maxDraws=" + draws + " < 1");
    }
    return new PopulationSampler(draws, way, progress);
  }

  /** The same sampler, telling {@code watcher} the share of the models that it has, in [0, 1]. */
  public PopulationSampler watchedBy(DoubleConsumer watcher) {
    return new PopulationSampler(maxDraws, way, watcher);
  }

  /**
   * The same sampler, but candidates are drawn by {@link DesignSpace#overNetworks}: where all
   * encodings are equally likely, so are then all networks.
   */
  public PopulationSampler uniformOverNetworks() {
    return new PopulationSampler(maxDraws, Way.OVER_NETWORKS, progress);
  }

  /**
   * The same sampler, but no candidate is drawn in vain: {@link DesignSpace#within} draws them. The
   * distribution of what is kept is the same, the networks under one seed are others.
   */
  public PopulationSampler directly() {
    return new PopulationSampler(maxDraws, Way.DIRECTLY, progress);
  }

  /**
   * What the first line of an architectures file says of a draw by this sampler.
   *
   * @param space that was drawn from
   * @param cap that the networks keep to, beside the space's window
   * @param repeats what became of repeats
   * @param seed the root that the draw was given
   * @param drawn what came of it
   */
  public ArchitecturesFile.Header header(
      DesignSpace space, ComplexityCap cap, Repeats repeats, long seed, Drawn drawn) {
    String limits =
        Stream.of(space.head().window(), cap)
            .filter(each -> !each.limits().isEmpty())
            .map(ComplexityCap::text)
            .reduce((a, b) -> a + " and " + b)
            .orElse(ComplexityCap.NONE.text());
    String how =
        switch (way) {
          case BY_DISTRIBUTION -> "";
          case OVER_NETWORKS -> "; uniform over networks";
          case DIRECTLY -> "; drawn directly";
        };
    return new ArchitecturesFile.Header(
        space.head().name(),
        space.head().task(),
        seed,
        limits + how,
        repeats == Repeats.DROPPED,
        drawn.draws(),
        drawn.rejected(),
        drawn.repeats(),
        drawn.models().size());
  }

  /**
   * Draws {@code n} networks of {@code space} inside {@code cap}.
   *
   * @param n 1 to 2,000,000
   * @param repeats what becomes of a network that was kept before
   * @throws IllegalArgumentException if no network is admitted, if fewer than {@code n} distinct
   *     ones are, or if they are too rare to be drawn; the message says which
   */
  public Drawn draw(DesignSpace space, ComplexityCap cap, int n, Repeats repeats, SeedPath seed) {
    if (n < 1 || n > MOST_MODELS) {
      throw new IllegalArgumentException(
          n + " models were asked for; 1 to " + MOST_MODELS + " can be drawn at once");
    }
    boolean distinct = repeats == Repeats.DROPPED;
    if (distinct) {
      Optional<BigInteger> networks = space.census().flatMap(SpaceCensus::networks);
      refuseTooFew(space, cap, n, networks.orElseGet(space::size), networks.isEmpty());
    }
    ComplexityCap window = space.head().window();
    refuseImpossible(space, window);
    refuseImpossible(space, cap);
    SeedPath address = seed.child("draw").child(space.head().name());
    long[] windowBroken = new long[window.limits().size()];
    long[] capBroken = new long[cap.limits().size()];
    List<DrawnModel> models = new ArrayList<>();
    Set<ArchitectureSpec> kept = new HashSet<>();
    int[] choice = new int[space.choiceLength()];
    DesignSpace.Chooser chooser = chooser(space, cap);
    long draws = 0;
    long rejected = 0;
    boolean counted = false;
    while (models.size() < n) {
      progress.accept((double) models.size() / n);
      if (!counted && draws >= COUNT_AFTER) {
        counted = true;
        refuseTooFew(space, cap, n, distinct);
      }
      if (draws >= maxDraws) {
        throw new IllegalArgumentException(tooRare(space, cap, n, models.size(), draws));
      }
      long[] verdicts = verdicts(space, cap, chooser, address, draws, chunk(n, draws));
      for (int j = 0; j < verdicts.length && models.size() < n; j++) {
        long candidate = draws++;
        int inWindow = (int) verdicts[j] & 0xffff;
        int inCap = (int) (verdicts[j] & 0xffff_ffffL) >>> 16;
        if (!window.admits(inWindow) || !cap.admits(inCap)) {
          rejected++;
          tally(inWindow, windowBroken);
          tally(inCap, capBroken);
          continue;
        }
        chooser.choose(address.child(candidate).generator(), choice);
        ArchitectureSpec spec = space.decode(choice);
        if (!distinct || kept.add(spec.canonical())) {
          models.add(new DrawnModel(models.size(), spec, space.complexity(choice)));
        }
      }
    }
    List<Drawn.Broken> broken = new ArrayList<>();
    for (int i = 0; i < windowBroken.length; i++) {
      broken.add(new Drawn.Broken(window.limits().get(i), windowBroken[i]));
    }
    for (int i = 0; i < capBroken.length; i++) {
      broken.add(new Drawn.Broken(cap.limits().get(i), capBroken[i]));
    }
    return new Drawn(models, draws, rejected, broken, draws - rejected - models.size());
  }

  /**
   * How many of the first {@code draws} candidates at {@code seed} are inside the space's window
   * and {@code cap}: an estimate of the share for spaces too large to count.
   *
   * @param draws at least 1
   */
  public static long admitted(DesignSpace space, ComplexityCap cap, SeedPath seed, long draws) {
    SeedPath address = seed.child("draw").child(space.head().name());
    long chunks = (draws + CHUNK - 1) / CHUNK;
    return LongStream.range(0, chunks)
        .parallel()
        .map(
            c -> {
              int[] choice = new int[space.choiceLength()];
              long admitted = 0;
              for (long i = c * CHUNK; i < Math.min(draws, (c + 1) * CHUNK); i++) {
                space.choose(address.child(i).generator(), choice);
                Complexity cost = space.complexity(choice);
                admitted += space.head().window().admits(cost) && cap.admits(cost) ? 1 : 0;
              }
              return admitted;
            })
        .sum();
  }

  /** How many candidates to look at next: few for a small population, then many at a time. */
  private int chunk(int n, long draws) {
    long wanted = draws == 0 ? Math.min(CHUNK, 256 + 2L * n) : CHUNK;
    return (int) Math.min(wanted, maxDraws - draws);
  }

  /** For each candidate the broken limits, the window's in the low 16 bits, the cap's above. */
  private long[] verdicts(
      DesignSpace space,
      ComplexityCap cap,
      DesignSpace.Chooser chooser,
      SeedPath address,
      long start,
      int count) {
    long[] verdicts = new long[count];
    int block = 1024;
    IntStream.range(0, (count + block - 1) / block)
        .parallel()
        .forEach(
            b -> {
              int[] choice = new int[space.choiceLength()];
              for (int j = b * block; j < Math.min(count, (b + 1) * block); j++) {
                chooser.choose(address.child(start + j).generator(), choice);
                Complexity cost = space.complexity(choice);
                int inWindow = space.head().window().broken(cost);
                int inCap = cap.broken(cost);
                verdicts[j] = (inWindow | inCap << 16) & 0xffff_ffffL;
              }
            });
    return verdicts;
  }

  private DesignSpace.Chooser chooser(DesignSpace space, ComplexityCap cap) {
    return switch (way) {
      case BY_DISTRIBUTION -> space::choose;
      case OVER_NETWORKS -> space.overNetworks();
      case DIRECTLY -> space.within(cap);
    };
  }

  private static void tally(int broken, long[] counts) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += broken >>> i & 1;
    }
  }

  /** Refuses what counting tells is not there: of different networks {@code n}, else any. */
  private static void refuseTooFew(DesignSpace space, ComplexityCap cap, int n, boolean distinct) {
    Optional<SpaceCensus> census = space.census();
    if (census.isEmpty()) {
      return;
    }
    OptionalLong networks = distinct ? census.get().networks(cap) : OptionalLong.empty();
    OptionalLong count = networks.isPresent() ? networks : census.get().encodings(cap);
    if (count.isPresent()) {
      BigInteger available = BigInteger.valueOf(count.getAsLong());
      refuseTooFew(space, cap, distinct ? n : 1, available, networks.isEmpty());
    }
  }

  /**
   * Refuses if fewer than {@code n} networks are available.
   *
   * @param atMost whether they may be fewer than {@code available}, which counts encodings
   */
  private static void refuseTooFew(
      DesignSpace space, ComplexityCap cap, int n, BigInteger available, boolean atMost) {
    if (available.signum() == 0) {
      throw new IllegalArgumentException(
          "no network of " + space.head().name() + limited(space, cap) + "; loosen the limits");
    }
    if (available.compareTo(BigInteger.valueOf(n)) < 0) {
      throw new IllegalArgumentException(
          n
              + " distinct networks were asked for, but "
              + space.head().name()
              + (atMost ? " has at most " : " has only ")
              + available
              + limited(space, cap)
              + "; ask for fewer or allow repeats");
    }
  }

  /**
   * Says so if {@code cap} is out of reach of every network, judged by the extremes of each count.
   */
  private static void refuseImpossible(DesignSpace space, ComplexityCap cap) {
    Optional<SpaceCensus> census = cap.limits().isEmpty() ? Optional.empty() : space.census();
    if (census.isEmpty()) {
      return;
    }
    ComplexityRange costs = census.get().costs();
    List<String> impossible = new ArrayList<>();
    for (ComplexityLimit limit : cap.limits()) {
      long least = limit.value(costs.least());
      long greatest = limit.value(costs.greatest());
      if (limit.high() < least || limit.low() > greatest) {
        impossible.add(limit.text() + " (they have " + least + " to " + greatest + ")");
      }
    }
    boolean none =
        cap.combination() == ComplexityCap.Combination.ALL
            ? !impossible.isEmpty()
            : !impossible.isEmpty() && impossible.size() == cap.limits().size();
    if (none) {
      throw new IllegalArgumentException(
          "no network of " + space.head().name() + " has " + String.join(" or ", impossible));
    }
  }

  private static String tooRare(
      DesignSpace space, ComplexityCap cap, int n, int found, long draws) {
    return "after "
        + draws
        + " draws from "
        + space.head().name()
        + " only "
        + found
        + " of "
        + n
        + " networks were found"
        + limited(space, cap)
        + "; such networks are rare or do not exist: loosen the limits, ask for fewer or allow more"
        + " draws";
  }

  private static String limited(DesignSpace space, ComplexityCap cap) {
    List<String> caps = new ArrayList<>();
    for (ComplexityCap each : List.of(space.head().window(), cap)) {
      if (!each.limits().isEmpty()) {
        caps.add(each.text());
      }
    }
    return caps.isEmpty() ? "" : " with " + String.join(" and ", caps);
  }
}
