package dsa.sampler.blocks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.Task;
import dsa.core.complexity.Complexity;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.complexity.FlopsConvention;
import dsa.core.io.MalformedFileException;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.populations.importers.NasBenchMacro;
import dsa.sampler.ComplexityCap;
import dsa.sampler.ComplexityCap.Combination;
import dsa.sampler.ComplexityLimit;
import dsa.sampler.DesignSpace;
import dsa.sampler.Dimension;
import dsa.sampler.PopulationSampler;
import dsa.sampler.Repeats;
import dsa.sampler.spaces.Spaces;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Choices that come to one network look like many: a population drawn from them is not the
 * population one thinks of, and its size is not the number of networks.
 */
final class BlockSpaceTest {

  /** Identities, equal widths and equal stages: networks that many choices spell. */
  private static final String ALIKE =
      """
      format: dsa.space/1
      kind: blocks
      name: alike
      task: cifar10
      stem: conv3@8 bn relu
      tail: conv3@8 bn relu
      choices:
        op: {id: "project@{out}/{stride}", conv: "conv3@{out}/{stride} bn relu", dw: "skip(dw3/{stride} bn project@{out})"}
      block: "{op}"
      stages:
        - {stride: 1, repeat: [1, 2, 3], width: 8}
        - {stride: 1, repeat: [1, 2], width: [8, 16]}
        - {stride: 2, repeat: [1, 3], width: [16, 8]}
        - {stride: 1, repeat: 2, width: 8, choices: {k: [1, 3]}, block: "conv{k}@{out} bn relu"}
      """;

  private static DesignSpace read(String text) throws IOException {
    return Spaces.read("s.yaml", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "mb-macro, 6561, 3969",
    "mnasnet-c10, 15045919506432, 6063050981376",
    "mnasnet-mini, 256, 256",
    "mixnet-c10, 773620632, 378963360",
    "mixnet-mini, 343, 216",
    "mixnet-kernel, 5, 5",
  })
  void sizesAndNumbersOfNetworksAreExact(String name, BigInteger size, BigInteger networks)
      throws IOException {
    DesignSpace space = Spaces.find(name);
    assertEquals(size, space.size());
    assertEquals(networks, space.census().orElseThrow().networks().orElseThrow());
    assertEquals(name, space.head().name());
  }

  /** 20 ways to write 17 mixed convolutions: more encodings, the same networks. */
  @Test
  void mixNetWrittenInItsRawChoicesIsTheSameSpace() throws IOException {
    String raw =
        """
        format: dsa.space/1
        kind: blocks
        name: raw
        task: cifar10
        stem: conv3@16 bn swish
        choices:
          groups: [1, 2, 3, 4, 5]
          partition: {equal: equal, exponential: exponential}
          dilation: {plain: "", dilated: dilated}
          expansion: [3, 6]
          se: {none: id, "0.25": "swishse{max(1, floor(in*0.25))}", "0.5": "swishse{max(1, floor(in*0.5))}"}
        block: skip(conv1@{in*expansion} bn swish mix{groups}/{stride}{partition}{dilation} bn swish {se} conv1@{out} bn)
        stages:
          - {stride: 1, repeat: [1, 2, 3], width: [12, 16, 20]}
          - {stride: 2, repeat: [1, 2, 3], width: [24, 32, 40]}
          - {stride: 2, repeat: [1, 2, 3], width: [48, 64, 80]}
        """;
    DesignSpace space = read(raw);
    DesignSpace canonical = Spaces.find("mixnet-c10");
    assertEquals(new BigInteger("1259712000"), space.size());
    assertEquals(
        canonical.census().orElseThrow().networks(), space.census().orElseThrow().networks());
    RandomStream random = SeedPath.root(2).generator();
    int[] choice = new int[space.choiceLength()];
    for (int i = 0; i < 200; i++) {
      space.choose(random, choice);
      assertTrue(canonical.census().orElseThrow().contains(space.decode(choice)));
      canonical.choose(random, choice);
      assertTrue(space.census().orElseThrow().contains(canonical.decode(choice)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mb-macro", "mixnet-mini", "mnasnet-mini", "alike"})
  void listingASpaceFindsAsManyNetworksAndSpellingsAsAreCounted(String name) throws IOException {
    DesignSpace space = name.equals("alike") ? read(ALIKE) : Spaces.find(name);
    Map<ArchitectureSpec, Long> spellings = new HashMap<>();
    List<int[]> choices = choices((BlockSpace) space);
    Complexity least = choices.isEmpty() ? null : space.complexity(choices.get(0));
    Complexity greatest = least;
    for (int[] choice : choices) {
      ArchitectureSpec network = space.decode(choice);
      spellings.merge(network, 1L, Long::sum);
      Complexity cost = space.complexity(choice);
      least = least.least(cost);
      greatest = greatest.greatest(cost);
      assertEquals(network, ArchitectureSpec.parse(network.text()));
    }
    assertEquals(BigInteger.valueOf(choices.size()), space.size());
    assertEquals(
        BigInteger.valueOf(spellings.size()),
        space.census().orElseThrow().networks().orElseThrow());
    for (int[] choice : choices) {
      assertEquals(
          spellings.get(space.decode(choice)),
          space.census().orElseThrow().encodings(choice).orElseThrow());
    }
    assertEquals(least, space.census().orElseThrow().costs().least());
    assertEquals(greatest, space.census().orElseThrow().costs().greatest());
  }

  private static List<int[]> choices(BlockSpace space) {
    List<int[]> choices = new ArrayList<>();
    choices.add(new int[space.choiceLength()]);
    for (int part = 0; part < space.choiceLength(); part++) {
      List<int[]> longer = new ArrayList<>();
      for (int[] choice : choices) {
        for (int option = 0; option < space.options(part).orElseThrow(); option++) {
          int[] other = choice.clone();
          other[part] = option;
          longer.add(other);
        }
      }
      choices = longer;
    }
    return choices;
  }

  @Test
  void limitsCountWhatListingCounts() throws IOException {
    DesignSpace space = read(ALIKE + "window: {params: 3000..}\n");
    ComplexityCap cap =
        new ComplexityCap(
            Combination.ALL,
            List.of(
                new ComplexityLimit(ComplexityMeasure.FLOPS, FlopsConvention.MACS, 0, 2_000_000)));
    long inside = 0;
    Set<ArchitectureSpec> networks = new HashSet<>();
    for (int[] choice : choices((BlockSpace) space)) {
      Complexity cost = space.complexity(choice);
      boolean window = cost.params() >= 3000;
      if (window && cost.macs() <= 2_000_000) {
        inside++;
        networks.add(space.decode(choice));
      }
      assertEquals(window, space.census().orElseThrow().contains(space.decode(choice)));
    }
    assertTrue(inside > 0 && inside < space.size().longValueExact());
    assertEquals(inside, space.census().orElseThrow().encodings(cap).orElseThrow());
    assertEquals(networks.size(), space.census().orElseThrow().networks(cap).orElseThrow());
    assertTrue(networks.size() < inside, "some encodings are one network");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mb-macro",
        "mnasnet-c10",
        "mnasnet-mini",
        "mixnet-c10",
        "mixnet-mini",
        "mixnet-kernel"
      })
  void tablesPriceADrawAsItsPlanDoes(String name) throws IOException {
    DesignSpace space = Spaces.find(name);
    RandomStream random = SeedPath.root(7).child(name).generator();
    int[] choice = new int[space.choiceLength()];
    for (int i = 0; i < 1000; i++) {
      space.choose(random, choice);
      ArchitectureSpec spec = space.decode(choice);
      assertEquals(spec.complexity(space.head().task()), space.complexity(choice), spec.text());
      assertTrue(space.census().orElseThrow().contains(spec), spec.text());
      assertTrue(space.census().orElseThrow().encodings(choice).orElseThrow() >= 1);
    }
  }

  /** Encodings are drawn alike by default, networks alike where that is asked for: not the same. */
  @Tag("slow")
  @ParameterizedTest
  @CsvSource({"mixnet-mini, 216", "mb-macro, 3969"})
  void drawsOverNetworksAreUniformOverNetworks(String name, int networks) throws IOException {
    DesignSpace space = Spaces.find(name);
    double overNetworks = chiSquare(space, PopulationSampler.withDefaults().uniformOverNetworks());
    double overEncodings = chiSquare(space, PopulationSampler.withDefaults());
    // the quantile of chi-square at 0.999, by Wilson and Hilferty
    double spread = 2.0 / (9.0 * (networks - 1));
    double limit = (networks - 1) * Math.pow(1 - spread + 3.0902 * Math.sqrt(spread), 3);
    assertTrue(overNetworks < limit, overNetworks + " of " + limit);
    assertTrue(overEncodings > limit, overEncodings + " of " + limit);
  }

  /** Pearson's statistic of the networks drawn against equal expectations, ten of each. */
  private static double chiSquare(DesignSpace space, PopulationSampler sampler) {
    int networks = space.census().orElseThrow().networks().orElseThrow().intValueExact();
    Map<ArchitectureSpec, Integer> counts = new HashMap<>();
    sampler
        .draw(space, ComplexityCap.NONE, 10 * networks, Repeats.KEPT, SeedPath.root(9))
        .models()
        .forEach(model -> counts.merge(model.spec(), 1, Integer::sum));
    double square = 10.0 * (networks - counts.size()); // those never drawn
    for (int count : counts.values()) {
      square += (count - 10.0) * (count - 10.0) / 10;
    }
    return square;
  }

  /** The space file and the importer describe one benchmark: each encoding is one network. */
  @Test
  void theMacroSpaceIsTheBenchmarksNetworks() throws IOException {
    DesignSpace space = Spaces.find("mb-macro");
    List<Dimension> layers = space.dimensions();
    assertEquals(8, layers.size());
    for (int[] choice : choices((BlockSpace) space)) {
      StringBuilder digits = new StringBuilder();
      int[] places = space.places(choice);
      for (int i = 0; i < places.length; i++) {
        digits.append(layers.get(i).labels().get(places[i]));
      }
      assertEquals(
          NasBenchMacro.network(digits.toString()), space.decode(choice), digits::toString);
    }
  }

  /** Section 7's examples; the benchmark leaves out the classifier's ten biases. */
  @ParameterizedTest
  @CsvSource({
    "22212220, 1985514, 85164544",
    "02012100, 890666, 47327744",
    "00011110, 1118378, 31390208"
  })
  void macroNetworksCostWhatThePaperSays(String encoding, long params, long macs) {
    Complexity cost = NasBenchMacro.network(encoding).complexity(Task.CIFAR10);
    assertEquals(params, cost.params());
    assertEquals(macs, cost.macs() - 10);
  }

  @Test
  void sharedChoicesAreMadeOnce() throws IOException {
    DesignSpace space = Spaces.find("mixnet-kernel");
    assertEquals(List.of("kernel"), space.dimensions().stream().map(Dimension::name).toList());
    for (int[] choice : choices((BlockSpace) space)) {
      String text = space.decode(choice).text();
      String kernel = space.dimensions().get(0).labels().get(space.places(choice)[0]);
      List<String> kernels =
          Stream.of(text.split("[^a-z0-9]+")).filter(word -> word.startsWith("dw")).toList();
      assertEquals(Set.of("dw" + kernel), Set.copyOf(kernels), text);
    }
  }

  @Test
  void blocksMayWidenAsTheyGo() throws IOException {
    DesignSpace dense =
        read(
            """
            format: dsa.space/1
            kind: blocks
            name: dense
            task: cifar10
            stem: conv3@16 bn relu
            choices: {growth: [4, 8]}
            block: cat(id; bn relu conv3@{growth})
            stages:
              - {stride: 1, repeat: [2, 5]}
              - {stride: 1, block: "bn relu conv1@{in/2} avg3/2"}
              - {stride: 1, repeat: [1, 2]}
            """);
    assertEquals(BigInteger.valueOf(4 * 2 * 4), dense.size());
    int[] choice = {0, 0, 3, 0, 1, 0};
    assertEquals(
        "graph | conv3@16 bn relu | 5x cat(id; bn relu conv3@8) | bn relu conv1@28 avg3/2"
            + " | 2x cat(id; bn relu conv3@4)",
        dense.decode(choice).text());
    assertEquals(dense.decode(choice).complexity(dense.head().task()), dense.complexity(choice));
  }

  static Stream<Arguments> slips() {
    return Stream.of(
        slip(
            "stem: conv3@8 bn relu",
            "stem: conv3@8 bn rlu",
            "5: stem 'conv3@8 bn rlu' is wrong: it does not fit an image of 3x32x32: operations"
                + " 'rlu'"),
        slip(
            "stem: conv3@8 bn relu",
            "stem: id",
            "5: stem 'id' is wrong: it comes to no operations"),
        slip("stem: ", "steam: ", "5: steam 'conv3@8 bn relu' is not a key known here"),
        slip(
            "tail: conv3@8",
            "tail: conv3@{out}",
            "6: tail 'conv3@{out} bn relu' is wrong: it does not fit an image of"),
        slip(
            "\"{op}\"",
            "\"{ops}\"",
            "9: block '{ops}' is wrong: it does not fit an image of 8x32x32 with width 8, op id:"
                + " 'ops' stands"),
        slip(
            "conv{k}",
            "conv{q}",
            "14: stages[3].block 'conv{q}@{out} bn relu' is wrong: it does not fit"),
        slip(
            "k: [1, 3]",
            "k: [1, 2]",
            "14: stages[3].block 'conv{k}@{out} bn relu' is wrong: it does not fit an image of"
                + " 16x16x16 with width 8, op id, k 2: operations 'conv2@8'"),
        slip("k: [1, 3]", "k: [1, x]", "14: stages[3].choices.k[1] 'x' is not a plain number"),
        slip("k: [1, 3]", "in: [1, 3]", "14: stages[3].choices.in is wrong: 'in' cannot be a name"),
        slip(
            "k: [1, 3]",
            "k-k: [1, 3]",
            "14: stages[3].choices.k-k is wrong: 'k-k' cannot be a name"),
        slip("k: [1, 3]", "width: [1, 3]", "14: stages[3].choices.width cannot be a choice"),
        slip("stride: 2", "stride: [2, 1]", "13: stages[2].stride is not one number"),
        slip("stride: 2", "stride: 99", "13: stages[2].stride 99 is wrong: stride 99"),
        slip(
            "repeat: [1, 3]",
            "repeat: [1, 300]",
            "13: stages[2].repeat[1] 300 is wrong: a stage of 300 blocks"),
        slip("repeat: [1, 3]", "repeats: 1", "13: stages[2].repeats 1 is not a key known here"),
        slip("width: 8}", "width: 8, block: {a: b}}", "11: stages[0].block is not a short text"),
        slip(
            "width: 8}",
            "width: in/3}",
            "11: stages[0].width 'in/3' is wrong: it does not fit an image of 8x32x32 with op id:"
                + " {in/3} is 8/3, not a"),
        slip(
            "width: 8}",
            "width: out}",
            "11: stages[0].width 'out' is wrong: it does not fit an image of 8x32x32"),
        slip(
            "width: 8}",
            "width: '{in}'}",
            "11: stages[0].width '{in}' is wrong: it does not fit an image of 8x32x32"),
        slip("{id: \"project", "{\" \": \"project", "8: choices.op.  'project@{out}/{stride}' has"),
        slip(
            "width: [16, 8]",
            "width: round8(out*2",
            "13: stages[2].width 'round8(out*2' is wrong: it does not fit an image of"),
        slip("stem: ", "macros: {in: id}\nstem: ", "5: macros.in 'id' is wrong: 'in' cannot be"),
        slip(
            "stem: ",
            "macros: {m: 'conv3@{out'}\nstem: ",
            "5: macros.m 'conv3@{out' is wrong: its braces { and } do not match"),
        slip(
            "t@{out}/", "t@{out/", "8: choices.op.id 'project@{out/{stride}' is wrong: its braces"),
        slip(
            "stem: ",
            "macros: {k: id}\nstem: ",
            "15: stages[3].choices.k is wrong: 'k' names two things in one stage"),
        slip(
            "stem: ",
            "shared: {k4: [1, 2]}\nstem: ",
            "15: stages[3].choices.k is wrong: two choices are called k4"),
        slip("{id: ", "{id: x, id: ", "8: choices.op.id stands there twice"),
        slip("block: \"{op}\"\n", "", "10: stages[0] has no key 'block'"),
        slip("stages:", "stages: []\nx:", "12: x is not a key known here"));
  }

  private static Arguments slip(String from, String to, String message) {
    return Arguments.of(from, to, message);
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("slips")
  void aSlipIsNamedWithItsLineAndKey(String from, String to, String message) {
    int at = ALIKE.indexOf(from);
    String text = ALIKE.substring(0, at) + to + ALIKE.substring(at + from.length());
    String refusal = assertThrows(MalformedFileException.class, () -> read(text)).getMessage();
    assertTrue(refusal.startsWith("s.yaml:" + message), refusal);
    assertEquals(1, refusal.lines().count(), refusal);
  }

  @Test
  void spacesTooLargeForTablesAreRefusedInTime() {
    String text =
        ALIKE.replace("k: [1, 3]", "a: [" + numbers(300) + "], b: [" + numbers(300) + "]");
    String refusal = assertThrows(MalformedFileException.class, () -> read(text)).getMessage();
    assertTrue(refusal.contains("stages is wrong: exact tables would have"), refusal);
  }

  private static String numbers(int n) {
    StringBuilder text = new StringBuilder("1");
    for (int i = 2; i <= n; i++) {
      text.append(", ").append(i);
    }
    return text.toString();
  }
}
