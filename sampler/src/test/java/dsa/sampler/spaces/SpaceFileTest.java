package dsa.sampler.spaces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.complexity.ComplexityMeasure;
import dsa.core.complexity.FlopsConvention;
import dsa.core.io.MalformedFileException;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.sampler.ComplexityCap;
import dsa.sampler.ComplexityCap.Combination;
import dsa.sampler.ComplexityLimit;
import dsa.sampler.DesignSpace;
import dsa.sampler.stages.StagedSpace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A space file is written by hand: a slip that is read as something else becomes weeks of training
 * in the wrong space.
 */
final class SpaceFileTest {

  private static final String GOOD =
      """
      format: dsa.space/1
      name: small
      description: A small space.
      task: cifar10
      block: bottleneck
      stem: {type: cifar, width: 16}
      stages:
        - {stride: 1, depth: [1, 2, 4], width: [16, 32], ratio: [1, 2.5], groups: [1, 2]}
        - stride: 2
          depth: [1, 2]
          width: [32, 64]
          ratio: [1, 2]
          groups: [1, 2]
      constraints: {width: non-decreasing, groups: shared}
      window: {params: 1k..1M, flops: ..0.1B, flops-kind: nds}
      """;

  private static StagedSpace read(String name, String text) throws IOException {
    return (StagedSpace)
        Spaces.read(name, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String refusal(String name, byte[] bytes) {
    return assertTimeoutPreemptively(
        Duration.ofMinutes(10),
        () ->
            assertThrows(
                    MalformedFileException.class,
                    () -> Spaces.read(name, new ByteArrayInputStream(bytes)))
                .getMessage());
  }

  private static String refusal(String text) {
    return refusal("s.yaml", text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void everythingAFileSaysIsInTheSpace() throws IOException {
    StagedSpace space = read("s.yaml", GOOD.replace("2.5", "4"));
    assertEquals("small", space.head().name());
    assertEquals("A small space.", space.head().description());
    assertEquals(8, space.dimensions().size());
    assertEquals("ratio1", space.dimensions().get(2).name());
    assertEquals("1, 4", space.dimensions().get(2).text());
    assertEquals(
        new ComplexityCap(
            Combination.ALL,
            List.of(
                new ComplexityLimit(ComplexityMeasure.PARAMS, FlopsConvention.NDS, 1000, 1_000_000),
                new ComplexityLimit(ComplexityMeasure.FLOPS, FlopsConvention.NDS, 0, 100_000_000))),
        space.head().window());
    assertEquals(List.of("width non-decreasing", "groups shared"), space.constraints());
    // widths never fall here; half of the 24 x 16 pairs share their groups
    assertEquals(BigInteger.valueOf(192), space.size());
  }

  @Test
  void jsonSaysTheSame() throws IOException {
    String json =
        """
        {"format": "dsa.space/1", "name": "tiny", "task": "imagenet", "block": "vanilla",
        \t"stem": {"type": "simple", "width": 32},
        \t"stages": [{"stride": 2, "depth": [1, 2], "width": 24}]}
        """;
    StagedSpace space = read("tiny.json", json);
    assertEquals(2, space.size().intValueExact());
    int[] choice = {1};
    assertEquals("vanilla simple:32 | 2x24 s2", space.decode(choice).text());
    assertEquals(space.decode(choice).complexity(space.head().task()), space.complexity(choice));
    assertEquals(
        1,
        space
            .census()
            .orElseThrow()
            .encodings(paramsAtMost(space.census().orElseThrow().costs().least().params()))
            .orElseThrow());
  }

  private static ComplexityCap paramsAtMost(long high) {
    return new ComplexityCap(
        Combination.ALL,
        List.of(new ComplexityLimit(ComplexityMeasure.PARAMS, FlopsConvention.NDS, 0, high)));
  }

  @Test
  void countsOfAConstrainedSpaceAreThoseOfListingIt(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("s.yaml"), GOOD.replace("2.5", "4"));
    DesignSpace space = Spaces.read(file);
    long inside = 0;
    long total = 0;
    for (int a = 0; a < 24; a++) {
      for (int b = 0; b < 16; b++) {
        int[] choice = {a, b};
        var spec = (dsa.core.arch.StagedSpec) space.decode(choice);
        var first = spec.stages().get(0);
        var second = spec.stages().get(1);
        boolean tied = first.width() <= second.width() && first.groups() == second.groups();
        var cost = spec.complexity(space.head().task());
        boolean window =
            cost.params() >= 1000 && cost.params() <= 1_000_000 && cost.ndsFlops() <= 100_000_000;
        assertEquals(tied && window, space.census().orElseThrow().contains(spec), spec.text());
        total += tied ? 1 : 0;
        inside += tied && window && cost.params() <= 12_000 ? 1 : 0;
      }
    }
    assertEquals(BigInteger.valueOf(total), space.size());
    assertTrue(inside > 0 && inside < total);
    assertEquals(
        inside, space.census().orElseThrow().encodings(paramsAtMost(12_000)).orElseThrow());
  }

  @Test
  void aSpaceMayBeLargerThanALongCounts() throws IOException {
    String stage = "  - {stride: 1, depth: [1, 2, 3, 4], width: [8, 16, 24, 32, 40, 48, 56, 64]}\n";
    String text =
        "format: dsa.space/1\nname: big\ntask: cifar10\nblock: residual\n"
            + "stem: {type: cifar, width: 8}\nstages:\n"
            + stage.repeat(14);
    DesignSpace space = read("big.yaml", text);
    assertEquals(BigInteger.valueOf(32).pow(14), space.size());
    assertTrue(space.census().orElseThrow().encodings(paramsAtMost(100_000)).isEmpty());
    DesignSpace tied = read("big.yaml", text + "constraints: {width: non-decreasing}\n");
    // choose(14 + 7, 7) width sequences
    assertEquals(BigInteger.valueOf(116_280).multiply(BigInteger.valueOf(4).pow(14)), tied.size());
    RandomStream random = SeedPath.root(3).generator();
    int[] choice = new int[14];
    for (int i = 0; i < 50; i++) {
      tied.choose(random, choice);
      assertTrue(tied.census().orElseThrow().contains(tied.decode(choice)));
      assertEquals(tied.decode(choice).complexity(tied.head().task()), tied.complexity(choice));
    }
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "dsa.space/1 | dsa.space/2 | 1: format 'dsa.space/2' is not dsa.space/1",
        "name: small | kind: bricks | 2: kind 'bricks' is wrong: kinds of spaces are ",
        "name: small | nom: small | 2: nom 'small' is not a key known here",
        "name: small | name: [small] | 2: name is not a short text",
        "name: small | name: ../x | 2: name '../x' is not a name",
        "name: small | name: 7 | 2: name 7 is not a short text",
        "cifar10 | mnist | 4: task 'mnist' is wrong: task 'mnist' is neither",
        "block: bottleneck | block: bottle | 5: block 'bottle' is wrong",
        "block: bottleneck | block: residual | 8: stages[0].ratio is not a key known here",
        "width: 16} | width: 0} | 6: stem.width 0 is no grid: width 0 is not above 0",
        "width: 16} | width: 16.5} | 6: stem.width 16.5 is not a whole number",
        "width: 16} | 'width: [16, 32]}' | 6: stem.width is not one number",
        "stride: 1 | stride: [1, 2] | 8: stages[0].stride is not one number",
        "stride: 1 | stride: 0 | 8: stages[0].stride 0 is no grid",
        "stride: 1 | stride: 65 | 8: stages[0].stride 65 is wrong: stride 65",
        "'[16, 32]' | '[128, 256]' | 14: constraints is wrong: its constraints leave no network",
        "'[1, 2, 4]' | '[1, 2, 2]' | 8: stages[0].depth is no grid: depth lists 2 twice",
        "'[1, 2, 4]' | '[]' | 8: stages[0].depth is no grid: depth has no values",
        "'[1, 2, 4]' | '[1, -2]' | 8: stages[0].depth[1] -2 is not a plain number",
        "'[1, 2, 4]' | '[1, 99999999999999999999]' | 8: stages[0].depth[1] 99999999999999999999 is",
        "'[1, 2, 4]' | '[1, 70000]' | 8: stages[0].depth is no grid: depth 70000 is not",
        "'[1, 2, 4]' | '[1, 1e3]' | 8: stages[0].depth[1] 1e3 is not a plain number",
        "'[1, 2, 4]' | '[1, .inf]' | 8: stages[0].depth[1]",
        "'[1, 2, 4]' | '[1, two]' | 8: stages[0].depth[1] 'two' is not a plain number",
        "'[1, 2, 4]' | '{a: 1}' | 8: stages[0].depth is not a plain number",
        "'[32, 64]' | '[32, 65]' | 9: stages[1] is no stage: width 65 at ratio 1.0 has a"
            + " bottleneck",
        "'[1, 2.5]' | '[1, 40]' | 8: stages[0] is no stage: width 16 at ratio 40.0 has a bottleneck"
            + " of 0",
        "'[1, 2.5]' | '[2, 2.01]' | 8: stages[0].ratio is wrong: ratios 2.0 and 2.01 give the same",
        "stride: 2 | strides: 2 | 9: stages[1].strides 2 is not a key known here; known are depth,",
        "'    depth: [1, 2]' | '    depth: [1, 2]\n"
            + "    depth: [1]' | 11: stages[1].depth stands there twice",
        "groups: shared | groups: same | 14: constraints.groups 'same' is wrong",
        "1k..1M | 1M | 15: window.params '1M' is wrong: params '1M' is not a range",
        "1k..1M | 1M..1k | 15: window.params '1M..1k' is wrong",
        "', flops-kind: nds' | '' | 15: window needs flops and flops-kind",
        "'description: A' | 'description: *x' | 3: uses a YAML anchor, alias or tag",
        "'{type: cifar' | '&a {type: cifar' | 6: uses a YAML anchor, alias or tag",
        "'name: small' | 'name: !!str small' | 2: uses a YAML anchor, alias or tag",
        "'width: 16}' | 'width: 16' | is not readable",
      })
  void aSlipIsNamedWithItsLineAndKey(String from, String to, String message) {
    String good = GOOD.replace("2.5", "4");
    String from2 = from.equals("[1, 2.5]") ? "[1, 4]" : from;
    String text = good.contains(from2) ? replaceFirst(good, from2, to) : good;
    assertTrue(!text.equals(good), "the slip is not in the file");
    String refusal = refusal(text);
    assertTrue(refusal.startsWith("s.yaml:"), refusal);
    assertTrue(refusal.contains(message), refusal);
    assertEquals(1, refusal.lines().count(), refusal);
  }

  private static String replaceFirst(String text, String from, String to) {
    return text.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to == null ? "" : to));
  }

  @Test
  void nestingBombsAndForeignBytesAreRefused() {
    assertTrue(refusal("a: ".concat("[".repeat(100_000))).contains("nested more than 8 deep"));
    assertTrue(refusal("").contains("is empty"));
    assertTrue(refusal("just words").contains("is not a map"));
    assertTrue(refusal(GOOD + "---\na: 1\n").contains("after the end"));
    String bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n";
    assertTrue(refusal(bomb).contains("anchor"));
    assertTrue(refusal("x".repeat(2 << 20)).contains("larger than"));
    byte[] latin = "format: caf\u00e9".getBytes(StandardCharsets.ISO_8859_1);
    assertTrue(refusal("s.yaml", latin).contains("not UTF-8"));
    refusal(new String(new char[] {1, 2, 0}));
    refusal("s.json", "{\"format\": ".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void byteOrderMarksAndWindowsLineEndsAreNoFault() throws IOException {
    String good = GOOD.replace("2.5", "4");
    assertEquals(192, read("s.yaml", "\uFEFF" + good.replace("\n", "\r\n")).size().intValueExact());
  }

  @Test
  void tornAndScrambledFilesNeverEndInAStackTrace() {
    byte[] good = GOOD.replace("2.5", "4").getBytes(StandardCharsets.UTF_8);
    RandomStream random = SeedPath.root(5).generator();
    String noise = "{}[]:,&*!|>%@`\"'-? \n\t0.é\u0000";
    int read = 0;
    for (int i = 0; i < 3000; i++) {
      byte[] bytes = good.clone();
      if (i % 3 == 0) {
        bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      }
      for (int k = random.nextInt(4); k > 0 && bytes.length > 0; k--) {
        bytes[random.nextInt(bytes.length)] = (byte) noise.charAt(random.nextInt(noise.length()));
      }
      try {
        Spaces.read(i % 2 == 0 ? "s.yaml" : "s.json", new ByteArrayInputStream(bytes));
        read++;
      } catch (MalformedFileException e) {
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
      } catch (IOException | RuntimeException e) {
        throw new AssertionError(new String(bytes, StandardCharsets.UTF_8), e);
      }
    }
    assertTrue(read > 0);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"resnxt-a", "ResNetx"})
  void aMistypedNameIsAnsweredWithTheNearOne(String name) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Spaces.find(name)).getMessage();
    assertTrue(message.contains("did you mean resne"), message);
  }
}
