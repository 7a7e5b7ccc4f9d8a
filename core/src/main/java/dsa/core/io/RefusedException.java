package dsa.core.io;

import java.util.Optional;

/** What was asked for cannot be done, though no file is malformed; something else can. */
public final class RefusedException extends IllegalArgumentException implements Remediable {

  private static final long serialVersionUID = 1L;

  private final Remedy remedy;

  /**
   * A refusal.
   *
   * @param what is wrong, without what to do about it
   * @param remedy what to do about it
   */
  public RefusedException(String what, Remedy remedy) {
    super(what);
    this.remedy = remedy;
  }

  @Override
  public Optional<Remedy> remedy() {
    return Optional.of(remedy);
  }
}
