package dsa.trainer.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dsa.core.io.SweepPlan;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** A plan written otherwise is another plan: every sweep begun before would refuse to go on. */
final class SweepFormatsTest {

  private static final String PLAN =
      """
      {
        "format" : "dsa.sweep/1",
        "space" : "resnet",
        "architectures" : "00ff",
        "models" : 64,
        "recipe" : "cpu-mini",
        "recipeHash" : "1f",
        "seed" : -9007199254740993,
        "dataset" : "cifar10",
        "datasetChecksum" : "933f552fa34f2e7d"
      }
      """;

  private static final String STATUS =
      """
      {
        "format" : "dsa.status/1",
        "supervisor" : 4242,
        "written" : "2026-01-01T00:00:02.500Z",
        "running" : [ {
          "id" : "resnet-0003",
          "epoch" : 0,
          "epochs" : 3,
          "seconds" : 1.5
        }, {
          "id" : "resnet-0004",
          "epoch" : 2,
          "epochs" : 3,
          "seconds" : 40.25,
          "epochShare" : 0.25,
          "testErrorPct" : 45.5
        } ],
        "imagesPerSecond" : 612.5,
        "secondsLeft" : 90.0
      }
      """;

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:02.500Z");

  private static SweepProgress progress(
      List<SweepProgress.Running> running, double imagesPerSecond, OptionalDouble secondsLeft) {
    return new SweepProgress(
        64, 3, 1, 0, running, imagesPerSecond, OptionalDouble.of(40), secondsLeft);
  }

  @Test
  void theFormatOfPlansIsSealed() {
    SweepPlan plan =
        new SweepPlan(
            "resnet",
            "00ff",
            64,
            "cpu-mini",
            "1f",
            -9007199254740993L,
            "cifar10",
            "933f552fa34f2e7d");
    assertEquals(PLAN, plan.text());
    assertEquals(plan, SweepPlan.parse(PLAN));
  }

  @Test
  void theFormatOfStatusesIsSealed() {
    List<SweepProgress.Running> running =
        List.of(
            new SweepProgress.Running("resnet-0003", 0, 3, 0, OptionalDouble.empty(), 1.5),
            new SweepProgress.Running("resnet-0004", 2, 3, 0.25, OptionalDouble.of(45.5), 40.25));
    assertEquals(
        STATUS, SweepStatus.text(4242, NOW, progress(running, 612.5, OptionalDouble.of(90))));
    assertEquals(
        """
        {
          "format" : "dsa.status/1",
          "supervisor" : 4242,
          "written" : "2026-01-01T00:00:02.500Z",
          "running" : [ ],
          "imagesPerSecond" : 0.0
        }
        """,
        SweepStatus.text(4242, NOW, progress(List.of(), 0, OptionalDouble.empty())));
  }
}
