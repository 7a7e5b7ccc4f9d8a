package dsa.populations.importers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.run.ErrorKind;
import dsa.core.run.TrainedModel;
import dsa.core.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trackers and search tools export more than results: rows that crashed, are still running or were
 * pruned, settings named like costs, and numbers written for people. Read without care, they are
 * errors that nobody measured.
 */
final class ForeignTablesTest {

  @TempDir Path folder;

  private Imported read(String text) throws IOException {
    return read(Files.writeString(folder.resolve("t.csv"), text));
  }

  private static Imported read(Path file) throws IOException {
    return CsvImporter.read(file, CsvMapping.recognized(), ImportOptions.withDefaults());
  }

  private static List<OptionalDouble> errors(Imported imported) {
    return imported.population().models().stream().map(TrainedModel::testError).toList();
  }

  private static List<OptionalLong> params(Imported imported) {
    return imported.population().models().stream().map(m -> m.complexity().params()).toList();
  }

  @Test
  void runsThatDidNotFinishAreLeftOutAndCounted() throws IOException {
    Path file = Shared.file("faults/inputs/wandb-export.csv");
    Imported imported = read(file);
    assertEquals(5, imported.report().read());
    assertEquals(List.of("royal-sweep-12", "eager-sweep-8"), ids(imported));
    assertEquals(List.of(OptionalDouble.of(6.48), OptionalDouble.empty()), errors(imported));
    assertEquals(
        Map.of(
            "not finished (State crashed)",
            1,
            "not finished (State running)",
            1,
            "not finished (State failed)",
            1),
        imported.report().leftOut());
    CsvMapping keeping =
        new CsvMapping(Map.of(), Map.of(), Optional.empty(), Optional.empty(), 1, true);
    assertEquals(5, CsvImporter.read(file, keeping, ImportOptions.withDefaults()).report().kept());
  }

  private static List<String> ids(Imported imported) {
    return imported.population().models().stream().map(TrainedModel::id).toList();
  }

  @Test
  void everyToolsWordForDoneIsUnderstood() throws IOException {
    assertEquals(List.of("a", "c"), ids(read("name,error,done\na,5,True\nb,6,False\nc,7,1\n")));
    assertEquals(
        List.of("a"),
        ids(read("name,error,status\na,5,StatusType.SUCCESS\nb,6,StatusType.TIMEOUT\n")));
    assertEquals(List.of("a"), ids(read("name,error,status\na,5,TERMINATED\nb,6,ERROR\n")));
    assertEquals(List.of("a", "b"), ids(read("name,error,state\na,5,Ohio\nb,6,Iowa\n")));
  }

  @Test
  void hyperParametersAreNoParams() throws IOException {
    CsvMapping value =
        new CsvMapping(
            Map.of(CsvField.ERROR, "value"),
            Map.of(CsvField.ERROR, CsvUnit.ACCURACY_FRACTION),
            Optional.empty(),
            Optional.empty(),
            1);
    Imported optuna =
        CsvImporter.read(
            Shared.file("faults/inputs/optuna-multi-param.csv"),
            value,
            ImportOptions.withDefaults());
    assertEquals(List.of(OptionalDouble.of(9), OptionalDouble.of(7)), errors(optuna));
    assertEquals(List.of(OptionalLong.empty(), OptionalLong.empty()), params(optuna));
    assertEquals(List.of("params_depth", "params_lr"), names(optuna));
    assertEquals(List.of("0.1", "0.05"), optuna.extras().get(1).cells());
    Imported ray = read("name,error,config/n_params,params_m\na,5,3,0.5\n");
    assertEquals(List.of(OptionalLong.of(500_000)), params(ray));
    assertEquals(List.of("config/n_params"), names(ray));
  }

  private static List<String> names(Imported imported) {
    return imported.extras().stream().map(extra -> extra.name()).toList();
  }

  @Test
  void numbersWrittenForPeopleAreRead() throws IOException {
    Imported thousands = read("model,test_error,params\na,5.5,\"8,558,530\"\nb,5.9,\"855,770\"\n");
    assertEquals(List.of(OptionalLong.of(8_558_530), OptionalLong.of(855_770)), params(thousands));
    Imported vision =
        read("Weight,Acc@1,Acc@5,Params,GFLOPS\nA,56.5,79.1,61.1M,0.71\nB,69.8,89.1,900K,1.81\n");
    assertEquals(List.of(OptionalDouble.of(43.5), OptionalDouble.of(30.2)), errors(vision));
    assertEquals(List.of(OptionalLong.of(61_100_000), OptionalLong.of(900_000)), params(vision));
    Imported percent = read("model,test error\na,0.52%\nb,0.9%\n");
    assertEquals(List.of(OptionalDouble.of(0.52), OptionalDouble.of(0.9)), errors(percent));
  }

  @Test
  void modelsAtTwoImageSizesAreNoReruns() throws IOException {
    Imported timm = read(Shared.file("data/foreign/timm-results-imagenet.csv"));
    assertEquals(0, timm.report().merged());
    assertEquals(OptionalLong.of(1_014_450_000), params(timm).get(2));
    Imported seeds = read("model,seed,lr,error\na,1,0.1,5\na,2,0.1,6\na,1,0.2,7\n");
    assertEquals(List.of(OptionalDouble.of(5.5), OptionalDouble.of(7)), errors(seeds));
  }

  @Test
  void theBestAccuracyIsTheSmallestError() throws IOException {
    assertEquals(
        ErrorKind.MIN, read("name,max_test_accuracy\na,93.1\n").population().origin().error());
    assertEquals(
        ErrorKind.UNSTATED, read("name,min_accuracy\na,93.1\n").population().origin().error());
    assertEquals(
        ErrorKind.UNSTATED, read("name,max_error\na,93.1\n").population().origin().error());
  }

  @Test
  void aFractionAmongPercentsIsWarnedOf() throws IOException {
    Imported mixed = read("name,accuracy\na,0.91\nb,93.2\nc,94.1\n");
    assertTrue(
        mixed.report().notes().stream()
            .anyMatch(
                note ->
                    note.text()
                        .equals(
                            "warning: 1 value of column 'accuracy' up to 1 among percents, such as"
                                + " 0.91, looks like a fraction")));
    assertTrue(
        read("name,error\na,0.9\nb,1.2\nc,1.4\n").report().notes().stream()
            .noneMatch(note -> note.text().startsWith("warning")));
  }

  @Test
  void aMeanOfSeedsStandsForItsRuns() throws IOException {
    Imported mean = read("name,mean_of_3_seeds\na,5\n".replace("mean_of", "error_mean_of"));
    assertEquals(3, mean.population().models().get(0).runs());
  }
}
