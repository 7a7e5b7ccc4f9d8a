package dsa.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dsa.analysis.association.Agreement;
import dsa.analysis.association.MatchedModels;
import dsa.analysis.association.ReplicateNoise;
import dsa.analysis.inference.Interval;
import dsa.core.random.SeedPath;
import dsa.core.run.Circumstances;
import dsa.core.run.Population;
import dsa.core.run.PopulationOrigin;
import dsa.figures.table.Column;
import dsa.figures.table.Table;
import dsa.populations.OpenedPopulation;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Says how far several trainings of the same networks agree. */
@Command(
    name = "agreement",
    description = {
      "Say how far populations order the networks that they share alike: under another recipe, another seed, another machine.",
      "",
      "Networks are matched by their architecture. Rank correlations (Kendall's tau-b, Spearman's rho) have bootstrap percentile "
          + "intervals over networks. Populations of one recipe, data set and kind of error are taken for replicates, unless they are known to be of one seed: "
          + "for them the standard deviation "
          + "of one network's error from training to training, that of the networks' mean errors, and the reliability of a "
          + "single training, ICC(1): the share of its variance that lies between networks."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  dsa agreement short.csv long.csv",
      "  dsa agreement runs/seed-1 runs/seed-2 runs/seed-3 --format json",
      "",
      "Reads: populations.  Writes: nothing.",
      "Prints: as csv the table of the pairs; as json everything."
    })
final class AgreementCommand implements Callable<Integer> {

  @ParentCommand private Dsa dsa;
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "2..*",
      paramLabel = "POPULATION",
      description = "A file, a sweep's folder, a name, or name=file.")
  private List<String> populations;

  @Option(
      names = "--resamples",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Bootstrap resamples. Default: ${DEFAULT-VALUE}.")
  private int resamples;

  @Option(
      names = "--level",
      paramLabel = "P",
      defaultValue = "0.95",
      description = "Level of the intervals. Default: ${DEFAULT-VALUE}.")
  private double level;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      defaultValue = "1",
      description = "Of the bootstrap. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Mixin private OutputOptions output;

  private record Pair(Population a, Population b, MatchedModels models, Agreement agreement) {}

  private record Replicates(String recipe, List<Population> populations, ReplicateNoise noise) {}

  @Override
  public Integer call() throws IOException {
    Require.that(resamples >= 2, spec, "--resamples " + resamples + " is below 2");
    Require.that(level > 0 && level < 1, spec, "--level " + level + " is outside (0, 1)");
    List<OpenedPopulation> loaded =
        PopulationArguments.loadAll(populations, Optional.empty(), spec, dsa.console());
    List<Pair> pairs = pairs(loaded.stream().map(OpenedPopulation::population).toList());
    if (pairs.stream().allMatch(pair -> pair.agreement().models() < 2)) {
      throw new IllegalArgumentException(
          "no two of these populations have two networks in common; train the same ones, see 'dsa"
              + " help sample'");
    }
    List<Replicates> replicates = replicates(loaded);
    PrintWriter out = dsa.console().out();
    switch (output.format()) {
      case JSON -> out.println(json(pairs, replicates).toPrettyString());
      case CSV -> out.print(output.render(table(pairs)));
      default -> {
        out.print(output.render(table(pairs)));
        if (!replicates.isEmpty()) {
          out.println();
          out.print(output.render(replicatesTable(replicates)));
        }
        if (output.format() == OutputFormat.TEXT) {
          tell(pairs, out);
        }
      }
    }
    return ExitCode.OK;
  }

  private List<Pair> pairs(List<Population> loaded) {
    SeedPath address = SeedPath.root(seed).child("agreement");
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < loaded.size(); i++) {
      for (int j = i + 1; j < loaded.size(); j++) {
        MatchedModels models = MatchedModels.of(List.of(loaded.get(i), loaded.get(j)));
        Agreement agreement =
            Agreement.of(
                models.errors(0), models.errors(1), resamples, level, address.child(i).child(j));
        pairs.add(new Pair(loaded.get(i), loaded.get(j), models, agreement));
      }
    }
    return pairs;
  }

  /** Populations of one recipe, data set and kind of error that were trained independently. */
  private List<Replicates> replicates(List<OpenedPopulation> loaded) {
    Map<String, List<OpenedPopulation>> groups = new LinkedHashMap<>();
    for (OpenedPopulation each : loaded) {
      PopulationOrigin origin = each.population().origin();
      if (origin.recipe().isPresent()) {
        String name =
            origin.recipe().get()
                + ", "
                + origin.error().label()
                + origin.dataset().map(dataset -> ", " + dataset).orElse("");
        groups.computeIfAbsent(name, key -> new ArrayList<>()).add(each);
      }
    }
    List<Replicates> replicates = new ArrayList<>();
    groups.forEach(
        (name, group) ->
            bySettings(group)
                .forEach(same -> of(name, independent(same)).ifPresent(replicates::add)));
    return replicates;
  }

  /** Recipes of one name may differ. Where only one is known, the unknown ones are taken for it. */
  private static Collection<List<OpenedPopulation>> bySettings(List<OpenedPopulation> group) {
    Set<String> known = new LinkedHashSet<>();
    group.forEach(each -> each.circumstances().ifPresent(c -> known.add(c.recipeHash())));
    String otherwise = known.size() == 1 ? known.iterator().next() : "";
    Map<String, List<OpenedPopulation>> groups = new LinkedHashMap<>();
    for (OpenedPopulation each : group) {
      String hash = each.circumstances().map(Circumstances::recipeHash).orElse(otherwise);
      groups.computeIfAbsent(hash, key -> new ArrayList<>()).add(each);
    }
    return groups.values();
  }

  /** Leaves out whose networks began with the same weights as those of an earlier population. */
  private List<Population> independent(List<OpenedPopulation> group) {
    Map<Long, String> firstOfSeed = new LinkedHashMap<>();
    List<Population> independent = new ArrayList<>();
    for (OpenedPopulation each : group) {
      List<Long> seeds = each.circumstances().map(Circumstances::seeds).orElse(List.of());
      Optional<Long> shared = seeds.stream().filter(firstOfSeed::containsKey).findFirst();
      if (shared.isPresent()) {
        dsa.console()
            .err()
            .println(
                each.from()
                    + ": is no replicate of "
                    + firstOfSeed.get(shared.get())
                    + ", as both were trained with seed "
                    + shared.get()
                    + " and began with the same weights; left out of the replicates");
      } else {
        seeds.forEach(seed -> firstOfSeed.put(seed, each.from()));
        independent.add(each.population());
      }
    }
    return independent;
  }

  private static Optional<Replicates> of(String name, List<Population> group) {
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
    return Optional.of(new Replicates(name, group, ReplicateNoise.of(errors)));
  }

  private static Table table(List<Pair> pairs) {
    Table.Builder table =
        Table.of(
            Column.text("a"),
            Column.text("b"),
            Column.count("matched"),
            Column.count("only a"),
            Column.count("only b"),
            Column.number("tau-b", 3),
            Column.number("tau low", 3),
            Column.number("tau high", 3),
            Column.number("rho", 3),
            Column.number("rho low", 3),
            Column.number("rho high", 3));
    for (Pair pair : pairs) {
      Optional<Interval> tau = pair.agreement().kendallTauB();
      Optional<Interval> rho = pair.agreement().spearman();
      table.row(
          pair.a().name(),
          pair.b().name(),
          pair.models().size(),
          pair.models().unmatched(0),
          pair.models().unmatched(1),
          tau.map(Interval::value),
          tau.map(Interval::low),
          tau.map(Interval::high),
          rho.map(Interval::value),
          rho.map(Interval::low),
          rho.map(Interval::high));
    }
    return table.build();
  }

  private static Table replicatesTable(List<Replicates> replicates) {
    Table.Builder table =
        Table.of(
            Column.text("replicates of"),
            Column.count("populations"),
            Column.count("networks"),
            Column.number("sd of a replicate", 3).in("points"),
            Column.number("sd of the networks' means", 3).in("points"),
            Column.number("reliability", 3));
    for (Replicates each : replicates) {
      ReplicateNoise noise = each.noise();
      table.row(
          each.recipe(),
          noise.replicates(),
          noise.models(),
          noise.replicateSd(),
          noise.spreadOfMeans(),
          noise.reliability());
    }
    return table.build();
  }

  private void tell(List<Pair> pairs, PrintWriter out) {
    out.println();
    out.println(
        "Intervals: "
            + level
            + ", "
            + resamples
            + " resamples of networks, seed "
            + seed
            + ". Models that diverged to no error count as the error of guessing ("
            + pairs.stream().mapToInt(pair -> pair.models().withoutError()).sum()
            + " in these pairs).");
  }

  private ObjectNode json(List<Pair> pairs, List<Replicates> replicates) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("format", "dsa.agreement/1")
            .put("level", level)
            .put("resamples", resamples)
            .put("seed", seed)
            .put("diverged", "worst");
    ArrayNode array = json.putArray("pairs");
    for (Pair pair : pairs) {
      ObjectNode node =
          array
              .addObject()
              .put("a", pair.a().name())
              .put("b", pair.b().name())
              .put("matched", pair.models().size())
              .put("onlyA", pair.models().unmatched(0))
              .put("onlyB", pair.models().unmatched(1))
              .put("withoutError", pair.models().withoutError());
      put(node, "kendallTauB", pair.agreement().kendallTauB());
      put(node, "spearman", pair.agreement().spearman());
    }
    array = json.putArray("replicates");
    for (Replicates each : replicates) {
      ObjectNode node = array.addObject();
      PopulationOrigin origin = each.populations().get(0).origin();
      node.put("recipe", origin.recipe().orElseThrow()).put("error", origin.error().label());
      origin.dataset().ifPresent(dataset -> node.put("dataset", dataset));
      ArrayNode names = node.putArray("populations");
      each.populations().forEach(population -> names.add(population.name()));
      node.put("matched", each.noise().models())
          .put("replicateSd", each.noise().replicateSd())
          .put("spreadOfMeans", each.noise().spreadOfMeans());
      each.noise().reliability().ifPresent(icc -> node.put("reliability", icc));
    }
    return json;
  }

  private static void put(ObjectNode node, String name, Optional<Interval> interval) {
    interval.ifPresent(
        found ->
            node.putObject(name)
                .put("value", found.value())
                .put("low", found.low())
                .put("high", found.high()));
  }
}
