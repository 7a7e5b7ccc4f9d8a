package dsa.sampler.spaces;

import dsa.core.io.InputFile;
import dsa.core.io.NearNames;
import dsa.sampler.DesignSpace;
import dsa.sampler.SpaceProvider;
import dsa.sampler.blocks.BlockSpaceReader;
import dsa.sampler.cells.CellSpaceReader;
import dsa.sampler.format.SpaceFile;
import dsa.sampler.format.SpaceKind;
import dsa.sampler.format.SpaceNode;
import dsa.sampler.regnet.RegNetSpaceReader;
import dsa.sampler.stages.AnyNetSpaceReader;
import dsa.sampler.stages.StagedSpaceReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/** The built-in spaces, and the one place where a name or a file becomes a space. */
public final class Spaces {

  private static final List<String> BUILT_IN =
      List.of(
          "vanilla",
          "resnet",
          "resnext-a",
          "resnext-b",
          "nasnet",
          "amoeba",
          "pnas",
          "enas",
          "darts",
          "nasnet-seed",
          "nasnet-mini",
          "amoeba-mini",
          "pnas-mini",
          "enas-mini",
          "darts-mini",
          "nasnet-imagenet",
          "amoeba-imagenet",
          "pnas-imagenet",
          "enas-imagenet",
          "darts-imagenet",
          "anynetx-a",
          "anynetx-b",
          "anynetx-c",
          "anynetx-d",
          "anynetx-e",
          "anynetx-a-cifar",
          "anynetx-b-cifar",
          "anynetx-c-cifar",
          "anynetx-d-cifar",
          "anynetx-e-cifar",
          "regnetx",
          "regnety",
          "regnetx-imagenet",
          "regnety-imagenet",
          "mb-macro",
          "mnasnet-c10",
          "mnasnet-mini",
          "mixnet-c10",
          "mixnet-mini",
          "mixnet-kernel",
          "nas2016-c10",
          "nas2016-mini");

  /** Spaces that are no files. */
  private static final Map<String, Supplier<DesignSpace>> IN_JAVA =
      Map.of("nas2016-c10", Nas2016Space::large, "nas2016-mini", Nas2016Space::mini);

  /** What space files may describe; files that do not say are of the first kind. */
  private static final List<SpaceKind> KINDS =
      List.of(
          new SpaceKind("stages", StagedSpaceReader.KEYS, StagedSpaceReader::read),
          new SpaceKind("cells", CellSpaceReader.KEYS, CellSpaceReader::read),
          new SpaceKind("anynet", AnyNetSpaceReader.KEYS, AnyNetSpaceReader::read),
          new SpaceKind("regnet", RegNetSpaceReader.KEYS, RegNetSpaceReader::read),
          new SpaceKind("blocks", BlockSpaceReader.KEYS, BlockSpaceReader::read));

  private Spaces() {}

  /** The names of the spaces that come with the program. */
  public static List<String> builtIn() {
    return BUILT_IN;
  }

  /**
   * The names of all spaces: those that come with the program, then those of providers on the class
   * path.
   *
   * @throws IllegalArgumentException if a provider cannot be used
   */
  public static List<String> names() {
    List<String> names = new ArrayList<>(BUILT_IN);
    for (SpaceProvider provider : providers()) {
      for (String name : names(provider)) {
        if (names.stream().anyMatch(name::equalsIgnoreCase)) {
          throw new IllegalArgumentException(
              provider.getClass().getName()
                  + " gives a space called "
                  + name
                  + ", which there is already; give it another name");
        }
        names.add(name);
      }
    }
    return List.copyOf(names);
  }

  private static List<String> names(SpaceProvider provider) {
    List<String> names = asked(provider, "names()", provider::names);
    if (names.stream().anyMatch(Objects::isNull)) {
      throw failure(provider, "names()", "a list with null in it", null);
    }
    return names;
  }

  /** What a provider answers, which may be anything: it is somebody else's code. */
  private static <T> T asked(SpaceProvider provider, String question, Supplier<T> answer) {
    T answered;
    try {
      answered = answer.get();
    } catch (RuntimeException | LinkageError e) {
      throw failure(provider, question, SpaceNode.shown(e.toString()), e);
    }
    if (answered == null) {
      throw failure(provider, question, "null", null);
    }
    return answered;
  }

  private static IllegalArgumentException failure(
      SpaceProvider provider, String question, String answer, Throwable cause) {
    return new IllegalArgumentException(
        provider.getClass().getName()
            + ", a provider of design spaces on the class path, answers "
            + question
            + " with "
            + answer
            + "; correct it or take it off the class path",
        cause);
  }

  private static List<SpaceProvider> providers() {
    try {
      return ServiceLoader.load(SpaceProvider.class).stream()
          .map(ServiceLoader.Provider::get)
          .toList();
    } catch (ServiceConfigurationError e) {
      throw new IllegalArgumentException(
          "a provider of design spaces on the class path cannot be used: "
              + e.getMessage()
              + "; correct META-INF/services/"
              + SpaceProvider.class.getName()
              + " or take it off the class path",
          e);
    }
  }

  /**
   * The space called {@code nameOrFile}: a built-in name, or else a provider's, in any case, or
   * else a space file.
   *
   * @throws dsa.core.io.MalformedFileException if the file is no valid space
   * @throws IllegalArgumentException if there is neither such a name nor such a file; the message
   *     suggests near names
   */
  public static DesignSpace find(String nameOrFile) throws IOException {
    String name = nameOrFile.toLowerCase(Locale.ROOT);
    if (BUILT_IN.contains(name)) {
      return builtIn(name);
    }
    for (SpaceProvider provider : providers()) {
      for (String own : names(provider)) {
        if (own.equalsIgnoreCase(name)) {
          return asked(provider, "find(\"" + own + "\")", () -> provider.find(own));
        }
      }
    }
    Optional<Path> file = file(nameOrFile);
    if (file.isPresent()) {
      return read(file.get());
    }
    List<String> names = names();
    List<String> near = NearNames.of(name, names);
    throw new IllegalArgumentException(
        "there is no design space or space file '"
            + nameOrFile
            + "'; "
            + (near.isEmpty()
                ? "there are " + String.join(", ", names)
                : "did you mean " + String.join(" or ", near) + "?"));
  }

  /**
   * The space that a file describes, YAML, or JSON if its name ends in {@code .json}.
   *
   * @throws dsa.core.io.MalformedFileException if the file is no valid space; the message names
   *     line and key
   */
  public static DesignSpace read(Path file) throws IOException {
    try (InputStream in = InputFile.open(file)) {
      return read(file.toString(), in);
    }
  }

  /** The same of a stream; {@code file} is what messages call it. */
  public static DesignSpace read(String file, InputStream in) throws IOException {
    return SpaceFile.read(file, in, KINDS);
  }

  private static DesignSpace builtIn(String name) {
    if (IN_JAVA.containsKey(name)) {
      return IN_JAVA.get(name).get();
    }
    String file = name + ".yaml";
    try (InputStream in = Spaces.class.getResourceAsStream(file)) {
      return read(file, in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Path> file(String text) {
    try {
      return Optional.of(Path.of(text)).filter(Files::isRegularFile);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
