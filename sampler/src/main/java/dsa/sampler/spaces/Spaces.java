package dsa.sampler.spaces;

import dsa.core.io.NearNames;
import dsa.sampler.DesignSpace;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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
          "regnety-imagenet");

  private Spaces() {}

  /** The names of the spaces that come with the program. */
  public static List<String> builtIn() {
    return BUILT_IN;
  }

  /**
   * The space called {@code nameOrFile}: a built-in name in any case, or else a space file.
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
    Optional<Path> file = file(nameOrFile);
    if (file.isPresent()) {
      return SpaceFile.read(file.get());
    }
    List<String> near = NearNames.of(name, BUILT_IN);
    throw new IllegalArgumentException(
        "there is no design space or space file '"
            + nameOrFile
            + "'; "
            + (near.isEmpty()
                ? "built in are " + String.join(", ", BUILT_IN)
                : "did you mean " + String.join(" or ", near) + "?"));
  }

  private static DesignSpace builtIn(String name) {
    String file = name + ".yaml";
    try (InputStream in = Spaces.class.getResourceAsStream(file)) {
      return SpaceFile.read(file, in);
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
