package dsa.search;

import dsa.core.complexity.RecordedComplexity;
import dsa.core.random.SeedPath;
import dsa.core.run.TrainedNetwork;
import dsa.sampler.spaces.Spaces;
import dsa.search.table.EnumeratedTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Spaces and tables of made-up errors. */
public final class Examples {

  private Examples() {}

  /**
   * All of mixnet-mini or another small space, with errors that fall with cost, noise for each of
   * two trainings, and curves of nine epochs.
   */
  public static EnumeratedTable table(String name) {
    try {
      ChoiceSpace space = ChoiceSpace.of(Spaces.find(name));
      int size = space.size().intValueExact();
      List<TrainedNetwork> rows = new ArrayList<>();
      for (int index = 0; index < size; index++) {
        Encoding encoding = encoding(space, index);
        double cost = space.cost(encoding);
        List<Double> errors = new ArrayList<>();
        List<List<Double>> curves = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
          double noise = SeedPath.root(5).child(index).child(run).generator().nextDouble();
          double last = 10 + 4 * noise + 2e7 / (1e6 + cost);
          List<Double> curve = new ArrayList<>();
          for (int epoch = 1; epoch <= 9; epoch++) {
            curve.add(Math.min(90, last * (1 + 3.0 / epoch - 3.0 / 9)));
          }
          curves.add(curve);
          errors.add(curve.get(8));
        }
        rows.add(
            new TrainedNetwork(
                space.text(encoding),
                Optional.of(space.network(encoding)),
                errors,
                curves,
                new RecordedComplexity(
                    OptionalLong.empty(), OptionalLong.of((long) cost), OptionalLong.empty())));
      }
      return EnumeratedTable.of(space, rows, 9);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Encoding encoding(SearchSpace space, int index) {
    int[] options = new int[space.positions()];
    int rest = index;
    for (int i = 0; i < options.length; i++) {
      options[i] = rest % space.options(i);
      rest /= space.options(i);
    }
    return Encoding.of(options);
  }

  /** A space of so many positions of so many options that cost their numbers, all different. */
  public static SearchSpace grid(int positions, int options) {
    return new SearchSpace() {
      @Override
      public String name() {
        return "grid";
      }

      @Override
      public int positions() {
        return positions;
      }

      @Override
      public int options(int position) {
        return options;
      }

      @Override
      public boolean ordered(int position) {
        return false;
      }

      @Override
      public boolean hasNeighbours() {
        return true;
      }

      @Override
      public Object network(Encoding encoding) {
        return encoding;
      }

      @Override
      public double cost(Encoding encoding) {
        double sum = 1;
        for (int i = 0; i < positions; i++) {
          sum += encoding.at(i);
        }
        return 1e9 * sum;
      }

      @Override
      public String text(Encoding encoding) {
        return encoding.toString();
      }
    };
  }
}
