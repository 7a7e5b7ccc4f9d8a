package dsa.trainer.sweep;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A folder cannot be trained, made or grown, for another process is training it. */
public final class SweepBusyException extends FileSystemException {

  private static final long serialVersionUID = 1L;

  /**
   * A refusal.
   *
   * @param folder of the sweep
   * @param process that has it, as its lock says
   */
  SweepBusyException(Path folder, String process) {
    super(folder.toString(), null, "is being trained by process " + process + " already");
  }
}
