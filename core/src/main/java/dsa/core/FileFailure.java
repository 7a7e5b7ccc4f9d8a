package dsa.core;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the operating system said when a file could not be read or written, as one sentence with the
 * file, the cause and what to do.
 */
public final class FileFailure {

  /** What systems say, and what helps. */
  private static final Map<String, String> REMEDIES = new LinkedHashMap<>();

  static {
    REMEDIES.put("no space left", "the disk is full; make room or name another folder");
    REMEDIES.put("not enough space", "the disk is full; make room or name another folder");
    REMEDIES.put("quota", "the quota is used up; make room or name another folder");
    REMEDIES.put("file too large", "the file system takes no larger file; name another folder");
    REMEDIES.put("no locks", "its file system has no locks; use a folder on a local disk");
    REMEDIES.put("operation not supported", "its file system cannot; use a local disk");
    REMEDIES.put("is a directory", "is a folder; name a file");
    REMEDIES.put(
        "not a directory", "a part of its path is a file, not a folder; name another path");
    REMEDIES.put("read-only", "its file system is read-only; name another folder");
    REMEDIES.put("permission denied", "permission denied; check its permissions");
    REMEDIES.put("operation not permitted", "not permitted; check its permissions");
    REMEDIES.put("too many open files", "too many files are open; close some programs");
    REMEDIES.put("name too long", "its name is too long; give a shorter one");
    REMEDIES.put("too many levels", "its links lead in a circle; name the file itself");
    REMEDIES.put("stale", "its network disk has lost it; try again");
    REMEDIES.put("input/output error", "its disk fails; copy what is left elsewhere");
  }

  private FileFailure() {}

  /**
   * A failure that names its file, made of one that may not.
   *
   * @param file that was read or written
   * @param what was to be done, such as {@code cannot be written}
   */
  public static FileSystemException of(Path file, String what, IOException failure) {
    FileSystemException named =
        new FileSystemException(
            file.toString(),
            null,
            what
                + remedy(message(failure))
                    .map(r -> ": " + r)
                    .orElse(" (" + message(failure) + ")"));
    named.initCause(failure);
    return named;
  }

  /** The sentence of a failure of the file system; empty if it says all itself or is another. */
  public static Optional<String> sentence(IOException failure) {
    if (!(failure instanceof FileSystemException e)) {
      return failure instanceof FileNotFoundException
          ? Optional.of(message(failure))
          : remedy(message(failure)).map(r -> r + " (" + message(failure) + ")");
    }
    String file = e.getFile() == null ? "a file" : e.getFile();
    if (e instanceof NoSuchFileException) {
      return Optional.of(file + ": no such file or folder; check the name");
    } else if (e instanceof AccessDeniedException) {
      return Optional.of(file + ": permission denied; check its permissions");
    } else if (e instanceof FileAlreadyExistsException) {
      return Optional.of(file + ": is a file, not a folder; name another folder");
    } else if (e instanceof NotDirectoryException) {
      return Optional.of(file + ": is a file, not a folder; name a folder");
    } else if (e instanceof DirectoryNotEmptyException) {
      return Optional.of(file + ": is a folder that is not empty; name another one");
    } else if (e instanceof FileSystemLoopException) {
      return Optional.of(file + ": its links lead in a circle; name the file itself");
    }
    return e.getReason() == null
        ? Optional.empty()
        : Optional.of(file + ": " + remedy(e.getReason()).orElse(e.getReason()));
  }

  /** Own sentences, which are longer, are not taken for a system's. */
  private static Optional<String> remedy(String message) {
    String lower = message.toLowerCase(Locale.ROOT);
    return lower.length() > 60
        ? Optional.empty()
        : REMEDIES.entrySet().stream()
            .filter(entry -> lower.contains(entry.getKey()))
            .map(Map.Entry::getValue)
            .findFirst();
  }

  private static String message(IOException failure) {
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    } else if (failure instanceof NoSuchFileException) {
      return "the folder above takes no files; name another";
    }
    String reason = failure instanceof FileSystemException e ? e.getReason() : failure.getMessage();
    return reason == null || reason.isBlank() ? failure.getClass().getSimpleName() : reason;
  }
}
