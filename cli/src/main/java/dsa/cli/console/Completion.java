package dsa.cli.console;

import dsa.core.run.Metric;
import dsa.populations.PopulationSource;
import dsa.sampler.spaces.Spaces;
import dsa.trainer.recipe.TrainingRecipes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.stream.Stream;

/** The names that completion in a shell offers beside files. */
public final class Completion {

  private Completion() {}

  /** The populations that are found without a path. */
  public static final class Populations implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      try {
        return PopulationSource.names().iterator();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The built-in spaces. */
  public static final class SpaceNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Spaces.names().iterator();
    }
  }

  /** The built-in recipes. */
  public static final class Recipes implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return TrainingRecipes.builtIn().iterator();
    }
  }

  /** What can be measured of a model. */
  public static final class Metrics implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.of(Metric.values()).map(Metric::label).iterator();
    }
  }
}
