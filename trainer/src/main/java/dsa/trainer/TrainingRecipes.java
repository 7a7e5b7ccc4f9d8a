package dsa.trainer;

import dsa.core.io.AtomicFile;
import dsa.core.io.InputFile;
import dsa.core.io.NearNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The built-in recipes, and the one place where a name or a file becomes a recipe. Recipe files are
 * YAML, or JSON if the name ends in {@code .json}; their formats {@code dsa.recipe/1} and {@code
 * dsa.recipe/2} are specified in docs/formats.md.
 */
public final class TrainingRecipes {

  private static final List<String> BUILT_IN = List.of("nds", "nds-mb", "gpu-10", "cpu-mini");

  private TrainingRecipes() {}

  /** The names of the recipes that come with the program. */
  public static List<String> builtIn() {
    return BUILT_IN;
  }

  /**
   * The recipe called {@code nameOrFile}: a built-in name in any case, or else a recipe file.
   *
   * @throws dsa.core.io.MalformedFileException if the file is no valid recipe
   * @throws IllegalArgumentException if there is neither such a name nor such a file; the message
   *     suggests near names
   */
  public static TrainingRecipe find(String nameOrFile) throws IOException {
    return found(nameOrFile).recipe();
  }

  /**
   * What a recipe says about itself, one line or several; empty if nothing. It is no setting and
   * moves no hash.
   *
   * @throws dsa.core.io.MalformedFileException if the file is no valid recipe
   * @throws IllegalArgumentException if there is neither such a name nor such a file
   */
  public static String description(String nameOrFile) throws IOException {
    return found(nameOrFile).description();
  }

  /**
   * The recipe that a file holds.
   *
   * @throws dsa.core.io.MalformedFileException if the file is no valid recipe; the message names
   *     line, key and remedy
   */
  public static TrainingRecipe read(Path file) throws IOException {
    return described(file).recipe();
  }

  /** A recipe as the text of a YAML file, without a description. */
  public static String text(TrainingRecipe recipe) {
    return RecipeFile.text("recipe.yaml", recipe);
  }

  /** Replaces a file by a recipe, without a description. */
  public static void write(Path file, TrainingRecipe recipe) throws IOException {
    AtomicFile.writeText(file, RecipeFile.text(file.toString(), recipe));
  }

  private static RecipeFile.Described found(String nameOrFile) throws IOException {
    String name = nameOrFile.toLowerCase(Locale.ROOT);
    if (BUILT_IN.contains(name)) {
      return builtIn(name);
    }
    Optional<Path> file = file(nameOrFile);
    if (file.isPresent()) {
      return described(file.get());
    }
    List<String> near = NearNames.of(name, BUILT_IN);
    throw new IllegalArgumentException(
        "there is no recipe or recipe file '"
            + nameOrFile
            + "'; "
            + (near.isEmpty()
                ? "built in are " + String.join(", ", BUILT_IN)
                : "did you mean " + String.join(" or ", near) + "?"));
  }

  private static RecipeFile.Described builtIn(String name) {
    String file = name + ".yaml";
    try (InputStream in = TrainingRecipes.class.getResourceAsStream("recipes/" + file)) {
      return RecipeFile.read(file, in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RecipeFile.Described described(Path file) throws IOException {
    try (InputStream in = InputFile.open(file)) {
      return RecipeFile.read(file.toString(), in);
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
