package dsa.cli.population;

import dsa.cli.console.Completion;
import dsa.core.run.Metric;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is compared of the models; shared by the commands that take more than test errors. */
public final class MetricOption {

  @Option(
      names = "--metric",
      paramLabel = "METRIC",
      converter = MetricConverter.class,
      completionCandidates = Completion.Metrics.class,
      description =
          "What of each model: test-error, train-loss (training loss of the last epoch) or"
              + " train-loss-sum (sum of the epochs' training losses); losses need runs with"
              + " learning curves. Default: what a population file holds, and of runs the test"
              + " error.")
  private Optional<Metric> metric = Optional.empty();

  /** The metric asked for, if one was. */
  public Optional<Metric> metric() {
    return metric;
  }
}
