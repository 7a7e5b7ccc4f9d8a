package dsa.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dsa.cli.console.ExitCode;
import dsa.core.io.ArchitecturesFile;
import dsa.core.io.PopulationCsv;
import dsa.core.run.DrawnModel;
import dsa.core.run.TrainedModel;
import dsa.sampler.spaces.Spaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first step of a study: what is drawn wrongly here is trained for weeks. */
final class SamplingCommandsTest {

  private static final String RESNET_56 = "residual cifar:16 | 9x16 s1 | 9x32 s2 | 9x64 s2";
  private static final Path MONOTONE =
      Path.of(System.getProperty("dsa.root", ".."), "data/spaces/resnet-monotone.yaml");

  @TempDir private Path folder;

  private static Ran ok(Object... args) {
    Ran ran = Ran.dsa(args);
    assertEquals(ExitCode.OK, ran.code(), ran.toString());
    return ran;
  }

  private static JsonNode json(Ran ran) throws IOException {
    return new ObjectMapper().readTree(ran.out());
  }

  @Test
  void spacesListsAllWithTheirSizes() throws IOException {
    String text = ok("spaces").out();
    for (String size : List.of("1259712", "11390625", "52734375")) {
      assertTrue(text.contains(size), text);
    }
    JsonNode json = json(ok("spaces", "--format", "json"));
    assertEquals("dsa.spaces/2", json.get("format").textValue());
    json = json.get("spaces");
    assertEquals(Spaces.names().size(), json.size());
    assertEquals(52_734_375, json.get(3).get("encodings").longValue());
    assertTrue(ok("spaces", "--format", "csv").out().contains("resnext-a,cifar10,12,11390625"));
  }

  @Test
  void rareRegNetsAreDrawnDirectly() throws IOException {
    Path file = folder.resolve("rare.jsonl");
    String text =
        ok(
                "sample",
                "regnetx",
                "--count",
                50,
                "--seed",
                1,
                "--flops",
                "30000000..30010000",
                "--flops-kind",
                "macs",
                "--direct",
                "-o",
                file)
            .out();
    assertTrue(text.contains("regnetx  1        50         0        0    50"), text);
    List<DrawnModel> models = new ArrayList<>();
    ArchitecturesFile.read(file, models::add);
    assertEquals(50, models.size());
    for (DrawnModel model : models) {
      long macs = model.complexity().macs();
      assertTrue(macs >= 30_000_000 && macs <= 30_010_000, "" + macs);
    }
    assertTrue(Files.readString(file).contains("; drawn directly"));
  }

  @Test
  void describeCountsUnderThePublishedRuleUnlessToldOtherwise() throws IOException {
    String text = ok("describe", "resnet").out();
    assertTrue(text.contains("networks: 1259712"), text);
    assertTrue(text.contains("246471 (19.57 %)"), text);
    assertTrue(text.contains("84595162"), text);
    assertFalse(text.contains("residual cifar"), text);
    Ran limited =
        ok(
            "describe",
            "resnet",
            "--params",
            "..855770",
            "--max-flops",
            "128471690",
            "--cap",
            "any");
    assertTrue(limited.out().contains("198258"), limited.toString());
    Ran macs = ok("describe", "resnet", "--max-flops", "125747850", "--flops-kind", "macs");
    assertTrue(macs.out().contains("flops[macs] <= 125747850: 75286"), macs.toString());
    JsonNode json = json(ok("describe", "resnext-b", "--seed", 1, "--format", "json"));
    assertEquals(7_941_036, json.at("/within/networks").longValue());
    assertEquals(12, json.get("dimensions").size());
    assertEquals(10, json.get("members").size());
    assertEquals(17_098, json.at("/least/params").longValue());
  }

  /** Of NAS-Bench-Macro's 25 smallest encodings two are networks that others are too. */
  @Test
  void encodingsAreNotCalledNetworks() throws IOException {
    JsonNode json = json(ok("describe", "mb-macro", "--format", "json"));
    assertEquals(6561, json.at("/within/encodings").longValue());
    assertEquals(3969, json.at("/within/networks").longValue());
    JsonNode small =
        json(ok("describe", "mb-macro", "--max-params", "0.5M", "--format", "json")).get("within");
    assertEquals(25, small.get("encodings").longValue());
    assertEquals(23, small.get("networks").longValue());
    String text = ok("describe", "mb-macro", "--max-params", "0.5M").out();
    assertTrue(text.contains("500000: 25 encodings (0.38 %), 23 different networks"), text);
    JsonNode staged = json(ok("describe", "resnet", "--format", "json")).get("within");
    assertEquals(246_471, staged.get("encodings").longValue());
    assertEquals(246_471, staged.get("networks").longValue());
    JsonNode cells = json(ok("describe", "nasnet", "--cap", "nds", "--format", "json"));
    assertFalse(cells.get("within").has("networks"), cells.toString());
    Path file = folder.resolve("archs.jsonl");
    String draw = "sample mb-macro --seed 1 --distinct --max-params 0.5M -o " + file + " -n ";
    for (int tooMany : new int[] {24, 25, 26}) {
      Ran ran = Ran.dsa((Object[]) (draw + tooMany).split(" "));
      assertTrue(ran.err().contains("mb-macro has only 23 with params <= 500000"), ran.toString());
    }
    ok((Object[]) (draw + 23).split(" "));
  }

  @Test
  void describeDrawsWithinTheRuleItCountsUnder() throws IOException {
    JsonNode json = json(ok("describe", "resnet", "--seed", 1, "--format", "json"));
    assertEquals(10, json.get("members").size());
    for (JsonNode member : json.get("members")) {
      assertTrue(
          member.get("params").longValue() < 856_000
              || member.get("ndsFlops").longValue() < 129_000_000
              || member.get("activations").longValue() <= 544_778,
          member.toString());
    }
    assertTrue(ok("describe", "--help").out().contains("give the dimensions only"));
    Path wide =
        Files.writeString(
            folder.resolve("wide.yaml"),
            Files.readString(MONOTONE)
                .replaceAll("(?m)^window:.*$", "")
                .replaceAll("width: \\[[^]]*\\]", "width: [1024, 2048]"));
    String none = ok("describe", wide, "--seed", 1).out();
    assertTrue(none.contains(": 0 (0.00 %)"), none);
    assertFalse(none.contains("residual cifar"), none);
  }

  @Test
  void aSpaceFileDoesWhereANameDoes() throws IOException {
    Ran ran = ok("describe", MONOTONE, "--seed", 3);
    assertTrue(ran.out().contains("own window: params in 100000..856000"), ran.toString());
    Path file = folder.resolve("archs.jsonl");
    ok("sample", MONOTONE, "--count", 20, "--seed", 3, "--distinct", "-o", file);
    String header = Files.readAllLines(file).get(0);
    assertTrue(header.contains("\"space\":\"resnet-monotone\""), header);
    assertTrue(header.contains("\"limits\":\"params in 100000..856000\""), header);
  }

  @Tag("slow")
  @Test
  void theShareOfASpaceTooLargeToCountIsEstimatedAndSaidToBe() throws IOException {
    String stage = "  - {stride: 1, depth: [1, 2, 3, 4], width: [8, 16, 24, 32, 40, 48, 56, 64]}\n";
    Path file =
        Files.writeString(
            folder.resolve("deep.yaml"),
            "format: dsa.space/1\nname: deep\ntask: cifar10\nblock: residual\n"
                + "stem: {type: cifar, width: 8}\nconstraints: {depth: shared}\nstages:\n"
                + stage.repeat(10));
    String unsure = ok("describe", file, "--max-params", "0.5M").out();
    assertTrue(unsure.contains("params <= 500000: not counted"), unsure);
    assertTrue(unsure.contains("encodings: 4294967296"), unsure);
    assertTrue(
        unsure.contains("different networks: at most as many, how many is not known"), unsure);
    assertTrue(unsure.contains("tied: depth shared"), unsure);
    String estimated = ok("describe", file, "--max-params", "0.5M", "--seed", 1).out();
    assertTrue(estimated.contains("estimated from 1000000 draws"), estimated);
    assertFalse(estimated.contains("about 0.00 %"), estimated);
  }

  @Test
  void theSameSeedWritesTheSameBytesInAnyLocale() throws IOException {
    Path a = folder.resolve("a.jsonl");
    Path b = folder.resolve("b.jsonl");
    Object[] draw = {"sample", "resnext-a", "--count", 300, "--seed", 7, "--cap", "nds", "-o", a};
    Ran first = ok(draw);
    Ran layers = ok("complexity", RESNET_56, "--layers");
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    Ran second;
    try {
      draw[draw.length - 1] = b;
      second = ok(draw);
      assertEquals(layers, ok("complexity", RESNET_56, "--layers"));
    } finally {
      Locale.setDefault(before);
    }
    assertEquals(Files.readString(a), Files.readString(b));
    assertEquals(first.out(), second.out());
    assertEquals(301, Files.readAllLines(a).size());
  }

  @Test
  void everyRejectedDrawIsShown() throws IOException {
    JsonNode json =
        json(
            ok(
                "sample",
                "resnet",
                "--count",
                100,
                "--seed",
                1,
                "--max-params",
                "0.856M",
                "--flops",
                "0.05B..0.129B",
                "-o",
                folder.resolve("a.jsonl"),
                "--format",
                "json"));
    assertEquals(100, json.get("kept").intValue());
    assertEquals(
        json.get("draws").longValue(),
        100 + json.get("rejected").longValue() + json.get("repeats").longValue());
    assertEquals("params <= 856000", json.at("/broken/0/limit").textValue());
    assertEquals("flops[nds] in 50000000..129000000", json.at("/broken/1/limit").textValue());
    assertTrue(json.at("/broken/1/rejectedDraws").longValue() > 0);
  }

  @Test
  void complexityOfANetworkAndItsLayers() throws IOException {
    String text = ok("complexity", RESNET_56).out();
    for (String count : List.of("855770", "125747850", "128471690", "544778")) {
      assertTrue(text.contains(count), text);
    }
    String layers = ok("complexity", RESNET_56, "--layers", "--format", "csv").out();
    assertTrue(layers.contains("stage2.block1.shortcut,conv1x1 s2,16x32x32,32x16x16,512,"), layers);
    JsonNode json = json(ok("complexity", RESNET_56, "--layers", "--format", "json"));
    long params = 0;
    for (JsonNode layer : json.get("layers")) {
      params += layer.get("params").longValue();
    }
    assertEquals(855_770, params);
    String imageNet = "residual imagenet:64 | 2x64 s1 | 2x128 s2 | 2x256 s2 | 2x512 s2";
    assertTrue(ok("complexity", imageNet, "--task", "imagenet").out().contains("11689512"));
  }

  @Test
  void complexityOfAFileChecksWhatItRecords() throws IOException {
    Path file = folder.resolve("a.jsonl");
    ok("sample", "resnet", "--count", 5, "--seed", 1, "-o", file);
    assertEquals(6, ok("complexity", file, "--format", "csv").out().lines().count());
    String text = Files.readString(file);
    Files.writeString(file, text.replaceFirst("\"params\":", "\"params\":1"));
    Ran ran = Ran.dsa("complexity", file);
    assertEquals(ExitCode.BAD_INPUT, ran.code());
    assertTrue(ran.err().contains(file + ":2: network 0 is recorded with"), ran.toString());
  }

  @Test
  void aPopulationsNetworksAreDrawnToBeTrainedAgain() throws IOException {
    Path population = MONOTONE.resolve("../../example-narrow.csv").normalize();
    Path file = folder.resolve("again.jsonl");
    ok(
        "sample",
        population,
        "-n",
        20,
        "--seed",
        3,
        "--by-error",
        "--max-params",
        "0.5M",
        "-o",
        file);
    List<DrawnModel> drawn = new ArrayList<>();
    ArchitecturesFile.Header header = ArchitecturesFile.read(file, drawn::add);
    assertEquals("example-narrow", header.space());
    assertEquals(
        "one of each of 20 groups by error of population example-narrow with params <= 500000",
        header.limits());
    assertEquals(200, header.draws());
    List<TrainedModel> models = PopulationCsv.read(population).models();
    assertEquals(
        models.stream().filter(m -> m.complexity().params().getAsLong() > 500_000).count(),
        header.rejected());
    assertEquals(20, drawn.size());
    for (DrawnModel model : drawn) {
      assertEquals(models.get(model.index()).architecture().get(), model.spec());
    }
    Ran piped =
        ok(
            "sample",
            population,
            "-n",
            20,
            "--seed",
            3,
            "--by-error",
            "--max-params=0.5M",
            "-o",
            "-");
    assertEquals(Files.readString(file), piped.out());
    assertTrue(piped.err().contains("kept"), piped.toString());
    Path ofSpace = folder.resolve("space.jsonl");
    ok("sample", "resnet", "-n", 5, "--seed", 1, "-o", ofSpace);
    assertEquals(
        Files.readString(ofSpace), ok("sample", "resnet", "-n", 5, "--seed", 1, "-o", "-").out());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      value = {
        "describe resnxt-a; 3; did you mean resnet or resnext-a",
        "sample resnet --count 5 --seed 1 --max-params 15k -o FILE; 3; they have 15226 to 84595162",
        "sample resnet --count 5 --seed 1 --params 15227..15228 -o FILE; 3; no network of resnet",
        "sample resnet --count 1259713 --seed 1 --distinct -o FILE; 3; has only 1259712",
        "sample resnet --count 5 --seed 1 -o .; 3; .: is a folder, not a file",
        "sample resnet --count 5 --seed 1 -o /; 3; /: is a folder, not a file",
        "sample resnet --count 0 --seed 1 -o FILE; 2; --count 0 is below 1",
        "sample resnet --count 5 --seed 1 --max-params lots -o FILE; 2; quantity 'lots'",
        "sample resnet --count 5 --seed 1 --params 5 -o FILE; 2; params '5' is not a range",
        "sample resnet --count 5 --seed 1 --flops 0.3B -o FILE; 2; flops '0.3B' is not a range",
        "sample resnet --count 5 --seed 1 --activations 2..1 -o FILE; 2; activations limit 2..1 is",
        "sample resnet --count 5 --seed 1 --cap nds --max-params 1M -o FILE; 2; brings its own",
        "sample resnet --count 5 --seed 1 --cap some -o FILE; 2; some",
        "sample resnet --count 5 -o FILE; 2; --seed",
        "sample resnet --count 5 --seed 1 --by-error -o FILE; 2; --by-error is for populations",
        "sample resnet --count 5 --seed 1 --direct -o FILE; 3; cannot be drawn from directly",
        "sample regnetx-imagenet --count 5 --seed 1 --direct -o FILE; 3; need no direct",
        "sample regnetx --count 5 --seed 1 --direct --uniform-over networks -o FILE; 2; exclude each other",
        "sample ../data/example-narrow.csv --count 5 --seed 1 --direct -o FILE; 2; is for spaces",
        "sample ../data/example-narrow.csv --count 201 --seed 1 -o FILE; 3; has 200 to draw from",
        "sample missing.csv --count 5 --seed 1 -o FILE; 3; there is no file 'missing.csv'",
        "complexity nothing.jsonl; 3; is neither a file nor a network",
      })
  void mistakesEndInOneSentence(String line, int code, String message) {
    Path file = folder.resolve("none.jsonl");
    Ran ran = Ran.dsa((Object[]) line.replace("FILE", file.toString()).split(" "));
    assertEquals(code, ran.code(), ran.toString());
    assertTrue(ran.err().contains(message), ran.toString());
    assertFalse(ran.err().contains("\tat "), ran.toString());
    assertFalse(Files.exists(file));
  }
}
