package dsa.populations.importers.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.io.MalformedFileException;
import dsa.core.run.ErrorKind;
import dsa.core.run.TrainedModel;
import dsa.core.testing.Shared;
import dsa.populations.PopulationSource;
import dsa.populations.importers.ImportOptions;
import dsa.populations.importers.Imported;
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
    assertEquals(
        List.of("0.1", "0.05"), optuna.population().extra("params_lr").orElseThrow().cells());
    Imported ray = read("name,error,config/n_params,params_m\na,5,3,0.5\n");
    assertEquals(List.of(OptionalLong.of(500_000)), params(ray));
    assertEquals(List.of("config/n_params"), names(ray));
  }

  @Test
  void everyOtherColumnIsKeptUnderItsName() throws IOException {
    Imported imported =
        read("name,error,lr,val_loss,flops,note\na,5,0.1,1.5,10,x\nb,6,0.2,1.4,20,\n");
    assertEquals(List.of("lr", "val_loss", "note"), names(imported));
    Imported taken = read("name,error,params_m,params\na,5,0.5,7\n".replace("params_m", "size"));
    assertEquals(List.of("size"), names(taken));
    CsvMapping size =
        new CsvMapping(
            Map.of(CsvField.PARAMS, "size"), Map.of(), Optional.empty(), Optional.empty(), 1);
    Path file = Files.writeString(folder.resolve("u.csv"), "name,error,size,params\na,5,2,7\n");
    assertEquals(
        List.of("params_in_source"),
        names(CsvImporter.read(file, size, ImportOptions.withDefaults())));
  }

  @Test
  void rayTunesTrialsCountByTheirLastReportAndStoppedOnesAreLeftOut() throws IOException {
    Imported lines = read(Shared.file("faults/inputs/ray-result.json"));
    assertEquals(List.of("d48b7_00000"), ids(lines));
    assertEquals(19, errors(lines).get(0).getAsDouble(), 1e-9);
    assertEquals(Map.of("earlier reports of a trial", 1), lines.report().leftOut());
    assertEquals(
        Optional.of(List.of("0.1")),
        lines.population().extra("config/lr").map(extra -> extra.cells()));
    Imported table =
        read(
            """
            trial_id,mean_accuracy,done,training_iteration,config/lr
            a,0.9,True,10,0.1
            b,0.5,True,3,0.2
            c,0.8,False,10,0.3
            d,0.7,True,10,0.4
            """);
    assertEquals(List.of("a", "d"), ids(table));
    assertEquals(
        Map.of("not finished (done false)", 1, "stopped early (training_iteration below 10)", 1),
        table.report().leftOut());
    Imported functions =
        read("trial_id,mean_accuracy,done,training_iteration\na,0.9,False,10\nb,0.5,False,3\n");
    assertEquals(List.of("a"), ids(functions));
  }

  @Test
  void theBestOfATrialsReportsIsTakenIfAskedFor() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("r.json"),
            """
            {"trial_id":"a","mean_accuracy":0.9,"training_iteration":1}
            {"trial_id":"a","mean_accuracy":0.8,"training_iteration":2}
            """);
    Imported best =
        CsvImporter.read(
            file, CsvMapping.recognized(), ImportOptions.withDefaults().with(ErrorKind.MIN));
    assertEquals(10, errors(best).get(0).getAsDouble(), 1e-9);
    assertEquals(20, errors(read(file)).get(0).getAsDouble(), 1e-9);
  }

  @Test
  void smacsHistoriesAreReadInEveryVersion() throws IOException {
    String configs = "\"configs\":{\"1\":{\"lr\":0.1},\"2\":{\"lr\":0.2},\"3\":{\"lr\":0.3}}";
    for (String data :
        List.of(
            "{\"data\":[[[1,null,0,0.0],[0.07,9.5,{\"__enum__\":\"StatusType.SUCCESS\"},1,2,{}]],"
                + "[[2,null,0,0.0],[0.09,9.5,{\"__enum__\":\"StatusType.SUCCESS\"},1,2,{}]],"
                + "[[3,null,0,0.0],[2147483647.0,9.5,{\"__enum__\":\"StatusType.CRASHED\"},1,2,{}]]],",
            "{\"stats\":{\"submitted\":3},\"data\":[[1,null,0,null,0.07,9.5,1,1.0,2.0,{}],"
                + "[2,null,0,null,0.09,9.5,1,1.0,2.0,{}],[3,null,0,null,2147483647.0,9.5,2,1,2,{}]],",
            "{\"stats\":{\"submitted\":3},\"data\":[[1,null,0,null,0.07,9.5,8.5,1,1.0,2.0,{}],"
                + "[2,null,0,null,0.09,9.5,8.25,1,1.0,2.0,{}],"
                + "[3,null,0,null,2147483647.0,9.5,1.5,2,1.0,2.0,{}]],",
            "{\"stats\":{},\"data\":[{\"config_id\":1,\"cost\":0.07,\"status\":1},"
                + "{\"config_id\":2,\"cost\":0.09,\"status\":1},"
                + "{\"config_id\":3,\"cost\":2147483647.0,\"status\":3}],")) {
      Path file = Files.writeString(folder.resolve("runhistory.json"), data + configs + "}");
      Imported imported = read(file);
      assertEquals(List.of("1", "2"), ids(imported), data);
      assertEquals(List.of(OptionalDouble.of(7), OptionalDouble.of(9)), errors(imported), data);
      assertEquals(
          List.of("0.1", "0.2"),
          imported.population().extra("config/lr").orElseThrow().cells(),
          data);
      assertEquals(imported.population(), PopulationSource.open(file).population());
    }
  }

  @Test
  void pandasTablesInJsonAreTables() throws IOException {
    List<OptionalDouble> expected = List.of(OptionalDouble.of(5), OptionalDouble.of(6));
    for (String text :
        List.of(
            "[{\"name\":\"a\",\"error\":5},{\"name\":\"b\",\"error\":6.0}]",
            "{\"name\":{\"0\":\"a\",\"1\":\"b\"},\"error\":{\"0\":5,\"1\":6}}",
            "{\"a\":{\"error\":5},\"b\":{\"error\":6}}")) {
      Path file = Files.writeString(folder.resolve("t.json"), text);
      assertEquals(expected, errors(read(file)), text);
      assertEquals(List.of("a", "b"), ids(read(file)), text);
    }
  }

  @Test
  void aTableMayBePackedAndComeThroughAPipe() throws IOException {
    Path file = folder.resolve("t.csv.gz");
    try (var out = new java.util.zip.GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("name,error\na,5\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    assertEquals(List.of("a"), ids(read(file)));
    assertEquals(1, PopulationSource.open(file).population().models().size());
  }

  @Test
  void aCellThatNeverEndsIsRefusedBeforeItFillsTheMemory() throws IOException {
    Path file = folder.resolve("long.csv");
    try (var out = Files.newBufferedWriter(file)) {
      out.write("name,error\n\"a");
      for (int i = 0; i < 20_000; i++) {
        out.write("0123456789012345678901234567890123456789012345678901234567890123456789\n");
      }
    }
    MalformedFileException fault = assertThrows(MalformedFileException.class, () -> read(file));
    assertTrue(fault.getMessage().contains(":2: opens a quote that is not closed within"));
    Path bomb = folder.resolve("bomb.csv.gz");
    try (var out = new java.util.zip.GZIPOutputStream(Files.newOutputStream(bomb))) {
      out.write("name,error\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      byte[] blanks = new byte[1 << 20];
      java.util.Arrays.fill(blanks, (byte) '\n');
      for (int i = 0; i < 20; i++) {
        out.write(blanks);
      }
    }
    fault = assertThrows(MalformedFileException.class, () -> read(bomb));
    assertTrue(fault.getMessage().contains("expands to more than 100 times"), fault.getMessage());
  }

  private static List<String> names(Imported imported) {
    return imported.population().extras().stream().map(extra -> extra.name()).toList();
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
