package dsa.analysis.association;

import dsa.core.run.ErrorKind;
import dsa.core.run.Metric;
import dsa.core.run.Population;
import dsa.core.run.PopulationOrigin;
import dsa.core.run.ProvenanceSummary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Populations that trained the same networks in the same way, independently of each other.
 *
 * @param recipe name of the training recipe
 * @param error which error they hold
 * @param metric what the errors are
 * @param dataset if known
 * @param populations their names
 * @param noise what sets one training of a network apart from the next
 */
public record Replicates(
    String recipe,
    ErrorKind error,
    Metric metric,
    Optional<String> dataset,
    List<String> populations,
    ReplicateNoise noise) {

  /** Copies the list. */
  public Replicates {
    populations = List.copyOf(populations);
  }

  /** Recipe, error and data set in words. */
  public String conditions() {
    return conditions(recipe, error, metric, dataset);
  }

  private static String conditions(
      String recipe, ErrorKind error, Metric metric, Optional<String> dataset) {
    return recipe
        + ", "
        + (metric.isLoss() ? metric.label() : error.label())
        + dataset.map(name -> ", " + name).orElse("");
  }

  /**
   * A population and what is known about its trainings.
   *
   * @param population the models
   * @param from the file, folder or name it came from
   * @param circumstances of its runs, if they are known
   */
  public record Trained(
      Population population, String from, Optional<ProvenanceSummary> circumstances) {}

  /**
   * What was found among some populations.
   *
   * @param groups of two populations or more with two networks or more in common
   * @param notes why a population is in no group though it seems to belong there, one sentence each
   */
  public record Found(List<Replicates> groups, List<String> notes) {

    /** Copies the lists. */
    public Found {
      groups = List.copyOf(groups);
      notes = List.copyOf(notes);
    }
  }

  /**
   * Groups populations of one recipe, data set and kind of error. Those that began with the same
   * weights as an earlier one, or hold the very same trainings, are left out.
   */
  public static Found among(List<Trained> populations) {
    Map<String, List<Trained>> groups = new LinkedHashMap<>();
    for (Trained each : populations) {
      PopulationOrigin origin = each.population().origin();
      if (origin.recipe().isPresent()) {
        groups
            .computeIfAbsent(
                conditions(
                    origin.recipe().get(), origin.error(), origin.metric(), origin.dataset()),
                key -> new ArrayList<>())
            .add(each);
      }
    }
    List<Replicates> found = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (List<Trained> group : groups.values()) {
      for (List<Trained> same : bySettings(group)) {
        of(independent(same, notes)).ifPresent(found::add);
      }
    }
    return new Found(found, notes);
  }

  /** Recipes of one name may differ. Where only one is known, the unknown ones are taken for it. */
  private static Collection<List<Trained>> bySettings(List<Trained> group) {
    Set<String> known = new LinkedHashSet<>();
    group.forEach(each -> each.circumstances().ifPresent(c -> known.add(c.recipeHash())));
    String otherwise = known.size() == 1 ? known.iterator().next() : "";
    Map<String, List<Trained>> groups = new LinkedHashMap<>();
    for (Trained each : group) {
      String hash = each.circumstances().map(ProvenanceSummary::recipeHash).orElse(otherwise);
      groups.computeIfAbsent(hash, key -> new ArrayList<>()).add(each);
    }
    return groups.values();
  }

  private static List<Population> independent(List<Trained> group, List<String> notes) {
    Map<Long, String> firstOfSeed = new LinkedHashMap<>();
    List<Trained> independent = new ArrayList<>();
    for (Trained each : group) {
      List<Long> seeds = each.circumstances().map(ProvenanceSummary::seeds).orElse(List.of());
      Optional<Long> shared = seeds.stream().filter(firstOfSeed::containsKey).findFirst();
      Optional<Trained> same =
          independent.stream()
              .filter(other -> sameTrainings(other.population(), each.population()))
              .findFirst();
      if (shared.isPresent()) {
        notes.add(
            each.from()
                + ": is no replicate of "
                + firstOfSeed.get(shared.get())
                + ", as both were trained with seed "
                + shared.get()
                + " and began with the same weights; left out of the replicates");
      } else if (same.isPresent()) {
        notes.add(
            each.from()
                + ": is no replicate of "
                + same.get().from()
                + ", as every network that both have has the same error in both: these are the same"
                + " trainings; left out of the replicates");
      } else {
        seeds.forEach(seed -> firstOfSeed.put(seed, each.from()));
        independent.add(each);
      }
    }
    return independent.stream().map(Trained::population).toList();
  }

  /** Two trainings of a network do not come to the same error, and not for all of them. */
  private static boolean sameTrainings(Population a, Population b) {
    MatchedModels models = MatchedModels.of(List.of(a, b));
    return models.size() > 0 && Arrays.equals(models.errors(0), models.errors(1));
  }

  private static Optional<Replicates> of(List<Population> group) {
    if (group.size() < 2) {
      return Optional.empty();
    }
    MatchedModels models = MatchedModels.of(group);
    if (models.size() < 2) {
      return Optional.empty();
    }
    double[][] errors = new double[group.size()][];
    for (int p = 0; p < errors.length; p++) {
      errors[p] = models.errors(p);
    }
    PopulationOrigin origin = group.get(0).origin();
    return Optional.of(
        new Replicates(
            origin.recipe().orElseThrow(),
            origin.error(),
            origin.metric(),
            origin.dataset(),
            group.stream().map(Population::name).toList(),
            ReplicateNoise.of(errors)));
  }
}
