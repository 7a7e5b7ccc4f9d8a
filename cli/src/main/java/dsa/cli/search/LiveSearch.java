package dsa.cli.search;

import dsa.analysis.report.search.LiveSearchReport;
import dsa.cli.console.Console;
import dsa.core.random.SeedPath;
import dsa.sampler.spaces.Spaces;
import dsa.search.Budget;
import dsa.search.ChoiceSpace;
import dsa.search.Evaluation;
import dsa.search.Search;
import dsa.search.SearchTrace;
import dsa.search.log.SearchLog;
import dsa.search.study.Contender;
import dsa.trainer.engine.DeviceKind;
import dsa.trainer.process.EngineProbe;
import dsa.trainer.recipe.TrainingRecipe;
import dsa.trainer.sweep.SweepImages;
import dsa.trainer.sweep.SweepOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Searches that train their networks.
 *
 * @param contender the strategy
 * @param spaceName what it searches
 * @param recipe by which networks are trained
 * @param options of the sweeps they are trained in
 * @param folder where the sweeps and the logs of the searches are kept
 * @param budget of one search
 * @param repeats searches
 * @param again how many other trainings of what a search found are reported
 * @param seed of everything random
 */
record LiveSearch(
    Contender contender,
    String spaceName,
    TrainingRecipe recipe,
    SweepOptions options,
    Path folder,
    Budget budget,
    int repeats,
    int again,
    long seed) {

  /** Other trainings have seeds so far from those of the searches. */
  private static final long AGAIN = 1_000_000;

  /** Runs or goes on with all searches; what they find is trained anew. */
  LiveSearchReport run(Console console) throws IOException {
    if (contender.type().curves()) {
      throw new IllegalArgumentException(
          contender.type().name()
              + " trains networks for a part of the epochs, and live searches train them whole");
    }
    ChoiceSpace space = ChoiceSpace.of(Spaces.find(spaceName));
    SweepImages images = SweepImages.read(options.imageFolder(), recipe);
    DeviceKind device =
        options.engine().resolved(EngineProbe.withDefaults(), console.err()::println);
    List<LiveSearchReport.LiveSearch> searches = new ArrayList<>();
    for (int repeat = 0; repeat < repeats; repeat++) {
      Path place = folder.resolve("search-" + (repeat + 1));
      LiveTraining training =
          new LiveTraining(
              place.resolve("runs"), space, recipe, images, device, options, seed + repeat);
      SearchTrace trace = search(space, training, place, repeat, console);
      Evaluation best = trace.evaluations().get(0);
      List<Double> path = new ArrayList<>();
      for (Evaluation each : trace.evaluations()) {
        best = SearchTrace.replaces(each, best) ? each : best;
        path.add(best.errorPct());
      }
      List<Double> errors = new ArrayList<>();
      for (int k = 1; k <= again; k++) {
        LiveTraining anew =
            new LiveTraining(
                place.resolve("again-" + k),
                space,
                recipe,
                images,
                device,
                options,
                seed + repeat + k * AGAIN);
        errors.add(anew.testErrorPct(best.encoding()));
      }
      searches.add(
          new LiveSearchReport.LiveSearch(
              repeat + 1,
              trace.stop().words(),
              trace.evaluations().size(),
              trace.uniqueNetworks(),
              space.text(best.encoding()),
              best.errorPct(),
              errors,
              path));
    }
    return new LiveSearchReport(
        contender.label(),
        space.name(),
        recipe.name(),
        recipe.validationImages() > 0 ? "validation error" : "test error",
        budget.unit().label(),
        budget.limit(),
        seed,
        searches);
  }

  private SearchTrace search(
      ChoiceSpace space, LiveTraining training, Path place, int repeat, Console console)
      throws IOException {
    SearchLog.Head head =
        new SearchLog.Head(
            contender.type().name(),
            contender.type().settings(contender.settings()).toString(),
            space.name(),
            "trained by "
                + recipe.name()
                + " "
                + recipe.hash()
                + ", budget "
                + budget.limit()
                + " "
                + budget.unit().label(),
            seed,
            repeat);
    try (SearchLog log = SearchLog.open(place.resolve("search.jsonl"), head, true)) {
      return Search.run(
          contender
              .type()
              .on(
                  space,
                  recipe.epochs(),
                  contender.settings(),
                  SeedPath.root(seed).child("search").child(repeat)),
          space,
          training,
          budget,
          log.before(),
          evaluation -> {
            log.append(evaluation);
            console
                .err()
                .println(
                    String.format(
                        Locale.ROOT,
                        "search %d, evaluation %d: %s, %.2f %%%s",
                        repeat + 1,
                        evaluation.number(),
                        space.text(evaluation.encoding()),
                        evaluation.errorPct(),
                        evaluation.repeated() ? " (known)" : ""));
            console.err().flush();
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
