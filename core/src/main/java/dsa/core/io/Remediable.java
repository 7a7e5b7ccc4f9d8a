package dsa.core.io;

import java.util.Optional;

/** A failure that may know what would cure it. */
public interface Remediable {

  /** What would cure it, if anything is known to. */
  Optional<Remedy> remedy();
}
