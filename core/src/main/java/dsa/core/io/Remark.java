package dsa.core.io;

import java.util.Optional;

/**
 * One thing to know about how a file was read.
 *
 * @param text a sentence without its full stop
 * @param remedy what would change it, if anything is known to
 */
public record Remark(String text, Optional<Remedy> remedy) {

  /** A remark about which there is nothing to be done. */
  public static Remark of(String text) {
    return new Remark(text, Optional.empty());
  }

  /** A remark and what would change it. */
  public static Remark of(String text, Remedy remedy) {
    return new Remark(text, Optional.of(remedy));
  }

  @Override
  public String toString() {
    return text;
  }
}
