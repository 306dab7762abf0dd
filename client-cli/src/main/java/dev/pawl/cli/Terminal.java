package dev.pawl.cli;

import java.util.Map;

/**
 * What the streams are attached to. The launcher says so by system properties: the JVM itself can't
 * tell the two streams apart.
 *
 * @param stdout what standard output is
 * @param stderr what standard error is
 * @param colour whether escape sequences are welcome where there is a terminal
 */
public record Terminal(Kind stdout, Kind stderr, Colour colour) {
  /** What a stream is. */
  public enum Kind {
    TERMINAL,
    OTHER
  }

  /** Whether colour is welcome. */
  public enum Colour {
    WELCOME,
    REFUSED
  }

  /** No terminal at all: pipes, files, tests. */
  public static final Terminal NONE = new Terminal(Kind.OTHER, Kind.OTHER, Colour.REFUSED);

  static Terminal ofProcess(Map<String, String> environment) {
    boolean dumb = "dumb".equals(environment.get("TERM"));
    boolean refused = !environment.getOrDefault("NO_COLOR", "").isEmpty() || dumb;
    return new Terminal(
        dumb ? Kind.OTHER : kind("pawl.terminal.stdout"),
        dumb ? Kind.OTHER : kind("pawl.terminal.stderr"),
        refused ? Colour.REFUSED : Colour.WELCOME);
  }

  private static Kind kind(String property) {
    return Boolean.getBoolean(property) ? Kind.TERMINAL : Kind.OTHER;
  }
}
