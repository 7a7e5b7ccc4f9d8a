package dsa.core.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dsa.core.run.DrawnModel;
import dsa.core.run.Provenance;
import dsa.core.run.RunId;
import dsa.core.run.RunRecord;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What makes the runs of a sweep one population: the content of its file {@code sweep.json}, format
 * {@code dsa.sweep/1} (docs/formats.md).
 *
 * @param space the networks were drawn from
 * @param architectures SHA-256 of the architectures file, hexadecimal
 * @param models how many networks there are
 * @param recipe name of the training recipe
 * @param recipeHash of its settings
 * @param seed root of what is random in training
 * @param dataset such as {@code cifar10}
 * @param datasetChecksum of its files
 */
public record SweepPlan(
    String space,
    String architectures,
    int models,
    String recipe,
    String recipeHash,
    long seed,
    String dataset,
    String datasetChecksum) {

  /** The format and version that a plan names first. */
  public static final String FORMAT = "dsa.sweep/1";

  private Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("space", space);
    fields.put("architectures", architectures);
    fields.put("models", models);
    fields.put("recipe", recipe);
    fields.put("recipeHash", recipeHash);
    fields.put("seed", seed);
    fields.put("dataset", dataset);
    fields.put("datasetChecksum", datasetChecksum);
    return fields;
  }

  /** This plan as the text of its file. */
  public String text() {
    var json = JsonNodeFactory.instance.objectNode().put("format", FORMAT);
    fields().forEach((name, value) -> json.putPOJO(name, value));
    return json.toPrettyString() + "\n";
  }

  /**
   * The plan that a text holds.
   *
   * @throws IllegalArgumentException if it holds none of this version
   */
  public static SweepPlan parse(String text) {
    JsonNode json;
    try {
      json = new JsonMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("is not one JSON object", e);
    }
    if (!json.path("format").asText().equals(FORMAT)) {
      throw new IllegalArgumentException(
          "unknown format '" + json.path("format").asText() + "'; this version reads " + FORMAT);
    }
    for (String name : new SweepPlan("", "", 0, "", "", 0, "", "").fields().keySet()) {
      if (!json.path(name).isValueNode()) {
        throw new IllegalArgumentException("has no '" + name + "'");
      }
    }
    return new SweepPlan(
        json.path("space").asText(),
        json.path("architectures").asText(),
        json.path("models").asInt(),
        json.path("recipe").asText(),
        json.path("recipeHash").asText(),
        json.path("seed").asLong(),
        json.path("dataset").asText(),
        json.path("datasetChecksum").asText());
  }

  /**
   * Why a run cannot be one of this plan, as {@code seed 2 instead of 1}; empty if it can.
   *
   * @param models the networks of the plan by the identities of their runs
   */
  public Optional<String> fault(Map<RunId, DrawnModel> models, RunRecord run) {
    DrawnModel model = models.get(run.id());
    if (model == null) {
      return Optional.of("id " + run.id() + " of no network of the sweep");
    }
    Map<String, Object> should = new LinkedHashMap<>();
    Map<String, Object> is = new LinkedHashMap<>();
    facts(should, model, recipe, seed, recipeHash, dataset, datasetChecksum);
    Provenance by = run.provenance();
    facts(
        is,
        run.model(),
        run.recipe(),
        by.seed(),
        by.recipeHash(),
        by.dataset(),
        by.datasetChecksum());
    return should.keySet().stream()
        .filter(name -> !should.get(name).equals(is.get(name)))
        .map(name -> name + " " + is.get(name) + " instead of " + should.get(name))
        .findFirst();
  }

  private static void facts(
      Map<String, Object> facts,
      DrawnModel model,
      String recipe,
      long seed,
      String recipeHash,
      String dataset,
      String datasetChecksum) {
    facts.put("index", model.index());
    facts.put("architecture", model.spec().text());
    facts.put("params", model.complexity().params());
    facts.put("macs", model.complexity().macs());
    facts.put("ndsFlops", model.complexity().ndsFlops());
    facts.put("activations", model.complexity().activations());
    facts.put("recipe", recipe);
    facts.put("seed", seed);
    facts.put("recipeHash", recipeHash);
    facts.put("dataset", dataset);
    facts.put("datasetChecksum", datasetChecksum);
  }

  /** The identity of the run of the network with an index, such as {@code resnet-0012}. */
  public RunId id(int index) {
    String name = space.replaceAll("[^A-Za-z0-9._-]+", "-"); // it names files too
    return new RunId(String.format(Locale.ROOT, "%s-%04d", name, index));
  }

  /** Whether this plan differs from another one only in having more networks. */
  public boolean mayGrowFrom(SweepPlan other) {
    return models > other.models
        && new SweepPlan(
                space,
                other.architectures,
                other.models,
                recipe,
                recipeHash,
                seed,
                dataset,
                datasetChecksum)
            .equals(other);
  }

  /**
   * The first thing in which another plan differs, as {@code seed 2 instead of 1}; empty if nothing
   * does.
   */
  public String differenceFrom(SweepPlan other) {
    Map<String, Object> theirs = other.fields();
    for (Map.Entry<String, Object> field : fields().entrySet()) {
      if (!field.getValue().equals(theirs.get(field.getKey()))) {
        return field.getKey()
            + " "
            + field.getValue()
            + " instead of "
            + theirs.get(field.getKey());
      }
    }
    return "";
  }
}
