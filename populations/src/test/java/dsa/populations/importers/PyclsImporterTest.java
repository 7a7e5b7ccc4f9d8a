package dsa.populations.importers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dsa.core.complexity.FlopsConvention;
import dsa.core.io.MalformedFileException;
import dsa.core.run.ErrorKind;
import dsa.core.run.Population;
import dsa.core.run.Reruns;
import dsa.core.run.TrainedModel;
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
    assertEquals(List.of("1.0", "1.0", "0.5"), imported.extras().get(0).cells());
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
  void anythingButAListOfJobsIsRefused() throws IOException {
    Files.writeString(sweep, "{}");
    assertThrows(
        MalformedFileException.class,
        () -> PyclsImporter.read(sweep, false, ImportOptions.withDefaults()));
  }
}
