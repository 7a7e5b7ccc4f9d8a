import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * {@code AddNatives JAR PLATFORM}: adds to a jar the native libraries of a platform, from the jars
 * on the class path. They are copied compressed, as they lie there: to compress 600 MB again
 * takes 20 s.
 */
final class AddNatives {

  /** Libraries of JavaCPP's presets, and all of MXNet's folder; no headers, sources or objects. */
  private static final Pattern LIBRARY =
      Pattern.compile("org/bytedeco/.*(\\.so(\\.\\d+)*|\\.dylib|\\.dll)|native/lib/[^/]+");

  /** What training does not load: all of LAPACK for Java, training on several machines. */
  private static final Pattern UNUSED =
      Pattern.compile(
          ".*(jniopenblas_full|jnitorch_gloo|jnitorch_nccl|jnitorch_cuda|torch_cuda_linalg).*");

  /** Licences that come with a jar of natives, in a folder of their own. */
  private static final Pattern LICENCE = Pattern.compile("META-INF/(LICENSE[^/]*)");

  private final ZipArchiveOutputStream out;
  private final Set<String> names = new HashSet<>();

  private AddNatives(ZipArchiveOutputStream out) {
    this.out = out;
  }

  public static void main(String[] args) throws IOException {
    Path jar = Path.of(args[0]);
    String platform = args[1];
    Path partial = jar.resolveSibling(jar.getFileName() + ".partial");
    int jars = 0;
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(partial)) {
      AddNatives target = new AddNatives(out);
      target.copyAll(jar);
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
        String name = Path.of(entry).getFileName().toString();
        if (name.contains("-" + platform) || name.startsWith("mxnet-native")) {
          target.copyNatives(Path.of(entry));
          jars++;
        }
      }
    }
    if (jars == 0) {
      throw new IOException("no jar on the class path is one of natives for " + platform);
    }
    Files.move(partial, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  private void copyAll(Path jar) throws IOException {
    try (ZipFile in = ZipFile.builder().setPath(jar).get()) {
      for (ZipArchiveEntry entry : Collections.list(in.getEntriesInPhysicalOrder())) {
        names.add(entry.getName());
        out.addRawArchiveEntry(entry, in.getRawInputStream(entry));
      }
    }
  }

  private void copyNatives(Path jar) throws IOException {
    try (ZipFile in = ZipFile.builder().setPath(jar).get()) {
      for (ZipArchiveEntry entry : Collections.list(in.getEntriesInPhysicalOrder())) {
        String name = entry.getName();
        String target = null;
        if (LIBRARY.matcher(name).matches() && !UNUSED.matcher(name).matches()) {
          target = name;
        } else if (LICENCE.matcher(name).matches()) {
          String folder = jar.getFileName().toString().replaceFirst("\\.jar$", "");
          target = LICENCE.matcher(name).replaceFirst("META-INF/licenses/" + folder + "/$1");
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
}
