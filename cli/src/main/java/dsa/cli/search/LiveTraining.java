package dsa.cli.search;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.Task;
import dsa.core.io.ArchitecturesFile;
import dsa.core.run.DrawnModel;
import dsa.core.run.EpochResult;
import dsa.core.run.RunOutcome;
import dsa.core.run.RunRecord;
import dsa.search.ChoiceSpace;
import dsa.search.Encoding;
import dsa.search.Evaluator;
import dsa.search.Proposal;
import dsa.trainer.engine.DeviceKind;
import dsa.trainer.recipe.TrainingRecipe;
import dsa.trainer.sweep.Sweep;
import dsa.trainer.sweep.SweepFolder;
import dsa.trainer.sweep.SweepImages;
import dsa.trainer.sweep.SweepListener;
import dsa.trainer.sweep.SweepNetworks;
import dsa.trainer.sweep.SweepOptions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains the networks that a search asks about, one after the other, in a sweep that grows:
 * whatever was trained before an interruption is in its log, and what was being trained goes on.
 */
final class LiveTraining implements Evaluator {

  private static final double CHANCE_PCT =
      100.0 * (Task.CIFAR10.classes() - 1) / Task.CIFAR10.classes();

  private final Path folder;
  private final ChoiceSpace space;
  private final TrainingRecipe recipe;
  private final SweepImages images;
  private final DeviceKind device;
  private final SweepOptions options;
  private final long seed;
  private final List<DrawnModel> models = new ArrayList<>();

  /**
   * Trainings in a folder, which may hold some.
   *
   * @param seed root of what is random in training
   */
  LiveTraining(
      Path folder,
      ChoiceSpace space,
      TrainingRecipe recipe,
      SweepImages images,
      DeviceKind device,
      SweepOptions options,
      long seed)
      throws IOException {
    this.folder = folder;
    this.space = space;
    this.recipe = recipe;
    this.images = images;
    this.device = device;
    this.options = options.withSeed(seed);
    this.seed = seed;
    if (Files.exists(folder.resolve("sweep.json"))) {
      models.addAll(SweepFolder.open(folder).models());
    }
  }

  @Override
  public Answer evaluate(Proposal proposal) {
    if (proposal.epochs() != recipe.epochs()) {
      throw new IllegalArgumentException(
          "networks are trained for all of the recipe's "
              + recipe.epochs()
              + " epochs, not for "
              + proposal.epochs());
    }
    try {
      RunRecord run = trained(proposal.encoding());
      return new Answer(signalPct(run), run.seconds());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a training tells the strategy: the validation error where there is one. */
  private double signalPct(RunRecord run) {
    if (!(run.outcome() instanceof RunOutcome.Completed completed)) {
      return CHANCE_PCT;
    }
    EpochResult last = run.epochs().get(run.epochs().size() - 1);
    return last.validationErrorPct().orElse(completed.lastTestError());
  }

  /** The test error of a training; that of guessing if it diverged. */
  double testErrorPct(Encoding encoding) throws IOException {
    return trained(encoding).outcome() instanceof RunOutcome.Completed completed
        ? completed.lastTestError()
        : CHANCE_PCT;
  }

  private RunRecord trained(Encoding encoding) throws IOException {
    ArchitectureSpec network = space.network(encoding);
    int index = -1;
    for (int i = 0; i < models.size(); i++) {
      index = models.get(i).spec().canonical().equals(network) ? i : index;
    }
    if (index < 0) {
      index = models.size();
      models.add(new DrawnModel(index, network, network.complexity(Task.CIFAR10)));
    }
    StringWriter text = new StringWriter();
    ArchitecturesFile.write(
        text,
        new ArchitecturesFile.Header(
            space.name(), Task.CIFAR10, seed, "none", true, models.size(), 0, 0, models.size()),
        models);
    SweepNetworks networks =
        SweepNetworks.of("networks", text.toString().getBytes(StandardCharsets.UTF_8));
    Sweep sweep =
        Sweep.begin(folder, networks, recipe, images, device, options, SweepListener.NONE);
    try {
      sweep.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the training was interrupted; the same command goes on");
    }
    for (RunRecord run : RunRecord.latest(sweep.folder().runs().runs().stream()).values()) {
      if (run.model().index() == index) {
        if (run.outcome() instanceof RunOutcome.Failed failed) {
          throw new IOException(
              folder
                  + ": "
                  + run.id()
                  + " failed: "
                  + failed.reason()
                  + "; the same command tries"
                  + " again");
        }
        return run;
      }
    }
    throw new IOException(folder + ": the training of network " + index + " has no result");
  }
}
