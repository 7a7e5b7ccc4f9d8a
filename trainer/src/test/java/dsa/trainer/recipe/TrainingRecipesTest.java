package dsa.trainer.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.io.MalformedFileException;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.core.testing.MalformedInputs;
import dsa.trainer.engine.Precision;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A setting that is misread, or filled in by a default, trains a whole population under another
 * recipe than its record says, and nobody sees it in the errors.
 */
final class TrainingRecipesTest {

  private static final String GOOD =
      """
      format: dsa.recipe/1
      name: mine
      epochs: 12
      batchSize: 100
      learningRate: 0.05
      schedule: cosine-per-step
      momentum: 0.8
      nesterov: false
      weightDecay: 1e-4
      trainImages: 10000
      validationImages: 5000
      cropPad: 2
      mirror: false
      normMomentum: 0.2
      preciseNormImages: 0
      precision: bf16
      """;

  private static final TrainingRecipe MINE =
      new TrainingRecipe(
          "mine",
          12,
          100,
          0.05,
          TrainingRecipe.Schedule.COSINE_PER_STEP,
          0.8,
          false,
          1e-4,
          10_000,
          5_000,
          2,
          false,
          0.2,
          0,
          Precision.BF16);

  private static RecipeFile.Described read(String name, String text) throws IOException {
    return RecipeFile.read(name, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String refusal(String name, String text) {
    return assertThrows(MalformedFileException.class, () -> read(name, text)).getMessage();
  }

  private static String refusal(String text) {
    return refusal("r.yaml", text);
  }

  @ParameterizedTest
  @CsvSource({
    "nds, d21c7f80f259fa0c, 100",
    "nds-mb, aa827106b8a1e2f4, 50",
    "gpu-10, eac8b01f1dad9094, 10",
    "cpu-mini, 5e7aca440d04bf79, 3"
  })
  void builtInRecipesAreWhatTheyWere(String name, String hash, int epochs) throws IOException {
    TrainingRecipe recipe = TrainingRecipes.find(name);
    assertEquals(hash, recipe.hash());
    assertEquals(name, recipe.name());
    assertEquals(epochs, recipe.epochs());
    assertFalse(TrainingRecipes.description(name).isBlank());
  }

  @Test
  void everyBuiltInRecipeIsAnotherOne() throws IOException {
    Set<String> hashes = new HashSet<>();
    for (String name : TrainingRecipes.builtIn()) {
      assertTrue(hashes.add(TrainingRecipes.find(name).hash()), name);
    }
  }

  @Test
  void theRecipeOfThePublishedPopulationsIsAsPublished() throws IOException {
    assertEquals(
        new TrainingRecipe(
            "nds",
            100,
            128,
            0.1,
            TrainingRecipe.Schedule.COSINE_PER_EPOCH,
            0.9,
            true,
            5e-4,
            50_000,
            0,
            4,
            true,
            0.1,
            1024,
            Precision.FP32),
        TrainingRecipes.find("NDS"));
  }

  @Test
  void everythingAFileSaysIsInTheRecipe() throws IOException {
    assertEquals(MINE, read("r.yaml", GOOD).recipe());
    assertEquals(MINE, read("r.yaml", GOOD.replace("\n", "\r\n")).recipe());
    assertEquals(MINE, read("r.yaml", "\uFEFF# mine\n" + GOOD).recipe());
  }

  @Test
  void nameAndDescriptionMoveNoHashAndEverySettingDoes() throws IOException {
    String described = GOOD.replace("name: mine", "name: other\ndescription: [one, two]");
    assertEquals("one\ntwo", read("r.yaml", described).description());
    assertEquals(MINE.hash(), read("r.yaml", described).recipe().hash());
    List<String> changes =
        List.of(
            "epochs: 12>epochs: 13",
            "batchSize: 100>batchSize: 101",
            "learningRate: 0.05>learningRate: 0.051",
            "cosine-per-step>cosine-per-epoch",
            "momentum: 0.8>momentum: 0",
            "nesterov: false>nesterov: true",
            "weightDecay: 1e-4>weightDecay: 0",
            "trainImages: 10000>trainImages: 10010",
            "validationImages: 5000>validationImages: 0",
            "cropPad: 2>cropPad: 0",
            "mirror: false>mirror: true",
            "normMomentum: 0.2>normMomentum: 1",
            "preciseNormImages: 0>preciseNormImages: 1000",
            "bf16>fp32");
    assertEquals(MINE.settings().size(), changes.size());
    Set<String> hashes = new HashSet<>(Set.of(MINE.hash()));
    for (String change : changes) {
      String[] fromTo = change.split(">");
      assertTrue(
          hashes.add(read("r.yaml", GOOD.replace(fromTo[0], fromTo[1])).recipe().hash()), change);
    }
  }

  @Test
  void optionsNobodyUsesLeaveTheRecipeWhatItWas() throws IOException {
    TrainingRecipe unused = MINE.withOptions(32, false, 0, 1);
    assertEquals(MINE, unused);
    String options = "imageSide: 32\nidentityResiduals: false\nwarmupEpochs: 0\nevaluateEvery: 1\n";
    TrainingRecipe read = read("r.yaml", GOOD.replace("recipe/1", "recipe/2") + options).recipe();
    assertEquals(MINE, read);
    assertEquals(MINE.hash(), read.hash());
    assertTrue(TrainingRecipes.text(read).startsWith("format: dsa.recipe/1\n"));
  }

  @Test
  void everyOptionIsReadAndMovesTheHash() throws IOException {
    TrainingRecipe used = MINE.withOptions(16, true, 0.5, 5);
    String text = TrainingRecipes.text(used);
    assertTrue(text.startsWith("format: dsa.recipe/2\n"), text);
    assertEquals(used, read("r.yaml", text).recipe());
    assertEquals(used, read("r.json", RecipeFile.text("r.json", used)).recipe());
    Set<String> hashes = new HashSet<>(Set.of(MINE.hash(), used.hash()));
    assertTrue(hashes.add(MINE.withOptions(24, true, 0.5, 5).hash()));
    assertTrue(hashes.add(MINE.withOptions(16, false, 0.5, 5).hash()));
    assertTrue(hashes.add(MINE.withOptions(16, true, 0.25, 5).hash()));
    assertTrue(hashes.add(MINE.withOptions(16, true, 0.5, 4).hash()));
  }

  @ParameterizedTest
  @CsvSource({
    "imageSide: 16, imageSide: 18, imageSide: 18 is not 32 or a smaller multiple of 4 from 8",
    "imageSide: 16, imageSide: 4, imageSide: 4 is not 32 or a smaller multiple of 4 from 8",
    "warmupEpochs: 0.5, warmupEpochs: 12, warmupEpochs: 12.0 is not from 0 to below the 12 epochs",
    "evaluateEvery: 5, evaluateEvery: 13, evaluateEvery: 13 is not between 1 and the 12 epochs",
    "identityResiduals: true, identityResiduals: yes, identityResiduals: 'yes' is not true or"
        + " false",
  })
  void optionsOutsideTheirRangesAreRefusedWithTheirLine(String from, String to, String expected) {
    String message =
        refusal(TrainingRecipes.text(MINE.withOptions(16, true, 0.5, 5)).replace(from, to));
    assertTrue(message.matches("r.yaml:\\d+: " + Pattern.quote(expected)), message);
  }

  @Test
  void theLearningRateRisesToTheCosineAndFollowsIt() throws IOException {
    TrainingRecipe warm = MINE.withOptions(32, false, 2, 1); // 100 steps an epoch
    assertEquals(0.05 * 0.1, warm.learningRate(0, 0), 1e-15);
    double cosine = MINE.learningRate(1, 0);
    assertEquals(cosine * (0.1 + 0.9 * 0.5), warm.learningRate(1, 0), 1e-15);
    for (int epoch = 2; epoch < 12; epoch++) {
      assertEquals(MINE.learningRate(epoch, 7), warm.learningRate(epoch, 7));
    }
  }

  @Test
  void theLastEpochIsAlwaysEvaluated() {
    TrainingRecipe fifth = MINE.withOptions(32, false, 0, 5);
    assertEquals(
        List.of(4, 9, 11), IntStream.range(0, 12).filter(fifth::evaluates).boxed().toList());
  }

  @Test
  void whatIsWrittenIsReadBack(@TempDir Path folder) throws IOException {
    for (String file : List.of("r.yaml", "r.json")) {
      for (String name : TrainingRecipes.builtIn()) {
        TrainingRecipe recipe = TrainingRecipes.find(name);
        TrainingRecipes.write(folder.resolve(file), recipe);
        assertEquals(recipe, TrainingRecipes.find(folder.resolve(file).toString()));
      }
      TrainingRecipes.write(folder.resolve(file), MINE);
      assertEquals(MINE, TrainingRecipes.read(folder.resolve(file)));
    }
    assertEquals(
        "{\n  \"format\": \"dsa.recipe/1\",\n  \"name\": \"mine\",\n  \"epochs\": 12,",
        Files.readString(folder.resolve("r.json"))
            .lines()
            .limit(4)
            .reduce((a, b) -> a + "\n" + b)
            .orElseThrow());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "epochs: 12 | epochz: 12 | r.yaml:3: epochz is not a key of recipes; did you mean epochs?",
        "epochs: 12 | batch_size: 12 | r.yaml:3: batch_size is not a key of recipes; did you mean"
            + " batchSize?",
        "epochs: 12 | warmup: 5 | r.yaml:3: warmup is not a key of recipes; keys are format, name,"
            + " description, epochs,",
        "weightDecay: 1e-4 | # | r.yaml:1: has no key weightDecay; no setting has a default: add a"
            + " line like weightDecay: 5.0E-4",
        "name: mine | # | r.yaml:1: has no key name;",
        "name: mine | name: Mine | r.yaml:2: name 'Mine' is not up to 64",
        "format: dsa.recipe/1 | # | r.yaml:1: has no key format;",
        "dsa.recipe/1 | dsa.recipe/3 | r.yaml:1: format 'dsa.recipe/3' is neither dsa.recipe/1 nor"
            + " dsa.recipe/2",
        "dsa.recipe/1 | dsa.recipe/2 | r.yaml:1: has no key imageSide, identityResiduals,"
            + " warmupEpochs, evaluateEvery;",
        "epochs: 12 | imageSide: 16 | r.yaml:1: imageSide is a key of dsa.recipe/2; write that as"
            + " the format",
        "epochs: 12 | epochs: 1.5 | r.yaml:3: epochs: '1.5' is not a whole number such as 100",
        "epochs: 12 | epochs: 0 | r.yaml:3: epochs: 0 is below 1",
        "epochs: 12 | epochs: | r.yaml:3: epochs: '' is not a whole number such as 100",
        "epochs: 12 | epochs: {a: 1} | r.yaml:3: epochs is not one value",
        "epochs: 12 | epochs: [1, 2] | r.yaml:3: epochs: a list is not a whole number",
        "trainImages: 10000 | trainImages: 50_000 | r.yaml:10: trainImages: '50_000' is not a whole"
            + " number",
        "trainImages: 10000 | trainImages: 10001 | r.yaml:10: trainImages and validationImages are"
            + " not multiples",
        "learningRate: 0.05 | learningRate: fast | r.yaml:5: learningRate: 'fast' is not a number"
            + " such as 0.1",
        "learningRate: 0.05 | learningRate: 0,05 | r.yaml:5: learningRate: '0,05' is not a number",
        "learningRate: 0.05 | learningRate: .nan | r.yaml:5: learningRate: '.nan' is not a number",
        "learningRate: 0.05 | learningRate: 1e999 | r.yaml:5: learningRate: Infinity is not above"
            + " 0",
        "cosine-per-step | linear | r.yaml:6: schedule: 'linear' is not cosine-per-epoch or"
            + " cosine-per-step",
        "mirror: false | mirror: no | r.yaml:13: mirror: 'no' is not true or false",
        "bf16 | fp16 | r.yaml:16: precision: 'fp16' is not fp32 or bf16",
        "cropPad: 2 | epochs: 3 | r.yaml:12: epochs stands there twice",
        "epochs: 12 | epochs: *a | r.yaml:3: uses a YAML anchor",
        "epochs: 12 | epochs: [1 | r.yaml:"
      })
  void aSlipIsRefusedInOneSentenceWithItsLine(String from, String to, String expected) {
    String message = refusal(GOOD.replace(from, to));
    assertTrue(message.startsWith(expected), message);
    assertEquals(1, message.lines().count());
  }

  @Test
  void jsonSlipsHaveLinesToo() throws IOException {
    String json = RecipeFile.text("r.json", MINE);
    assertEquals(
        "r.json:4: epochs: 'many' is not a whole number such as 100",
        refusal("r.json", json.replace("12,", "\"many\",")));
    assertTrue(refusal("r.json", json.replace("}", "")).startsWith("r.json:"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing", "just a text", "- a\n- b", "---\n---\n", "a: b: c"})
  void whatIsNoRecipeAtAllIsRefused(String text) {
    assertTrue(refusal(text).startsWith("r.yaml:"), text);
  }

  @Test
  void aFileOfAnotherEncodingOrSizeIsRefused() {
    assertTrue(
        assertThrows(
                MalformedFileException.class,
                () ->
                    RecipeFile.read(
                        "r.yaml", new ByteArrayInputStream(GOOD.getBytes(StandardCharsets.UTF_16))))
            .getMessage()
            .contains("UTF-8"));
    assertTrue(refusal(GOOD + "#".repeat(1 << 16)).contains("64 KiB"));
  }

  @Tag("slow")
  @Test
  void damagedFilesAreRefusedOrStillSound() throws IOException {
    RandomStream random = SeedPath.root(5).generator();
    int refused = 0;
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = MalformedInputs.damaged(GOOD.getBytes(StandardCharsets.UTF_8), random);
      try {
        RecipeFile.read(i % 2 == 0 ? "r.yaml" : "r.json", new ByteArrayInputStream(bytes));
      } catch (MalformedFileException e) {
        assertEquals(1, e.getMessage().lines().count());
        refused++;
      }
    }
    assertNotEquals(0, refused);
  }

  @Test
  void aNameNobodyKnowsBringsSuggestions() {
    assertEquals(
        "there is no recipe or recipe file 'gpu10'; did you mean gpu-10?",
        assertThrows(IllegalArgumentException.class, () -> TrainingRecipes.find("gpu10"))
            .getMessage());
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> TrainingRecipes.find("imagenet"))
            .getMessage()
            .contains("built in are nds, nds-mb, gpu-10, cpu-mini"));
    assertThrows(IllegalArgumentException.class, () -> TrainingRecipes.find("a\0b"));
  }
}
