package dsa.trainer.data;

import dsa.core.io.Checksum;
import dsa.core.io.InputFile;
import dsa.core.io.MalformedFileException;
import dsa.core.io.Unfinished;
import dsa.trainer.data.CifarCheck.CheckedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.DoubleConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Brings CIFAR-10 into a folder, from the network or from files that are here already. Nothing gets
 * a real name before all of it is found to be what was published. A folder that is complete is left
 * alone.
 */
public final class CifarFetch {

  /** Of the work of fetching and unpacking, what the network takes. */
  private static final double SHARE_OF_DOWNLOAD = 0.9;

  private static final int MOST_CLASS_NAMES = 1 << 12;
  private static final String STAGING = "unpacking-";
  private static final String LOCK = "lock";
  private static final Pattern ABANDONED = Pattern.compile(STAGING + "[0-9a-f-]{36}\\.partial");

  private final CifarArchive archive;
  private final Download download;
  private final List<URI> mirrors;
  private final boolean keepArchive;
  private final DoubleConsumer meter;

  CifarFetch(
      CifarArchive archive,
      Download download,
      List<URI> mirrors,
      boolean keepArchive,
      DoubleConsumer meter) {
    this.archive = archive;
    this.download = download;
    this.mirrors = List.copyOf(mirrors);
    this.keepArchive = keepArchive;
    this.meter = meter;
  }

  /** From the address of its authors, without a trace of the archive afterwards. */
  public static CifarFetch withDefaults() {
    return new CifarFetch(
        CifarArchive.RELEASE,
        new Download(
            Duration.ofSeconds(20),
            Duration.ofSeconds(30),
            new EnvironmentProxies(System.getenv())),
        List.of(),
        false,
        share -> {});
  }

  /** Asks these addresses of the archive first, in this order; http or https. */
  public CifarFetch mirrors(List<URI> addresses) {
    return new CifarFetch(archive, download, addresses, keepArchive, meter);
  }

  /** Whether a downloaded archive stays in the folder, under its own name. */
  public CifarFetch keepArchive(boolean kept) {
    return new CifarFetch(archive, download, mirrors, kept, meter);
  }

  /** Tells {@code watcher} the share of the work that is done, in [0, 1]. */
  public CifarFetch watchedBy(DoubleConsumer watcher) {
    return new CifarFetch(archive, download, mirrors, keepArchive, watcher);
  }

  /**
   * What came of it.
   *
   * @param check of the folder, which is complete
   * @param source where the files are from; empty if they were all there before
   * @param refusals of the sources asked before, one sentence each
   */
  public record Fetched(CifarCheck check, Optional<String> source, List<String> refusals) {

    /** Copies the refusals. */
    public Fetched {
      refusals = List.copyOf(refusals);
    }
  }

  /**
   * Downloads the archive from the first source that has it and unpacks it. What an earlier attempt
   * left of it is used; so is the whole archive if it lies in the folder, and then it stays there.
   *
   * @throws IOException with one sentence if no source has it, or a file cannot be written
   * @throws InterruptedException if the thread is interrupted; what has arrived stays
   */
  public Fetched into(Path folder) throws IOException, InterruptedException {
    return download(
        Stream.concat(mirrors.stream(), Stream.of(archive.official())).toList(), folder);
  }

  /** The same from one address only. */
  public Fetched from(URI address, Path folder) throws IOException, InterruptedException {
    return download(List.of(address), folder);
  }

  /**
   * Takes the files from an archive or a folder on this machine, which are left as they are.
   *
   * @param source a {@code .tar.gz} archive, or a folder of {@code .bin} or {@code .bin.xz} files
   * @throws MalformedFileException if they are not there or not the published ones
   */
  public Fetched from(Path source, Path folder) throws IOException {
    Optional<Fetched> already = already(folder);
    return already.isPresent()
        ? already.get()
        : new Fetched(unpack(source, folder, 0), Optional.of(source.toString()), List.of());
  }

  private Optional<Fetched> already(Path folder) throws IOException {
    if (CifarSample.isIn(folder)) {
      throw new MalformedFileException(
          folder.toString(), 0, "holds a sample; name another folder for CIFAR-10");
    }
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    CifarCheck check = archive.files().check(CifarFiles.locate(folder));
    return check.complete()
        ? Optional.of(new Fetched(check, Optional.empty(), List.of()))
        : Optional.empty();
  }

  // ---- the network

  private Fetched download(List<URI> sources, Path folder)
      throws IOException, InterruptedException {
    Optional<Fetched> already = already(folder);
    if (already.isPresent()) {
      return already.get();
    }
    List<Path> made = make(folder);
    try {
      return downloadInto(folder, sources);
    } finally {
      deleteEmpty(made);
    }
  }

  private Fetched downloadInto(Path folder, List<URI> sources)
      throws IOException, InterruptedException {
    Path whole = folder.resolve(archive.name());
    if (isArchive(whole)) { // the user's own, or kept by an earlier call
      CifarCheck check = unpack(whole, folder, SHARE_OF_DOWNLOAD);
      return new Fetched(check, Optional.of(whole.toString()), List.of());
    }
    List<String> refusals = new ArrayList<>();
    Path partial = folder.resolve(archive.name() + ".partial");
    URI source = firstThatHasIt(sources, partial, refusals);
    CifarCheck check = unpack(partial, folder, SHARE_OF_DOWNLOAD);
    if (keepArchive) {
      Files.move(partial, whole, StandardCopyOption.REPLACE_EXISTING);
    } else {
      Files.delete(partial);
    }
    return new Fetched(check, Optional.of(source.toString()), refusals);
  }

  private URI firstThatHasIt(List<URI> sources, Path partial, List<String> refusals)
      throws IOException, InterruptedException {
    for (URI source : sources) {
      try {
        download(source, partial);
        return source;
      } catch (SourceException e) {
        refusals.add(source + ": " + e.getMessage());
      }
    }
    throw new FetchException(
        "CIFAR-10 cannot be fetched: "
            + String.join(", ", refusals)
            + (Files.exists(partial) ? "; run the command again to go on, or bring " : "; bring ")
            + archive.name()
            + " here in another way");
  }

  private void download(URI source, Path partial) throws IOException, InterruptedException {
    boolean resumed = Files.exists(partial);
    String sum = sumAfterDownload(source, partial);
    if (!sum.equals(archive.sha256()) && resumed) {
      Files.delete(partial); // the beginning was perhaps of another file
      sum = sumAfterDownload(source, partial);
    }
    if (!sum.equals(archive.sha256())) {
      Files.delete(partial);
      throw new SourceException(
          "has another file (SHA-256 " + sum + " instead of " + archive.sha256() + ")");
    }
  }

  private String sumAfterDownload(URI source, Path partial)
      throws IOException, InterruptedException {
    download.complete(
        source,
        partial,
        archive.bytes(),
        arrived -> meter.accept(SHARE_OF_DOWNLOAD * arrived / archive.bytes()));
    return Checksum.of("SHA-256", partial);
  }

  private boolean isArchive(Path file) throws IOException {
    return Files.isRegularFile(file)
        && Files.size(file) == archive.bytes()
        && Checksum.of("SHA-256", file).equals(archive.sha256());
  }

  // ---- the disk

  /** Writes the files of {@code source} beside their names, checks all, then moves them there. */
  private CifarCheck unpack(Path source, Path folder, double done) throws IOException {
    List<Path> made = make(folder);
    try {
      return unpackInto(folder, source, done);
    } finally {
      deleteEmpty(made);
    }
  }

  private CifarCheck unpackInto(Path folder, Path source, double done) throws IOException {
    deleteAbandoned(folder);
    Path staging = folder.resolve(STAGING + UUID.randomUUID() + ".partial");
    try (Unfinished unfinished = Unfinished.at(staging);
        FileChannel held = held(Files.createDirectory(staging))) {
      Unpacking unpacking = new Unpacking(staging, done);
      if (Files.isDirectory(source)) {
        unpacking.copyFrom(source);
      } else {
        unpacking.extractFrom(source);
      }
      CifarCheck staged = archive.files().check(staging);
      for (CheckedFile file : staged.files()) {
        if (file.fault().isPresent()) {
          throw new MalformedFileException(
              source.toString(),
              0,
              "is not CIFAR-10, binary version: its "
                  + file.name()
                  + " "
                  + file.fault().get()
                  + "; take it from another source");
        }
      }
      for (String name : unpacking.names) {
        Files.move(
            staging.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
      return new CifarCheck(folder, staged.dataset(), staged.algorithm(), staged.files());
    }
  }

  /** Locks a staging folder for as long as this process works in it. */
  private static FileChannel held(Path staging) throws IOException {
    FileChannel lock =
        FileChannel.open(
            staging.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    lock.lock();
    return lock;
  }

  /** Deletes what processes left that were killed while they unpacked. */
  private static void deleteAbandoned(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.list(folder)) {
      all = files.filter(f -> ABANDONED.matcher(f.getFileName().toString()).matches()).toList();
    }
    for (Path staging : all) {
      if (isAbandoned(staging)) {
        Unfinished.delete(staging);
      }
    }
  }

  private static boolean isAbandoned(Path staging) throws IOException {
    Path lock = staging.resolve(LOCK);
    if (!Files.exists(lock)) {
      return true; // of an earlier version
    }
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        FileLock free = channel.tryLock()) {
      return free != null;
    } catch (OverlappingFileLockException e) {
      return false; // of this very process
    }
  }

  /** Makes a folder; says which folders were made for that, the innermost first. */
  private static List<Path> make(Path folder) throws IOException {
    List<Path> made = new ArrayList<>();
    for (Path each = folder.toAbsolutePath();
        each != null && !Files.exists(each);
        each = each.getParent()) {
      made.add(each);
    }
    Files.createDirectories(folder);
    return made;
  }

  /** Takes folders away that nothing came into. */
  private static void deleteEmpty(List<Path> made) throws IOException {
    for (Path folder : made) {
      try {
        Files.delete(folder);
      } catch (DirectoryNotEmptyException e) {
        return;
      }
    }
  }

  /** One go at getting the files into a folder. */
  private final class Unpacking {

    private final Path target;
    private final double before;
    private final List<String> names = new ArrayList<>();
    private long written;

    Unpacking(Path target, double before) {
      this.target = target;
      this.before = before;
    }

    void extractFrom(Path file) throws IOException {
      try (InputStream raw = InputFile.open(file)) {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(raw))) {
          for (TarArchiveEntry entry = tar.getNextEntry();
              entry != null;
              entry = tar.getNextEntry()) {
            String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
            if (entry.isFile() && wanted().anyMatch(name::equals) && !names.contains(name)) {
              save(name, tar);
            }
          }
        } catch (FileSystemException e) {
          throw e;
        } catch (IOException e) {
          throw new MalformedFileException(
              file.toString(),
              0,
              "is damaged or no gzipped tar archive (" + e.getMessage() + "); get it anew");
        }
      }
    }

    void copyFrom(Path folder) throws IOException {
      Path located = CifarFiles.locate(folder);
      for (String name : wanted().toList()) {
        Path plain = located.resolve(name);
        Path packed = located.resolve(name + ".xz");
        if (Files.exists(plain)) {
          try (InputStream in = InputFile.open(plain)) {
            save(name, in);
          }
        } else if (Files.exists(packed)) {
          try (InputStream raw = InputFile.open(packed)) {
            saveUnpacked(name, packed, raw);
          }
        }
      }
    }

    private void saveUnpacked(String name, Path packed, InputStream raw) throws IOException {
      try (InputStream in = new XZInputStream(raw)) {
        save(name, in);
      } catch (FileSystemException e) {
        throw e;
      } catch (IOException e) {
        throw new MalformedFileException(
            packed.toString(), 0, "is damaged or no xz file (" + e + "); get it anew");
      }
    }

    private Stream<String> wanted() {
      return Stream.concat(
          archive.files().files().stream().map(CifarFiles.Expected::name),
          Stream.of(CifarFiles.CLASS_NAMES));
    }

    /** No more than one byte too many: the check will find it. */
    private void save(String name, InputStream in) throws IOException {
      long left =
          1
              + archive.files().files().stream()
                  .filter(file -> file.name().equals(name))
                  .mapToLong(CifarFiles.Expected::bytes)
                  .findFirst()
                  .orElse(MOST_CLASS_NAMES - 1L);
      byte[] buffer = new byte[1 << 16];
      try (OutputStream out = new DiskStream(target.resolve(name))) {
        while (left > 0) {
          int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
          if (read < 0) {
            break;
          }
          out.write(buffer, 0, read);
          left -= read;
          written += read;
          meter.accept(Math.min(1, before + (1 - before) * written / archive.files().bytes()));
        }
      }
      names.add(name);
    }
  }
}
