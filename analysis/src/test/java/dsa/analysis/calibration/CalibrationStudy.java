package dsa.analysis.calibration;

import dsa.analysis.weighting.Normalization;
import dsa.core.random.SeedPath;
import dsa.core.run.Population;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Counts false claims of comparisons of spaces that do not differ, for {@code docs/calibration.md}.
 * Sets are addressed by scenario, size and number, so that the study may be run in parts and a part
 * run again gives the same row: {@code CalibrationStudy FILE DESIGN SIZE SETS [SCENARIO…]} appends
 * one row a scenario to a CSV file. Sizes up to 25,000; all scenarios if none is named.
 */
final class CalibrationStudy {

  static final String HEADER =
      "scenario,size,design,sets,mean_excludes_0,area_excludes_0,d_rejects,joint_rejects,"
          + "p_excludes_half,quantile_5_excludes_0,better,coarsened";

  private static final SeedPath SEED = SeedPath.root(20261130).child("calibration");

  private CalibrationStudy() {}

  /** How models are weighted. */
  enum Design {
    /** Strata of complexity, the default. */
    STRATA,
    /** Ten bins, as before strata. */
    BINS;

    Normalization normalization() {
      return this == STRATA
          ? Normalization.withDefaults().inStrata()
          : Normalization.withDefaults().withBins(10);
    }
  }

  /** The trials of one row of the table. */
  static List<Trial> trials(Scenario scenario, int size, double shift, Design design, int sets) {
    SeedPath seed = SEED.child(scenario.name()).child(size);
    return IntStream.range(0, sets)
        .parallel()
        .mapToObj(
            set -> {
              SeedPath own = seed.child(set);
              List<Population> populations = scenario.draw(size, shift, own);
              return Trial.of(design.normalization(), populations, Trial.QUICK, own);
            })
        .toList();
  }

  static long count(List<Trial> trials, Predicate<Trial> claim) {
    return trials.stream().filter(claim).count();
  }

  /** One row, as {@link #HEADER} names it. */
  static String row(Scenario scenario, int size, Design design, List<Trial> trials) {
    return String.join(
        ",",
        "\"" + scenario.name() + "\"",
        Integer.toString(size),
        design.name().toLowerCase(java.util.Locale.ROOT),
        Integer.toString(trials.size()),
        Long.toString(count(trials, Trial::mean)),
        Long.toString(count(trials, Trial::area)),
        Long.toString(count(trials, Trial::distance)),
        Long.toString(count(trials, Trial::joint)),
        Long.toString(count(trials, Trial::equal)),
        Long.toString(count(trials, Trial::tail)),
        Long.toString(count(trials, Trial::better)),
        Long.toString(count(trials, Trial::coarsened)));
  }

  /** Runs a part of the study. */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]);
    Design design = Design.valueOf(args[1].toUpperCase(java.util.Locale.ROOT));
    int size = Integer.parseInt(args[2]);
    int sets = Integer.parseInt(args[3]);
    List<Scenario> scenarios =
        args.length == 4 ? Scenario.ALL : Arrays.stream(args).skip(4).map(Scenario::named).toList();
    if (Files.notExists(file)) {
      Files.writeString(file, HEADER + "\n");
    }
    for (Scenario scenario : scenarios) {
      List<Trial> trials = trials(scenario, size, 0, design, sets);
      Files.writeString(
          file, row(scenario, size, design, trials) + "\n", StandardOpenOption.APPEND);
    }
  }
}
