package dsa.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dsa.cli.console.ExitCode;
import dsa.trainer.data.CifarSample;
import dsa.trainer.data.ImageSet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The first step of every training. A user who is not told what is missing, where it belongs and
 * how to bring it by hand gives up here.
 */
final class DataTest {

  @TempDir Path folder;

  private static void sample(Path folder) throws IOException {
    ImageSet images = ImageSet.of(new byte[10 * 3072], new byte[10]);
    CifarSample.write(folder, "tiny", images, images);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void whereIsOneLineForScriptsAndOneForPeople() throws IOException {
    Path missing = folder.resolve("missing");
    Ran ran = Ran.dsa("data", "where", "--data", missing);
    assertEquals(ExitCode.OK, ran.code(), ran.toString());
    assertEquals(missing + "\n", ran.out());
    assertTrue(ran.err().startsWith("not complete: " + missing + ": does not exist"), ran.err());
    assertEquals(1, ran.err().lines().count(), ran.err());
    sample(folder);
    ran = Ran.dsa("data", "where", "--data", folder);
    assertEquals(folder + "\n", ran.out());
    assertEquals("complete: cifar10-sample:tiny\n", ran.err());
    Files.delete(folder.resolve("test_batch.bin"));
    ran = Ran.dsa("data", "where", "--data", folder);
    assertEquals(
        "not complete: "
            + folder.resolve("test_batch.bin")
            + ": is missing; write the sample anew\n",
        ran.err());
  }

  @Test
  void verifyShowsEveryFileAndFailsIfOneIsWrong() throws IOException {
    sample(folder);
    Ran ran = Ran.dsa("data", "verify", folder);
    assertEquals(ExitCode.OK, ran.code(), ran.toString());
    List<String> lines = ran.out().lines().toList();
    assertEquals(7, lines.size(), ran.out());
    assertTrue(lines.get(0).matches("file +bytes +SHA-256 +state"), ran.out());
    for (String line : lines.subList(1, 7)) {
      assertTrue(line.matches("\\w+\\.bin +(6146|30730) +[0-9a-f]{64} +ok"), line);
    }
    Files.write(folder.resolve("data_batch_2.bin"), new byte[5]);
    ran = Ran.dsa("data", "verify", folder);
    assertEquals(ExitCode.BAD_INPUT, ran.code(), ran.toString());
    assertTrue(
        ran.out().contains("data_batch_2.bin      5")
            && ran.out().contains("is 5 bytes long instead of 6146, so its end is missing"),
        ran.out());
    assertEquals(7, ran.out().lines().count(), ran.out());
    assertTrue(
        ran.err().startsWith("dsa: " + folder.resolve("data_batch_2.bin") + ": is 5 bytes long"),
        ran.err());
    assertEquals(1, ran.err().lines().count(), ran.err());
  }

  @Test
  void cifar10ThatIsNotThereIsMissedFileByFile() {
    Ran ran = Ran.dsa("data", "verify", folder);
    assertEquals(ExitCode.BAD_INPUT, ran.code(), ran.toString());
    assertTrue(ran.out().lines().findFirst().orElse("").contains("MD5"), ran.out());
    assertEquals(6, ran.out().lines().filter(line -> line.endsWith("is missing")).count());
    assertTrue(ran.err().contains("'dsa data fetch --data " + folder + "' gets"), ran.err());
  }

  @Test
  void anAddressThatDoesNotHelpIsNamedWithTheWayByHand() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          boolean there = exchange.getRequestURI().getPath().equals("/page");
          exchange.sendResponseHeaders(there ? 200 : 404, there ? 5 : -1);
          if (there) {
            exchange.getResponseBody().write("<html".getBytes(US_ASCII));
          }
          exchange.close();
        });
    server.start();
    try {
      String address = "http://127.0.0.1:" + server.getAddress().getPort();
      for (String[] each :
          new String[][] {
            {"/gone", "answers with HTTP status 404"},
            {"/page", "has a file of 5 bytes instead of 170052171"}
          }) {
        Ran ran = Ran.dsa("data", "fetch", "--data", folder, "--from", address + each[0]);
        assertEquals(ExitCode.BAD_INPUT, ran.code(), ran.toString());
        assertEquals(
            "dsa: CIFAR-10 cannot be fetched: "
                + address
                + each[0]
                + ": "
                + each[1]
                + "; bring cifar-10-binary.tar.gz here in another way; name it with --from\n",
            ran.err());
      }
    } finally {
      server.stop(0);
    }
    assertEquals(List.of(), names());
  }

  @Test
  void filesThatAreNotCifar10AreNotTaken() throws IOException {
    Path own = folder.resolve("own");
    sample(own);
    Path target = folder.resolve("target");
    Ran ran = Ran.dsa("data", "fetch", "--from", own, "--data", target);
    assertEquals(ExitCode.BAD_INPUT, ran.code(), ran.toString());
    assertTrue(
        ran.err()
            .startsWith(
                "dsa: "
                    + own
                    + ": is not CIFAR-10, binary version: its data_batch_1.bin is 6146 bytes long"),
        ran.err());
    assertFalse(Files.exists(target.resolve("data_batch_1.bin")));
    assertEquals(ExitCode.BAD_INPUT, Ran.dsa("data", "fetch", "--data", own).code());
  }
}
