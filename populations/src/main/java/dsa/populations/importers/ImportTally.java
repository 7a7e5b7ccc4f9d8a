package dsa.populations.importers;

import dsa.core.complexity.RecordedComplexity;
import dsa.core.io.DelimitedRows;
import dsa.core.io.ExtraColumn;
import dsa.core.io.MalformedFileException;
import dsa.core.io.Remark;
import dsa.core.io.Remedy;
import dsa.core.run.ModelCollector;
import dsa.core.run.Population;
import dsa.core.run.PopulationOrigin;
import dsa.core.run.Populations;
import dsa.core.run.Reruns;
import dsa.core.run.TrainedModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Gathers the models of one import and counts what happens to every record. */
final class ImportTally {

  private static final int EXAMPLES = 3;

  private final List<String> extraNames;
  private final ModelCollector models;
  private final Map<String, Integer> leftOut = new LinkedHashMap<>();
  private final List<Remark> notes = new ArrayList<>();
  private final List<String> mismatches = new ArrayList<>();
  private long read;
  private int checked;
  private int mismatched;
  private int activationsCounted;

  ImportTally(Reruns reruns, List<String> extraNames) {
    this.models = new ModelCollector(reruns);
    this.extraNames = extraNames;
  }

  /** The number of the record last begun, from 1. */
  long record() {
    return read;
  }

  void beginRecord() {
    read++;
  }

  void leaveOut(String reason) {
    leftOut.merge(reason, 1, Integer::sum);
  }

  void note(String sentence) {
    notes.add(Remark.of(sentence));
  }

  void note(String sentence, Remedy remedy) {
    notes.add(Remark.of(sentence, remedy));
  }

  void add(Object network, TrainedModel model, List<String> extras) {
    models.add(network, model, extras);
  }

  /**
   * Counts one comparison of recorded with counted costs.
   *
   * @return the recorded costs; where they agree and say nothing of activations, those are counted
   */
  RecordedComplexity checked(RecordedComplexity recorded, RecordedComplexity counted) {
    checked++;
    boolean paramsDiffer = differ(recorded.params(), counted.params());
    if (paramsDiffer || differ(recorded.flops(), counted.flops())) {
      mismatched++;
      if (mismatches.size() < EXAMPLES) {
        mismatches.add(
            "record "
                + read
                + (paramsDiffer
                    ? ": params "
                        + shown(recorded.params())
                        + " recorded, "
                        + shown(counted.params())
                    : ": flops " + shown(recorded.flops()) + " recorded, " + shown(counted.flops()))
                + " counted");
      }
      return recorded;
    }
    if (recorded.params().isEmpty() || recorded.activations().isPresent()) {
      return recorded;
    }
    activationsCounted++;
    return new RecordedComplexity(recorded.params(), recorded.flops(), counted.activations());
  }

  /** Whether both are recorded, and not the same. */
  static boolean differ(OptionalLong a, OptionalLong b) {
    return a.isPresent() && b.isPresent() && a.getAsLong() != b.getAsLong();
  }

  private static String shown(OptionalLong count) {
    return Long.toString(count.getAsLong());
  }

  /**
   * The error of guessing, percent: as given, else by the dataset, else 90; what is assumed is
   * noted.
   */
  double chanceErrorPct(ImportOptions options, Optional<String> dataset) {
    if (options.chanceErrorPct().isPresent()) {
      double given = options.chanceErrorPct().getAsDouble();
      note("guessing: " + given + " % error, as given");
      return given;
    }
    String name = dataset.orElse("");
    double chance = Populations.chanceErrorPct(name);
    if (!Populations.knows(name)) {
      note(
          "guessing: "
              + chance
              + " % error is assumed, for "
              + (name.isBlank()
                  ? "the dataset is not stated"
                  : "the classes of dataset '" + DelimitedRows.shown(name) + "' are not known"),
          Remedy.CHANCE_ERROR);
    }
    return chance;
  }

  int models() {
    return models.size();
  }

  Imported finish(String file, String name, PopulationOrigin origin) throws MalformedFileException {
    if (models.size() == 0) {
      throw new MalformedFileException(
          file,
          0,
          "none of " + read + " records can be used" + (leftOut.isEmpty() ? "" : ": " + leftOut));
    }
    if (models.differingCosts() > 0) {
      note(
          models.differingCosts()
              + " reruns were recorded with other costs than the run they were merged with; the"
              + " first run's are kept");
    }
    mismatches.forEach(this::note);
    if (activationsCounted > 0) {
      note(
          "activations are not recorded: counted from "
              + activationsCounted
              + " architectures whose other costs agree");
    }
    Population population = new Population(name, models.models(origin.chanceErrorPct()), origin);
    if (population.models().stream().allMatch(model -> model.testError().isEmpty())) {
      throw new MalformedFileException(
          file, 0, "gives no test error in any of " + read + " records");
    }
    List<ExtraColumn> extras = new ArrayList<>();
    for (int i = 0; i < extraNames.size(); i++) {
      List<String> cells = models.notes(i);
      if (cells.stream().anyMatch(cell -> !cell.isEmpty())) {
        extras.add(new ExtraColumn(extraNames.get(i), cells));
      }
    }
    ImportReport report =
        new ImportReport(
            read,
            models.size(),
            models.merged(),
            population.diverged(),
            leftOut,
            checked,
            mismatched,
            notes);
    return new Imported(population, extras, report);
  }
}
