package dsa.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dsa.cli.console.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A file of somebody else's that clears the screen, sets the title of the window or turns the
 * direction of text can make a terminal show what is not there.
 */
final class ShownTextTest {

  /** Of C0, DEL, C1 and the controls of direction, as JSON escapes. */
  private static final String HOSTILE = "a\\u001b[2Jb\\u007fc\\u009b31md\\u202ee\\u2066f\\u0085g";

  @TempDir Path folder;

  private Path population(String name) throws IOException {
    StringBuilder text =
        new StringBuilder("# {\"format\":\"dsa.population/1\",\"name\":\"" + name + "\",")
            .append("\"source\":\"S" + HOSTILE + "\",\"dataset\":\"D" + HOSTILE + "\",")
            .append("\"recipe\":\"" + name + HOSTILE + "\",\"flops\":\"nds\",")
            .append("\"error\":\"min\",\"chanceErrorPct\":90.0}\n")
            .append("id,test_error_pct,params,flops,activations,runs\n");
    for (int i = 0; i < 40; i++) {
      text.append("m" + i + "," + (5 + 0.1 * i) + "," + (1000 + i) + ",10,10,1\n");
    }
    return Files.writeString(folder.resolve(name + ".csv"), text);
  }

  private static void assertFit(Ran ran) {
    for (String text : new String[] {ran.out(), ran.err()}) {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        boolean fit =
            c == '\n'
                || (!Character.isISOControl(c)
                    && !(c >= '\u202a' && c <= '\u202e')
                    && !(c >= '\u2066' && c <= '\u2069'));
        assertTrue(fit, "U+" + Integer.toHexString(c) + " after " + text.substring(0, i));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "compare A B --resamples 20 --permutations 19",
        "compare A B --resamples 20 --permutations 19 --format latex",
        "compare A B --resamples 20 --permutations 19 --format json",
        "edf A --resamples 20",
        "populations A",
        "populations A --format json",
        "agreement A B",
        "search-efficiency A B",
        "compare A hostile.csv",
        "edf hostile.csv",
        "describe hostile.csv",
        "train hostile.csv --recipe nds -o runs",
      })
  void whatAFileSaysNeverDrivesTheTerminal(String command) throws IOException {
    Files.writeString(folder.resolve("hostile.csv"), "x\u001b]0;title\u0007,y\u202e\n\u009b1m,2\n");
    Object[] words = Stream.of(command.split(" ")).toArray(Object[]::new);
    for (int i = 0; i < words.length; i++) {
      if (words[i].equals("A") || words[i].equals("B")) {
        words[i] = population(words[i].toString());
      } else if (words[i].equals("hostile.csv") || words[i].equals("runs")) {
        words[i] = folder.resolve(words[i].toString());
      }
    }
    assertFit(Ran.dsa(words));
  }

  @Test
  void inJsonTheEscapeMeansTheCharacter() throws IOException {
    Ran ran =
        Ran.dsa(
            "compare",
            population("A"),
            population("B"),
            "--format",
            "json",
            "--resamples",
            "20",
            "--permutations",
            "19");
    assertEquals(ExitCode.OK, ran.code(), ran.toString());
    assertEquals(
        new JsonMapper().readTree('"' + "S" + HOSTILE + '"'),
        new JsonMapper().readTree(ran.out()).at("/populations/0/origin/source"));
  }

  @Test
  void whatTheSupervisorSaysIsShownFitAndWhatIsDamagedIsIgnored() throws IOException {
    Instant now = Instant.now();
    Path runs = folder.resolve("runs");
    MadeSweep.begin(runs, 2, now).completed(0, 40);
    Path status = runs.resolve("status.json");
    String text =
        "{\"format\":\"dsa.status/1\",\"supervisor\":%d,\"written\":\"%s\",\"running\":[{\"id\":\"%s\"}]}";
    Files.writeString(status, text.formatted(ProcessHandle.current().pid(), now, HOSTILE));
    Ran shown = Ran.dsa("status", runs);
    assertTrue(shown.out().contains("trained by process"), shown.toString());
    assertFit(shown);
    for (String damaged : new String[] {"", "\0\0\0\0", "{", "[1", "\u00ff"}) {
      Files.writeString(status, damaged, StandardCharsets.ISO_8859_1);
      Ran ran = Ran.dsa("status", runs);
      assertEquals(ExitCode.OK, ran.code(), ran.toString());
      assertTrue(ran.out().contains("1 of 2 done") && ran.err().isEmpty(), ran.toString());
    }
  }

  @Test
  void aNameThatTurnsTheDirectionIsRefused() throws IOException {
    Ran ran = Ran.dsa("edf", "x\u202ey=" + population("A"));
    assertEquals(ExitCode.BAD_INPUT, ran.code(), ran.toString());
    assertTrue(ran.err().contains("'x y'"), ran.toString());
  }
}
