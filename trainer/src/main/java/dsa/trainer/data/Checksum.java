package dsa.trainer.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A checksum in the making. */
final class Checksum {

  private final MessageDigest digest;

  private Checksum(MessageDigest digest) {
    this.digest = digest;
  }

  /** A sum of no bytes yet, by an algorithm that every Java has: MD5 or SHA-256. */
  static Checksum of(String algorithm) {
    try {
      return new Checksum(MessageDigest.getInstance(algorithm));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has " + algorithm, e);
    }
  }

  /** The sum of a whole file, hexadecimal. */
  static String of(String algorithm, Path file) throws IOException {
    Checksum checksum = of(algorithm);
    byte[] buffer = new byte[1 << 18];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        checksum.add(buffer, read);
      }
    }
    return checksum.hex();
  }

  void add(byte[] bytes) {
    add(bytes, bytes.length);
  }

  void add(byte[] bytes, int count) {
    digest.update(bytes, 0, count);
  }

  /** The sum in lower-case hexadecimal digits; the next begins anew. */
  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
