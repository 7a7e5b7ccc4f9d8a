package dsa.trainer.data;

import dsa.core.io.Remediable;
import dsa.core.io.Remedy;
import java.io.IOException;
import java.util.Optional;

/** No source had the data set; it can be brought in another way. */
public final class FetchException extends IOException implements Remediable {

  private static final long serialVersionUID = 1L;

  FetchException(String what) {
    super(what);
  }

  @Override
  public Optional<Remedy> remedy() {
    return Optional.of(Remedy.NAME_THE_ARCHIVE);
  }
}
