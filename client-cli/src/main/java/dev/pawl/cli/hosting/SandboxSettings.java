package dev.pawl.cli.hosting;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How to start a sandbox in this process.
 *
 * @param document an API's name, or the path of its OpenAPI document
 * @param port 0 for any free one
 * @param dataDir where it keeps what was made; without one it forgets
 * @param credentials whether a request needs one
 * @param readyAfter how long status fields show that a thing isn't ready
 */
public record SandboxSettings(
    String document,
    int port,
    Optional<Path> dataDir,
    Credentials credentials,
    Duration readyAfter) {
  /** Whether a request needs a credential of the documented kind. */
  public enum Credentials {
    NOT_CHECKED,
    REQUIRED
  }

  public SandboxSettings {
    requireNonNull(document, "document");
    requireNonNull(dataDir, "dataDir");
    requireNonNull(credentials, "credentials");
    requireNonNull(readyAfter, "readyAfter");
  }

  /** Beside an embedded server: any port, nothing asked, all remembered. */
  public static SandboxSettings embedded(String document, Path dataDir) {
    return new SandboxSettings(
        document, 0, Optional.of(dataDir), Credentials.NOT_CHECKED, Duration.ZERO);
  }

  /** The API's name: its models' part before the slash. */
  public String name() {
    Path fileName = requireNonNull(Path.of(document).getFileName(), "a document has a name");
    return fileName.toString().replaceFirst("\\.(ya?ml|json)$", "");
  }
}
