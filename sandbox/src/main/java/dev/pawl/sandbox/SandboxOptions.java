package dev.pawl.sandbox;

import dev.pawl.sandbox.answer.Parents;
import dev.pawl.sandbox.document.DocumentReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How a sandbox is started. Begin with {@link #forFile}, {@link #forBytes} or {@link #forStream};
 * the rest has defaults.
 */
public final class SandboxOptions {
  private final String name;
  private final byte[] document;
  private String host = "127.0.0.1";
  private int port;
  private Optional<Path> dataDirectory = Optional.empty();
  private Auth auth = Auth.ANY_OR_NONE;
  private Duration readyAfter = Duration.ZERO;
  private Clock clock = Clock.systemUTC();
  private Parents parents = Parents.MUST_EXIST;
  private Set<String> tokenHeaders = Set.of();
  private Set<String> tokenFields = Set.of();

  /** Whether requests must carry a credential of the documented kind. */
  public enum Auth {
    ANY_OR_NONE,
    REQUIRED
  }

  private SandboxOptions(String name, byte[] document) {
    this.name = Objects.requireNonNull(name);
    this.document = document.clone();
  }

  /** Throws SandboxException when the file can't be read. */
  public static SandboxOptions forFile(Path document) {
    Path fileName = document.getFileName();
    return new SandboxOptions(
        fileName == null ? document.toString() : fileName.toString(),
        DocumentReader.load(document));
  }

  public static SandboxOptions forBytes(String name, byte[] document) {
    return new SandboxOptions(name, document);
  }

  /** Reads the stream to its end, without closing it; throws SandboxException when that fails. */
  public static SandboxOptions forStream(String name, InputStream document) {
    try {
      return new SandboxOptions(
          name, document.readNBytes((int) Math.min(DocumentReader.MAX_BYTES + 1, 1 << 30)));
    } catch (IOException e) {
      throw new SandboxException(
          "The document " + name + " can't be read (" + e.getMessage() + ").", e);
    }
  }

  /** The address to listen on; default 127.0.0.1. */
  public SandboxOptions host(String value) {
    host = Objects.requireNonNull(value);
    return this;
  }

  /** The port to listen on; default 0, any free one. */
  public SandboxOptions port(int value) {
    if (value < 0 || value > 65_535) {
      throw new SandboxException("The port " + value + " is not between 0 and 65535.");
    }
    port = value;
    return this;
  }

  /** Where what was made is kept across restarts; default: nowhere. */
  public SandboxOptions dataDirectory(Path value) {
    dataDirectory = Optional.of(value);
    return this;
  }

  /** Answers 401 to requests without the documented credential; default: any or none will do. */
  public SandboxOptions requireAuth() {
    auth = Auth.REQUIRED;
    return this;
  }

  /** How long status fields show a "not yet" value, by the clock; default zero. */
  public SandboxOptions readyAfter(Duration value) {
    if (value.isNegative()) {
      throw new SandboxException("The time until things are ready, " + value + ", is negative.");
    }
    readyAfter = value;
    return this;
  }

  /** Default: the system's. */
  public SandboxOptions clock(Clock value) {
    clock = Objects.requireNonNull(value);
    return this;
  }

  /** Takes parents that nobody has made for there; default: 404, as a service answers. */
  public SandboxOptions anyParent() {
    parents = Parents.TAKEN_FOR_GRANTED;
    return this;
  }

  /**
   * Headers under which a repeated POST gets its first answer again, beside those that the document
   * declares on an operation; default none.
   */
  public SandboxOptions tokenHeaders(Set<String> names) {
    tokenHeaders = Set.copyOf(names);
    return this;
  }

  /** Members of a body, and query parameters, that do the same; default none. */
  public SandboxOptions tokenFields(Set<String> names) {
    tokenFields = Set.copyOf(names);
    return this;
  }

  String name() {
    return name;
  }

  byte[] document() {
    return document.clone();
  }

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  Optional<Path> dataDirectory() {
    return dataDirectory;
  }

  Auth auth() {
    return auth;
  }

  Duration readyAfter() {
    return readyAfter;
  }

  Clock clock() {
    return clock;
  }

  Parents parents() {
    return parents;
  }

  Set<String> tokenHeaders() {
    return tokenHeaders;
  }

  Set<String> tokenFields() {
    return tokenFields;
  }
}
