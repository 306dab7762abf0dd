package dev.pawl.cli.output;

import java.util.Locale;

/** How the answer is printed. */
public enum OutputFormat {
  TEXT,
  JSON;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
