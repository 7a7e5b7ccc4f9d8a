package dsa.populations.importers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.complexity.FlopsConvention;
import dsa.core.io.MalformedFileException;
import dsa.core.run.ErrorKind;
import dsa.core.run.Population;
import dsa.core.run.Reruns;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unfinished jobs have errors that are too high; mixing them in makes a space look worse. */
final class PyclsImporterTest {

  private static final String JOB =
      """
      {"cfg":{"TRAIN":{"DATASET":"cifar10"},"OPTIM":{"MAX_EPOCH":2},"RNG_SEED":@,\
      "OUT_DIR":"@"},"complexity":{"flops":125747850,"params":855770,"acts":544778},\
      "test_epoch":{"top1_err":[50.0,9.5],"min_top1_err":[50.0,9.5],"epoch_ind":[1,2],\
      "epoch_max":[2,2],"mem":[1.5,2]}AVERAGED,"log_file":"s/logs/00000@/stdout.log","err":""}\
      """;
  private static final String AVERAGED =
      ",\"test_ema_epoch\":{\"top1_err\":[40.0,8.0,8.5],\"epoch_ind\":[1,2,2],\"epoch_max\":"
          + "[2,2,2]}";
  private static final String HALFWAY =
      ",\"test_ema_epoch\":{\"top1_err\":[40.0],\"epoch_ind\":[1],\"epoch_max\":[2]}";

  @TempDir Path folder;
  private Path sweep;

  private static String job(int seed, String averaged) {
    return JOB.replace("@", Integer.toString(seed)).replace("AVERAGED", averaged);
  }

  @BeforeEach
  void writeSweep() throws IOException {
    sweep = folder.resolve("sweep.json");
    Files.writeString(
        sweep,
        "["
            + String.join(",\n", job(1, AVERAGED), job(2, ""), job(3, HALFWAY), "{\"cfg\":{}}")
            + "]");
  }

  private static List<OptionalDouble> errors(Population population) {
    return population.models().stream().map(TrainedModel::testError).toList();
  }

  @Test
  void finishedJobsAreModelsAndTheOthersAreCounted() throws IOException {
    Imported imported = PyclsImporter.read(sweep, false, ImportOptions.withDefaults());
    Population population = imported.population();
    assertEquals(List.of(OptionalDouble.of(8), OptionalDouble.of(9.5)), errors(population));
    assertEquals("000001", population.models().get(0).id());
    assertEquals(OptionalLong.of(544778), population.models().get(0).complexity().activations());
    assertEquals(Optional.of(FlopsConvention.MACS), population.origin().flops());
    assertEquals(Optional.of("cifar10"), population.origin().dataset());
    assertEquals(Map.of("unfinished", 1, "without a test epoch", 1), imported.report().leftOut());
  }

  @Test
  void partialJobsAreKeptWithTheirShareWhenAskedFor() throws IOException {
    Imported imported = PyclsImporter.read(sweep, true, ImportOptions.withDefaults());
    assertEquals(3, imported.report().kept());
    assertEquals(List.of("1.0", "1.0", "0.5"), imported.population().extras().get(0).cells());
  }

  @Test
  void theLastErrorIsNotTheSmallest() throws IOException {
    Imported imported =
        PyclsImporter.read(sweep, false, ImportOptions.withDefaults().with(ErrorKind.LAST));
    assertEquals(OptionalDouble.of(8.5), errors(imported.population()).get(0));
  }

  @Test
  void jobsThatDifferInSeedAndFolderOnlyAreReruns() throws IOException {
    Imported imported =
        PyclsImporter.read(sweep, false, ImportOptions.withDefaults().with(Reruns.MEAN));
    assertEquals(List.of(OptionalDouble.of(8.75)), errors(imported.population()));
    assertEquals(2, imported.population().models().get(0).runs());
  }

  @Test
  void theNetworkOfAConfigurationIsCheckedAgainstItsComplexity() throws IOException {
    Imported imported =
        PyclsImporter.read(
            Shared.file("faults/inputs/pycls-cifar-optim-like.json"),
            false,
            ImportOptions.withDefaults());
    Population population = imported.population();
    assertEquals(imported.report().kept(), imported.report().checked());
    assertEquals(0, imported.report().mismatched());
    assertEquals(
        "residual cifar:16 | 9x16 s1 | 9x32 s2 | 9x64 s2",
        population.models().get(0).architecture().orElseThrow().text());
    assertEquals("0.25", population.extra("lr").orElseThrow().cells().get(0));
    assertEquals("0.26", population.extra("lr").orElseThrow().cells().get(1));
    assertEquals("0.0005", population.extra("wd").orElseThrow().cells().get(0));
  }

  @Test
  void aNetworkOfOtherParamsThanRecordedIsNotKept() throws IOException {
    String job =
        job(1, AVERAGED)
            .replace(
                "\"cfg\":{",
                "\"cfg\":{\"MODEL\":{\"TYPE\":\"anynet\"},\"ANYNET\":{\"BLOCK_TYPE\":"
                    + "\"res_basic_block\",\"DEPTHS\":[9,9,9],\"WIDTHS\":[16,32,64],"
                    + "\"STRIDES\":[1,2,2],\"STEM_TYPE\":\"res_stem_cifar\",\"STEM_W\":16},");
    Files.writeString(sweep, "[" + job + "," + job.replace("855770", "855771") + "]");
    Imported imported = PyclsImporter.read(sweep, false, ImportOptions.withDefaults());
    assertTrue(imported.population().models().get(0).architecture().isPresent());
    assertTrue(imported.population().models().get(1).architecture().isEmpty());
    assertTrue(
        imported.report().notes().stream()
            .anyMatch(
                note ->
                    note.text()
                        .contains(
                            "record 2: 855771 params recorded, 855770 counted from its"
                                + " configuration")));
  }

  @Test
  void aRegNetsSixNumbersAreItsNetwork() throws IOException {
    // RegNetX-200MF of pycls' model zoo: 2,684,792 params, 199,906,016 flops.
    String job =
        job(1, AVERAGED)
            .replace("cifar10", "imagenet")
            .replace("855770", "2684792")
            .replace("125747850", "199906016")
            .replace("544778", "2186052")
            .replace(
                "\"cfg\":{",
                "\"cfg\":{\"MODEL\":{\"TYPE\":\"regnet\"},\"REGNET\":{\"DEPTH\":13,\"W0\":24,"
                    + "\"WA\":36.44,\"WM\":2.49,\"GROUP_W\":8},");
    Files.writeString(sweep, "[" + job + "]");
    Imported imported = PyclsImporter.read(sweep, false, ImportOptions.withDefaults());
    assertTrue(
        imported.population().models().get(0).architecture().isPresent(),
        imported.report().notes().toString());
    assertEquals(1, imported.report().checked());
  }

  @Test
  void anythingButAListOfJobsIsRefused() throws IOException {
    Files.writeString(sweep, "{}");
    assertThrows(
        MalformedFileException.class,
        () -> PyclsImporter.read(sweep, false, ImportOptions.withDefaults()));
  }
}
