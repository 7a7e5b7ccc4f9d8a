package dsa.populations.importers;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.CellSpec;
import dsa.core.arch.StagedSpec;
import dsa.core.arch.Stem;
import dsa.core.arch.Task;
import dsa.core.complexity.Complexity;
import dsa.core.complexity.FlopsConvention;
import dsa.core.complexity.RecordedComplexity;
import dsa.core.io.DelimitedRows;
import dsa.core.io.MalformedFileException;
import dsa.core.io.Remedy;
import dsa.core.run.ErrorKind;
import dsa.core.run.PopulationOrigin;
import dsa.core.run.Reruns;
import dsa.core.run.TrainedModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.DoubleConsumer;

/**
 * Reads records of the NDS release: an array of records or an object of such arrays ({@code top}
 * and {@code mid} in the rerun files), as {@code .json}, {@code .json.gz}, or straight out of
 * {@code data.zip}. Several files make one population, so that the three seeds of a space can be
 * averaged. Memory grows with the models kept, not with the file.
 *
 * <p>Networks become architectures, and their costs are counted anew and compared with the recorded
 * ones, which are kept. By what rule the release counts the flops of cell networks is not known, so
 * theirs are not compared. A network of cells that cannot be understood is kept whole in the
 * further column {@code net}.
 */
public final class NdsImporter {

  private static final List<String> EXTRAS =
      List.of("group", "rng_seed", "base_lr", "wd", "max_ep", "net");
  private static final int NET = EXTRAS.indexOf("net");

  private final Set<String> chosen;
  private final ErrorKind error;
  private final Optional<String> datasetGiven;
  private final DoubleConsumer progress;
  private final ImportTally tally;
  private final CountedComplexity complexities = new CountedComplexity();
  private final Map<String, Integer> populations = new LinkedHashMap<>();
  private final Set<String> datasets = new LinkedHashSet<>();
  private final Map<String, String> shared = new HashMap<>();
  private long nonFiniteLosses;
  private long ofCells;
  private long strangeCells;
  private String firstStrange = "";
  private String stem = "";
  private Optional<String> fileDataset = Optional.empty();

  private NdsImporter(List<String> chosen, ImportOptions options) {
    this.chosen = new LinkedHashSet<>(chosen);
    this.error = options.error() == ErrorKind.LAST ? ErrorKind.LAST : ErrorKind.MIN;
    this.datasetGiven = options.dataset();
    this.progress = options.progress();
    this.tally = new ImportTally(options.reruns().orElse(Reruns.MEAN), EXTRAS);
  }

  /** What makes two records reruns of each other: the network and how it was trained. */
  private record Training(Object network, String learningRate, String weightDecay, String epochs) {}

  /**
   * Reads one population.
   *
   * @param files at least one
   * @param populations which to read where a file holds several; may be empty where each holds one
   * @param options the error is {@link ErrorKind#MIN} unless {@link ErrorKind#LAST} is asked for;
   *     reruns are averaged by default
   * @throws MalformedFileException if a file is not of the release's schema, or holds several
   *     populations and none was chosen
   */
  public static Imported read(List<Path> files, List<String> populations, ImportOptions options)
      throws IOException {
    NdsImporter importer = new NdsImporter(populations, options);
    for (Path file : files) {
      importer.readFile(file);
    }
    return importer.finish(String.valueOf(files.get(0)), files.size(), options);
  }

  /** Whether a document holds records of the release. */
  public static boolean recognizes(JsonShape shape) {
    return shape.outer() != JsonShape.Outer.LINES
        && shape.hasField("net", "min_test_top1", "final_test_top1", "test_ep_top1");
  }

  /** Reads the one population in a stream of plain JSON, called {@code file} in messages. */
  public static Imported read(String file, InputStream in, ImportOptions options)
      throws IOException {
    NdsImporter importer = new NdsImporter(List.of(), options);
    importer.begin(stemOf(Path.of(file)));
    JsonSource.read(file, in, importer::document);
    return importer.finish(file, 1, options);
  }

  /**
   * The names of the populations an archive holds, in its order; the file's own name for a plain or
   * gzip file.
   */
  public static List<String> populationsIn(Path file) throws IOException {
    if (!JsonSource.isArchive(file)) {
      return List.of(stemOf(file));
    }
    return List.copyOf(JsonSource.entriesOf(file).keySet());
  }

  private static String stemOf(Path file) {
    String name = String.valueOf(file.getFileName());
    for (String end : List.of(".gz", ".json")) {
      name = name.endsWith(end) ? name.substring(0, name.length() - end.length()) : name;
    }
    return name;
  }

  private void readFile(Path file) throws IOException {
    if (!JsonSource.isArchive(file)) {
      begin(stemOf(file));
      JsonSource.read(file, progress, this::document);
      return;
    }
    Map<String, String> entries = JsonSource.entriesOf(file);
    Set<String> wanted = chosen.isEmpty() ? entries.keySet() : chosen;
    if (!entries.keySet().containsAll(wanted)
        || wanted.isEmpty()
        || (chosen.isEmpty() && wanted.size() > 1)) {
      throw new MalformedFileException(
          file.toString(),
          0,
          "holds the populations " + String.join(", ", entries.keySet()),
          Remedy.POPULATION);
    }
    for (String name : wanted) {
      begin(name);
      JsonSource.readEntry(file, entries.get(name), progress, this::document);
    }
  }

  private void begin(String name) {
    stem = name;
    fileDataset = NdsRelease.datasetOf(name);
  }

  private void document(JsonSource json) throws IOException {
    JsonToken token = json.next();
    if (token == JsonToken.START_ARRAY) {
      records(json, "");
    } else if (token == JsonToken.START_OBJECT) {
      while (json.next() == JsonToken.FIELD_NAME) {
        String group = json.fieldName();
        if (json.next() != JsonToken.START_ARRAY) {
          throw notRecords(json);
        }
        records(json, keep(DelimitedRows.shown(group)));
      }
    } else {
      throw notRecords(json);
    }
    json.end();
  }

  private MalformedFileException notRecords(JsonSource json) {
    return json.malformed(
        tally.record(), "is not inside a list of records, nor an object of such lists");
  }

  private void records(JsonSource json, String group) throws IOException {
    for (JsonToken token = json.next(); token != JsonToken.END_ARRAY; token = json.next()) {
      tally.beginRecord();
      if (token != JsonToken.START_OBJECT) {
        throw json.malformed(tally.record(), "is not an object");
      }
      new Fields(json, group).read();
    }
  }

  /** One copy of texts that many records share. */
  private String keep(String text) {
    return shared.size() > 10_000 ? text : shared.computeIfAbsent(text, same -> same);
  }

  /** A network and what of its costs can be compared with the recorded ones. */
  private record Recognized(ArchitectureSpec spec, RecordedComplexity counted) {}

  /** The fields of one record as they come, in any order. */
  private final class Fields {
    private final JsonSource json;
    private final Set<String> seen = new LinkedHashSet<>();
    private final String[] extras = new String[EXTRAS.size()];
    private String population = stem;
    private Optional<String> dataset = fileDataset;
    private Optional<JsonNode> net = Optional.empty();
    private String id = Long.toString(tally.record());
    private OptionalLong params = OptionalLong.empty();
    private OptionalLong flops = OptionalLong.empty();
    private boolean minSeen;
    private double min = Double.NaN;
    private boolean finalSeen;
    private double last = Double.NaN;
    private boolean nonFiniteLoss;
    private JsonSource.Curve curve = JsonSource.Curve.EMPTY;

    Fields(JsonSource json, String group) {
      this.json = json;
      java.util.Arrays.fill(extras, "");
      extras[0] = group;
    }

    void read() throws IOException {
      long record = tally.record();
      while (json.next() == JsonToken.FIELD_NAME) {
        String field = json.fieldName();
        json.next();
        switch (field) {
          case "population" -> population = keep(once(field, json.text()));
          case "dataset" -> dataset = Optional.of(keep(once(field, json.text())));
          case "job_id" -> id = once(field, json.text());
          case "rng_seed" -> extras[1] = keep(once(field, json.text()));
          case "net" -> net = Optional.of(once(field, json.tree(record)));
          case "optim" -> optim();
          case "params" -> params = once(field, json.count(record, field));
          case "flops" -> flops = once(field, json.count(record, field));
          case "min_test_top1" -> {
            min = once(field, json.number(record, field));
            minSeen = true;
          }
          case "final_test_top1" -> {
            last = once(field, json.number(record, field));
            finalSeen = true;
          }
          case "train_ep_loss" -> nonFiniteLoss = once(field, json.holdsNonFinite());
          case "test_ep_top1" -> curve = once(field, json.curve(record, field));
          default -> json.skip();
        }
      }
      add();
    }

    private <T> T once(String field, T value) throws MalformedFileException {
      if (!seen.add(field)) {
        throw json.malformed(tally.record(), "says '" + field + "' twice");
      }
      return value;
    }

    private void optim() throws IOException {
      if (json.isObject()) {
        while (json.next() == JsonToken.FIELD_NAME) {
          int column = EXTRAS.indexOf(json.fieldName());
          json.next();
          if (column >= 2 && column < NET) {
            extras[column] = keep(json.text());
          } else {
            json.skip();
          }
        }
      } else {
        json.skip();
      }
    }

    private void add() throws IOException {
      if (!chosen.isEmpty() && !chosen.contains(population)) {
        tally.leaveOut("of other populations");
        return;
      }
      if (populations.size() < 100 || populations.containsKey(population)) {
        populations.merge(population, 1, Integer::sum);
      }
      String trainedOn = datasetGiven.or(() -> dataset).orElse(Task.CIFAR10.name());
      datasets.add(trainedOn);
      Optional<Double> value = error();
      if (value.isEmpty()) {
        tally.leaveOut("without a last-epoch error (test_ep_top1)");
        return;
      }
      OptionalDouble testError = OptionalDouble.empty();
      if (!Double.isNaN(value.get())) {
        if (!(value.get() >= 0 && value.get() <= 100)) {
          throw json.malformed(
              tally.record(), "has test error " + value.get() + ", outside [0, 100] percent");
        }
        testError = OptionalDouble.of(value.get());
      }
      RecordedComplexity recorded = new RecordedComplexity(params, flops, OptionalLong.empty());
      Optional<Recognized> recognized =
          net.isEmpty() ? Optional.empty() : recognized(net.get(), trainedOn);
      Optional<ArchitectureSpec> architecture = recognized.map(Recognized::spec);
      RecordedComplexity complexity =
          recognized.map(found -> tally.checked(recorded, found.counted())).orElse(recorded);
      Object network = tally.record();
      if (architecture.isPresent()) {
        network = architecture.get();
      } else if (net.isPresent()) {
        extras[NET] = JsonSource.canonical(net.get());
        network = extras[NET];
      }
      if (nonFiniteLoss) {
        nonFiniteLosses++;
      }
      tally.add(
          new Training(network, extras[2], extras[3], extras[4]),
          new TrainedModel(
              id.isBlank() ? Long.toString(tally.record()) : id,
              testError,
              complexity,
              architecture,
              1),
          List.of(extras));
    }

    /**
     * The error asked for; NaN if training came to none, empty if it came to one that the record
     * does not give.
     */
    private Optional<Double> error() {
      if (error == ErrorKind.MIN) {
        if (minSeen) {
          return Optional.of(min);
        }
        return Optional.of(curve.least());
      }
      if (curve.length() > 0) {
        return Optional.of(curve.last());
      }
      return finalSeen || Double.isNaN(min) ? Optional.of(last) : Optional.empty();
    }

    /**
     * The network that a {@code net} describes and its costs; nothing if it describes none, or on
     * ImageNet none of the recorded params.
     */
    private Optional<Recognized> recognized(JsonNode netJson, String trainedOn) throws IOException {
      boolean imageNet = trainedOn.equals(Task.IMAGENET.name());
      Task task = imageNet ? Task.IMAGENET : Task.CIFAR10;
      if (NdsNet.ofCells(netJson)) {
        return cells(netJson, task);
      }
      // Which stem the release used on ImageNet is not documented: the one whose counts agree.
      for (Stem candidate : imageNet ? List.of(Stem.IMAGENET, Stem.SIMPLE) : List.of(Stem.CIFAR)) {
        Optional<StagedSpec> spec;
        try {
          spec = NdsNet.parse(netJson, candidate);
        } catch (IllegalArgumentException e) {
          throw json.malformed(tally.record(), String.valueOf(e.getMessage()));
        }
        if (spec.isEmpty()) {
          return Optional.empty();
        }
        Optional<Complexity> counted = complexities.of(spec.get(), task);
        if (counted.isEmpty()) {
          throw json.malformed(
              tally.record(), "describes a network too large to have been trained");
        }
        RecordedComplexity expected = RecordedComplexity.of(counted.get(), FlopsConvention.NDS);
        if (imageNet && !expected.params().equals(params)) {
          continue;
        }
        return Optional.of(new Recognized(spec.get(), expected));
      }
      return Optional.empty();
    }

    private Optional<Recognized> cells(JsonNode netJson, Task task) throws IOException {
      boolean imageNet = task.equals(Task.IMAGENET);
      CellSpec spec;
      try {
        spec =
            NdsNet.parseCells(
                netJson, imageNet ? CellSpec.Stacking.IMAGENET : CellSpec.Stacking.CIFAR);
      } catch (IllegalArgumentException e) {
        if (strangeCells++ == 0) {
          firstStrange = "record " + tally.record() + ": " + DelimitedRows.shown(e.getMessage());
        }
        return Optional.empty();
      }
      Optional<Complexity> counted = CountedComplexity.of(spec, task);
      if (counted.isEmpty()) {
        throw json.malformed(tally.record(), "describes a network too large to have been trained");
      }
      RecordedComplexity expected =
          new RecordedComplexity(
              OptionalLong.of(counted.get().params()),
              OptionalLong.empty(),
              OptionalLong.of(counted.get().activations()));
      if (imageNet && !expected.params().equals(params)) {
        return Optional.empty();
      }
      ofCells++;
      return Optional.of(new Recognized(spec, expected));
    }
  }

  private Imported finish(String file, int files, ImportOptions options)
      throws MalformedFileException {
    if (chosen.isEmpty() && populations.size() > files) {
      throw new SeveralPopulationsException(file, populations);
    }
    if (datasets.size() > 1) {
      throw new MalformedFileException(
          file, 0, "mixes the datasets " + String.join(", ", datasets), Remedy.POPULATION);
    }
    String trainedOn = datasets.stream().findFirst().orElse(Task.CIFAR10.name());
    List<String> names = new ArrayList<>(populations.keySet());
    tally.note(
        "error: "
            + (error == ErrorKind.MIN
                ? "smallest over all epochs, selected on the test set (min_test_top1)"
                : "after the last epoch (test_ep_top1)")
            + ", percent as recorded");
    tally.note(
        "dataset: "
            + trainedOn
            + (names.stream().allMatch(name -> NdsRelease.datasetOf(name).isPresent())
                ? ", as the release's name says"
                : ", as given or assumed")
            + "; flops in the release's own count (nds)");
    if (ofCells > 0) {
      tally.note(
          "flops of cell networks are kept as recorded and not compared: the release's rule for"
              + " them is not known");
    }
    if (strangeCells > 0) {
      tally.note(
          strangeCells
              + (strangeCells == 1 ? " network" : " networks")
              + " of cells not understood, kept whole in the column net; "
              + firstStrange);
    }
    if (nonFiniteLosses > 0) {
      tally.note(
          nonFiniteLosses
              + (nonFiniteLosses == 1 ? " run" : " runs")
              + " whose training loss is not finite (NaN or an infinity in train_ep_loss);"
              + " the recorded errors are kept");
    }
    return tally.finish(
        file,
        options.name().orElse(String.join("+", names)),
        new PopulationOrigin(
            "NDS release: " + String.join(", ", names),
            Optional.of(trainedOn),
            Optional.of(FlopsConvention.NDS),
            error,
            tally.chanceErrorPct(options, Optional.of(trainedOn)),
            Optional.empty()));
  }
}
