package dsa.populations.importers;

import dsa.core.arch.GraphSpec;
import dsa.core.arch.Task;
import dsa.core.complexity.Complexity;
import dsa.core.complexity.FlopsConvention;
import dsa.core.complexity.RecordedComplexity;
import dsa.core.io.DelimitedRows;
import dsa.core.io.MalformedFileException;
import dsa.core.io.RefusedException;
import dsa.core.io.Remedy;
import dsa.core.run.ErrorKind;
import dsa.core.run.PopulationOrigin;
import dsa.core.run.Reruns;
import dsa.core.run.TrainedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads the table of NAS-Bench-Macro (xiusu/NAS-Bench-Macro): {@code
 * arch,acc1,acc2,acc3,params,flops}, accuracies in percent of three runs, flops as multiply-adds.
 * The error is 100 minus the mean accuracy of the runs; the network is that of the encoding.
 *
 * <p>The 6,561 encodings are 3,969 networks, because identity layers commute with the layers after
 * the first of their stage; encodings of one network carry copies of the same three runs. Every
 * encoding is a model by default; {@link Reruns#FIRST} keeps one of each network.
 */
public final class NasBenchMacroImporter {

  private static final List<String> COLUMNS =
      List.of("arch", "acc1", "acc2", "acc3", "params", "flops");

  private NasBenchMacroImporter() {}

  /**
   * Reads the table.
   *
   * @throws MalformedFileException if it is not of this form
   * @throws IllegalArgumentException if reruns are to be averaged, or the last epoch's error is
   *     asked for, which the table does not give
   */
  public static Imported read(Path file, ImportOptions options) throws IOException {
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
    ImportTally tally = new ImportTally(reruns, List.of());
    Set<GraphSpec> networks = new HashSet<>();
    try (DelimitedRows rows = DelimitedRows.open(file)) {
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
        GraphSpec network = network(rows, rows.cell(column[0]));
        networks.add(network);
        double sum = 0;
        for (int run = 1; run <= 3; run++) {
          double accuracy = rows.number(column[run]);
          if (!(accuracy >= 0 && accuracy <= 100)) {
            throw rows.malformed("accuracy " + accuracy + " is outside [0, 100] percent");
          }
          sum += accuracy;
        }
        tally.add(
            network.text(),
            new TrainedModel(
                rows.cell(column[0]),
                OptionalDouble.of(100 - sum / 3),
                tally.checked(
                    new RecordedComplexity(
                        OptionalLong.of(rows.count(column[4])),
                        OptionalLong.of(rows.count(column[5])),
                        OptionalLong.empty()),
                    counted(network)),
                Optional.of(network),
                3),
            List.of());
      }
    }
    tally.note(
        "error: 100 minus the mean of acc1, acc2, acc3; each is a run's best on the test set");
    tally.note("flops are multiply-adds (macs), without the 10 biases of the classifier");
    tally.note(
        tally.record() + " encodings of " + networks.size() + " distinct networks", Remedy.RERUNS);
    Optional<String> dataset = Optional.of(options.dataset().orElse(Task.CIFAR10.name()));
    return tally.finish(
        file.toString(),
        options.name().orElse("nas-bench-macro"),
        new PopulationOrigin(
            "NAS-Bench-Macro: " + file.getFileName(),
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

  private static GraphSpec network(DelimitedRows rows, String encoding)
      throws MalformedFileException {
    try {
      return NasBenchMacro.network(encoding);
    } catch (IllegalArgumentException e) {
      throw rows.malformed(
          "'" + DelimitedRows.shown(encoding) + "' is not eight layers of 0, 1 or 2");
    }
  }
}
