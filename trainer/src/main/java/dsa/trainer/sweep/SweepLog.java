package dsa.trainer.sweep;

import dsa.core.io.RunLog;
import dsa.core.io.RunLogWriter;
import dsa.core.run.RunRecord;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The log of a sweep while it is trained. Before a run is appended, and at the end, it makes sure
 * that the folder is still there and still this supervisor's; a result that cannot be kept in the
 * log is kept in a file beside it.
 */
final class SweepLog implements Closeable {

  private final SweepFolder folder;
  private final SweepFolder.Lock lock;
  private Optional<RunLogWriter> writer = Optional.empty();
  private Optional<Path> recovered = Optional.empty();

  private SweepLog(SweepFolder folder, SweepFolder.Lock lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * The log of a folder.
   *
   * @param lock that keeps other supervisors out of it
   */
  static SweepLog open(SweepFolder folder, SweepFolder.Lock lock) throws IOException {
    SweepLog log = new SweepLog(folder, lock);
    if (Files.exists(folder.log().file())) { // else the first run makes it
      log.writer = Optional.of(RunLogWriter.open(folder.log().file()));
    }
    return log;
  }

  /**
   * Adds a run, on disk when this returns.
   *
   * @throws FileSystemException if the folder, its plan or its log is no longer what it was, saying
   *     where the runs are
   */
  void append(RunRecord run) throws IOException {
    if (recovered.isPresent()) {
      RunLog.at(recovered.get()).append(run);
      return;
    }
    lock.check();
    checkLog(Optional.of(run));
    boolean planned = restorePlan();
    if (writer.isEmpty()) {
      writer = Optional.of(RunLogWriter.open(folder.log().file()));
    }
    writer.get().append(run);
    if (!planned) {
      throw planRemoved();
    }
  }

  /**
   * Makes sure that what was appended is in the folder, and that it can be read.
   *
   * @throws IOException if not
   */
  void checkAtEnd() throws IOException {
    if (recovered.isEmpty()) {
      checkLog(Optional.empty());
      if (!restorePlan()) {
        throw planRemoved();
      }
      SweepFolder.open(folder.folder());
    }
  }

  private void checkLog(Optional<RunRecord> run) throws IOException {
    boolean there = Files.isDirectory(folder.folder());
    Path file = folder.log().file();
    if (there && (writer.isPresent() ? writer.get().isIntact() : !Files.exists(file))) {
      return;
    }
    Path kept = beside(there);
    if (writer.isPresent()) {
      writer.get().copyTo(kept);
    }
    if (run.isPresent()) {
      RunLog.at(kept).append(run.get());
    }
    recovered = Optional.of(kept);
    boolean any = Files.exists(kept);
    if (there) {
      throw new FileSystemException(
          file.toString(),
          null,
          "was removed or changed while the sweep was trained"
              + (any ? "; its runs are in " + kept + ": move that file back to go on" : ""));
    }
    throw new FileSystemException(
        folder.folder().toString(),
        null,
        "was removed while the sweep was trained" + (any ? "; its runs are in " + kept : ""));
  }

  /** A name for the runs that nothing has: in the folder, or beside where it was. */
  private Path beside(boolean there) {
    Path file = folder.log().file();
    Path where = there ? file : folder.folder().toAbsolutePath();
    String name = there ? "runs" : String.valueOf(where.getFileName());
    Path free = where.resolveSibling(name + ".recovered.jsonl");
    for (int i = 2; Files.exists(free); i++) {
      free = where.resolveSibling(name + ".recovered-" + i + ".jsonl");
    }
    return there ? folder.folder().resolve(free.getFileName()) : free;
  }

  /** Writes the plan again if it is gone; says whether it was there. */
  private boolean restorePlan() throws IOException {
    return folder.restorePlan();
  }

  private FileSystemException planRemoved() {
    return new FileSystemException(
        folder.folder().toString(),
        null,
        "its plan was removed while the sweep was trained and is written again; the same command"
            + " goes on");
  }

  @Override
  public void close() throws IOException {
    if (writer.isPresent()) {
      writer.get().close();
    }
  }
}
