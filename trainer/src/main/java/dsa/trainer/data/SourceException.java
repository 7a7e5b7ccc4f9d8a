package dsa.trainer.data;

import java.io.IOException;

/** A server that does not give what is asked for; another may. The message says why. */
final class SourceException extends IOException {

  private static final long serialVersionUID = 1L;

  SourceException(String reason) {
    super(reason);
  }
}
