package dsa.populations.importers;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.StagedSpec;
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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads the {@code sweep.json} that pycls collects: a list of jobs, each with its configuration,
 * complexity and metrics by epoch. The error is that of the averaged weights ({@code
 * test_ema_epoch}) where a job has it, otherwise of the plain ones ({@code test_epoch}); pycls
 * itself drops the latter jobs without a word, here they are counted.
 *
 * <p>The network is that of {@code cfg.ANYNET} or {@code cfg.REGNET}, if it costs what the job
 * records; its costs are counted anew and compared. Settings that differ between jobs become
 * columns called by their place, such as {@code BN.MOM}; learning rate, weight decay, epochs and
 * seed are {@code lr}, {@code wd}, {@code epochs} and {@code rng_seed}.
 *
 * <p>The smallest error of an unfinished job is not the one it would have reached, so only finished
 * jobs are kept unless partial ones are asked for.
 */
public final class PyclsImporter {

  private static final Map<String, String> SHORT_NAMES =
      Map.of(
          "RNG_SEED", "rng_seed",
          "OPTIM.MAX_EPOCH", "epochs",
          "OPTIM.BASE_LR", "lr",
          "OPTIM.WEIGHT_DECAY", "wd");

  /** What differs between reruns of one job. */
  private static final List<String> OF_A_RUN =
      List.of("RNG_SEED", "OUT_DIR", "DESC", "CFG_DEST", "LOG_DEST", "LAUNCH", "PORT");

  private static final int MOST_COLUMNS = 200;

  /** A job that is kept. */
  private record Job(Object training, TrainedModel model, Map<String, String> settings) {}

  private final boolean partial;
  private final ErrorKind error;
  private final ImportTally tally;
  private final Set<String> datasets = new LinkedHashSet<>();
  private final List<Job> jobs = new ArrayList<>();
  private final CountedComplexity complexities = new CountedComplexity();
  private int withoutAverage;
  private boolean unfinished;
  private int strange;
  private String firstStrange = "";

  private PyclsImporter(boolean partial, ImportOptions options) {
    this.partial = partial;
    this.error = options.error() == ErrorKind.LAST ? ErrorKind.LAST : ErrorKind.MIN;
    this.tally = new ImportTally(options.reruns().orElse(Reruns.ALL));
  }

  /**
   * Reads a sweep.
   *
   * @param file {@code sweep.json}, plain or compressed with gzip
   * @param partial whether jobs that have not run all their epochs are kept
   * @param options the error is {@link ErrorKind#MIN} unless {@link ErrorKind#LAST} is asked for;
   *     every job is a model by default, and merging takes jobs as reruns whose configurations
   *     differ in seed and folders only
   * @throws MalformedFileException if the file is not of pycls' schema or holds no job to keep
   */
  public static Imported read(Path file, boolean partial, ImportOptions options)
      throws IOException {
    PyclsImporter importer = new PyclsImporter(partial, options);
    JsonSource.read(file, options.progress(), importer::jobs);
    return importer.finish(file.toString(), options);
  }

  /** Reads a sweep from a stream of plain JSON; see {@link #read(Path, boolean, ImportOptions)}. */
  public static Imported read(String file, InputStream in, ImportOptions options)
      throws IOException {
    PyclsImporter importer = new PyclsImporter(false, options);
    JsonSource.read(file, in, importer::jobs);
    return importer.finish(file, options);
  }

  /** Whether a document is a list of jobs. */
  public static boolean recognizes(JsonShape shape) {
    return shape.outer() == JsonShape.Outer.LIST
        && shape.hasField("cfg", "test_epoch", "test_ema_epoch", "train_epoch");
  }

  private void jobs(JsonSource json) throws IOException {
    if (json.next() != JsonToken.START_ARRAY) {
      throw json.malformed(0, "is missing: a sweep.json is a list of jobs");
    }
    for (JsonToken token = json.next(); token != JsonToken.END_ARRAY; token = json.next()) {
      tally.beginRecord();
      if (token != JsonToken.START_OBJECT) {
        throw json.malformed(tally.record(), "is not an object");
      }
      job(json);
    }
    json.end();
  }

  /** The metrics of one kind by epoch. */
  private record Epochs(JsonSource.Curve error, double reached, double planned) {
    boolean isPresent() {
      return error.length() > 0;
    }

    double done() {
      double share = reached / planned;
      return share >= 0 && share <= 1 ? share : 0;
    }
  }

  private void job(JsonSource json) throws IOException {
    long record = tally.record();
    Epochs plain = new Epochs(JsonSource.Curve.EMPTY, 0, 1);
    Epochs averaged = plain;
    RecordedComplexity complexity = RecordedComplexity.NONE;
    Optional<JsonNode> config = Optional.empty();
    String log = "";
    while (json.next() == JsonToken.FIELD_NAME) {
      String field = json.fieldName();
      json.next();
      switch (field) {
        case "test_epoch" -> plain = epochs(json);
        case "test_ema_epoch" -> averaged = epochs(json);
        case "complexity" -> complexity = complexity(json);
        case "cfg" -> config = Optional.of(json.tree(record));
        case "log_file" -> log = json.text();
        default -> json.skip();
      }
    }
    Epochs epochs = averaged.isPresent() ? averaged : plain;
    if (!epochs.isPresent()) {
      tally.leaveOut("without a test epoch");
      return;
    }
    if (epochs.done() < 1 && !partial) {
      tally.leaveOut("unfinished");
      unfinished = true;
      return;
    }
    if (!averaged.isPresent()) {
      withoutAverage++;
    }
    double value = error == ErrorKind.MIN ? epochs.error().least() : epochs.error().last();
    if (value < 0 || value > 100) {
      throw json.malformed(record, "has test error " + value + ", outside [0, 100] percent");
    }
    JsonNode cfg = config.orElse(com.fasterxml.jackson.databind.node.MissingNode.getInstance());
    String dataset = cfg.path("TRAIN").path("DATASET").asText("");
    if (!dataset.isEmpty()) {
      datasets.add(dataset);
    }
    Optional<Recognized> recognized = recognized(cfg, complexity);
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("done", Double.toString(epochs.done()));
    for (String name : List.of("rng_seed", "epochs", "lr", "wd")) {
      settings.put(name, "");
    }
    collect("", cfg, settings);
    jobs.add(
        new Job(
            training(cfg, record),
            new TrainedModel(
                idOf(log, record),
                Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value),
                recognized.map(Recognized::costs).orElse(complexity),
                recognized.map(Recognized::network),
                1),
            settings));
  }

  /** Adds the single values of a configuration under their places, or their short names. */
  private static void collect(String place, JsonNode value, Map<String, String> settings) {
    if (value.isObject()) {
      value
          .properties()
          .forEach(
              field -> {
                if (!place.isEmpty()
                    || !OF_A_RUN.contains(field.getKey())
                    || isSeed(field.getKey())) {
                  String name = place.isEmpty() ? field.getKey() : place + "." + field.getKey();
                  collect(name, field.getValue(), settings);
                }
              });
    } else if (!value.isArray() && !value.isNull() && !place.isEmpty()) {
      settings.put(SHORT_NAMES.getOrDefault(place, place), JsonSource.cell(value));
    }
  }

  private static boolean isSeed(String key) {
    return key.equals("RNG_SEED");
  }

  /** The configuration without what differs between reruns of one job. */
  private static Object training(JsonNode config, long record) {
    if (!(config instanceof ObjectNode object)) {
      return record;
    }
    ObjectNode same = object.deepCopy();
    same.remove(OF_A_RUN);
    return JsonSource.canonical(same);
  }

  /** A network and the costs recorded with it, those that were not filled in. */
  private record Recognized(ArchitectureSpec network, RecordedComplexity costs) {}

  /** The network of a configuration, unless it has other params than the job records. */
  private Optional<Recognized> recognized(JsonNode config, RecordedComplexity recorded) {
    try {
      Optional<StagedSpec> network = PyclsNet.of(config);
      if (network.isEmpty()) {
        return Optional.empty();
      }
      String dataset = config.path("TRAIN").path("DATASET").asText("");
      Task task = dataset.startsWith("imagenet") ? Task.IMAGENET : Task.CIFAR10;
      Optional<Complexity> cost = complexities.of(network.get(), task);
      if (cost.isEmpty()) {
        throw new IllegalArgumentException("a network too large to have been trained");
      }
      RecordedComplexity counted = RecordedComplexity.of(cost.get(), FlopsConvention.MACS);
      if (ImportTally.differ(recorded.params(), counted.params())) {
        throw new IllegalArgumentException(
            recorded.params().getAsLong()
                + " params recorded, "
                + counted.params().getAsLong()
                + " counted from its configuration");
      }
      return Optional.of(new Recognized(network.get(), tally.checked(recorded, counted)));
    } catch (IllegalArgumentException e) {
      if (strange++ == 0) {
        firstStrange = "record " + tally.record() + ": " + DelimitedRows.shown(e.getMessage());
      }
      return Optional.empty();
    }
  }

  /** The job's folder, as in {@code …/logs/000017/stdout.log}, or its place in the list. */
  private static String idOf(String log, long record) {
    String[] parts = log.split("/", -1);
    String folder = parts.length < 2 ? "" : parts[parts.length - 2];
    return folder.isBlank() ? Long.toString(record) : folder;
  }

  private Epochs epochs(JsonSource json) throws IOException {
    if (!json.isObject()) {
      json.skip();
      return new Epochs(JsonSource.Curve.EMPTY, 0, 1);
    }
    JsonSource.Curve topOne = JsonSource.Curve.EMPTY;
    double reached = 0;
    double planned = 1;
    while (json.next() == JsonToken.FIELD_NAME) {
      String metric = json.fieldName();
      json.next();
      switch (metric) {
        case "top1_err" -> topOne = json.curve(tally.record(), metric);
        case "epoch_ind" -> reached = json.curve(tally.record(), metric).last();
        case "epoch_max" -> planned = json.curve(tally.record(), metric).last();
        default -> json.skip();
      }
    }
    return new Epochs(topOne, reached, planned);
  }

  private RecordedComplexity complexity(JsonSource json) throws IOException {
    if (!json.isObject()) {
      json.skip();
      return RecordedComplexity.NONE;
    }
    OptionalLong params = OptionalLong.empty();
    OptionalLong flops = OptionalLong.empty();
    OptionalLong activations = OptionalLong.empty();
    while (json.next() == JsonToken.FIELD_NAME) {
      String field = json.fieldName();
      json.next();
      switch (field) {
        case "params" -> params = json.count(tally.record(), field);
        case "flops" -> flops = json.count(tally.record(), field);
        case "acts" -> activations = json.count(tally.record(), field);
        default -> json.skip();
      }
    }
    return new RecordedComplexity(params, flops, activations);
  }

  private Imported finish(String file, ImportOptions options) throws MalformedFileException {
    if (datasets.size() > 1) {
      throw new MalformedFileException(
          file, 0, "mixes the datasets " + String.join(", ", datasets) + "; split the sweep first");
    }
    Optional<String> dataset = options.dataset().or(() -> datasets.stream().findFirst());
    tally.note(
        "error: top1_err, "
            + (error == ErrorKind.MIN
                ? "smallest over all epochs, selected on the test set"
                : "after the last epoch")
            + "; averaged weights (test_ema_epoch) where recorded, not in "
            + withoutAverage
            + " jobs");
    if (unfinished) {
      tally.note("unfinished jobs are left out", Remedy.PARTIAL);
    }
    tally.note(
        "dataset: "
            + dataset.orElse("not stated")
            + "; flops are multiply-adds (macs), as pycls counts");
    if (strange > 0) {
      tally.note(
          strange
              + (strange == 1 ? " network" : " networks")
              + " not understood, of unknown architecture; "
              + firstStrange);
    }
    addJobs();
    return tally.finish(
        file,
        options.name().orElse("sweep"),
        new PopulationOrigin(
            "pycls sweep: " + Path.of(file).getFileName(),
            dataset,
            Optional.of(FlopsConvention.MACS),
            error,
            tally.chanceErrorPct(options, dataset),
            Optional.empty()));
  }

  /** Hands the jobs over, with columns of the settings that differ and of those of short names. */
  private void addJobs() {
    Map<String, Set<String>> values = new LinkedHashMap<>();
    for (Job job : jobs) {
      job.settings()
          .forEach(
              (name, value) -> values.computeIfAbsent(name, n -> new LinkedHashSet<>()).add(value));
    }
    List<String> columns =
        values.entrySet().stream()
            .filter(
                setting ->
                    setting.getKey().equals("done")
                        || SHORT_NAMES.containsValue(setting.getKey())
                        || setting.getValue().size() > 1)
            .map(Map.Entry::getKey)
            .limit(MOST_COLUMNS)
            .toList();
    tally.columns(columns);
    for (Job job : jobs) {
      tally.add(
          job.training(),
          job.model(),
          columns.stream().map(column -> job.settings().getOrDefault(column, "")).toList());
    }
  }
}
