package dsa.analysis.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dsa.analysis.association.Agreement;
import dsa.analysis.association.MatchedModels;
import dsa.analysis.association.ReplicateNoise;
import dsa.analysis.association.Replicates;
import dsa.analysis.inference.Interval;
import dsa.core.random.SeedPath;
import dsa.core.run.Population;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far populations order the networks that they share alike, as data. Its JSON has the format
 * {@code dsa.agreement/2} (docs/formats.md).
 *
 * @param level of the intervals, in (0, 1)
 * @param resamples of networks
 * @param seed of the resamples
 * @param pairs (0, 1), (0, 2), …, (1, 2), … of the populations
 * @param replicates groups of populations that trained the same networks in the same way
 * @param notOfGroups why a population is in no group though it seems to belong there, one sentence
 *     each
 */
public record AgreementReport(
    double level,
    int resamples,
    long seed,
    List<Pair> pairs,
    List<Replicates> replicates,
    List<String> notOfGroups) {

  private static final String FORMAT = "dsa.agreement/2";

  /** Copies the lists. */
  public AgreementReport {
    pairs = List.copyOf(pairs);
    replicates = List.copyOf(replicates);
    notOfGroups = List.copyOf(notOfGroups);
  }

  /**
   * Two populations. The second is the reference of the baseline: what costs alone say about its
   * errors.
   *
   * @param a name of the first
   * @param b name of the second
   * @param byId whether they were matched by the models' ids, as some architectures are not known
   * @param matched networks that both have
   * @param onlyA networks that only the first has, models of unknown architecture among them
   * @param onlyB the same of the second
   * @param withoutError errors that stand for a model without one, which has the error of guessing
   * @param agreement of their errors, costs being params
   */
  public record Pair(
      String a,
      String b,
      boolean byId,
      int matched,
      int onlyA,
      int onlyB,
      int withoutError,
      Agreement agreement) {}

  /**
   * Compares every pair of populations and finds the replicates among them.
   *
   * @param populations at least two
   * @param level of the intervals, in (0, 1)
   * @param resamples at least 2
   * @throws IllegalArgumentException if no two have two networks in common
   */
  public static AgreementReport of(
      List<Replicates.Trained> populations, double level, int resamples, long seed) {
    SeedPath address = SeedPath.root(seed).child("agreement");
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < populations.size(); i++) {
      for (int j = i + 1; j < populations.size(); j++) {
        Population a = populations.get(i).population();
        Population b = populations.get(j).population();
        MatchedModels models = MatchedModels.of(List.of(a, b));
        pairs.add(
            new Pair(
                a.name(),
                b.name(),
                models.byId(),
                models.size(),
                models.unmatched(0),
                models.unmatched(1),
                models.withoutError(),
                Agreement.of(
                    models.errors(0),
                    models.errors(1),
                    models.params(),
                    resamples,
                    level,
                    address.child(i).child(j))));
      }
    }
    if (pairs.stream().allMatch(pair -> pair.matched() < 2)) {
      throw new IllegalArgumentException(
          "no two of these populations have two networks in common"
              + (pairs.stream().anyMatch(Pair::byId)
                  ? ", by the ids of their models where architectures are not known"
                  : "")
              + "; train the same ones");
    }
    Replicates.Found replicates = Replicates.among(populations);
    return new AgreementReport(
        level, resamples, seed, pairs, replicates.groups(), replicates.notes());
  }

  /** Errors in all pairs that stand for a model without one. */
  public int withoutError() {
    return pairs.stream().mapToInt(Pair::withoutError).sum();
  }

  /** What should make a reader careful, one sentence each. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    for (Pair pair : pairs) {
      if (pair.byId()) {
        warnings.add(
            pair.a()
                + " and "
                + pair.b()
                + " are matched by the ids of their models, for their architectures are not known;"
                + " this holds if an id is one network in both.");
      }
      if (pair.matched() < Agreement.FEWEST_MODELS && pair.agreement().kendallTauB().isPresent()) {
        warnings.add(
            pair.a()
                + " and "
                + pair.b()
                + " share "
                + pair.matched()
                + " networks; of fewer than "
                + Agreement.FEWEST_MODELS
                + " an interval leaves most of the uncertainty out.");
      }
    }
    return warnings;
  }

  /** The report as one JSON object, indented, with a line end after it. */
  public String json() {
    ObjectNode json =
        JsonText.object(FORMAT)
            .put("level", level)
            .put("resamples", resamples)
            .put("seed", seed)
            .put("diverged", "worst");
    List<String> all = new ArrayList<>(notOfGroups);
    all.addAll(warnings());
    JsonText.texts(json, "warnings", all);
    ArrayNode array = json.putArray("pairs");
    for (Pair pair : pairs) {
      ObjectNode node =
          array
              .addObject()
              .put("a", pair.a())
              .put("b", pair.b())
              .put("matchedBy", pair.byId() ? "id" : "architecture")
              .put("matched", pair.matched())
              .put("onlyA", pair.onlyA())
              .put("onlyB", pair.onlyB())
              .put("withoutError", pair.withoutError());
      put(node, "kendallTauB", pair.agreement().kendallTauB());
      put(node, "spearman", pair.agreement().spearman());
      pair.agreement()
          .givenCost()
          .ifPresent(
              given -> {
                ObjectNode params =
                    node.putObject("givenParams")
                        .put("strata", given.strata())
                        .put("pairs", given.pairs());
                put(params, "kendallTauB", given.kendallTauB());
                put(node, "moreParamsIsBetter", given.baseline());
              });
    }
    array = json.putArray("replicates");
    for (Replicates each : replicates) {
      ObjectNode node = array.addObject();
      node.put("recipe", each.recipe()).put("error", each.error().label());
      if (each.metric().isLoss()) {
        node.put("metric", each.metric().label());
      }
      each.dataset().ifPresent(dataset -> node.put("dataset", dataset));
      JsonText.texts(node, "populations", each.populations());
      ReplicateNoise noise = each.noise();
      node.put("matched", noise.models())
          .put("replicateSd", noise.replicateSd())
          .put("spreadOfMeans", noise.spreadOfMeans());
      noise.reliability().ifPresent(icc -> node.put("reliability", icc));
    }
    return JsonText.of(json);
  }

  private static void put(ObjectNode node, String name, Optional<Interval> interval) {
    interval.ifPresent(found -> JsonText.interval(node, name, found));
  }
}
