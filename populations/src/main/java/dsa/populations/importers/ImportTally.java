package dsa.populations.importers;

import dsa.core.complexity.RecordedComplexity;
import dsa.core.io.DelimitedRows;
import dsa.core.io.MalformedFileException;
import dsa.core.io.PopulationCsv;
import dsa.core.io.Remark;
import dsa.core.io.Remedy;
import dsa.core.run.ExtraColumn;
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
public final class ImportTally {

  private static final int EXAMPLES = 3;

  private List<String> extraNames;
  private final ModelCollector models;
  private final Map<String, Integer> leftOut = new LinkedHashMap<>();
  private final List<Remark> notes = new ArrayList<>();
  private final List<String> mismatches = new ArrayList<>();
  private long read;
  private int architectures;
  private int checked;
  private int mismatched;
  private final Map<String, Integer> counted = new LinkedHashMap<>();

  /** A tally of models that come with cells of these further columns. */
  public ImportTally(Reruns reruns, List<String> extraNames) {
    this.models = new ModelCollector(reruns);
    this.extraNames = extraNames;
  }

  /** A tally whose further columns are given before the first model. */
  ImportTally(Reruns reruns) {
    this(reruns, List.of());
  }

  void columns(List<String> names) {
    extraNames = names;
  }

  /** The number of the record last begun, from 1. */
  public long record() {
    return read;
  }

  /** Goes to the next record. */
  public void beginRecord() {
    read++;
  }

  /** Counts the record as left out. */
  public void leaveOut(String reason) {
    leftOut.merge(reason, 1, Integer::sum);
  }

  /** Notes what was recognised or assumed. */
  public void note(String sentence) {
    notes.add(Remark.of(sentence));
  }

  /** Notes it with what would change it. */
  public void note(String sentence, Remedy remedy) {
    notes.add(Remark.of(sentence, remedy));
  }

  /**
   * Adds a model.
   *
   * @param network what makes two records runs of one network, trained alike
   * @param extras one cell for each further column
   */
  public void add(Object network, TrainedModel model, List<String> extras) {
    models.add(network, model, extras);
  }

  /**
   * Compares recorded with counted costs, where both are there.
   *
   * @return the recorded costs; where none of them differs, counted ones in place of those that are
   *     not recorded
   */
  public RecordedComplexity checked(RecordedComplexity recorded, RecordedComplexity counted) {
    boolean paramsDiffer = differ(recorded.params(), counted.params());
    boolean flopsDiffer = differ(recorded.flops(), counted.flops());
    boolean activationsDiffer = differ(recorded.activations(), counted.activations());
    boolean any =
        bothPresent(recorded.params(), counted.params())
            || bothPresent(recorded.flops(), counted.flops())
            || bothPresent(recorded.activations(), counted.activations());
    architectures++;
    if (any) {
      checked++;
    }
    if (paramsDiffer || flopsDiffer || activationsDiffer) {
      mismatched++;
      if (mismatches.size() < EXAMPLES) {
        mismatches.add(
            "record "
                + read
                + (paramsDiffer
                    ? difference("params", recorded.params(), counted.params())
                    : flopsDiffer
                        ? difference("flops", recorded.flops(), counted.flops())
                        : difference(
                            "activations", recorded.activations(), counted.activations())));
      }
      return recorded;
    }
    return new RecordedComplexity(
        filled("params", recorded.params(), counted.params()),
        filled("flops", recorded.flops(), counted.flops()),
        filled("activations", recorded.activations(), counted.activations()));
  }

  private static String difference(String what, OptionalLong recorded, OptionalLong counted) {
    return ": "
        + what
        + " "
        + recorded.getAsLong()
        + " recorded, "
        + counted.getAsLong()
        + " counted";
  }

  private OptionalLong filled(String what, OptionalLong recorded, OptionalLong counted) {
    if (recorded.isPresent() || counted.isEmpty()) {
      return recorded;
    }
    this.counted.merge(what, 1, Integer::sum);
    return counted;
  }

  private static boolean bothPresent(OptionalLong a, OptionalLong b) {
    return a.isPresent() && b.isPresent();
  }

  /** Whether both are recorded, and not the same. */
  public static boolean differ(OptionalLong a, OptionalLong b) {
    return bothPresent(a, b) && a.getAsLong() != b.getAsLong();
  }

  /**
   * The error of guessing, percent: as given, else by the dataset, else 90; what is assumed is
   * noted.
   */
  public double chanceErrorPct(ImportOptions options, Optional<String> dataset) {
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

  /** How many models there are so far. */
  public int models() {
    return models.size();
  }

  /** The name of a further column in a population file, which has columns of its own. */
  private static String free(String name) {
    return PopulationCsv.isReserved(name) ? name + "_in_source" : name;
  }

  /**
   * The population and its report.
   *
   * @throws MalformedFileException if no record gave a model, or none of them an error
   */
  public Imported finish(String file, String name, PopulationOrigin origin)
      throws MalformedFileException {
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
    counted.forEach(
        (what, architectures) ->
            note(
                what
                    + " are not recorded: counted from "
                    + architectures
                    + " architectures"
                    + (checked > 0 ? " whose other costs agree" : "")));
    List<ExtraColumn> extras = new ArrayList<>();
    for (int i = 0; i < extraNames.size(); i++) {
      List<String> cells = models.notes(i);
      if (cells.stream().anyMatch(cell -> !cell.isEmpty())) {
        extras.add(new ExtraColumn(free(extraNames.get(i)), cells));
      }
    }
    Population population =
        new Population(name, models.models(origin.chanceErrorPct()), origin, extras);
    if (population.models().stream().allMatch(model -> model.testError().isEmpty())) {
      throw new MalformedFileException(
          file, 0, "gives no test error in any of " + read + " records");
    }
    ImportReport report =
        new ImportReport(
            read,
            models.size(),
            models.merged(),
            population.diverged(),
            leftOut,
            architectures,
            checked,
            mismatched,
            notes);
    return new Imported(population, report);
  }
}
