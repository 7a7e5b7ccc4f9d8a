package dsa.cli.console;

import java.util.Locale;

/** How a command prints what it found. */
public enum OutputFormat {
  TEXT,
  JSON,
  CSV,
  LATEX,
  MARKDOWN;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
