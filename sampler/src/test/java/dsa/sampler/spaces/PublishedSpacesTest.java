package dsa.sampler.spaces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.BlockType;
import dsa.core.arch.StageSpec;
import dsa.core.arch.StagedSpec;
import dsa.core.complexity.Complexity;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.complexity.FlopsConvention;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.core.testing.Shared;
import dsa.sampler.ComplexityCap;
import dsa.sampler.ComplexityCap.Combination;
import dsa.sampler.ComplexityLimit;
import dsa.sampler.DesignSpace;
import dsa.sampler.Dimension;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A grid with one value wrong is another design space, and no figure would look strange. */
final class PublishedSpacesTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "vanilla | 1259712 | 1,2,3,4,6,8,12,16,24 | 16,24,32,40,48,64,80,96,128,160,192,256 | |",
        "resnet | 1259712 | 1,2,3,4,6,8,12,16,24 | 16,24,32,40,48,64,80,96,128,160,192,256 | |",
        "resnext-a | 11390625 | 1,2,4,8,16 | 16,32,64,128,256 | 1,2,4 | 1,2,4",
        "resnext-b | 52734375 | 1,2,4,8,16 | 64,128,256,512,1024 | 1,2,4 | 1,2,4,8,16",
      })
  void gridsAndSizesAreThePublishedOnes(
      String name, BigInteger size, String depth, String width, String ratio, String groups)
      throws IOException {
    DesignSpace space = Spaces.find(name);
    assertEquals(size, space.size());
    List<String> axes = space.dimensions().stream().map(Dimension::text).toList();
    int perStage = ratio == null ? 2 : 4;
    assertEquals(3 * perStage, axes.size());
    for (int s = 0; s < 3; s++) {
      assertEquals(depth, axes.get(s * perStage).replace(" ", ""));
      assertEquals(width, axes.get(s * perStage + 1).replace(" ", ""));
      if (ratio != null) {
        assertEquals(ratio, axes.get(s * perStage + 2).replace(" ", ""));
        assertEquals(groups, axes.get(s * perStage + 3).replace(" ", ""));
      }
    }
  }

  private static ComplexityLimit atMost(
      ComplexityMeasure measure, FlopsConvention convention, long high) {
    return new ComplexityLimit(measure, convention, 0, high);
  }

  private static ComplexityCap cap(Combination combination, ComplexityLimit... limits) {
    return new ComplexityCap(combination, List.of(limits));
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"Vanilla", "ResNet", "ResNeXt-A", "ResNeXt-B"})
  void countsUnderEveryCapAreExact(String name) throws IOException {
    JsonNode golden =
        new ObjectMapper().readTree(Shared.file("golden/space_counts.json").toFile()).get(name);
    DesignSpace space = Spaces.find(name);
    ComplexityLimit params = atMost(ComplexityMeasure.PARAMS, FlopsConvention.NDS, 855770);
    ComplexityLimit flops = atMost(ComplexityMeasure.FLOPS, FlopsConvention.NDS, 128471690);
    ComplexityLimit macs = atMost(ComplexityMeasure.FLOPS, FlopsConvention.MACS, 125747850);
    ComplexityLimit activations =
        atMost(ComplexityMeasure.ACTIVATIONS, FlopsConvention.NDS, 544778);
    assertEquals(golden.get("total").bigIntegerValue(), space.size());
    count(golden, "total", space, ComplexityCap.NONE);
    count(golden, "le_flops", space, cap(Combination.ALL, flops));
    count(golden, "le_params", space, cap(Combination.ALL, params));
    count(golden, "le_both", space, cap(Combination.ALL, flops, params));
    count(golden, "le_either", space, cap(Combination.ANY, flops, params));
    count(golden, "le_flops_macs", space, cap(Combination.ANY, macs));
    count(golden, "le_acts", space, cap(Combination.ALL, activations));
    List<ComplexityLimit> nds = ComplexityCap.NDS.limits();
    count(golden, "cap_params", space, cap(Combination.ALL, nds.get(0)));
    count(golden, "cap_flops", space, cap(Combination.ALL, nds.get(1)));
    count(golden, "cap_acts", space, cap(Combination.ALL, nds.get(2)));
    count(golden, "cap_any", space, ComplexityCap.NDS);
    count(golden, "cap_all", space, new ComplexityCap(Combination.ALL, nds));
    assertEquals(
        golden.get("min_params").longValue(),
        space.census().orElseThrow().costs().least().params());
    assertEquals(
        golden.get("max_params").longValue(),
        space.census().orElseThrow().costs().greatest().params());
    assertEquals(
        golden.get("min_flops_nds").longValue(),
        space.census().orElseThrow().costs().least().ndsFlops());
    assertEquals(
        golden.get("max_flops_nds").longValue(),
        space.census().orElseThrow().costs().greatest().ndsFlops());
  }

  /** The recovered models are draws from the spaces, under the release's rule, none drawn twice. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "resnet, data/nds/resnet_5000_mean_of_3_seeds.csv, 5000",
    "resnext-a, data/nds/resnext-a_2500.csv, 2500",
  })
  void recoveredModelsLieInTheirSpaceUnderThePublishedRuleAndAreDistinct(
      String name, String file, int models) throws IOException {
    DesignSpace space = Spaces.find(name);
    List<String> lines = Files.readAllLines(Shared.file(file));
    Set<ArchitectureSpec> distinct = new HashSet<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cell = line.split(",");
      List<StageSpec> stages = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        int depth = Integer.parseInt(cell[i]);
        int width = Integer.parseInt(cell[3 + i]);
        int stride = i == 0 ? 1 : 2;
        stages.add(
            name.equals("resnet")
                ? StageSpec.plain(depth, width, stride)
                : StageSpec.bottleneck(
                    depth,
                    width,
                    stride,
                    Double.parseDouble(cell[6 + i]),
                    Integer.parseInt(cell[9 + i])));
      }
      BlockType block = name.equals("resnet") ? BlockType.RESIDUAL : BlockType.BOTTLENECK;
      ArchitectureSpec spec = StagedSpec.cifar(block, stages);
      assertTrue(space.census().orElseThrow().contains(spec), line);
      assertTrue(ComplexityCap.NDS.admits(spec.complexity(space.head().task())), line);
      distinct.add(spec);
    }
    assertEquals(models, distinct.size());
  }

  private static void count(JsonNode golden, String key, DesignSpace space, ComplexityCap cap) {
    assertEquals(
        golden.get(key).longValue(),
        space.census().orElseThrow().encodings(cap).orElseThrow(),
        key);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"vanilla", "resnet", "resnext-a", "resnext-b"})
  void tablesPriceADrawAsItsPlanDoes(String name) throws IOException {
    DesignSpace space = Spaces.find(name);
    RandomStream random = SeedPath.root(7).child(name).generator();
    int[] choice = new int[space.choiceLength()];
    for (int i = 0; i < 300; i++) {
      space.choose(random, choice);
      ArchitectureSpec spec = space.decode(choice);
      Complexity cost = space.complexity(choice);
      assertEquals(spec.complexity(space.head().task()), cost, spec.text());
      assertTrue(space.census().orElseThrow().contains(spec), spec.text());
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "resnet, residual cifar:16 | 1x16 s1 | 1x16 s2 | 5x16 s2",
    "resnet, residual cifar:16 | 1x16 s1 | 1x16 s2 | 1x17 s2",
    "resnet, residual cifar:16 | 1x16 s1 | 1x16 s2 | 1x16 s1",
    "resnet, residual cifar:16 | 1x16 s1 | 1x16 s2",
    "resnet, residual cifar:17 | 1x16 s1 | 1x16 s2 | 1x16 s2",
    "resnet, residual simple:16 | 1x16 s1 | 1x16 s2 | 1x16 s2",
    "resnet, vanilla cifar:16 | 1x16 s1 | 1x16 s2 | 1x16 s2",
    "resnext-a, bottleneck cifar:16 | 1x16 s1 b16 g1 | 1x16 s2 b16 g8 | 1x16 s2 b16 g1",
    "resnext-a, bottleneck cifar:16 | 1x16 s1 b16 g1 | 1x16 s2 b12 g4 | 1x16 s2 b16 g1",
  })
  void aNetworkOffTheGridIsNotOfTheSpace(String name, String text) throws IOException {
    assertTrue(
        !Spaces.find(name.toUpperCase(Locale.ROOT))
            .census()
            .orElseThrow()
            .contains(ArchitectureSpec.parse(text)));
  }
}
