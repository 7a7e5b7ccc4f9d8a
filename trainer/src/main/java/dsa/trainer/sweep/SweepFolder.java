package dsa.trainer.sweep;

import dsa.core.io.ArchitecturesFile;
import dsa.core.io.AtomicFile;
import dsa.core.io.Checksum;
import dsa.core.io.RunLog;
import dsa.core.io.SweepFiles;
import dsa.core.io.SweepPlan;
import dsa.core.run.DrawnModel;
import dsa.core.run.EpochResult;
import dsa.core.run.ErrorKind;
import dsa.core.run.Populations;
import dsa.core.run.Provenance;
import dsa.core.run.RunId;
import dsa.core.run.RunOutcome;
import dsa.core.run.RunRecord;
import dsa.trainer.checkpoint.CheckpointFile;
import dsa.trainer.process.CodeVersion;
import dsa.trainer.process.WorkerSetup;
import dsa.trainer.pytorch.PythonFiles;
import dsa.trainer.recipe.TrainingRecipe;
import dsa.trainer.recipe.TrainingRecipes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The folder of one sweep: its plan, networks and recipe, which never change but that networks may
 * be added behind the others; the log of its runs; and the checkpoints of those in progress. It
 * needs nothing outside but the images.
 */
public final class SweepFolder {

  private static final String PLAN = SweepFiles.PLAN;
  private static final String ARCHITECTURES = SweepFiles.ARCHITECTURES;
  private static final String NEXT = SweepFiles.NEXT;
  private static final String RECIPE = "recipe.yaml";
  private static final String RUNS = SweepFiles.RUNS;
  private static final String CHECKPOINTS = "checkpoints";
  private static final String LOCK = "lock";
  private static final String STATUS = "status.json";

  /** Characters; a run's index and what is behind it in a file's name come to 24 more. */
  private static final int LONGEST_SPACE = 200;

  private final Path folder;
  private final SweepPlan plan;
  private final TrainingRecipe recipe;
  private final List<DrawnModel> models;
  private final int added;
  private final Map<RunId, DrawnModel> byId;

  private SweepFolder(
      Path folder, SweepPlan plan, TrainingRecipe recipe, List<DrawnModel> models, int added) {
    this.folder = folder;
    this.plan = plan;
    this.recipe = recipe;
    this.models = List.copyOf(models);
    this.added = added;
    this.byId = models.stream().collect(Collectors.toMap(this::id, Function.identity()));
  }

  /**
   * The sweep of some networks, begun in {@code folder} or going on there. A sweep of the first of
   * these networks becomes one of all of them, as when more were drawn with the same seed and
   * limits.
   *
   * @param architectures an architectures file
   * @param recipe to train them by
   * @param seed root of what is random in training
   * @param dataset name of the images
   * @param datasetChecksum of the images
   * @throws IllegalArgumentException if the folder holds another sweep, saying in what it differs
   * @throws SweepBusyException if networks are to be added while it is being trained
   * @throws FileSystemException if the folder holds no sweep but other files of the names that a
   *     sweep's have
   */
  public static SweepFolder begin(
      Path folder,
      Path architectures,
      TrainingRecipe recipe,
      long seed,
      String dataset,
      String datasetChecksum)
      throws IOException {
    return begin(folder, SweepNetworks.read(architectures), recipe, seed, dataset, datasetChecksum);
  }

  /** The same of networks that have been read. */
  public static SweepFolder begin(
      Path folder,
      SweepNetworks networks,
      TrainingRecipe recipe,
      long seed,
      String dataset,
      String datasetChecksum)
      throws IOException {
    checkName(networks.header().space());
    byte[] bytes = networks.bytes();
    List<DrawnModel> models = networks.models();
    SweepPlan plan =
        new SweepPlan(
            networks.header().space(),
            Checksum.sha256(bytes),
            models.size(),
            recipe.name(),
            recipe.hash(),
            seed,
            dataset,
            datasetChecksum);
    Path file = folder.resolve(PLAN);
    if (!Files.exists(file)) {
      return new SweepFolder(folder, plan, recipe, models, 0).made(bytes);
    }
    SweepPlan begun = SweepFiles.readPlan(file);
    if (plan.differenceFrom(begun).isEmpty()) {
      SweepFolder same = new SweepFolder(folder, plan, recipe, models, 0).settled();
      open(folder); // with files as they were when it began
      return same;
    }
    if (!plan.mayGrowFrom(begun)) {
      throw another(folder, plan.differenceFrom(begun));
    }
    int added = models.size() - begun.models();
    return new SweepFolder(folder, plan, recipe, models, added).grown(bytes);
  }

  /** Runs are called by the space, and files by the runs. */
  private static void checkName(String space) {
    if (space.length() > LONGEST_SPACE) {
      throw new IllegalArgumentException(
          "the networks are of a space with a name of "
              + space.length()
              + " characters, and files of a sweep are named by it; give the space a name of "
              + LONGEST_SPACE
              + " at most");
    }
  }

  /**
   * Makes the folder that of this sweep.
   *
   * @param bytes the architectures file
   */
  private SweepFolder made(byte[] bytes) throws IOException {
    byte[] settings = TrainingRecipes.text(recipe).getBytes(StandardCharsets.UTF_8);
    checkFree(bytes, settings);
    // never while it is held: closing the file would end the lock
    checkFree(LOCK, found -> new String(found, StandardCharsets.ISO_8859_1).matches("\\d*\n?"));
    Files.createDirectories(folder);
    try (Lock lock = lock()) {
      Path file = folder.resolve(PLAN);
      if (Files.exists(file)) { // somebody was faster
        String difference = plan.differenceFrom(SweepFiles.readPlan(file));
        if (!difference.isEmpty()) {
          throw another(folder, difference);
        }
      } else {
        checkFree(bytes, settings);
        AtomicFile.writeDurably(folder.resolve(ARCHITECTURES), bytes);
        AtomicFile.writeDurably(folder.resolve(RECIPE), settings);
        // last: a folder with a plan is whole
        AtomicFile.writeDurably(file, plan.text().getBytes(StandardCharsets.UTF_8));
      }
    }
    return prepared();
  }

  /** Rejects files of the user's own; what an interrupted beginning left is as it should be. */
  private void checkFree(byte[] architectures, byte[] settings) throws IOException {
    if (Files.exists(folder.resolve(RUNS))) {
      throw new IllegalArgumentException(
          folder + " holds runs but no " + PLAN + "; give another folder");
    }
    checkFree(ARCHITECTURES, found -> Arrays.equals(found, architectures));
    checkFree(RECIPE, found -> Arrays.equals(found, settings));
    checkFree(STATUS, found -> false);
  }

  private void checkFree(String name, Predicate<byte[]> ours) throws IOException {
    Path file = folder.resolve(name);
    if (Files.exists(file) && !ours.test(Files.readAllBytes(file))) {
      throw new FileSystemException(
          file.toString(), null, "is there already and no sweep's; give another folder");
    }
  }

  private SweepFolder prepared() throws IOException {
    Files.createDirectories(folder.resolve(CHECKPOINTS)); // copies may lack it while it is empty
    return this;
  }

  private static IllegalArgumentException another(Path folder, String difference) {
    return new IllegalArgumentException(
        folder
            + " holds another sweep: this one has "
            + difference
            + "; give the same arguments to go on, or another folder");
  }

  /**
   * Makes the sweep in the folder one of these networks.
   *
   * @param bytes the architectures file
   */
  private SweepFolder grown(byte[] bytes) throws IOException {
    try (Lock lock = lock()) {
      SweepPlan begun = SweepFiles.readPlan(folder.resolve(PLAN));
      if (!plan.mayGrowFrom(begun)) { // somebody was faster
        throw another(folder, plan.differenceFrom(begun));
      }
      settle(begun);
      List<DrawnModel> held = new ArrayList<>();
      ArchitecturesFile.read(folder.resolve(ARCHITECTURES), held::add);
      // more than the plan says if an earlier version was interrupted here
      boolean first = held.size() >= begun.models() && held.size() <= models.size();
      for (int i = 0; first && i < held.size(); i++) {
        first = isSame(held.get(i), models.get(i));
      }
      if (!first) {
        throw new IllegalArgumentException(
            folder
                + " holds a sweep of "
                + begun.models()
                + " networks that are not the first of these "
                + models.size()
                + "; to add some draw with the same seed and limits, or give another folder");
      }
      // the plan decides which networks there are, so that both are there until it is written
      AtomicFile.writeDurably(folder.resolve(NEXT), bytes);
      AtomicFile.writeDurably(folder.resolve(PLAN), plan.text().getBytes(StandardCharsets.UTF_8));
      settle(plan);
    }
    return prepared();
  }

  /** Ends a growth of the sweep in the folder that was interrupted. */
  private SweepFolder settled() throws IOException {
    if (Files.exists(folder.resolve(NEXT))) {
      try (Lock lock = lock()) {
        settle(SweepFiles.readPlan(folder.resolve(PLAN)));
      }
    }
    return prepared();
  }

  private void settle(SweepPlan written) throws IOException {
    Path next = folder.resolve(NEXT);
    if (SweepFiles.isOf(written, next)) {
      Files.move(
          next,
          folder.resolve(ARCHITECTURES),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } else {
      Files.deleteIfExists(next);
    }
  }

  private static boolean isSame(DrawnModel one, DrawnModel other) {
    return one.index() == other.index() && one.spec().text().equals(other.spec().text());
  }

  /** How many of its networks {@link #begin} added to a sweep that was there. */
  public int added() {
    return added;
  }

  /**
   * The sweep in a folder.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static SweepFolder open(Path folder) throws IOException {
    SweepFiles files = SweepFiles.open(folder);
    TrainingRecipe recipe = TrainingRecipes.read(folder.resolve(RECIPE));
    if (!recipe.hash().equals(files.plan().recipeHash())) {
      throw SweepFiles.changed(folder.resolve(RECIPE));
    }
    return new SweepFolder(folder, files.plan(), recipe, files.models(), 0);
  }

  /** Where it is. */
  public Path folder() {
    return folder;
  }

  /** What makes it one population. */
  public SweepPlan plan() {
    return plan;
  }

  /** How its networks are trained. */
  public TrainingRecipe recipe() {
    return recipe;
  }

  /** Its networks, in the order of the file. */
  public List<DrawnModel> models() {
    return models;
  }

  /** The same as they were handed to {@link #begin}. */
  SweepNetworks networks() throws IOException {
    Path architectures = folder.resolve(ARCHITECTURES);
    return SweepNetworks.read(
        SweepFiles.isOf(plan, architectures) ? architectures : folder.resolve(NEXT));
  }

  /**
   * The population of the runs that came to a result, named by the folder.
   *
   * @throws IllegalArgumentException if none did
   */
  public Populations.Collected collect(ErrorKind error) throws IOException {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return Populations.of(
        name == null ? plan.space() : name.toString(), runs().runs().stream(), error);
  }

  /** The identity of the run of a network, such as {@code resnet-0012}. */
  public RunId id(DrawnModel model) {
    return plan.id(model.index());
  }

  /** The log of its runs. */
  public RunLog log() {
    return RunLog.at(folder.resolve(RUNS));
  }

  /**
   * The runs in the log.
   *
   * @throws dsa.core.io.MalformedFileException if one of them is not of this sweep's plan
   */
  public RunLog.Contents runs() throws IOException {
    return log().read(this::fault);
  }

  /** Why a run cannot be one of this sweep, in a few words; empty if it can. */
  Optional<String> fault(RunRecord run) {
    return plan.fault(byId, run);
  }

  /** The record of a run that was made on this machine. */
  RunRecord record(
      DrawnModel model,
      RunOutcome outcome,
      List<EpochResult> epochs,
      WorkerSetup setup,
      String codeVersion,
      Instant start,
      Instant end) {
    return new RunRecord(
        id(model),
        model,
        recipe.name(),
        outcome,
        epochs,
        Provenance.here(
            plan.seed(),
            plan.recipeHash(),
            plan.dataset(),
            plan.datasetChecksum(),
            codeVersion,
            setup.engine(),
            setup.device(),
            setup.threads(),
            start,
            end));
  }

  /** Writes what a Python needs to train it. */
  void prepareForPython() throws IOException {
    PythonFiles.write(folder, plan, recipe, models, CodeVersion.text());
  }

  /** Writes the plan again if its file is gone; says whether it was there. */
  boolean restorePlan() throws IOException {
    Path file = folder.resolve(PLAN);
    if (Files.exists(file)) {
      return true;
    }
    AtomicFile.writeDurably(file, plan.text().getBytes(StandardCharsets.UTF_8));
    return false;
  }

  /** The checkpoint of a network's run. */
  CheckpointFile checkpoint(DrawnModel model) {
    return CheckpointFile.at(folder.resolve(CHECKPOINTS).resolve(id(model) + ".ckpt"));
  }

  /** Where the standard error of a worker goes. */
  Path workerLog(int worker) {
    return folder.resolve("worker-" + worker + ".log");
  }

  /** Where a supervisor says how far it is. */
  Path status() {
    return folder.resolve(STATUS);
  }

  /** Ends when closed, or with the process. */
  interface Lock extends AutoCloseable {

    /**
     * Makes sure that it still keeps others out.
     *
     * @throws FileSystemException if its file was removed or replaced
     */
    void check() throws IOException;

    @Override
    void close() throws IOException;
  }

  /**
   * Keeps other supervisors out of the folder.
   *
   * @throws SweepBusyException if one is in it already
   */
  Lock lock() throws IOException {
    Path file = folder.resolve(LOCK);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // another sweep of this very process
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
    if (lock == null) {
      throw new SweepBusyException(folder, Files.readString(file).strip());
    }
    channel.truncate(0);
    channel.write(
        ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)));
    return new FileOfLock(folder, file, channel, fileKey(file));
  }

  private static Object fileKey(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  private record FileOfLock(Path folder, Path file, FileChannel channel, Object key)
      implements Lock {

    @Override
    public void check() throws IOException {
      // a folder that is gone is the log's matter
      if (Files.exists(folder) && !(Files.exists(file) && Objects.equals(key, fileKey(file)))) {
        throw new FileSystemException(
            file.toString(),
            null,
            "was removed while the sweep was trained, so that another process may train it too;"
                + " the last result was not logged, and the same command goes on");
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
