package dsa.trainer.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.io.MalformedFileException;
import dsa.core.io.Remediable;
import dsa.trainer.data.CifarFetch.Fetched;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/**
 * Networks fail in every way there is. Without these a cut download is unpacked, an error page is
 * taken for images, a resumed file is stitched of two, or a failure leaves half a data set under
 * the names of a whole one.
 */
final class CifarFetchTest {

  private static final Set<String> ALL =
      Stream.concat(CifarFiles.NAMES.stream(), Stream.of("batches.meta.txt"))
          .collect(Collectors.toCollection(TreeSet::new));

  @TempDir Path temporary;
  private Path folder;
  private byte[] archive;
  private ArchiveServer server;

  @BeforeEach
  void start() throws IOException {
    folder = temporary.resolve("images");
    archive = MadeUpData.archived(MadeUpData.files());
    server = new ArchiveServer(archive);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private CifarFetch fetch(URI official) {
    return fetch(official, Duration.ofSeconds(10));
  }

  private CifarFetch fetch(URI official, Duration patience) {
    return fetch(official, patience, Map.of());
  }

  private CifarFetch fetch(URI official, Duration patience, Map<String, String> environment) {
    return new CifarFetch(
        MadeUpData.archive(official, archive),
        new Download(patience, patience, new EnvironmentProxies(environment)),
        List.of(),
        false,
        share -> {});
  }

  private CifarFetch fetch(String path) {
    return fetch(server.address(path));
  }

  private Path partial(byte[] bytes) throws IOException {
    Files.createDirectories(folder);
    return Files.write(folder.resolve("images.tar.gz.partial"), bytes);
  }

  private Set<String> names() throws IOException {
    if (!Files.exists(folder)) {
      return Set.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private void assertWhole() throws IOException {
    assertEquals(ALL, names());
    for (Map.Entry<String, byte[]> file : MadeUpData.files().entrySet()) {
      assertArrayEquals(file.getValue(), Files.readAllBytes(folder.resolve(file.getKey())));
    }
  }

  private String refusalOf(CifarFetch fetch) {
    IOException fault = assertThrows(IOException.class, () -> fetch.into(folder));
    return fault.getMessage()
        + (fault instanceof Remediable remediable
            ? remediable.remedy().map(remedy -> "; " + remedy).orElse("")
            : "");
  }

  @Test
  void aPlainDownloadLeavesTheFilesAndNothingElse() throws Exception {
    List<Double> shares = new ArrayList<>();
    Fetched fetched = fetch("/whole").watchedBy(shares::add).into(folder);
    assertWhole();
    assertTrue(fetched.check().complete());
    assertEquals(server.address("/whole").toString(), fetched.source().orElseThrow());
    assertEquals(List.of(), fetched.refusals());
    assertEquals(shares.stream().sorted().toList(), shares, "progress never goes back");
    assertEquals(1, shares.get(shares.size() - 1));
    assertEquals(List.of("/whole"), server.requests);
  }

  @Test
  void whatIsCompleteIsLeftAlone() throws Exception {
    MadeUpData.write(folder);
    Fetched fetched = fetch("/whole").into(folder);
    assertTrue(fetched.source().isEmpty());
    assertEquals(List.of(), server.requests);
    Path outer = temporary.resolve("outer");
    MadeUpData.write(outer.resolve("cifar-10-batches-bin"));
    assertTrue(fetch("/whole").into(outer).source().isEmpty());
  }

  @Test
  void oneWrongFileIsReplaced() throws Exception {
    MadeUpData.write(folder);
    Files.write(folder.resolve("data_batch_4.bin"), new byte[3]);
    fetch("/whole").into(folder);
    assertWhole();
  }

  @Test
  void aCutConnectionIsContinuedAtItsEnd() throws Exception {
    fetch("/cut").into(folder);
    assertWhole();
    assertTrue(server.requests.size() >= 2, server.requests.toString());
    for (String request : server.requests.subList(1, server.requests.size())) {
      assertTrue(request.matches("/cut bytes=[1-9]\\d*-"), server.requests.toString());
    }
  }

  @Test
  void whatAnEarlierCommandLeftIsContinued() throws Exception {
    partial(Arrays.copyOf(archive, 1000));
    fetch("/whole").into(folder);
    assertWhole();
    assertEquals(List.of("/whole bytes=1000-"), server.requests);
  }

  @Test
  void aServerWithoutRangesStartsAnew() throws Exception {
    for (String path : List.of("/no-ranges", "/no-such-range", "/other-part")) {
      server.requests.clear();
      partial(new byte[1000]);
      fetch(path).into(folder);
      assertWhole();
      assertEquals(path + " bytes=1000-", server.requests.get(0));
      for (String name : ALL) {
        Files.delete(folder.resolve(name));
      }
    }
  }

  @Test
  void theBeginningOfAnotherFileIsThrownAway() throws Exception {
    for (byte[] beginning :
        List.of(new byte[1000], new byte[archive.length], new byte[2 * archive.length])) {
      partial(beginning);
      fetch("/whole").into(folder);
      assertWhole();
      for (String name : ALL) {
        Files.delete(folder.resolve(name));
      }
    }
    assertEquals(List.of("/whole bytes=1000-", "/whole", "/whole", "/whole"), server.requests);
  }

  @Test
  void anotherFileOfTheSameLengthIsRefused() throws IOException {
    String message = refusalOf(fetch("/wrong"));
    assertTrue(
        message.startsWith(
            "CIFAR-10 cannot be fetched: "
                + server.address("/wrong")
                + ": has another file (SHA-256 "),
        message);
    assertTrue(message.endsWith("; bring images.tar.gz here in another way; NAME_THE_ARCHIVE"));
    assertEquals(Set.of(), names());
  }

  @Test
  void aFileOfAnotherLengthIsRefusedBeforeItIsLoaded() throws IOException {
    String message = refusalOf(fetch("/short"));
    assertTrue(message.contains("has a file of 10 bytes instead of " + archive.length), message);
    assertEquals(Set.of(), names());
    message = refusalOf(fetch("/unmeasured"));
    assertTrue(message.contains("has a file of more than " + archive.length), message);
  }

  @Test
  void mirrorsAreAskedInTurnBeforeTheOfficialAddress() throws Exception {
    Fetched fetched =
        fetch("/whole")
            .mirrors(List.of(server.address("/gone"), server.address("/wrong")))
            .into(folder);
    assertWhole();
    assertEquals(List.of("/gone", "/wrong", "/whole"), server.requests);
    assertEquals(2, fetched.refusals().size());
    assertEquals(
        server.address("/gone") + ": answers with HTTP status 404", fetched.refusals().get(0));
    server.requests.clear();
    Files.delete(folder.resolve("test_batch.bin"));
    fetch("/whole").mirrors(List.of(server.address("/no-ranges"))).into(folder);
    assertEquals(List.of("/no-ranges"), server.requests);
  }

  @Test
  void oneAddressAloneCanBeAsked() throws Exception {
    assertThrows(IOException.class, () -> fetch("/whole").from(server.address("/gone"), folder));
    assertEquals(List.of("/gone"), server.requests);
    fetch("/gone").from(server.address("/whole"), folder);
    assertWhole();
  }

  @Test
  void redirectionsAreFollowedWithTheirRange() throws Exception {
    partial(Arrays.copyOf(archive, 1000));
    fetch("/moved").into(folder);
    assertWhole();
    assertEquals(List.of("/moved bytes=1000-", "/whole bytes=1000-"), server.requests);
  }

  @Test
  void whereNobodyListensIsSaidAndWhatToDo() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    URI nobody = URI.create("http://127.0.0.1:" + port + "/images.tar.gz");
    assertEquals(
        "CIFAR-10 cannot be fetched: "
            + nobody
            + ": cannot be reached; bring images.tar.gz here in another way;"
            + " NAME_THE_ARCHIVE",
        refusalOf(fetch(nobody)));
    assertTrue(
        refusalOf(fetch(URI.create("http://no-such-host.invalid/images.tar.gz")))
            .contains("images.tar.gz: its host is not known here; bring "));
  }

  @Tag("slow")
  @Test
  void aServerThatFallsSilentIsLeftAndWhatCameIsKept() throws Exception {
    String message = refusalOf(fetch(server.address("/silent"), Duration.ofSeconds(1)));
    assertTrue(message.contains("; run the command again to go on, or bring "), message);
    assertEquals(Set.of("images.tar.gz.partial"), names());
    fetch("/whole").into(folder);
    assertWhole();
    String last = server.requests.get(server.requests.size() - 1);
    assertTrue(last.matches("/whole bytes=[1-9]\\d*-"), server.requests.toString());
  }

  @Test
  void theArchiveStaysIfAskedToAndIsUsedAgain() throws Exception {
    fetch("/whole").keepArchive(true).into(folder);
    assertArrayEquals(archive, Files.readAllBytes(folder.resolve("images.tar.gz")));
    Files.delete(folder.resolve("data_batch_1.bin"));
    Fetched fetched = fetch("/whole").into(folder);
    assertEquals(folder.resolve("images.tar.gz").toString(), fetched.source().orElseThrow());
    assertEquals(List.of("/whole"), server.requests);
    Path kept = folder.resolve("images.tar.gz");
    assertArrayEquals(archive, Files.readAllBytes(kept));
    Files.delete(kept);
    assertWhole();
  }

  @Test
  void anArchiveThatWasNotDownloadedIsNotDeleted() throws Exception {
    Files.createDirectories(folder);
    Path own = Files.write(folder.resolve("images.tar.gz"), archive);
    fetch("/gone").into(folder);
    assertArrayEquals(archive, Files.readAllBytes(own));
    assertEquals(List.of(), server.requests);
    Files.delete(folder.resolve("data_batch_1.bin"));
    Files.writeString(own, "another archive of that name");
    fetch("/whole").into(folder);
    assertEquals("another archive of that name", Files.readString(own));
    Files.delete(own);
    assertWhole();
  }

  private CifarFetch fetchFarAway(String path, Map<String, String> environment) {
    return fetch(URI.create("http://far.invalid" + path), Duration.ofSeconds(10), environment);
  }

  @Test
  void theProxyOfTheEnvironmentIsAsked() throws Exception {
    String proxy = server.address("").toString();
    fetchFarAway("/whole", Map.of("http_proxy", proxy)).into(folder);
    assertWhole();
    assertEquals(List.of("/whole"), server.requests, "the proxy was asked");
  }

  @Test
  void aProxyThatCannotBeUsedIsNamed() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    String gone = "127.0.0.1:" + free;
    assertTrue(
        refusalOf(fetchFarAway("/whole", Map.of("ALL_PROXY", gone)))
            .contains(
                "http://far.invalid/whole: cannot be reached by the proxy "
                    + gone
                    + " that ALL_PROXY names; bring"));
    String secret = refusalOf(fetchFarAway("/whole", Map.of("http_proxy", "http://me:pw@host:1")));
    assertTrue(
        secret.contains("is not asked: the environment variable http_proxy must name an HTTP"),
        secret);
    assertFalse(secret.contains("pw"), secret);
  }

  @Test
  void aFullDiskCostsOneSentence() throws IOException {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.exists(full) && !Files.isRegularFile(full));
    Files.createDirectories(folder);
    Path partial = Files.createSymbolicLink(folder.resolve("images.tar.gz.partial"), full);
    FileSystemException failure =
        assertThrows(FileSystemException.class, () -> fetch("/whole").into(folder));
    assertEquals(partial.toString(), failure.getFile());
    assertEquals(
        "cannot be written: the disk is full; make room or name another folder",
        failure.getReason());
    assertEquals(Set.of("images.tar.gz.partial"), names());
    Files.delete(partial);
  }

  @Test
  void aFileInPlaceOfTheFolderIsRefused() throws IOException {
    Files.write(folder, new byte[1]);
    assertThrows(FileSystemException.class, () -> fetch("/whole").into(folder));
    assertThrows(FileSystemException.class, () -> fetch("/whole").from(temporary, folder));
  }

  @Test
  void aSampleIsNotOverwritten() throws IOException {
    ImageSet images = ImageSet.of(new byte[5 * 3072], new byte[5]);
    CifarSample.write(folder, "tiny", images, images);
    assertEquals(
        folder + ": holds a sample; name another folder for CIFAR-10", refusalOf(fetch("/whole")));
    assertEquals("cifar10-sample:tiny", Cifar10.read(folder).name());
  }

  @Test
  void archivesOfOnesOwnNeedNotBePackedAlike() throws IOException {
    Path own = Files.write(temporary.resolve("own.tgz"), archive);
    byte[] repacked = archive.clone();
    repacked[4] ^= 1; // the time of packing
    Files.write(own, repacked);
    Fetched fetched = fetch("/gone").from(own, folder);
    assertWhole();
    assertEquals(own.toString(), fetched.source().orElseThrow());
    assertTrue(Files.exists(own));
    assertEquals(List.of(), server.requests);
  }

  @Test
  void plainAndPackedFilesOfAFolderAreTaken() throws IOException {
    Path own = temporary.resolve("own");
    MadeUpData.write(own.resolve("cifar-10-batches-bin"));
    fetch("/gone").from(own, folder);
    assertEquals(new TreeSet<>(CifarFiles.NAMES), names());
    Path packed = temporary.resolve("packed");
    MadeUpData.write(packed);
    Path plain = packed.resolve("test_batch.bin");
    Files.write(packed.resolve("test_batch.bin.xz"), xz(Files.readAllBytes(plain)));
    Files.delete(plain);
    Files.writeString(packed.resolve("batches.meta.txt"), "airplane\n");
    Path target = temporary.resolve("target");
    fetch("/gone").from(packed, target);
    assertArrayEquals(
        MadeUpData.files().get("test_batch.bin"),
        Files.readAllBytes(target.resolve("test_batch.bin")));
    assertEquals("airplane\n", Files.readString(target.resolve("batches.meta.txt")));
  }

  private static byte[] xz(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (XZOutputStream xz = new XZOutputStream(out, new LZMA2Options(0))) {
      xz.write(bytes);
    }
    return out.toByteArray();
  }

  private void assertRefused(Path source, String start, String end) throws IOException {
    Set<String> before = names();
    String message =
        assertThrows(MalformedFileException.class, () -> fetch("/gone").from(source, folder))
            .getMessage();
    assertTrue(message.startsWith(start) && message.endsWith(end), message);
    assertEquals(before, names());
  }

  @Test
  void whatIsNoWholeArchiveOfTheRightFilesIsRefusedAndNothingChanges() throws IOException {
    MadeUpData.write(folder);
    Files.write(folder.resolve("data_batch_1.bin"), new byte[] {1, 2, 3});
    Path file = temporary.resolve("own.tar.gz");
    Files.writeString(file, "<html>not found</html>");
    assertRefused(file, file + ": is damaged or no gzipped tar archive (", "); get it anew");
    for (int length : new int[] {5, archive.length / 2, archive.length - 20_000}) {
      Files.write(file, Arrays.copyOf(archive, length));
      assertRefused(file, file + ": is damaged or no gzipped tar archive (", "); get it anew");
    }
    Map<String, byte[]> files = MadeUpData.files();
    files.remove("data_batch_5.bin");
    Files.write(file, MadeUpData.archived(files));
    assertRefused(
        file,
        file + ": is not CIFAR-10, binary version: its data_batch_5.bin is missing",
        "; take it from another source");
    files = MadeUpData.files();
    files.put("data_batch_2.bin", files.get("data_batch_3.bin"));
    Files.write(file, MadeUpData.archived(files));
    assertRefused(file, file + ": is not CIFAR-10, binary version: its data_batch_2.bin holds", "");
    files.put("data_batch_2.bin", new byte[1_000_000]);
    Files.write(file, MadeUpData.archived(files));
    assertRefused(
        file,
        file + ": is not CIFAR-10, binary version: its data_batch_2.bin is 61461 bytes long",
        "");
    Path packed = temporary.resolve("packed");
    Files.createDirectories(packed);
    Files.write(packed.resolve("test_batch.bin.xz"), "no xz".getBytes(StandardCharsets.UTF_8));
    assertRefused(
        packed,
        packed.resolve("test_batch.bin.xz") + ": is damaged or no xz file (",
        "); get it anew");
    Path missing = temporary.resolve("missing.tar.gz");
    assertRefused(missing, missing + ": does not exist; check the name", "");
    assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(folder.resolve("data_batch_1.bin")));
  }

  @Test
  void whatAKilledProcessUnpackedIsDeletedAndWhatAnotherUnpacksIsNot() throws IOException {
    Path own = Files.write(temporary.resolve("own.tar.gz"), archive);
    Path killed = folder.resolve("unpacking-8f14e45f-ceea-467f-a4b2-9a6b8ba1c2d3.partial");
    Path older = folder.resolve("unpacking-8f14e45f-ceea-467f-a4b2-9a6b8ba1c2d4.partial");
    Path alive = folder.resolve("unpacking-8f14e45f-ceea-467f-a4b2-9a6b8ba1c2d5.partial");
    for (Path staging : List.of(killed, older, alive)) {
      Files.createDirectories(staging);
      Files.write(staging.resolve("data_batch_1.bin"), new byte[1000]);
    }
    Files.createFile(killed.resolve("lock"));
    try (FileChannel lock =
        FileChannel.open(
            alive.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      lock.lock();
      fetch("unasked").from(own, folder);
      Set<String> expected = new TreeSet<>(ALL);
      expected.add(alive.getFileName().toString());
      assertEquals(expected, names());
    }
  }

  @Test
  void theOfficialArchiveIsTheOneThatIsLinked() {
    assertEquals("cifar-10-binary.tar.gz", CifarArchive.RELEASE.name());
    assertTrue(CifarArchive.RELEASE.official().getPath().endsWith(CifarArchive.RELEASE.name()));
    assertEquals(6 * 30_730_000L, CifarArchive.RELEASE.files().bytes());
    assertFalse(CifarArchive.RELEASE.official().getScheme().equals("http"));
  }
}
