import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * {@code AddNatives CLASSES PLATFORM LICENSES LICENSE JAR COPY}: makes JAR, and a copy of it, of a jar of
 * classes, the native libraries of a platform, and the licence texts of every library, both from
 * the jars on the class path. Natives are copied compressed, as they lie there: to compress 600 MB
 * again takes 20 s.
 *
 * <p>Licence texts of a library go into {@code META-INF/licenses/ARTIFACT/}. They come from its own
 * jar, or, where that has none, from the folder LICENSES by its {@code index.txt}; a library
 * without a text ends the build.
 */
final class AddNatives {

  /** Libraries of JavaCPP's presets, and all of MXNet's folder; no headers, sources or objects. */
  private static final Pattern LIBRARY =
      Pattern.compile("org/bytedeco/.*(\\.so(\\.\\d+)*|\\.dylib|\\.dll)|native/lib/[^/]+");

  /** What training does not load: all of LAPACK for Java, training on several machines. */
  private static final Pattern UNUSED =
      Pattern.compile(
          ".*(jniopenblas_full|jnitorch_gloo|jnitorch_nccl|jnitorch_cuda|torch_cuda_linalg).*");

  /**
   * Licences and notices in a jar. JNA may be had under the LGPL or under Apache 2; this project
   * takes it under Apache 2.
   */
  private static final Pattern LICENCE =
      Pattern.compile(
          "META-INF/((?:LICENSE|NOTICE|AL2)[^/]*|[^/]*-(?:LICENSE|NOTICE)[^/]*)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern VERSIONED = Pattern.compile("(.+?)-\\d.*\\.jar");

  private final ZipArchiveOutputStream out;
  private final Set<String> names = new HashSet<>();

  private AddNatives(ZipArchiveOutputStream out) {
    this.out = out;
  }

  public static void main(String[] args) throws IOException {
    Path classes = Path.of(args[0]);
    String platform = args[1];
    Path licences = Path.of(args[2]);
    Path jar = Path.of(args[4]);
    Map<String, List<String>> texts = index(licences.resolve("index.txt"));
    Path partial = jar.resolveSibling(jar.getFileName() + ".partial");
    int jars = 0;
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(partial)) {
      AddNatives target = new AddNatives(out);
      target.copyAll(classes);
      target.add("META-INF/LICENSE", Path.of(args[3]));
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
        Path library = Path.of(entry);
        Matcher name = VERSIONED.matcher(library.getFileName().toString());
        if (Files.isDirectory(library) || !name.matches() || name.group(1).startsWith("dsa-")) {
          continue;
        }
        boolean natives =
            name.group().contains("-" + platform) || name.group(1).startsWith("mxnet-native");
        target.copy(library, "META-INF/licenses/" + name.group(1) + "/", natives);
        target.addTexts(name.group(1), texts, licences);
        jars += natives ? 1 : 0;
      }
    }
    if (jars == 0) {
      throw new IOException("no jar on the class path is one of natives for " + platform);
    }
    Files.move(partial, jar, StandardCopyOption.REPLACE_EXISTING);
    Path copy = Path.of(args[5]);
    Path partialCopy = copy.resolveSibling(copy.getFileName() + ".partial");
    Files.copy(jar, partialCopy, StandardCopyOption.REPLACE_EXISTING);
    Files.move(partialCopy, copy, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Map<String, List<String>> index(Path file) throws IOException {
    Map<String, List<String>> texts = new HashMap<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        List<String> words = List.of(line.trim().split(" +"));
        texts.put(words.get(1), words.subList(2, words.size()));
      }
    }
    return texts;
  }

  private void copyAll(Path jar) throws IOException {
    try (ZipFile in = ZipFile.builder().setPath(jar).get()) {
      for (ZipArchiveEntry entry : Collections.list(in.getEntriesInPhysicalOrder())) {
        names.add(entry.getName());
        out.addRawArchiveEntry(entry, in.getRawInputStream(entry));
      }
    }
  }

  private void copy(Path jar, String licences, boolean natives) throws IOException {
    try (ZipFile in = ZipFile.builder().setPath(jar).get()) {
      for (ZipArchiveEntry entry : Collections.list(in.getEntriesInPhysicalOrder())) {
        String name = entry.getName();
        Matcher licence = LICENCE.matcher(name);
        String target = null;
        if (natives && LIBRARY.matcher(name).matches() && !UNUSED.matcher(name).matches()) {
          target = name;
        } else if (licence.matches()) {
          target = licences + licence.group(1);
        }
        if (target != null && names.add(target)) {
          ZipArchiveEntry copy = new ZipArchiveEntry(target);
          copy.setMethod(entry.getMethod());
          copy.setSize(entry.getSize());
          copy.setCompressedSize(entry.getCompressedSize());
          copy.setCrc(entry.getCrc());
          copy.setTime(entry.getTime());
          out.addRawArchiveEntry(copy, in.getRawInputStream(entry));
        }
      }
    }
  }

  private void add(String name, Path file) throws IOException {
    if (names.add(name)) {
      ZipArchiveEntry entry = new ZipArchiveEntry(name);
      entry.setTime(0);
      out.putArchiveEntry(entry);
      out.write(Files.readAllBytes(file));
      out.closeArchiveEntry();
    }
  }

  /** Texts that the library's own jar lacks. */
  private void addTexts(String artifact, Map<String, List<String>> texts, Path folder)
      throws IOException {
    String target = "META-INF/licenses/" + artifact + "/";
    for (String text : texts.getOrDefault(artifact, List.of())) {
      add(target + text, folder.resolve(text));
    }
    List<String> found = new ArrayList<>(names);
    found.removeIf(name -> !name.startsWith(target) || name.contains("NOTICE"));
    if (found.isEmpty()) {
      throw new IOException(
          artifact + " has no licence text; add one to " + folder.resolve("index.txt"));
    }
  }
}
