package dsa.cli.train;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import dsa.cli.console.Version;
import dsa.core.io.MalformedFileException;
import dsa.figures.table.Decimals;
import dsa.trainer.Engines;
import dsa.trainer.data.CifarCheck;
import dsa.trainer.data.DataFolder;
import dsa.trainer.engine.DeviceKind;
import dsa.trainer.engine.Engine.Availability;
import dsa.trainer.process.EngineProbe;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a machine offers for training.
 *
 * @param program this program and its version
 * @param java version and vendor of the JVM
 * @param os operating system, version and architecture
 * @param cores the JVM may use
 * @param memoryBytes of the machine, or of the container
 * @param engines every engine on every kind of device
 * @param data where CIFAR-10 is looked for
 * @param cifar10 whether it is there
 * @param caches where the engines' libraries are unpacked
 */
public record MachineReport(
    String program,
    String java,
    String os,
    int cores,
    long memoryBytes,
    List<Finding> engines,
    Place data,
    boolean cifar10,
    List<Place> caches) {

  private static final double GIB = 1L << 30;

  /** What was found out of one engine on one kind of device. */
  record Finding(String engine, DeviceKind device, Availability found) {}

  /** A folder, there or not, and the bytes that may still be written in it. */
  public record Place(Path folder, long freeBytes) {

    public static Place of(Path folder) throws IOException {
      Path existing = folder.toAbsolutePath();
      while (!Files.exists(existing)) {
        existing = existing.getParent();
      }
      return new Place(folder, Files.getFileStore(existing).getUsableSpace());
    }

    private String text() {
      return folder + " (" + gib(freeBytes) + " free)";
    }

    private ObjectNode json() {
      return JsonNodeFactory.instance
          .objectNode()
          .put("folder", folder.toString())
          .put("freeBytes", freeBytes);
    }
  }

  /**
   * Looks at this machine; engines are asked by {@code probe}.
   *
   * @param python what a Python's PyTorch can train on, in the order of the report
   */
  public static MachineReport of(
      EngineProbe probe, Map<DeviceKind, Availability> python, Map<String, String> environment)
      throws IOException {
    List<Finding> engines = new ArrayList<>();
    for (String engine : Engines.names()) {
      for (DeviceKind device : List.of(DeviceKind.CPU, DeviceKind.CUDA)) {
        engines.add(new Finding(engine, device, probe.of(engine, device)));
      }
    }
    python.forEach(
        (device, found) -> {
          if (found.usable() || device == DeviceKind.CPU || device == DeviceKind.CUDA) {
            engines.add(new Finding(Engines.PYTORCH, device, found));
          }
        });
    Path data = DataFolder.of(Optional.empty(), environment, System.getProperty("os.name"), home());
    return new MachineReport(
        new Version().getVersion()[0],
        System.getProperty("java.version") + ", " + System.getProperty("java.vendor"),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize(),
        List.copyOf(engines),
        Place.of(data),
        holdsCifar10(data),
        caches(environment));
  }

  private static Path home() {
    return Path.of(System.getProperty("user.home"));
  }

  private static boolean holdsCifar10(Path folder) throws IOException {
    try {
      return CifarCheck.of(folder).complete();
    } catch (MalformedFileException e) {
      return false;
    }
  }

  /** JavaCPP's cache, which libtorch is unpacked to, and DJL's. */
  private static List<Place> caches(Map<String, String> environment) throws IOException {
    String javacpp = System.getProperty("org.bytedeco.javacpp.cachedir", "");
    String djl = environment.getOrDefault("DJL_CACHE_DIR", "");
    return List.of(
        Place.of(
            javacpp.isBlank() ? home().resolve(".javacpp").resolve("cache") : Path.of(javacpp)),
        Place.of(djl.isBlank() ? home().resolve(".djl.ai") : Path.of(djl)));
  }

  /** Whether some engine works. */
  public boolean usable() {
    return engines.stream().anyMatch(finding -> finding.found().usable());
  }

  /** For reading, in lines of at most {@code columns} where words allow. */
  public List<String> lines(int columns) {
    List<String> lines = new ArrayList<>();
    add(lines, "program", program, columns);
    add(lines, "Java", java, columns);
    add(lines, "machine", os + ", " + cores + " cores, " + gib(memoryBytes) + " memory", columns);
    for (Finding finding : engines) {
      String verdict = finding.found().usable() ? "works: " : "does not work: ";
      String name = finding.engine() + " on " + finding.device().label();
      add(lines, name, verdict + finding.found().detail(), columns);
    }
    add(lines, "CIFAR-10", (cifar10 ? "is in " : "is not in ") + data.text() + remedy(), columns);
    for (Place cache : caches) {
      add(lines, "libraries", "unpacked in " + cache.text(), columns);
    }
    return lines;
  }

  private String remedy() {
    return cifar10 ? "" : "; 'dsa data fetch' brings it, or name another folder in DSA_DATA";
  }

  /** A name, and beside it a text in as many lines as it takes. */
  private static void add(List<String> lines, String name, String text, int columns) {
    int indent = 18;
    StringBuilder line = new StringBuilder(name).append(" ".repeat(indent - name.length()));
    boolean first = true;
    for (String word : text.split(" ", -1)) {
      if (!first && line.length() + 1 + word.length() > columns) {
        lines.add(line.toString());
        line = new StringBuilder(" ".repeat(indent));
        first = true;
      }
      line.append(first ? "" : " ").append(word);
      first = false;
    }
    lines.add(line.toString());
  }

  private static String gib(long bytes) {
    return Decimals.fixed(bytes / GIB, 1) + " GiB";
  }

  /** The same for programs. */
  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("format", "dsa.doctor/1");
    json.put("program", program).put("java", java).put("os", os);
    json.put("cores", cores).put("memoryBytes", memoryBytes);
    ArrayNode array = json.putArray("engines");
    for (Finding finding : engines) {
      array
          .addObject()
          .put("engine", finding.engine())
          .put("device", finding.device().label())
          .put("usable", finding.found().usable())
          .put("detail", finding.found().detail());
    }
    json.set("data", data.json().put("cifar10", cifar10));
    ArrayNode places = json.putArray("caches");
    caches.forEach(place -> places.add(place.json()));
    return json;
  }
}
