package dsa.trainer.data;

import dsa.core.io.Checksum;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Six files like CIFAR-10's, of 20 records each, and the archive of them. */
final class MadeUpData {

  static final int RECORDS = 20;

  private MadeUpData() {}

  /** The files by name; pixels are noise, labels go round. */
  static Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String name : CifarFiles.NAMES) {
      RandomStream random = SeedPath.root(1).child(name).generator();
      byte[] bytes = new byte[RECORDS * CifarFiles.RECORD];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] =
            (byte) (i % CifarFiles.RECORD == 0 ? i / CifarFiles.RECORD % 10 : random.nextInt(256));
      }
      files.put(name, bytes);
    }
    return files;
  }

  /** What {@link #files} should be. */
  static CifarFiles expected() {
    List<CifarFiles.Expected> expected = new ArrayList<>();
    files()
        .forEach(
            (name, bytes) ->
                expected.add(new CifarFiles.Expected(name, RECORDS, sum("MD5", bytes))));
    return new CifarFiles("cifar10", "MD5", expected);
  }

  static String sum(String algorithm, byte[] bytes) {
    Checksum checksum = Checksum.of(algorithm);
    checksum.add(bytes);
    return checksum.hex();
  }

  static void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, byte[]> file : files().entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
  }

  /** An archive of files in a folder, packed as the published one is. */
  static byte[] archived(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      Map<String, byte[]> all = new LinkedHashMap<>();
      all.put("readme.html", "<html>".getBytes(StandardCharsets.UTF_8));
      all.put("batches.meta.txt", "airplane\n".getBytes(StandardCharsets.UTF_8));
      all.putAll(files);
      for (Map.Entry<String, byte[]> file : all.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry("cifar-10-batches-bin/" + file.getKey());
        entry.setSize(file.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  static CifarArchive archive(URI official, byte[] archive) {
    return new CifarArchive(
        official, "images.tar.gz", archive.length, sum("SHA-256", archive), expected());
  }
}
