package dsa.trainer.recipe;

import dsa.core.ForeignText;
import dsa.core.io.MalformedFileException;
import dsa.core.io.NearNames;
import dsa.core.io.PositionedDocument;
import dsa.trainer.engine.Precision;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code dsa.recipe/1} and {@code dsa.recipe/2}, which has four settings more, and writes
 * whichever has all settings of the recipe. Every setting must be there and nothing else may be:
 * whatever is left to a default would change silently when the default does.
 */
final class RecipeFile {

  private static final String FORMAT = "dsa.recipe/2";
  private static final String PLAIN_FORMAT = "dsa.recipe/1";
  private static final PositionedDocument.Kind KIND =
      new PositionedDocument.Kind("a recipe", "recipe", FORMAT, 64);
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
  private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9]\\d{0,8})");
  private static final Pattern NUMBER =
      Pattern.compile("-?\\d{1,9}(\\.\\d{1,20})?([eE][-+]?\\d{1,3})?");
  private static final Pattern BARE = Pattern.compile("true|false|" + NUMBER);
  private static final Pattern FIRST_WORD = Pattern.compile("^\\w+");

  /** Any valid recipe: its settings are all the keys there are, its values are good examples. */
  private static final Map<String, String> EXAMPLES =
      new TrainingRecipe(
              "example",
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
              Precision.FP32)
          .withOptions(16, true, 1, 2)
          .settings();

  /** What {@link #PLAIN_FORMAT} lacks. */
  private static final List<String> OPTIONS =
      List.of("imageSide", "identityResiduals", "warmupEpochs", "evaluateEvery");

  private final String file;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private RecipeFile(String file) {
    this.file = file;
  }

  /**
   * A recipe with what its file says about it.
   *
   * @param recipe the settings
   * @param description in words; empty if there is none
   */
  record Described(TrainingRecipe recipe, String description) {}

  /**
   * What stands at a key.
   *
   * @param line counted from 1
   * @param texts the values as they are written; several if it is a list
   */
  private record Entry(long line, List<String> texts) {}

  /** The recipe that a stream holds; {@code file} is what messages call it. */
  static Described read(String file, InputStream in) throws IOException {
    RecipeFile reader = new RecipeFile(file);
    reader.parse(in);
    return reader.recipe();
  }

  /** The text of a recipe file of that name. */
  static String text(String file, TrainingRecipe recipe) {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("format", recipe.plain() ? PLAIN_FORMAT : FORMAT);
    lines.put("name", recipe.name());
    lines.putAll(recipe.settings());
    StringBuilder text = new StringBuilder();
    if (!isJson(file)) {
      lines.forEach((key, value) -> text.append(key).append(": ").append(value).append('\n'));
      return text.toString();
    }
    String before = "{\n";
    for (Map.Entry<String, String> line : lines.entrySet()) {
      boolean bare = EXAMPLES.containsKey(line.getKey()) && BARE.matcher(line.getValue()).matches();
      String value = bare ? line.getValue() : "\"" + line.getValue() + "\"";
      text.append(before).append("  \"").append(line.getKey()).append("\": ").append(value);
      before = ",\n";
    }
    return text.append("\n}\n").toString();
  }

  private static boolean isJson(String file) {
    return file.toLowerCase(Locale.ROOT).endsWith(".json");
  }

  // ---- the document

  private void parse(InputStream in) throws IOException {
    PositionedDocument.Node root = PositionedDocument.read(file, in, KIND);
    if (!(root.value() instanceof Map<?, ?> fields)) {
      throw fault(root.line(), "is not a list of keys and values; write lines like epochs: 100");
    }
    for (Map.Entry<?, ?> field : fields.entrySet()) {
      String key = (String) field.getKey();
      PositionedDocument.Node node = (PositionedDocument.Node) field.getValue();
      List<String> texts = new ArrayList<>();
      if (node.value() instanceof List<?> items) {
        for (Object item : items) {
          texts.add(text(key, (PositionedDocument.Node) item));
        }
      } else {
        texts.add(text(key, node));
      }
      entries.put(key, new Entry(node.line(), texts));
    }
  }

  private String text(String key, PositionedDocument.Node node) throws MalformedFileException {
    if (node.value() instanceof PositionedDocument.Numeral number) {
      return number.text();
    }
    if (node.value() instanceof String text) {
      return text;
    }
    throw fault(node.line(), shown(key) + " is not one value; write it on one line");
  }

  // ---- its entries as a recipe

  private Described recipe() throws MalformedFileException {
    Entry format = entries.get("format");
    if (format == null) {
      throw fault(1, "has no key format; a recipe begins with format: " + FORMAT);
    }
    boolean plain = format.texts().equals(List.of(PLAIN_FORMAT));
    if (!plain && !format.texts().equals(List.of(FORMAT))) {
      throw fault(
          format.line(),
          "format " + shown(format.texts()) + " is neither " + PLAIN_FORMAT + " nor " + FORMAT);
    }
    List<String> settings = new ArrayList<>(EXAMPLES.keySet());
    if (plain) {
      settings.removeAll(OPTIONS);
    }
    refuseUnknownKeys(settings, format.line());
    refuseMissingKeys(settings);
    Entry name = entries.get("name");
    if (name.texts().size() != 1 || !NAME.matcher(name.texts().get(0)).matches()) {
      throw fault(
          name.line(),
          "name "
              + shown(name.texts())
              + " is not up to 64 lower-case letters, digits, dots and dashes");
    }
    List<String> description =
        entries.containsKey("description") ? entries.get("description").texts() : List.of();
    try {
      TrainingRecipe recipe =
          new TrainingRecipe(
              name.texts().get(0),
              whole("epochs"),
              whole("batchSize"),
              number("learningRate"),
              option("schedule", TrainingRecipe.Schedule.values(), RecipeFile::label),
              number("momentum"),
              flag("nesterov"),
              number("weightDecay"),
              whole("trainImages"),
              whole("validationImages"),
              whole("cropPad"),
              flag("mirror"),
              number("normMomentum"),
              whole("preciseNormImages"),
              option("precision", Precision.values(), Precision::label));
      return new Described(
          plain
              ? recipe
              : recipe.withOptions(
                  whole("imageSide"),
                  flag("identityResiduals"),
                  number("warmupEpochs"),
                  whole("evaluateEvery")),
          String.join("\n", description));
    } catch (IllegalArgumentException e) {
      // such a sentence begins with the setting's key
      Matcher key = FIRST_WORD.matcher(e.getMessage());
      long line = key.find() && entries.containsKey(key.group()) ? at(key.group()).line() : 1;
      throw fault(line, e.getMessage());
    }
  }

  private static String label(TrainingRecipe.Schedule schedule) {
    return schedule.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private void refuseUnknownKeys(List<String> settings, long formatLine)
      throws MalformedFileException {
    List<String> known = new ArrayList<>(List.of("format", "name", "description"));
    known.addAll(settings);
    for (Map.Entry<String, Entry> entry : entries.entrySet()) {
      if (OPTIONS.contains(entry.getKey()) && !known.contains(entry.getKey())) {
        throw fault(
            formatLine,
            entry.getKey() + " is a key of " + FORMAT + "; write that as the format of the recipe");
      }
      if (!known.contains(entry.getKey())) {
        List<String> near = NearNames.of(entry.getKey(), known);
        throw fault(
            entry.getValue().line(),
            shown(entry.getKey())
                + " is not a key of recipes; "
                + (near.isEmpty()
                    ? "keys are " + String.join(", ", known)
                    : "did you mean " + String.join(" or ", near) + "?"));
      }
    }
  }

  private void refuseMissingKeys(List<String> settings) throws MalformedFileException {
    if (!entries.containsKey("name")) {
      throw fault(1, "has no key name; add a line like name: my-recipe");
    }
    List<String> missing = settings.stream().filter(key -> !entries.containsKey(key)).toList();
    if (!missing.isEmpty()) {
      throw fault(
          1,
          "has no key "
              + String.join(", ", missing)
              + "; no setting has a default: add "
              + (missing.size() == 1 ? "a line" : "lines")
              + " like "
              + missing.get(0)
              + ": "
              + EXAMPLES.get(missing.get(0)));
    }
  }

  private Entry at(String key) {
    return entries.get(key);
  }

  private int whole(String key) throws MalformedFileException {
    return Integer.parseInt(matching(key, WHOLE, "a whole number"));
  }

  private double number(String key) throws MalformedFileException {
    return 0.0 + Double.parseDouble(matching(key, NUMBER, "a number")); // -0 is 0
  }

  private String matching(String key, Pattern pattern, String kind) throws MalformedFileException {
    List<String> texts = at(key).texts();
    if (texts.size() != 1 || !pattern.matcher(texts.get(0)).matches()) {
      throw notA(key, kind + " such as " + EXAMPLES.get(key));
    }
    return texts.get(0);
  }

  private boolean flag(String key) throws MalformedFileException {
    List<String> texts = at(key).texts();
    if (!texts.equals(List.of("true")) && !texts.equals(List.of("false"))) {
      throw notA(key, "true or false");
    }
    return texts.get(0).equals("true");
  }

  private <T> T option(String key, T[] options, Function<T, String> label)
      throws MalformedFileException {
    for (T option : options) {
      if (at(key).texts().equals(List.of(label.apply(option)))) {
        return option;
      }
    }
    throw notA(key, String.join(" or ", Arrays.stream(options).map(label).toList()));
  }

  private MalformedFileException notA(String key, String what) {
    return fault(at(key).line(), key + ": " + shown(at(key).texts()) + " is not " + what);
  }

  private MalformedFileException fault(long line, String what) {
    return new MalformedFileException(file, line, what);
  }

  private static String shown(List<String> texts) {
    return texts.size() == 1 ? "'" + shown(texts.get(0)) + "'" : "a list";
  }

  /** Foreign text, fit for one line of a message. */
  private static String shown(String text) {
    return ForeignText.shown(text, 80);
  }
}
