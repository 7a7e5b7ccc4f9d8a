package dsa.trainer.sweep;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** A worker as its supervisor sees it. */
final class WorkerProcess {

  private static final Pattern TRACE = Pattern.compile("^(at |#|\\.\\.\\. \\d+ more)");

  private final Process process;
  private final Path log;

  private WorkerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a worker.
   *
   * @param number from 1; of several GPUs each worker takes the one of its turn
   * @param log where its standard error goes, replaced
   * @param line told each line it says, on a thread of its own
   * @param end told when it has ended and said its last, on that thread
   */
  static WorkerProcess start(
      SweepSettings settings, int number, Path log, Consumer<String> line, Runnable end)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(settings.command());
    builder.environment().putAll(settings.environment(number));
    builder.redirectError(new File(log.toString()));
    Process process = builder.start();
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
                in.lines().forEach(line);
              } catch (IOException | UncheckedIOException e) {
                // its end of the pipe is gone, and so is it
              }
              process.onExit().join();
              end.run();
            },
            "worker " + process.pid());
    reader.setDaemon(true);
    reader.start();
    return new WorkerProcess(process, log);
  }

  /** Asks it to train a network; a worker that is gone does not answer. */
  void train(int place) {
    try {
      process.getOutputStream().write(("train " + place + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      // its end is reported by the reader
    }
  }

  /** Lets it end when it has finished what it does. */
  void dismiss() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // gone already
    }
  }

  /** Ends it at once. */
  void kill() {
    process.destroyForcibly();
  }

  /** Whether it has not ended yet. */
  boolean alive() {
    return process.isAlive();
  }

  /** Waits until it has ended. */
  void await() throws InterruptedException {
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      kill();
      process.waitFor();
    }
  }

  /** How it ended, in words, with the last thing it said about it. */
  String end() {
    int code = process.exitValue();
    Path crash = log.resolveSibling("worker-crash-" + process.pid() + ".log");
    if (Files.exists(crash)) { // by which Java's exit code says nothing
      return "its worker crashed in native code"
          + frame(crash)
          + "; "
          + crash.getFileName()
          + " says more";
    }
    String how =
        switch (code) {
          case 134 -> "was aborted by native code (exit code 134)";
          case 137 -> "was killed (exit code 137; by the system if memory ran out)";
          case 139 -> "crashed in native code (exit code 139)";
          default -> "ended with exit code " + code;
        };
    String last = lastLine();
    return "its worker " + how + (last.isEmpty() ? "" : ": " + last);
  }

  /** Where it crashed, as Java's report says; nothing if it does not. */
  private static String frame(Path crash) {
    try {
      List<String> lines = Files.readAllLines(crash, StandardCharsets.ISO_8859_1);
      int title = lines.indexOf("# Problematic frame:");
      return title < 0 || title + 1 == lines.size()
          ? ""
          : ", " + lines.get(title + 1).replaceAll("[#\\s]+", " ").strip();
    } catch (IOException e) {
      return "";
    }
  }

  /** Whether somebody asked it to end: an interrupt or a request for termination. */
  boolean askedToEnd() {
    int code = process.exitValue();
    return code == 129 || code == 130 || code == 143;
  }

  /**
   * The last line of its standard error; where a Java failure stands above its trace, that line.
   */
  String lastLine() {
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
      for (int i = lines.size() - 1; i >= 0; i--) {
        String line = lines.get(i).strip();
        if (!line.isEmpty() && !TRACE.matcher(line).find()) {
          return line.length() > 300 ? line.substring(0, 300) + "…" : line;
        }
      }
    } catch (IOException e) {
      // nothing known
    }
    return "";
  }
}
