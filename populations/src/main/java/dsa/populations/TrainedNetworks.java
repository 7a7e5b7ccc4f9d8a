package dsa.populations;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dsa.core.arch.ArchitectureSpec;
import dsa.core.complexity.FlopsConvention;
import dsa.core.complexity.RecordedComplexity;
import dsa.core.io.DelimitedRows;
import dsa.core.io.InputFile;
import dsa.core.io.MalformedFileException;
import dsa.core.run.RunOutcome;
import dsa.core.run.RunRecord;
import dsa.core.run.TrainedModel;
import dsa.core.run.TrainedNetwork;
import dsa.populations.importers.NasBenchMacro;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Networks with each of their trainings kept apart, where a population has one value a network. The
 * table of NAS-Bench-Macro, as CSV or JSON, has three trainings a network; several sweeps or
 * populations of the same networks have one each.
 *
 * @param name what reports call them
 * @param networks those of which every source has a training
 * @param epochs of a training, where it is known
 * @param space the design space whose networks they are all of, where it is known
 * @param remarks what was left out or is to be known, one sentence each
 */
public record TrainedNetworks(
    String name,
    List<TrainedNetwork> networks,
    OptionalInt epochs,
    Optional<String> space,
    List<String> remarks) {

  private static final int MACRO_EPOCHS = 50; // Su et al., CVPR 2021: the benchmark's recipe
  private static final String MACRO_SPACE = "mb-macro";
  private static final long LARGEST_JSON = 1L << 26;

  /** Copies the lists; rejects no networks. */
  public TrainedNetworks {
    networks = List.copyOf(networks);
    remarks = List.copyOf(remarks);
    if (networks.isEmpty()) {
      throw new IllegalArgumentException(name + " holds no networks with results");
    }
  }

  /**
   * Reads networks: of one source all its trainings, of several one of each.
   *
   * @param sources files, folders of sweeps, or names, at least one
   * @throws MalformedFileException if a file is not what it should be
   * @throws IllegalArgumentException if several sources share no network
   */
  public static TrainedNetworks open(List<String> sources) throws IOException {
    List<TrainedNetworks> opened = new ArrayList<>();
    for (String source : sources) {
      opened.add(open(source));
    }
    return opened.size() == 1 ? opened.get(0) : joined(opened);
  }

  private static TrainedNetworks open(String source) throws IOException {
    Path path = Path.of(source);
    if (Files.isRegularFile(path)) {
      if (source.endsWith(".json")) {
        return ofJson(path);
      }
      try (DelimitedRows rows = DelimitedRows.open(path)) {
        if (rows.header().containsAll(List.of("arch", "acc1", "acc2"))) {
          return ofRuns(path, rows);
        }
      } catch (MalformedFileException e) {
        // no table: a log, which the next lines open or refuse
      }
    }
    if (Files.isDirectory(path) || SweepRuns.isLogOfSweep(path)) {
      return ofSweep(SweepRuns.open(path));
    }
    OpenedPopulation population = PopulationSource.open(source).read(Optional.empty());
    return ofPopulation(population);
  }

  private static TrainedNetworks ofRuns(Path file, DelimitedRows rows) throws IOException {
    List<String> header = rows.header();
    List<Integer> accuracies = new ArrayList<>();
    for (int run = 1; header.contains("acc" + run); run++) {
      accuracies.add(header.indexOf("acc" + run));
    }
    int arch = header.indexOf("arch");
    int params = header.indexOf("params");
    int flops = header.indexOf("flops");
    List<TrainedNetwork> networks = new ArrayList<>();
    while (rows.next()) {
      List<Double> errors = new ArrayList<>();
      for (int column : accuracies) {
        double accuracy = rows.number(column);
        if (!(accuracy >= 0 && accuracy <= 100)) {
          throw rows.malformed("accuracy " + accuracy + " is outside [0, 100] percent");
        }
        errors.add(100 - accuracy);
      }
      String id = rows.cell(arch);
      networks.add(
          TrainedNetwork.of(
              id,
              macro(id),
              errors,
              new RecordedComplexity(
                  params < 0 ? OptionalLong.empty() : OptionalLong.of(rows.count(params)),
                  flops < 0 ? OptionalLong.empty() : OptionalLong.of(rows.count(flops)),
                  OptionalLong.empty())));
    }
    return ofMacro(file, networks);
  }

  private static TrainedNetworks ofJson(Path file) throws IOException {
    if (Files.size(file) > LARGEST_JSON) {
      throw new MalformedFileException(file.toString(), 0, "is larger than 64 MiB");
    }
    JsonNode root;
    try (InputStream in = InputFile.open(file)) {
      root = new ObjectMapper().readTree(in);
    } catch (JacksonException e) {
      throw new MalformedFileException(
          file.toString(),
          e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
          "is not valid JSON");
    }
    List<TrainedNetwork> networks = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      List<Double> errors = new ArrayList<>();
      for (JsonNode accuracy : entry.getValue().path("test_acc")) {
        double value = accuracy.asDouble(Double.NaN);
        if (!accuracy.isNumber() || !(value >= 0 && value <= 100)) {
          throw new MalformedFileException(
              file.toString(),
              0,
              DelimitedRows.shown(entry.getKey()) + ": test_acc holds what is no accuracy");
        }
        errors.add(100 - value);
      }
      if (errors.isEmpty()) {
        throw new MalformedFileException(
            file.toString(),
            0,
            DelimitedRows.shown(entry.getKey())
                + ": has no list test_acc; NAS-Bench-Macro's JSON has one for each encoding");
      }
      networks.add(
          TrainedNetwork.of(
              entry.getKey(),
              macro(entry.getKey()),
              errors,
              new RecordedComplexity(
                  count(entry.getValue(), "params"),
                  count(entry.getValue(), "flops"),
                  OptionalLong.empty())));
    }
    return ofMacro(file, networks);
  }

  private static OptionalLong count(JsonNode entry, String key) {
    JsonNode count = entry.path(key);
    return count.canConvertToLong() ? OptionalLong.of(count.asLong()) : OptionalLong.empty();
  }

  private static Optional<ArchitectureSpec> macro(String id) {
    return id.matches("[012]{8}") ? Optional.of(NasBenchMacro.network(id)) : Optional.empty();
  }

  private static TrainedNetworks ofMacro(Path file, List<TrainedNetwork> networks) {
    boolean macro = networks.stream().allMatch(each -> each.architecture().isPresent());
    return new TrainedNetworks(
        macro ? "nas-bench-macro" : nameOf(file.toString()),
        networks,
        macro ? OptionalInt.of(MACRO_EPOCHS) : OptionalInt.empty(),
        macro ? Optional.of(MACRO_SPACE) : Optional.empty(),
        macro
            ? List.of(
                "errors are 100 minus each training's best test accuracy: there is no validation"
                    + " set, so that the signal too is a test error")
            : List.of());
  }

  /** The last test error of each run, and the curve where every epoch was evaluated. */
  private static TrainedNetworks ofSweep(SweepRuns sweep) {
    List<TrainedNetwork> networks = new ArrayList<>();
    int epochs = 0;
    int left = 0;
    for (RunRecord run : RunRecord.latest(sweep.runs().stream()).values()) {
      if (!(run.outcome() instanceof RunOutcome.Completed completed)) {
        left++;
        continue;
      }
      List<Double> curve = completed.testErrorByEpoch();
      boolean whole = !curve.isEmpty() && curve.size() == run.epochs().size();
      epochs = Math.max(epochs, run.epochs().size());
      networks.add(
          new TrainedNetwork(
              run.id().toString(),
              Optional.of(run.model().spec()),
              List.of(completed.lastTestError()),
              whole ? List.of(curve) : List.of(),
              RecordedComplexity.of(run.model().complexity(), FlopsConvention.MACS)));
    }
    return new TrainedNetworks(
        sweep.name(),
        networks,
        epochs == 0 ? OptionalInt.empty() : OptionalInt.of(epochs),
        Optional.empty(),
        left == 0
            ? List.of()
            : List.of(sweep.name() + ": " + left + " runs diverged or failed and are left out"));
  }

  private static TrainedNetworks ofPopulation(OpenedPopulation opened) {
    List<TrainedNetwork> networks = new ArrayList<>();
    int without = 0;
    for (TrainedModel model : opened.population().models()) {
      if (model.testError().isEmpty() || model.testError().getAsDouble() > 100) {
        without++;
        continue;
      }
      networks.add(
          TrainedNetwork.of(
              model.id(),
              model.architecture(),
              List.of(model.testError().getAsDouble()),
              model.complexity()));
    }
    return new TrainedNetworks(
        opened.population().name(),
        networks,
        OptionalInt.empty(),
        Optional.empty(),
        without == 0
            ? List.of()
            : List.of(
                opened.population().name()
                    + ": "
                    + without
                    + " models have no error and are left out"));
  }

  /** One training of each source, of the networks that all have. */
  private static TrainedNetworks joined(List<TrainedNetworks> sources) {
    Map<Object, List<TrainedNetwork>> byNetwork = new LinkedHashMap<>();
    for (int s = 0; s < sources.size(); s++) {
      for (TrainedNetwork each : sources.get(s).networks()) {
        Object key =
            each.architecture().isPresent() ? each.architecture().get().canonical() : each.id();
        List<TrainedNetwork> of = byNetwork.computeIfAbsent(key, k -> new ArrayList<>());
        if (of.size() == s) {
          of.add(each);
        }
      }
    }
    List<TrainedNetwork> networks = new ArrayList<>();
    for (List<TrainedNetwork> of : byNetwork.values()) {
      if (of.size() == sources.size()) {
        boolean curves = of.stream().noneMatch(each -> each.curves().isEmpty());
        networks.add(
            new TrainedNetwork(
                of.get(0).id(),
                of.get(0).architecture(),
                of.stream().flatMap(each -> each.errorsPct().stream()).toList(),
                curves ? of.stream().flatMap(each -> each.curves().stream()).toList() : List.of(),
                of.get(0).complexity()));
      }
    }
    int left = byNetwork.size() - networks.size();
    List<String> remarks = new ArrayList<>();
    sources.forEach(each -> remarks.addAll(each.remarks()));
    if (left > 0) {
      remarks.add(left + " networks are not in all sources and are left out");
    }
    if (networks.isEmpty()) {
      throw new IllegalArgumentException(
          "the sources share no network; give trainings of the same ones");
    }
    return new TrainedNetworks(
        sources.get(0).name(),
        networks,
        sources.get(0).epochs(),
        sources.stream().map(TrainedNetworks::space).allMatch(sources.get(0).space()::equals)
            ? sources.get(0).space()
            : Optional.empty(),
        remarks);
  }

  private static String nameOf(String file) {
    String name = Path.of(file).getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
