package dsa.core.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dsa.core.complexity.Complexity;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.core.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A count that is off by one layer moves models across complexity bins and nobody notices: every
 * number is exact.
 */
final class ComplexityTest {

  private static StagedSpec cifar(BlockType block, int depth) {
    return StagedSpec.cifar(
        block,
        List.of(
            StageSpec.plain(depth, 16, 1),
            StageSpec.plain(depth, 32, 2),
            StageSpec.plain(depth, 64, 2)));
  }

  @ParameterizedTest(name = "{0} with {1} blocks a stage")
  @CsvSource({
    "residual, 3, 272474, 40813194, 41816714, 200714",
    "residual, 9, 855770, 125747850, 128471690, 544778",
    "residual, 18, 1730714, 253149834, 258454154, 1060874",
    "vanilla, 9, 853018, 125485706, 128148106, 532490",
  })
  void networksOfThePapersCostWhatPyclsAndTheReleaseSay(
      String block, int depth, long params, long macs, long nds, long activations) {
    assertEquals(
        new Complexity(params, macs, nds, activations),
        cifar(BlockType.parse(block), depth).complexity(Task.CIFAR10));
  }

  @Test
  void workedResNextBExample() {
    StagedSpec spec =
        StagedSpec.cifar(
            BlockType.BOTTLENECK,
            List.of(
                StageSpec.bottleneck(2, 64, 1, 0.5, 8),
                StageSpec.bottleneck(8, 256, 2, 0.25, 16),
                StageSpec.bottleneck(4, 128, 2, 1, 2)));
    assertEquals(
        new Complexity(782170, 123389194, 130270474, 1376266), spec.complexity(Task.CIFAR10));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "R-50, 3, 4, 6, 3, 0.25, 1, 25557032, 4089185256, 11315688",
    "R-101, 3, 4, 23, 3, 0.25, 1, 44549160, 7801406440, 16433640",
    "R-152, 3, 8, 36, 3, 0.25, 1, 60192808, 11513627624, 22755816",
    "X-50-32x4d, 3, 4, 6, 3, 0.5, 32, 25028904, 4230480872, 14602216",
    "X-101-32x4d, 3, 4, 23, 3, 0.5, 32, 44177704, 7969997800, 21426152",
    "X-152-32x4d, 3, 8, 36, 3, 0.5, 32, 59951400, 11709514728, 29855720",
  })
  void imageNetNetworksCostWhatPyclsSays(
      String name,
      int d1,
      int d2,
      int d3,
      int d4,
      double multiplier,
      int groups,
      long params,
      long macs,
      long activations) {
    StagedSpec spec =
        new StagedSpec(
            BlockType.BOTTLENECK,
            Stem.IMAGENET,
            64,
            List.of(
                StageSpec.bottleneck(d1, 256, 1, multiplier, groups),
                StageSpec.bottleneck(d2, 512, 2, multiplier, groups),
                StageSpec.bottleneck(d3, 1024, 2, multiplier, groups),
                StageSpec.bottleneck(d4, 2048, 2, multiplier, groups)));
    Complexity complexity = spec.complexity(Task.IMAGENET);
    assertEquals(params, complexity.params());
    assertEquals(macs, complexity.macs());
    assertEquals(activations, complexity.activations());
  }

  @ParameterizedTest(name = "RegNetX-{0}")
  @CsvSource({
    "200MF, 24 56 152 368, 1 1 4 7, 8, 199040872, 2684792, 2164056",
    "400MF, 32 64 160 384, 1 2 7 12, 16, 397678568, 5157512, 3143272",
    "600MF, 48 96 240 528, 1 3 5 7, 24, 600891112, 6196040, 3975096",
    "800MF, 64 128 288 672, 1 3 7 5, 16, 799700712, 7259656, 5148744",
    "3.2GF, 96 192 432 1008, 2 6 15 2, 48, 3176622952, 15296552, 11367432",
    "1.6GF, 72 168 408 912, 2 4 10 2, 24, 1602850792, 9190136, 7933512",
    "4.0GF, 80 240 560 1360, 2 5 14 2, 40, 3964499816, 22118248, 12201608",
    "6.4GF, 168 392 784 1624, 2 4 10 1, 56, 6460292264, 26209256, 16369744",
    "12GF, 224 448 896 2240, 2 5 11 1, 112, 12086679016, 46106056, 21366568",
    "16GF, 256 512 896 2048, 2 6 13 1, 128, 15940756456, 54278536, 25515496",
    "32GF, 336 672 1344 2520, 2 7 13 1, 168, 31735930792, 107811560, 36302160",
  })
  void regNetsGivenByTheirStagesCostWhatPyclsSays(
      String name,
      String widths,
      String depths,
      int groupWidth,
      long flops,
      long params,
      long activations) {
    String[] w = widths.split(" ");
    String[] d = depths.split(" ");
    List<StageSpec> stages = new ArrayList<>();
    for (int i = 0; i < w.length; i++) {
      int width = Integer.parseInt(w[i]);
      stages.add(new StageSpec(Integer.parseInt(d[i]), width, 2, width, width / groupWidth));
    }
    Complexity complexity =
        new StagedSpec(BlockType.BOTTLENECK, Stem.SIMPLE, 32, stages).complexity(Task.IMAGENET);
    assertEquals(flops, complexity.macs());
    assertEquals(params, complexity.params());
    assertEquals(activations, complexity.activations());
  }

  @Test
  void bottlenecksOfHalfAChannelAreRoundedToTheEvenNeighbour() {
    assertEquals(2, StageSpec.bottleneck(1, 10, 1, 0.25, 1).bottleneckWidth());
    assertEquals(4, StageSpec.bottleneck(1, 14, 1, 0.25, 1).bottleneckWidth());
    assertEquals(4, StageSpec.bottleneck(1, 9, 1, 0.5, 1).bottleneckWidth());
  }

  @Test
  void aCountBeyondLongIsRefusedNotWrapped() {
    for (String text :
        List.of(
            "residual cifar:16 | 1x999999999 s1 | 1x999999999 s1",
            "residual cifar:16 | 999999999x999999999 s1",
            "bottleneck cifar:16 | 1x999999999 s1 b999999999 g1")) {
      ArchitectureSpec spec = ArchitectureSpec.parse(text);
      assertThrows(IllegalArgumentException.class, () -> spec.complexity(Task.CIFAR10), text);
    }
  }

  @Test
  void aNetworkTooDeepToWriteOutIsRefused() {
    StagedSpec deep = cifar(BlockType.RESIDUAL, 33_334);
    assertThrows(IllegalArgumentException.class, () -> deep.plan(Task.CIFAR10));
    assertTrue(deep.complexity(Task.CIFAR10).params() > 0, "counting it takes no writing out");
  }

  @Test
  void everyRowOfTheResNetPopulationIsExact() throws IOException {
    assertEquals(5000, rowsThatAgree("data/nds/resnet_5000_mean_of_3_seeds.csv", false));
  }

  @Test
  void everyRowOfTheResNextPopulationIsExact() throws IOException {
    assertEquals(2500, rowsThatAgree("data/nds/resnext-a_2500.csv", true));
  }

  private static int rowsThatAgree(String file, boolean bottleneck) throws IOException {
    List<String> lines = Files.readAllLines(Shared.file(file));
    int rows = 0;
    for (String line : lines.subList(1, lines.size())) {
      String[] cell = line.split(",");
      List<StageSpec> stages = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        int depth = Integer.parseInt(cell[i]);
        int width = Integer.parseInt(cell[3 + i]);
        int stride = i == 0 ? 1 : 2;
        stages.add(
            bottleneck
                ? StageSpec.bottleneck(
                    depth,
                    width,
                    stride,
                    Double.parseDouble(cell[6 + i]),
                    Integer.parseInt(cell[9 + i]))
                : StageSpec.plain(depth, width, stride));
      }
      Complexity complexity =
          StagedSpec.cifar(bottleneck ? BlockType.BOTTLENECK : BlockType.RESIDUAL, stages)
              .complexity(Task.CIFAR10);
      int first = bottleneck ? 12 : 6;
      assertEquals(Long.parseLong(cell[first]), complexity.params(), line);
      assertEquals(Long.parseLong(cell[first + 1]), complexity.ndsFlops(), line);
      rows++;
    }
    return rows;
  }

  @Test
  void theThreeStandardRecordsAreExact() throws IOException {
    Path file = Shared.file("data/nds/four-records.json");
    int checked = 0;
    for (JsonNode record : new ObjectMapper().readTree(file.toFile())) {
      JsonNode net = record.get("net");
      if (!net.has("block_type")) {
        continue;
      }
      String type = net.get("block_type").asText();
      BlockType block =
          type.startsWith("res_bottleneck")
              ? BlockType.BOTTLENECK
              : type.startsWith("res_basic") ? BlockType.RESIDUAL : BlockType.VANILLA;
      List<StageSpec> stages = new ArrayList<>();
      for (int i = 1; i <= 3; i++) {
        int depth = net.get("ds").get(i).asInt();
        int width = net.get("ws").get(i).asInt();
        int stride = net.get("ss").get(i).asInt();
        stages.add(
            block == BlockType.BOTTLENECK
                ? StageSpec.bottleneck(
                    depth,
                    width,
                    stride,
                    net.get("bot_muls").get(i).asDouble(),
                    net.get("num_gs").get(i).asInt())
                : StageSpec.plain(depth, width, stride));
      }
      Complexity complexity = StagedSpec.cifar(block, stages).complexity(Task.CIFAR10);
      assertEquals(record.get("params").asLong(), complexity.params(), type);
      assertEquals(record.get("flops").asLong(), complexity.ndsFlops(), type);
      checked++;
    }
    assertEquals(3, checked);
  }

  @Test
  void theShortWayCountsWhatThePlanCosts() {
    RandomStream random = SeedPath.root(7).generator();
    for (int i = 0; i < 500; i++) {
      BlockType block = List.of(BlockType.values()).get(random.nextInt(3));
      List<StageSpec> stages = new ArrayList<>();
      for (int s = 0; s < 1 + random.nextInt(4); s++) {
        int depth = 1 + random.nextInt(6);
        int width = 8 * (1 + random.nextInt(16));
        int stride = 1 + random.nextInt(3);
        stages.add(
            block == BlockType.BOTTLENECK
                ? StageSpec.bottleneck(depth, width, stride, 0.5, 1 << random.nextInt(3))
                : StageSpec.plain(depth, width, stride));
      }
      StagedSpec spec =
          new StagedSpec(
              block,
              List.of(Stem.values()).get(random.nextInt(3)),
              8 * (1 + random.nextInt(4)),
              stages);
      Task task = random.nextInt(2) == 0 ? Task.CIFAR10 : Task.IMAGENET;
      assertEquals(spec.plan(task).complexity(), spec.complexity(task), spec.text());
    }
  }

  @Test
  void layersAddUpToTheWhole() {
    NetworkPlan plan = cifar(BlockType.RESIDUAL, 3).plan(Task.CIFAR10);
    Complexity sum = Complexity.ZERO;
    for (NetworkPlan.Layer layer : plan.layers()) {
      sum = sum.plus(layer.cost());
    }
    assertEquals(plan.complexity(), sum);
  }
}
