package dev.pawl.cli.command;

import dev.pawl.cli.failure.CliException;
import dev.pawl.cli.failure.Failure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The key that makes a repeated command the same command. */
final class IdempotencyOption {
  private static final int MAX_LENGTH = 255;

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      order = 20,
      description =
          "Makes repeating this command safe: the same key is the same call. 1 to 255 characters.")
  @Nullable String key;

  /** The key, if one was given; an empty one is an error, not absence. */
  Optional<String> checked() {
    if (key != null && (key.isEmpty() || key.length() > MAX_LENGTH)) {
      throw new CliException(
          Failure.of(
              "INVALID_ARGUMENT",
              "INVALID_IDEMPOTENCY_KEY",
              "--idempotency-key must have 1 to 255 characters, not %d: leave the option out to call without a key"
                  .formatted(key.length())));
    }
    return Optional.ofNullable(key);
  }
}
