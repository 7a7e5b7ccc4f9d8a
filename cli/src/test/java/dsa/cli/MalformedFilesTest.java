package dsa.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.cli.console.ExitCode;
import dsa.core.io.PopulationCsv;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.core.testing.MalformedInputs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Readers may refuse a file properly and the command around them still fail: a message without the
 * file's name, an output half written, a stack trace from what a strange but valid file leads to.
 */
@Tag("slow")
final class MalformedFilesTest {

  /** {@code mvn -Dsurefire.jvm=-Ddsa.fuzz=100000 …} tries more. */
  private static final int INPUTS = Integer.getInteger("dsa.fuzz", 10_000);

  private static final List<String> COMMANDS =
      List.of(
          "import csv IN -o OUT",
          "import nds IN -o OUT",
          "import pycls IN --partial -o OUT",
          "import nas-bench-macro IN -o OUT",
          "populations IN --verbose",
          "compare IN SOUND --resamples 2 --permutations 1 --budgets 1,3",
          "compare SOUND IN --given none --resamples 2 --permutations 1 --format json",
          "edf IN --resamples 2",
          "search-efficiency IN --given flops --bins 4 --empty-bins drop",
          "sample-size IN --trials 1",
          "best-range IN --searches 2",
          "complexity IN",
          "describe IN");

  /** The commands that each sound file is for: any population reader, one importer, … */
  private static List<String> commandsFor(int sample) {
    return switch (sample) {
      case 3, 4 -> COMMANDS.subList(1, 2);
      case 5 -> COMMANDS.subList(2, 3);
      case 8 -> COMMANDS.subList(3, 4);
      case 10 -> COMMANDS.subList(11, 12);
      case 11 -> COMMANDS.subList(12, 13);
      default -> COMMANDS.subList(4, 11);
    };
  }

  private static final String ARCHITECTURES =
      """
      {"format":"dsa.architectures/1","space":"resnet","task":"cifar10","seed":42,"limits":"none",\
      "distinct":false,"draws":2,"rejected":0,"repeats":0,"models":2}
      {"index":0,"architecture":"residual cifar:16 | 1x16 s1","params":5258,"macs":5161098,\
      "ndsFlops":5406858,"activations":49162}
      {"index":1,"architecture":"residual cifar:16 | 1x16 s1","params":5258,"macs":5161098,\
      "ndsFlops":5406858,"activations":49162}
      """;

  private static final String SPACE =
      """
      format: dsa.space/1
      name: tiny
      task: cifar10
      block: bottleneck
      stem: {type: cifar, width: 16}
      stages:
        - {stride: 1, depth: [1, 2], width: [16, 32], ratio: [1, 2, 4], groups: [1, 2]}
        - {stride: 2, depth: [1, 2], width: [16, 32], ratio: 2, groups: 1}
      constraints: {width: non-decreasing}
      window: {params: ..0.856M}
      """;

  @TempDir Path folder;

  @Test
  void everyCommandEndsInAResultOrInOneSentence() throws IOException {
    List<byte[]> sound = new ArrayList<>(MalformedInputs.soundFiles());
    sound.add(ARCHITECTURES.getBytes(StandardCharsets.UTF_8));
    sound.add(SPACE.getBytes(StandardCharsets.UTF_8));
    Path good = folder.resolve("good.csv");
    Files.writeString(good, "id,error,params,flops\n1,7.5,100,10\n2,6.5,1001,20\n3,6,2000,30\n");
    Path in = folder.resolve("in.yaml");
    Path out = folder.resolve("out.csv");
    int done = 0;
    for (int i = 0; i < INPUTS; i++) {
      RandomStream random = SeedPath.root(9).child("commands").child(i).generator();
      Files.write(in, MalformedInputs.damaged(sound.get(i % sound.size()), random));
      Files.deleteIfExists(out);
      List<String> apt = random.nextInt(4) > 0 ? commandsFor(i % sound.size()) : COMMANDS;
      String command = apt.get(random.nextInt(apt.size()));
      List<Object> words = new ArrayList<>();
      for (String word : command.split(" ")) {
        words.add(
            switch (word) {
              case "IN" -> in;
              case "OUT" -> out;
              case "SOUND" -> good;
              default -> word;
            });
      }
      Ran ran = Ran.dsa(words.toArray());
      String what = "input " + i + ": " + command + "\n" + ran;
      assertTrue(ran.code() == ExitCode.OK || ran.code() == ExitCode.BAD_INPUT, what);
      if (ran.code() == ExitCode.OK) {
        done++;
        if (command.endsWith("OUT") && Files.exists(out)) {
          PopulationCsv.read(out);
        }
      } else {
        String message = ran.err().strip().lines().reduce((a, b) -> b).orElse("");
        assertTrue(message.startsWith("dsa: "), what);
        assertFalse(ran.err().contains("\tat "), what);
        assertFalse(Files.exists(out), what);
      }
      try (Stream<Path> files = Files.list(folder)) {
        assertEquals(0, files.filter(file -> file.toString().endsWith(".partial")).count(), what);
      }
    }
    int finished = done;
    assertTrue(done > INPUTS / 100 && done < INPUTS, () -> finished + " of " + INPUTS);
  }
}
