package dsa.core.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Computes MD5 or SHA-256 checksums, in lower-case hexadecimal digits. Not thread-safe. */
public final class Checksum {

  private static final String SHA_256 = "SHA-256";

  private final MessageDigest digest;

  private Checksum(MessageDigest digest) {
    this.digest = digest;
  }

  /**
   * A checksum of no bytes yet.
   *
   * @param algorithm MD5 or SHA-256
   */
  public static Checksum of(String algorithm) {
    try {
      return new Checksum(MessageDigest.getInstance(algorithm));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has " + algorithm, e);
    }
  }

  /**
   * The checksum of a file.
   *
   * @param algorithm MD5 or SHA-256
   */
  public static String of(String algorithm, Path file) throws IOException {
    Checksum checksum = of(algorithm);
    byte[] buffer = new byte[1 << 18];
    try (InputStream in = InputFile.open(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        checksum.add(buffer, read);
      }
    }
    return checksum.hex();
  }

  /** The SHA-256 of some bytes, 64 digits. */
  public static String sha256(byte[] bytes) {
    Checksum checksum = of(SHA_256);
    checksum.add(bytes);
    return checksum.hex();
  }

  /** The SHA-256 of a text in UTF-8, 64 digits. */
  public static String sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds bytes at the end. */
  public void add(byte[] bytes) {
    add(bytes, bytes.length);
  }

  /** Adds the first {@code count} of some bytes at the end. */
  public void add(byte[] bytes, int count) {
    digest.update(bytes, 0, count);
  }

  /** Returns the checksum of what was added, and begins another one. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
