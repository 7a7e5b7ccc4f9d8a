package dsa.populations.importers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.arch.CellSpec;
import dsa.core.arch.Task;
import dsa.core.complexity.FlopsConvention;
import dsa.core.io.MalformedFileException;
import dsa.core.io.PopulationCsv;
import dsa.core.io.Remark;
import dsa.core.run.ErrorKind;
import dsa.core.run.ExtraColumn;
import dsa.core.run.Population;
import dsa.core.run.Reruns;
import dsa.core.run.TrainedModel;
import dsa.core.testing.MalformedInputs;
import dsa.core.testing.Shared;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The release comes in shapes that trip every reader: lists with or without the stem, an object
 * where an array is expected, NaN in curves, populations whose name alone tells the dataset. Each
 * shape misread gives a plausible population of wrong models.
 */
final class NdsImporterTest {

  private static final String RESNET =
      """
      {"job_id":%s,"rng_seed":%s,"net":{"block_type":"res_basic_block","ds":[1,12,12,12],\
      "ws":[16,24,24,40],"ss":[1,1,2,2]},"optim":{"base_lr":%s,"wd":0.0005,"max_ep":3},\
      "params":594138,"flops":184519578,"min_test_top1":%s,"train_ep_loss":[1.5,NaN,Infinity],\
      "test_ep_top1":%s}\
      """;

  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
  }

  private static Imported read(Path file, String... populations) throws IOException {
    return NdsImporter.read(List.of(file), List.of(populations), ImportOptions.withDefaults());
  }

  private static String records(String... records) {
    return "[" + String.join(",\n", records) + "]";
  }

  private static String resnet(int job, String min, String curve) {
    return RESNET.formatted(Integer.toString(job), "1", "0.1", min, curve);
  }

  private static List<OptionalDouble> errors(Imported imported) {
    return imported.population().models().stream().map(TrainedModel::testError).toList();
  }

  @Test
  void theFourPublishedRecordsAreReadAndTheirCostsAgree() throws IOException {
    Path file = Shared.file("data/nds/four-records.json");
    MalformedFileException several = assertThrows(MalformedFileException.class, () -> read(file));
    assertTrue(
        several.getMessage().contains("4 populations (ResNeXt-A, ResNet, Vanilla, Amoeba)"),
        several.getMessage());
    Map<String, Double> errors = Map.of("ResNeXt-A", 9.52, "ResNet", 6.42, "Vanilla", 15.5);
    for (String name : errors.keySet()) {
      Imported imported = read(file, name);
      assertEquals(List.of(OptionalDouble.of(errors.get(name))), errors(imported));
      assertEquals(1, imported.report().checked(), name);
      assertEquals(0, imported.report().mismatched(), name);
      assertEquals(Map.of("of other populations", 3), imported.report().leftOut());
      assertEquals(Optional.of(FlopsConvention.NDS), imported.population().origin().flops());
    }
    Imported last =
        NdsImporter.read(
            List.of(file),
            List.of("ResNet"),
            ImportOptions.withDefaults().with(ErrorKind.LAST).named("r"));
    assertEquals(List.of(OptionalDouble.of(6.51)), errors(last));
    assertEquals(ErrorKind.LAST, last.population().origin().error());
    assertEquals("r", last.population().name());
  }

  @Test
  void theCellRecordIsAnArchitectureWhoseParamsAgreeAndWhoseFlopsAreLeftAlone() throws IOException {
    Imported imported = read(Shared.file("data/nds/four-records.json"), "Amoeba");
    TrainedModel model = imported.population().models().get(0);
    assertEquals(OptionalDouble.of(6.63), model.testError());
    CellSpec spec = (CellSpec) model.architecture().orElseThrow();
    assertEquals(32, spec.width());
    assertEquals(12, spec.depth());
    assertEquals(List.of(3, 5, 6), spec.normal().concat());
    assertEquals(1, imported.report().checked());
    assertEquals(0, imported.report().mismatched());
    assertEquals(4_190_314, model.complexity().params().getAsLong());
    assertEquals(664_400_586, model.complexity().flops().getAsLong());
    assertEquals(
        spec.complexity(Task.CIFAR10).activations(), model.complexity().activations().getAsLong());
    assertTrue(
        imported
            .report()
            .notes()
            .toString()
            .contains("flops of cell networks are kept as recorded"),
        imported.report().notes().toString());
    assertTrue(
        imported.population().extras().stream().noneMatch(extra -> extra.name().equals("net")));
  }

  @Test
  void cellsOfOtherParamsThanRecordedAreCountedAndStrangeOnesAreKeptWhole() throws IOException {
    String pairs = "[[\"sep_conv_3x3\",0],[\"OP\",1]]";
    String cell =
        ("{\"net\":{\"width\":16,\"depth\":DEPTH,\"aux\":false,\"genotype\":{\"normal\":"
                + pairs
                + ",\"normal_concat\":[2],\"reduce\":"
                + pairs
                + ",\"reduce_concat\":[2]}},\"params\":5,\"flops\":7,\"min_test_top1\":6}")
            .replace("DEPTH", "8");
    Imported imported =
        read(
            file(
                "PNAS.json",
                records(
                    cell.replace("OP", "conv_1x1"),
                    cell.replace("OP", "strange_op"),
                    cell.replace("OP", "none").replace("\"width\":16,", ""))));
    assertEquals(3, imported.report().kept());
    assertEquals(1, imported.report().mismatched());
    assertEquals(5, imported.population().models().get(0).complexity().params().getAsLong());
    assertTrue(imported.population().models().get(1).architecture().isEmpty());
    String notes = imported.report().notes().toString();
    assertTrue(notes.contains("2 networks of cells not understood, kept whole"), notes);
    assertTrue(notes.contains("record 2: genotype 'normal': cell operation 'strange_op'"), notes);
    ExtraColumn net = imported.population().extras().get(imported.population().extras().size() - 1);
    assertEquals("net", net.name());
    assertTrue(net.cells().get(0).isEmpty() && net.cells().get(1).contains("strange_op"));
    MalformedFileException huge =
        assertThrows(
            MalformedFileException.class,
            () ->
                read(
                    file(
                        "PNAS.json",
                        records(
                            cell.replace("OP", "none").replace("\"depth\":8", "\"depth\":999")))));
    assertTrue(huge.getMessage().contains("too large to have been trained"), huge.getMessage());
  }

  @Test
  void runsWhoseTrainingLossLeftTheNumbersAreCountedAndKept() throws IOException {
    String sound = resnet(2, "7", "[7]").replace("NaN,Infinity", "1e3,0.5");
    Imported imported = read(file("ResNet.json", records(resnet(1, "6.5", "[6.5]"), sound)));
    assertTrue(
        imported.report().notes().stream()
            .anyMatch(note -> note.text().startsWith("1 run whose training loss is not finite")),
        imported.report().toString());
    assertEquals(List.of(OptionalDouble.of(6.75)), errors(imported));
    for (String lost : List.of("-Infinity", "\"nan\"", "null,NaN")) {
      String record = sound.replace("1e3", lost);
      assertTrue(
          read(file("ResNet.json", records(record)))
              .report()
              .notes()
              .toString()
              .contains("1 run whose"),
          lost);
    }
    for (String kept : List.of("null", "\"x\"", "{\"a\":NaN}")) {
      String record = sound.replace("[1.5,1e3,0.5]", kept);
      assertEquals(1, read(file("ResNet.json", records(record))).report().kept(), kept);
    }
  }

  @Test
  void aCellRecordIsKeptWholeAndItsNetworkFindsItsReruns() throws IOException {
    String cell =
        "{\"net\":{\"width\":32,\"genotype\":{\"normal\":[[\"skip_connect\",0]]}},\"params\":5,"
            + "\"min_test_top1\":%s}";
    String reordered =
        "{\"min_test_top1\":7,\"net\":{\"genotype\":{\"normal\":[[\"skip_connect\",0]]},"
            + "\"width\":32}}";
    Imported imported = read(file("DARTS.json", records(cell.formatted("6"), reordered)));
    assertEquals(List.of(OptionalDouble.of(6.5)), errors(imported));
    assertEquals(1, imported.report().merged());
    assertEquals(
        List.of(
            new ExtraColumn(
                "net", List.of("{\"genotype\":{\"normal\":[[\"skip_connect\",0]]},\"width\":32}"))),
        imported.population().extras());
    Path out = folder.resolve("out.csv");
    PopulationCsv.write(out, imported.population());
    assertEquals(imported.population(), PopulationCsv.read(out));
  }

  @Test
  void anObjectOfListsIsReadLikeAListAndKeepsItsGroups() throws IOException {
    String text =
        "{\"top\":"
            + records(resnet(1, "6.0", "[7,6.0,6.5]"), resnet(2, "6.5", "[7,6.5]"))
            + ",\"mid\":[]}";
    Imported imported = read(file("ResNet_reruns.json", text));
    assertEquals(List.of(OptionalDouble.of(6.25)), errors(imported));
    assertEquals(2, imported.population().models().get(0).runs());
    assertEquals(2, imported.report().read());
    assertEquals(1, imported.report().merged());
    assertEquals(new ExtraColumn("group", List.of("top")), imported.population().extras().get(0));
  }

  @Test
  void listsWithoutTheStemAreTheSameNetwork() throws IOException {
    String with = resnet(1, "6.0", "[6.0]");
    String without =
        with.replace("[1,12,12,12]", "[12,12,12]")
            .replace("[16,24,24,40]", "[24,24,40]")
            .replace("[1,1,2,2]", "[1,2,2]");
    Imported imported = read(file("ResNet.json", records(with, without)));
    assertEquals(1, imported.report().kept());
    assertEquals(2, imported.report().checked());
    assertEquals(0, imported.report().mismatched());
  }

  @Test
  void theSameNetworkUnderAnotherLearningRateIsAnotherModel() throws IOException {
    Imported imported =
        read(
            file(
                "ResNet_lr-wd.json",
                records(
                    RESNET.formatted("1", "1", "0.1", "6", "[6]"),
                    RESNET.formatted("2", "1", "0.2", "8", "[8]"))));
    assertEquals(2, imported.report().kept());
  }

  @Test
  void minAndLastAreDifferentErrorsAndDivergedRunsAreKept() throws IOException {
    Path file =
        file(
            "ResNet.json",
            records(
                resnet(1, "6.0", "[7,6.0,6.5]"),
                resnet(2, "NaN", "[NaN,NaN]"),
                resnet(3, "null", "[8.5,NaN]"),
                resnet(4, "5", "[]")));
    ImportOptions all = ImportOptions.withDefaults().with(Reruns.ALL);
    Imported min = NdsImporter.read(List.of(file), List.of(), all);
    assertEquals(
        List.of(
            OptionalDouble.of(6),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.of(5)),
        errors(min));
    assertEquals(2, min.report().diverged());
    Imported last = NdsImporter.read(List.of(file), List.of(), all.with(ErrorKind.LAST));
    assertEquals(
        List.of(OptionalDouble.of(6.5), OptionalDouble.empty(), OptionalDouble.empty()),
        errors(last));
    assertEquals(Map.of("without a last-epoch error (test_ep_top1)", 1), last.report().leftOut());
  }

  @Test
  void costsThatDisagreeAreCountedAndTheRecordedOnesKept() throws IOException {
    Imported imported =
        read(file("ResNet.json", records(resnet(1, "6", "[6]").replace("594138", "594139"))));
    assertEquals(1, imported.report().mismatched());
    assertEquals(594139, imported.population().models().get(0).complexity().params().getAsLong());
    assertTrue(
        imported
            .report()
            .notes()
            .contains(Remark.of("record 1: params 594139 recorded, 594138 counted")));
  }

  @Test
  void compressedFilesAndArchivesGiveTheSamePopulation() throws IOException {
    String text = records(resnet(1, "6.0", "[7,6.0]"));
    String other = records(resnet(1, "9.0", "[9.0]"));
    Population plain = read(file("ResNet.json", text)).population();
    Path gz = Files.write(folder.resolve("ResNet.json.gz"), gzip(text));
    assertEquals(plain, read(gz).population());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> entry :
          List.of(
              Map.entry("nds_data/ResNet.json", text),
              Map.entry("../ResNet_in.json", other),
              Map.entry("__MACOSX/nds_data/._ResNet.json", "?"),
              Map.entry("readme.txt", "?"))) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    Path data = Files.write(folder.resolve("data.zip"), bytes.toByteArray());
    assertEquals(List.of("ResNet", "ResNet_in"), NdsImporter.populationsIn(data));
    assertEquals(plain, read(data, "ResNet").population());
    MalformedFileException choose = assertThrows(MalformedFileException.class, () -> read(data));
    assertTrue(choose.getMessage().endsWith("populations ResNet, ResNet_in"), choose.getMessage());
    assertThrows(MalformedFileException.class, () -> read(data, "ResNeXt-A"));
  }

  private static byte[] gzip(String text) throws IOException {
    return MalformedInputs.gzipped(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void seedsInSeveralFilesAreAveraged() throws IOException {
    List<Path> files =
        List.of(
            file("ResNet_rng1.json", records(resnet(1, "6.0", "[6.0]"))),
            file("ResNet_rng2.json", records(resnet(1, "6.3", "[6.3]"))),
            file("ResNet_rng3.json", records(resnet(1, "6.6", "[6.6]"))));
    Imported imported = NdsImporter.read(files, List.of(), ImportOptions.withDefaults());
    assertEquals(List.of(OptionalDouble.of((6.0 + 6.3 + 6.6) / 3)), errors(imported));
    assertEquals(3, imported.population().models().get(0).runs());
    assertEquals(
        "NDS release: ResNet_rng1, ResNet_rng2, ResNet_rng3",
        imported.population().origin().source());
  }

  @Test
  void allNamesOfTheReleaseTellTheirDataset() {
    assertEquals(34, NdsRelease.names().size());
    for (String name : NdsRelease.names()) {
      assertEquals(
          Optional.of(name.endsWith("_in") ? "imagenet" : "cifar10"),
          NdsRelease.datasetOf(name),
          name);
    }
    assertEquals(Optional.empty(), NdsRelease.datasetOf("ResNet_rng4"));
  }

  @Test
  void imageNetPopulationsGuessAtThousandClasses() throws IOException {
    Imported imported = read(file("ResNet_lr-wd_in.json", records(resnet(1, "30", "[30]"))));
    assertEquals(Optional.of("imagenet"), imported.population().origin().dataset());
    assertEquals(99.9, imported.population().origin().chanceErrorPct());
    assertEquals(
        Optional.empty(),
        imported.population().models().get(0).architecture(),
        "its params are those of no ImageNet network, so it is kept whole");
  }

  @Test
  void faultsNameTheRecord() throws IOException {
    assertFault(records(resnet(1, "600", "[6]")), "record 1 has test error 600.0, outside");
    assertFault(records(resnet(1, "{}", "[6]")), "record 1 has no number in 'min_test_top1'");
    assertFault(records(resnet(1, "6", "6")), "record 1 has no list in 'test_ep_top1'");
    assertFault(
        records(resnet(1, "6", "[6]"), resnet(2, "6", "[6]").replace("[1,12,12,12]", "[1,12]")),
        "record 2 has a net whose 'ws' is not as long as 'ds'");
    assertFault(
        records(resnet(1, "6", "[6]").replace("\"flops\"", "\"params\"")),
        "record 1 says 'params' twice");
    assertFault(
        records(resnet(1, "6", "[6]").replace("[1,12,12,12]", "[1,12,12,999999999]")),
        "record 1 describes a network too large to have been trained");
    assertFault("{\"a\":1}", "record 0 is not inside a list of records");
    assertFault("[] []", "goes on after the end");
  }

  private void assertFault(String text, String sentence) throws IOException {
    Path file = file("ResNet.json", text);
    MalformedFileException fault = assertThrows(MalformedFileException.class, () -> read(file));
    assertTrue(
        fault.getMessage().startsWith(file + ":") && fault.getMessage().contains(sentence),
        fault.getMessage());
  }

  @Test
  void costsThatAreNotRecordedAreCountedAndNotChecked() throws IOException {
    Imported imported =
        NdsImporter.read(
            List.of(Shared.file("faults/inputs/nds-no-costs.json")),
            List.of(),
            ImportOptions.withDefaults());
    assertEquals(0, imported.report().checked());
    assertTrue(
        imported.report().remarks().stream()
            .anyMatch(
                remark ->
                    remark
                        .text()
                        .equals(
                            "complexity not checked: none is recorded beside 2 architectures")));
    assertTrue(imported.population().models().get(0).complexity().params().isPresent());
  }

  @Test
  void theAuxiliaryClassifierOnImageNetIsRecognised() throws IOException {
    Imported imported =
        NdsImporter.read(
            List.of(Shared.file("faults/inputs/nds-darts-imagenet-aux.json")),
            List.of(),
            new ImportOptions(
                Optional.empty(),
                Optional.of("imagenet"),
                ErrorKind.UNSTATED,
                Optional.empty(),
                OptionalDouble.empty(),
                share -> {}));
    assertTrue(imported.population().models().get(0).architecture().isPresent());
    assertEquals(1, imported.report().checked());
  }

  @Test
  void aFileOfSeveralPopulationsSaysHowManyRecordsEachHas() {
    Path release = Shared.file("data/nds/four-records.json");
    SeveralPopulationsException several =
        assertThrows(
            SeveralPopulationsException.class,
            () -> NdsImporter.read(List.of(release), List.of(), ImportOptions.withDefaults()));
    assertEquals(4, several.records().values().stream().mapToInt(Integer::intValue).sum());
  }
}
