package dsa.sampler.spaces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.arch.ArchitectureSpec;
import dsa.sampler.DesignSpace;
import dsa.sampler.Dimension;
import dsa.sampler.SpaceHead;
import dsa.sampler.SpaceProvider;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.ThrowingSupplier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Providers are other people's code: a slip in one must not make the built-in spaces unusable with
 * nothing said of whose slip it is.
 */
final class SpaceProvidersTest {

  @TempDir Path folder;

  /** One space, under a name with capital letters. */
  public static class Capitals implements SpaceProvider {

    @Override
    public List<String> names() {
      return List.of("Pairs");
    }

    @Override
    public DesignSpace find(String name) {
      assertEquals("Pairs", name);
      return new DesignSpace() {

        @Override
        public SpaceHead head() {
          return SpaceHead.of(name, "");
        }

        @Override
        public List<Dimension> dimensions() {
          return List.of(Dimension.of("width", 8, 16));
        }

        @Override
        public ArchitectureSpec decode(int[] choice) {
          return ArchitectureSpec.parse("graph | conv3@%d bn".formatted(8 * (choice[0] + 1)));
        }
      };
    }
  }

  /** Forgets its names. */
  public static final class NoNames extends Capitals {
    @Override
    public List<String> names() {
      return null;
    }
  }

  /** Forgets one name. */
  public static final class NullName extends Capitals {
    @Override
    public List<String> names() {
      return Arrays.asList("some", null);
    }
  }

  /** Fails before it knows its names. */
  public static final class Throwing extends Capitals {
    @Override
    public List<String> names() {
      throw new IllegalStateException("two\nlines");
    }
  }

  /** Names a space and has none. */
  public static final class NoSpace extends Capitals {
    @Override
    public DesignSpace find(String name) {
      return null;
    }
  }

  /** Names a space and cannot make it. */
  public static final class ThrowingSpace extends Capitals {
    @Override
    public DesignSpace find(String name) {
      throw new ArrayIndexOutOfBoundsException(7);
    }
  }

  /** Takes a built-in name. */
  public static final class Taken extends Capitals {
    @Override
    public List<String> names() {
      return List.of("VANILLA");
    }
  }

  private <T> T with(Class<? extends SpaceProvider> provider, ThrowingSupplier<T> use)
      throws Throwable {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(SpaceProvider.class.getName()), provider.getName() + "\n");
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      return use.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Pairs", "pairs", "PAIRS"})
  void aNameIsFoundInAnyCase(String asked) throws Throwable {
    assertEquals("Pairs", with(Capitals.class, () -> Spaces.find(asked)).head().name());
    assertTrue(with(Capitals.class, Spaces::names).contains("Pairs"));
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        NoNames.class,
        NullName.class,
        Throwing.class,
        NoSpace.class,
        ThrowingSpace.class,
        Taken.class
      })
  void aSlipOfAProviderIsSaidInOneSentenceWithItsClass(Class<? extends SpaceProvider> provider) {
    String said =
        assertThrows(
                IllegalArgumentException.class,
                () -> {
                  for (String name : with(provider, Spaces::names)) {
                    with(provider, () -> Spaces.find(name));
                  }
                })
            .getMessage();
    assertTrue(said.startsWith(provider.getName()), said);
    assertEquals(1, said.lines().count(), said);
  }

  @Test
  void whatAProviderAnswersIsShown() {
    String said =
        assertThrows(
                IllegalArgumentException.class, () -> with(Throwing.class, () -> Spaces.find("x")))
            .getMessage();
    assertTrue(
        said.endsWith(
            "Throwing, a provider of design spaces on the class path, answers names() with"
                + " java.lang.IllegalStateException: two lines; correct it or take it off the"
                + " class path"),
        said);
  }
}
