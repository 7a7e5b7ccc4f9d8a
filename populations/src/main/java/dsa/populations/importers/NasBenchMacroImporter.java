package dsa.populations.importers;

import com.fasterxml.jackson.core.JsonToken;
import dsa.core.arch.GraphSpec;
import dsa.core.arch.Task;
import dsa.core.complexity.Complexity;
import dsa.core.complexity.FlopsConvention;
import dsa.core.complexity.RecordedComplexity;
import dsa.core.io.DelimitedRows;
import dsa.core.io.InputFile;
import dsa.core.io.MalformedFileException;
import dsa.core.io.RefusedException;
import dsa.core.io.Remedy;
import dsa.core.run.ErrorKind;
import dsa.core.run.PopulationOrigin;
import dsa.core.run.Reruns;
import dsa.core.run.TrainedModel;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads NAS-Bench-Macro (xiusu/NAS-Bench-Macro), as published, <code>
 * {"02012100": {"test_acc": [89.47, …], "params": 890666, "flops": 47327744, …}, …}</code>, or as a
 * table {@code arch,acc1,acc2,acc3,params,flops}: accuracies in percent of three runs, flops as
 * multiply-adds. The error is 100 minus the mean accuracy of the runs; the network is that of the
 * encoding.
 *
 * <p>The 6,561 encodings are 3,969 networks, because identity layers commute with the layers after
 * the first of their stage; encodings of one network carry copies of the same three runs. Every
 * encoding is a model by default; {@link Reruns#FIRST} keeps one of each network.
 */
public final class NasBenchMacroImporter {

  private static final List<String> COLUMNS =
      List.of("arch", "acc1", "acc2", "acc3", "params", "flops");

  private static final int RUNS = 3;

  private final ImportTally tally;
  private final Set<GraphSpec> networks = new HashSet<>();

  private NasBenchMacroImporter(Reruns reruns) {
    this.tally = new ImportTally(reruns, List.of());
  }

  /** Whether a document is the published one. */
  public static boolean recognizes(JsonShape shape) {
    return shape.outer() == JsonShape.Outer.OBJECT
        && shape.hasField("test_acc", "mean_acc")
        && shape.keys().stream().allMatch(NasBenchMacro::isEncoding);
  }

  /**
   * Reads the file, published or table, plain or packed with gzip.
   *
   * @throws MalformedFileException if it is not of this form
   * @throws IllegalArgumentException if reruns are to be averaged, or the last epoch's error is
   *     asked for, which the table does not give
   */
  public static Imported read(Path file, ImportOptions options) throws IOException {
    String name = file.toString();
    InputStream in =
        new BufferedInputStream(JsonSource.unpacked(name, InputFile.open(file)), 1 << 12);
    in.mark(1 << 12);
    boolean json = JsonShape.of(in.readNBytes(1 << 12)).isPresent();
    in.reset();
    if (json) {
      return read(name, in, options);
    }
    NasBenchMacroImporter importer = new NasBenchMacroImporter(reruns(options));
    try (DelimitedRows rows = DelimitedRows.of(name, in)) {
      importer.table(rows);
    }
    return importer.finish(name, options);
  }

  /** Reads the published document from a stream of plain JSON, called {@code file} in messages. */
  public static Imported read(String file, InputStream in, ImportOptions options)
      throws IOException {
    NasBenchMacroImporter importer = new NasBenchMacroImporter(reruns(options));
    JsonSource.read(file, in, importer::document);
    return importer.finish(file, options);
  }

  private static Reruns reruns(ImportOptions options) {
    Reruns reruns = options.reruns().orElse(Reruns.ALL);
    if (reruns == Reruns.MEAN) {
      throw new RefusedException(
          "encodings of one network carry copies of the same runs, not further runs, so that they"
              + " have no mean",
          Remedy.RERUNS);
    }
    if (options.error() == ErrorKind.LAST) {
      throw new IllegalArgumentException(
          "the table gives each run's best test accuracy, not the last epoch's");
    }
    return reruns;
  }

  private void table(DelimitedRows rows) throws IOException {
    int[] column = COLUMNS.stream().mapToInt(rows.header()::indexOf).toArray();
    for (int i = 0; i < column.length; i++) {
      if (column[i] < 0) {
        throw rows.malformed(
            "the header has no column '"
                + COLUMNS.get(i)
                + "'; NAS-Bench-Macro's is "
                + String.join(",", COLUMNS));
      }
    }
    while (rows.next()) {
      tally.beginRecord();
      double[] accuracies = new double[RUNS];
      for (int run = 0; run < RUNS; run++) {
        accuracies[run] = rows.number(column[1 + run]);
      }
      add(
          rows.cell(column[0]),
          accuracies,
          OptionalLong.of(rows.count(column[4])),
          OptionalLong.of(rows.count(column[5])),
          rows::malformed);
    }
  }

  private void document(JsonSource json) throws IOException {
    if (json.next() != JsonToken.START_OBJECT) {
      throw json.malformed(0, "is missing: NAS-Bench-Macro's file is one object");
    }
    while (json.next() == JsonToken.FIELD_NAME) {
      tally.beginRecord();
      String encoding = json.fieldName();
      if (json.next() != JsonToken.START_OBJECT) {
        throw json.malformed(tally.record(), "is not an object");
      }
      double[] accuracies = {};
      OptionalLong params = OptionalLong.empty();
      OptionalLong flops = OptionalLong.empty();
      while (json.next() == JsonToken.FIELD_NAME) {
        String field = json.fieldName();
        json.next();
        switch (field) {
          case "test_acc" -> accuracies = json.numbers(tally.record(), field, RUNS);
          case "params" -> params = json.count(tally.record(), field);
          case "flops" -> flops = json.count(tally.record(), field);
          default -> json.skip();
        }
      }
      add(encoding, accuracies, params, flops, what -> json.malformed(tally.record(), what));
    }
    json.end();
  }

  private void add(
      String encoding,
      double[] accuracies,
      OptionalLong params,
      OptionalLong flops,
      Function<String, MalformedFileException> malformed)
      throws MalformedFileException {
    if (!NasBenchMacro.isEncoding(encoding)) {
      throw malformed.apply(
          "'" + DelimitedRows.shown(encoding) + "' is not eight layers of 0, 1 or 2");
    }
    if (accuracies.length != RUNS) {
      throw malformed.apply(
          "has "
              + accuracies.length
              + " accuracies; NAS-Bench-Macro trained every network 3 times");
    }
    double sum = 0;
    for (double accuracy : accuracies) {
      if (!(accuracy >= 0 && accuracy <= 100)) {
        throw malformed.apply("accuracy " + accuracy + " is outside [0, 100] percent");
      }
      sum += accuracy;
    }
    GraphSpec network = NasBenchMacro.network(encoding);
    networks.add(network);
    tally.add(
        network.text(),
        new TrainedModel(
            encoding,
            OptionalDouble.of(100 - sum / RUNS),
            tally.checked(
                new RecordedComplexity(params, flops, OptionalLong.empty()), counted(network)),
            Optional.of(network),
            RUNS),
        List.of());
  }

  private Imported finish(String file, ImportOptions options) throws MalformedFileException {
    tally.note(
        "error: 100 minus the mean of three accuracies; each is a run's best on the test set");
    tally.note("flops are multiply-adds (macs), without the 10 biases of the classifier");
    tally.note(
        tally.record() + " encodings of " + networks.size() + " distinct networks", Remedy.RERUNS);
    Optional<String> dataset = Optional.of(options.dataset().orElse(Task.CIFAR10.name()));
    return tally.finish(
        file,
        options.name().orElse("nas-bench-macro"),
        new PopulationOrigin(
            "NAS-Bench-Macro: " + Path.of(file).getFileName(),
            dataset,
            Optional.of(FlopsConvention.MACS),
            ErrorKind.MIN,
            tally.chanceErrorPct(options, dataset),
            Optional.empty()));
  }

  /** The network's costs as the table counts them: without the biases of the classifier. */
  private static RecordedComplexity counted(GraphSpec network) {
    Complexity cost = network.complexity(Task.CIFAR10);
    return new RecordedComplexity(
        OptionalLong.of(cost.params()),
        OptionalLong.of(cost.macs() - Task.CIFAR10.classes()),
        OptionalLong.of(cost.activations()));
  }
}
