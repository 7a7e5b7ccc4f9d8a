package dsa.trainer.sweep;

import dsa.core.io.RunLog;
import dsa.core.run.DrawnModel;
import dsa.core.run.EpochResult;
import dsa.core.run.Provenance;
import dsa.core.run.RunOutcome;
import dsa.core.run.RunRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Speaks as a worker does, without training: misbehaves at one network as its second argument says,
 * with {@code once-} before it only the first time.
 */
final class FakeWorker {

  private static final int TROUBLE = 2;

  private FakeWorker() {}

  /** Arguments: the folder of a sweep, and what goes wrong. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    SweepFolder folder = SweepFolder.open(Path.of(arguments[0]));
    String mode = arguments[1];
    Path been = folder.folder().resolve("been");
    boolean once = mode.startsWith("once-");
    String trouble = once ? mode.substring(5) : mode;
    if (trouble.equals("mute")) {
      System.err.println("no engine here");
      System.exit(7);
    }
    if (trouble.equals("useless")) {
      System.out.println("unable no engine can train as asked");
      return;
    }
    System.out.println("a library greets its users");
    System.out.println("ready " + (trouble.equals("other") ? "other 2" : "fake 1") + "|cpu X|1");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      int index = Integer.parseInt(line.substring("train ".length()));
      boolean now = index == TROUBLE && !(once && Files.exists(been));
      if (index == TROUBLE) {
        Files.writeString(been, "");
      }
      if (now && trouble.equals("crash")) {
        System.err.println("terminate called");
        Runtime.getRuntime().halt(134);
      } else if (now && trouble.equals("fault")) {
        Files.writeString(
            folder.folder().resolve("worker-crash-" + ProcessHandle.current().pid() + ".log"),
            "# A fatal error\n#\n# Problematic frame:\n# C  [libdnnl.so+0x123]  conv+0x7\n#\n");
        Runtime.getRuntime().halt(1); // as Java does that was told to leave no core
      } else if (now && trouble.equals("hang")) {
        Thread.sleep(60_000);
      } else if (now && trouble.equals("fail")) {
        System.out.println("failed " + index + " libtorch ran out of memory: too big");
        return;
      } else if (now && trouble.equals("refuse")) {
        System.out.println("refused " + index + " no engine builds this");
        continue;
      } else if (trouble.equals("slow")) {
        Thread.sleep(300);
      } else if (trouble.equals("epochs")) {
        for (int epoch = 1; epoch < folder.recipe().epochs(); epoch++) {
          Thread.sleep(200);
          System.out.println("epoch " + index + " " + epoch + " 60.00 800.0");
        }
        Thread.sleep(200);
      }
      System.out.println("epoch " + index + " 1 50.00 800.0");
      System.out.println(RunLog.line(run(folder, folder.models().get(index))));
    }
  }

  private static RunRecord run(SweepFolder folder, DrawnModel model) {
    double error = 50 + model.index();
    return new RunRecord(
        folder.id(model),
        model,
        folder.recipe().name(),
        RunOutcome.Completed.of(List.of(error)),
        List.of(new EpochResult(1, 1.5, 50, OptionalDouble.empty(), error, 1, 1)),
        new Provenance(
            folder.plan().seed(),
            folder.recipe().hash(),
            folder.plan().dataset(),
            folder.plan().datasetChecksum(),
            "test",
            "fake 1",
            "cpu X",
            1,
            "jvm",
            "os",
            Instant.EPOCH,
            Instant.EPOCH));
  }
}
