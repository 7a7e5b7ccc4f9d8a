package dsa.populations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.io.MalformedFileException;
import dsa.core.run.TrainedNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trainings that are averaged, or matched to another network's, cannot tell luck from merit any
 * more.
 */
final class TrainedNetworksTest {

  @TempDir private Path folder;

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void theTrainingsOfATableAreKeptApart() throws IOException {
    String csv =
        file(
            "macro.csv",
            """
            arch,acc1,acc2,acc3,params,flops
            00000000,45.5,45.25,45,387882,7713280
            02012100,89,88.5,90,890666,47327744
            """);
    String json =
        file(
            "macro.json",
            "{\"00000000\":{\"test_acc\":[45.5,45.25,45],\"params\":387882,\"flops\":7713280},"
                + "\"02012100\":{\"test_acc\":[89,88.5,90],\"params\":890666,\"flops\":47327744}}");
    for (String each : List.of(csv, json)) {
      TrainedNetworks read = TrainedNetworks.open(List.of(each));
      assertEquals(Optional.of("mb-macro"), read.space());
      assertEquals(50, read.epochs().orElseThrow());
      TrainedNetwork second = read.networks().get(1);
      assertEquals("02012100", second.id());
      assertEquals(List.of(11.0, 11.5, 10.0), second.errorsPct());
      assertEquals(47327744, second.complexity().flops().orElseThrow());
      assertEquals(890666, second.complexity().params().orElseThrow());
      assertTrue(second.architecture().isPresent());
    }
  }

  @Test
  void whatIsNoAccuracyIsNamed() throws IOException {
    String csv = file("bad.csv", "arch,acc1,acc2,params,flops\n00000000,45,145,1,1\n");
    String message =
        assertThrows(MalformedFileException.class, () -> TrainedNetworks.open(List.of(csv)))
            .getMessage();
    assertTrue(message.contains("bad.csv:2") && message.contains("145"), message);
    String json = file("bad.json", "{\"00000000\":{\"test_acc\":[45,\"x\"]}}");
    message =
        assertThrows(MalformedFileException.class, () -> TrainedNetworks.open(List.of(json)))
            .getMessage();
    assertTrue(message.contains("00000000"), message);
  }

  @Test
  void severalSourcesGiveOneTrainingEach() throws IOException {
    String a = file("a.csv", "id,test_error_pct\nx,5\ny,6\nz,7\n");
    String b = file("b.csv", "id,test_error_pct\nz,17\nx,15\n");
    TrainedNetworks both = TrainedNetworks.open(List.of(a, b));
    assertEquals(
        List.of(List.of(5.0, 15.0), List.of(7.0, 17.0)),
        both.networks().stream().map(TrainedNetwork::errorsPct).toList());
    assertTrue(both.remarks().toString().contains("1 networks are not in all"), both.toString());
    String c = file("c.csv", "id,test_error_pct\nw,5\nv,6\n");
    assertThrows(IllegalArgumentException.class, () -> TrainedNetworks.open(List.of(a, c)));
  }

  @Test
  void curvesComeWithTheProgram() throws IOException {
    TrainedNetworks trained = TrainedNetworks.open(List.of("vanilla"));
    assertEquals(64, trained.networks().size());
    for (TrainedNetwork each : trained.networks()) {
      List<Double> curve = each.curves().get(0);
      assertEquals(trained.epochs().orElseThrow(), curve.size());
      assertEquals(each.errorsPct().get(0), curve.get(curve.size() - 1));
    }
    LearningCurves curves = LearningCurves.open("early=vanilla");
    assertEquals("early", curves.name());
    assertEquals(64, curves.networks().size() + curves.leftOut());
    assertEquals(curves.testErrorsPct().get(0).size(), curves.trainLosses().get(0).size());
  }
}
