package dsa.figures;

import dsa.analysis.report.Comparison;
import dsa.analysis.report.ComparisonReport;
import dsa.analysis.report.ComparisonSettings;
import dsa.core.io.PopulationCsv;
import dsa.core.run.Population;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** The populations of {@code data/} that nobody trained, and their comparison. */
public final class Examples {

  private static final Path DATA = Path.of(System.getProperty("dsa.root", ".."), "data");

  public static final List<Population> BOTH =
      List.of(population("example-narrow"), population("example-wide"));

  private Examples() {}

  /** With 60 resamples and 50 permutations. */
  public static ComparisonReport comparison() {
    return Comparison.of(
            BOTH, ComparisonSettings.fittedTo(BOTH, 1).withResamples(60).withPermutations(50))
        .report();
  }

  private static Population population(String name) {
    try {
      return PopulationCsv.read(DATA.resolve(name + ".csv"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
