package dsa.populations.importers.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.BlockType;
import dsa.core.arch.Task;
import dsa.core.complexity.Complexity;
import dsa.core.complexity.FlopsConvention;
import dsa.core.io.MalformedFileException;
import dsa.core.io.Remark;
import dsa.core.run.ErrorKind;
import dsa.core.run.Population;
import dsa.core.run.Reruns;
import dsa.core.run.TrainedModel;
import dsa.core.testing.Shared;
import dsa.populations.OpenedPopulation;
import dsa.populations.PopulationSource;
import dsa.populations.importers.ImportOptions;
import dsa.populations.importers.Imported;
import dsa.populations.importers.NasBenchMacroImporter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A table read with accuracies as errors, fractions as percent or millions as counts gives numbers
 * that look like results. What is recognised must be right, and said.
 */
final class TablesTest {

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.write(folder.resolve("t.csv"), text.getBytes(StandardCharsets.UTF_8));
  }

  private static Imported read(Path file, CsvMapping mapping) throws IOException {
    return CsvImporter.read(file, mapping, ImportOptions.withDefaults());
  }

  private static Imported read(Path file) throws IOException {
    return read(file, CsvMapping.recognized());
  }

  @Test
  void thePublishedResNetTableIsRecognisedAndEveryRowAgrees() throws IOException {
    Imported imported = read(Shared.file("data/nds/resnet_5000_mean_of_3_seeds.csv"));
    Population population = imported.population();
    assertEquals(5000, population.models().size());
    assertEquals(5000, imported.report().checked());
    assertEquals(0, imported.report().mismatched());
    assertEquals(Optional.of(FlopsConvention.NDS), population.origin().flops());
    assertEquals(ErrorKind.MIN, population.origin().error());
    TrainedModel first = population.models().get(0);
    assertEquals(OptionalDouble.of(6.083333), first.testError());
    assertEquals(OptionalLong.of(808234), first.complexity().params());
    assertEquals(
        OptionalLong.of(first.architecture().orElseThrow().complexity(Task.CIFAR10).activations()),
        first.complexity().activations());
    assertEquals(
        Optional.of(ArchitectureSpec.parse("residual cifar:16 | 12x24 s1 | 12x32 s2 | 16x40 s2")),
        first.architecture());
  }

  @Test
  void thePublishedResNextTableIsRecognisedAndEveryRowAgrees() throws IOException {
    Imported imported = read(Shared.file("data/nds/resnext-a_2500.csv"));
    assertEquals(2500, imported.report().kept());
    assertEquals(2500, imported.report().checked());
    assertEquals(0, imported.report().mismatched());
    assertEquals(1, imported.report().diverged());
    assertEquals(
        Optional.of(
            ArchitectureSpec.parse(
                "bottleneck cifar:16 | 16x64 s1 b16 g2 | 1x128 s2 b32 g1 | 4x16 s2 b4 g2")),
        imported.population().models().get(0).architecture());
  }

  @Test
  void accuraciesOfTheSameTableGiveTheSameErrors() throws IOException {
    Path file = Shared.file("data/nds/resnext-a_2500.csv");
    CsvMapping accuracy =
        new CsvMapping(
            Map.of(CsvField.ERROR, "best_test_top1_acc"),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            1);
    List<OptionalDouble> errors = errors(read(file));
    List<OptionalDouble> fromAccuracies = errors(read(file, accuracy));
    for (int i = 0; i < errors.size(); i++) {
      // The table's accuracies carry the noise of a subtraction: 91.46000000000001 beside 8.54.
      assertEquals(errors.get(i).getAsDouble(), fromAccuracies.get(i).getAsDouble(), 1e-12);
    }
  }

  private static List<OptionalDouble> errors(Imported imported) {
    return imported.population().models().stream().map(TrainedModel::testError).toList();
  }

  @Test
  void rowsOfOneNameAndDifferentCostsStayModelsOfTheirOwn() throws IOException {
    Imported imported =
        read(
            file(
                """
                model,error,params
                resnet,6.5,1000000
                vgg,9,5000
                resnet,5.5,2000000
                resnet,4.5,
                """));
    assertEquals(
        List.of("resnet-1", "vgg", "resnet-2", "resnet-3"),
        imported.population().models().stream().map(TrainedModel::id).toList());
    assertEquals(0, imported.report().merged());
    assertTrue(
        imported.report().notes().stream()
            .anyMatch(note -> note.text().contains("names no single model")),
        imported.report().toString());
    Imported reruns = read(file("model,error,params\na,6.5,20000\na,5.5,20000\na,4.5,\n"));
    assertEquals(2, reruns.report().merged());
    assertEquals(List.of(OptionalDouble.of(5.5)), errors(reruns));
  }

  @ParameterizedTest(name = "guessing on {0} errs {1} %, assumed: {2}")
  @CsvSource({
    "cifar10, 90, false",
    "CIFAR100, 99, false",
    "imagenet, 99.9, false",
    "imagenet16-120, 99.166666666666, false",
    "svhn-cropped, 90, true"
  })
  void theErrorOfGuessingIsTheDatasetsOrSaidToBeAssumed(
      String dataset, double chance, boolean assumed) throws IOException {
    Path file = file("id,error\na,6.5\n");
    ImportOptions plain = ImportOptions.withDefaults();
    ImportOptions on =
        new ImportOptions(
            plain.name(),
            Optional.of(dataset),
            plain.error(),
            plain.reruns(),
            plain.chanceErrorPct(),
            plain.progress());
    Imported imported = CsvImporter.read(file, CsvMapping.recognized(), on);
    assertEquals(chance, imported.population().origin().chanceErrorPct(), 1e-9);
    assertEquals(
        assumed,
        imported.report().notes().stream().anyMatch(note -> note.text().contains("is assumed")),
        imported.report().toString());
    Imported told = CsvImporter.read(file, CsvMapping.recognized(), on.withChanceErrorPct(6.5));
    assertEquals(1, told.population().diverged());
    assertTrue(told.report().notes().contains(Remark.of("guessing: 6.5 % error, as given")));
  }

  @ParameterizedTest(name = "{0}: {1} -> {2} %")
  @CsvSource({
    "test_error, 6.61, 6.61",
    "test_error, 0.0661, 6.61",
    "top1_err, 6.61, 6.61",
    "accuracy, 93.39, 6.61",
    "test_acc, 0.9339, 6.61",
    "error_pct, 0.5, 0.5",
  })
  void errorsComeOutInPercent(String column, String cell, double expected) throws IOException {
    Imported imported = read(file(column + ",params\n" + cell + ",85000\n"));
    assertEquals(List.of(OptionalDouble.of(expected)), errors(imported));
  }

  @ParameterizedTest(name = "{0} {1} -> {2}")
  @CsvSource({
    "params, 855770, 855770",
    "params, 0.85577, 855770",
    "params_k, 855.77, 855770",
    "params (M), 0.85577, 855770",
    "mparams, 25000, 25000000000",
    "n_params, 12.5, 12500000",
  })
  void paramsComeOutAsCounts(String column, String cell, long expected) throws IOException {
    Imported imported = read(file("error," + column + "\n6.5," + cell + "\n"));
    assertEquals(
        OptionalLong.of(expected), imported.population().models().get(0).complexity().params());
  }

  @ParameterizedTest(name = "{0} {1} -> {2}")
  @CsvSource({
    "flops, 128471690, 128471690",
    "flops, 0.12847169, 128471690",
    "MACs, 125.74785, 125747850",
    "gflops, 0.12847169, 128471690",
  })
  void flopsComeOutAsCounts(String column, String cell, long expected) throws IOException {
    Imported imported = read(file("error," + column + "\n6.5," + cell + "\n"));
    assertEquals(
        OptionalLong.of(expected), imported.population().models().get(0).complexity().flops());
  }

  @Test
  void whatWasAssumedIsSaidAndCanBeOverridden() throws IOException {
    Path file = file("name,error,params\na,0.5,9000\nb,0.9,8000\n");
    Imported recognised = read(file);
    assertTrue(
        recognised
            .report()
            .notes()
            .contains(
                Remark.of(
                    "error: column 'error' in error-fraction, by its name and its largest value"
                        + " 0.9")),
        () -> recognised.report().notes().toString());
    assertTrue(
        recognised
            .report()
            .notes()
            .contains(Remark.of("params: column 'params' in m, by its largest value 9000")));
    Imported told =
        read(
            file,
            new CsvMapping(
                Map.of(),
                Map.of(CsvField.ERROR, CsvUnit.ERROR_PERCENT, CsvField.PARAMS, CsvUnit.RAW),
                Optional.of(FlopsConvention.MACS),
                Optional.empty(),
                3));
    assertEquals(OptionalDouble.of(0.5), errors(told).get(0));
    assertEquals(3, told.population().models().get(0).runs());
    assertEquals(OptionalLong.of(9000), told.population().models().get(0).complexity().params());
  }

  @Test
  void semicolonsDecimalCommasTabsAndQuotesAreUnderstood() throws IOException {
    Path german = file("name;error;params\n\"a;b\";6,25;855770\nc;NaN;12\n");
    assertEquals(List.of(OptionalDouble.of(6.25), OptionalDouble.empty()), errors(read(german)));
    assertEquals("a;b", read(german).population().models().get(0).id());
    Path tabs = file("error\tparams\n6.25\t855770\n");
    assertEquals(List.of(OptionalDouble.of(6.25)), errors(read(tabs)));
  }

  @Test
  void ratiosAndMultipliersAreTheSameNetwork() throws IOException {
    String header = "d1,w1,r1,g1,error\n";
    Imported multiplier = read(file(header + "1,64,0.25,2,6\n2,64,0.5,2,7\n"));
    Imported ratio = read(file(header + "1,64,4,2,6\n2,64,2,2,7\n"));
    assertEquals(multiplier.population().models(), ratio.population().models());
  }

  @Test
  void theBlockIsToldByTheParamsOrTheUser() throws IOException {
    Path vanilla = file("d1,d2,d3,w1,w2,w3,error,params\n12,12,12,24,32,40,15.5,689770\n");
    assertTrue(
        read(vanilla)
            .report()
            .notes()
            .contains(
                Remark.of("3 stages by columns d1, w1, …: vanilla blocks, whose params agree")));
    CsvMapping residual =
        new CsvMapping(Map.of(), Map.of(), Optional.empty(), Optional.of(BlockType.RESIDUAL), 1);
    assertEquals(1, read(vanilla, residual).report().mismatched());
    CsvMapping bottleneck =
        new CsvMapping(Map.of(), Map.of(), Optional.empty(), Optional.of(BlockType.BOTTLENECK), 1);
    assertThrows(MalformedFileException.class, () -> read(vanilla, bottleneck));
    assertEquals(0, read(file("d1,w1,error\n1,16,5\n")).report().checked());
  }

  @Test
  void rowsOfOneArchitectureAreReruns() throws IOException {
    Path file = file("seed,d1,w1,r1,g1,error\n1,1,64,1,1,6\n2,1,64,1,1,7\n1,2,64,1,1,8\n");
    assertEquals(List.of(OptionalDouble.of(6.5), OptionalDouble.of(8)), errors(read(file)));
    Imported all =
        CsvImporter.read(
            file, CsvMapping.recognized(), ImportOptions.withDefaults().with(Reruns.ALL));
    assertEquals(3, all.report().kept());
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "a,b\\n1,2 | :1: no column is recognised as the test error, out of a, b; ERROR_COLUMN",
        "train_error,test_error,valid_error\\n1,2,3 | ok",
        "err_a,err_b\\n1,2 | :1: several columns could be error (err_a, err_b); ERROR_COLUMN",
        "error,params\\n6,-5 | :2: -5.0 in column 'params' is no count in m; PARAMS_UNIT",
        "error,params\\n6,55000.5 | :2: 55000.5 in column 'params' is no count in raw",
        "error\\n101 | :2: 101.0 in column 'error' is no error-percent; ERROR_UNIT",
        "error\\nsix | :2: 'six' in column 'error' is not a finite number",
        "d1,w1,r1,g1,error\\n1.5,16,1,1,5 | :2: '1.5' in column 'd1' is not a whole number",
        "d1,w1,r1,g1,error\\n1,16,1,3,5 | :2: stage: bottleneck width 16 does not divide into 3",
        "error\\nnan | : gives no test error in any of 1 records",
        "error,params\\n6,1e300 | :2: 1.0E300 in column 'params' is no count in raw",
      })
  void faultsAreNamedWithLineAndRemedy(String text, String sentence) throws IOException {
    Path file = file(text.replace("\\n", "\n"));
    if (sentence.equals("ok")) {
      assertEquals(List.of(OptionalDouble.of(2)), errors(read(file)));
      return;
    }
    MalformedFileException fault = assertThrows(MalformedFileException.class, () -> read(file));
    String told = fault.getMessage() + fault.remedy().map(remedy -> "; " + remedy).orElse("");
    assertTrue(told.startsWith(file + sentence), told);
  }

  @Test
  void aTableOpensAsAPopulationAndAReleaseFileDoesNot() throws IOException {
    OpenedPopulation opened =
        PopulationSource.open(file("id,error\na,6.5\n")).read(Optional.empty());
    assertEquals("t", opened.population().name());
    assertEquals(
        List.of(
            "1 records read: 1 models kept (0 diverged), 0 reruns merged, 0 left out; error: column"
                + " 'error' in error-percent"),
        opened.remarks().stream().map(Remark::text).toList());
    assertTrue(opened.details().size() > 2);
    Path json = Files.writeString(folder.resolve("ResNet.json"), "[]");
    MalformedFileException fault =
        assertThrows(MalformedFileException.class, () -> PopulationSource.open(json).population());
    assertTrue(fault.getMessage().contains("not of records"), fault.getMessage());
  }

  @Test
  void theMacroBenchmarkAsPublishedIsTheTableOfIt() throws IOException {
    Path published = Shared.file("data/nas-bench-macro/nas-bench-macro_cifar10.json");
    Path table = Shared.file("data/nas-bench-macro/nas-bench-macro_cifar10.csv");
    Imported imported = NasBenchMacroImporter.read(published, ImportOptions.withDefaults());
    assertEquals(6561, imported.report().kept());
    assertEquals(6561, imported.report().checked());
    assertEquals(0, imported.report().mismatched());
    Set<TrainedModel> models = new HashSet<>(imported.population().models());
    assertEquals(
        models,
        new HashSet<>(
            NasBenchMacroImporter.read(table, ImportOptions.withDefaults()).population().models()));
    assertEquals(3, imported.population().models().get(0).runs());
    assertEquals(
        imported.population().models(), PopulationSource.open(published).population().models());
  }

  @Test
  void theMacroBenchmarkHasItsPublishedStatistics() throws IOException {
    Path file = Shared.file("data/nas-bench-macro/nas-bench-macro_cifar10.csv");
    Population all = NasBenchMacroImporter.read(file, ImportOptions.withDefaults()).population();
    assertEquals(6561, all.models().size());
    double[] errors =
        all.models().stream().mapToDouble(model -> model.testError().getAsDouble()).toArray();
    assertEquals(9.753405, java.util.Arrays.stream(errors).average().getAsDouble(), 5e-7);
    assertEquals(6.873337, java.util.Arrays.stream(errors).min().getAsDouble(), 5e-7);
    assertEquals(54.636668, java.util.Arrays.stream(errors).max().getAsDouble(), 5e-7);
    assertEquals(Set.of(3), Set.copyOf(all.models().stream().map(TrainedModel::runs).toList()));
    Set<ArchitectureSpec> networks = new HashSet<>();
    for (TrainedModel model : all.models()) {
      ArchitectureSpec network = model.architecture().orElseThrow();
      Complexity counted = network.complexity(Task.CIFAR10);
      assertEquals(model.complexity().params().getAsLong(), counted.params(), model.id());
      // the table leaves out the ten biases of the classifier, which we count
      assertEquals(model.complexity().flops().getAsLong(), counted.macs() - 10, model.id());
      assertEquals(model.complexity().activations().getAsLong(), counted.activations());
      networks.add(network);
    }
    assertEquals(3969, networks.size());
    Population distinct =
        NasBenchMacroImporter.read(file, ImportOptions.withDefaults().with(Reruns.FIRST))
            .population();
    assertEquals(3969, distinct.models().size());
    assertEquals(
        9.7146,
        distinct.models().stream()
            .mapToDouble(model -> model.testError().getAsDouble())
            .average()
            .getAsDouble(),
        5e-5);
    assertThrows(
        IllegalArgumentException.class,
        () -> NasBenchMacroImporter.read(file, ImportOptions.withDefaults().with(Reruns.MEAN)));
  }
}
