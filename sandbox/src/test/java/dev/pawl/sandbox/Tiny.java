package dev.pawl.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The document of our own with one trap per path. */
final class Tiny {
  private Tiny() {}

  static SandboxOptions options() {
    try (InputStream in = Tiny.class.getResourceAsStream("/tiny.yaml")) {
      return SandboxOptions.forStream("tiny.yaml", Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
