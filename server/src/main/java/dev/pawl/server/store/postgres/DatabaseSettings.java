package dev.pawl.server.store.postgres;

import static java.util.Objects.requireNonNull;

import dev.pawl.schema.SqlProfile;
import java.time.Duration;

/**
 * Which database, and how much of it.
 *
 * @param url a JDBC URL of PostgreSQL
 * @param poolSize statements at a time, each on a connection of its own, besides one connection for
 *     signs of life; 16 unless said otherwise
 * @param statementTimeout a statement that runs longer is cancelled; 30 s unless said otherwise
 * @param patience a call that has waited longer than this for its turn is refused; 30 s unless said
 *     otherwise
 * @param profile what it understands; {@link SqlProfile#standard} unless said otherwise
 */
public record DatabaseSettings(
    String url,
    String user,
    String password,
    int poolSize,
    Duration statementTimeout,
    Duration patience,
    SqlProfile profile) {
  private static final int POOL_SIZE = 16;
  private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  public DatabaseSettings {
    requireNonNull(user, "user");
    requireNonNull(password, "password");
    requireNonNull(statementTimeout, "statementTimeout");
    requireNonNull(patience, "patience");
    requireNonNull(profile, "profile");
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(
          "the database URL must begin with jdbc:postgresql:, as in"
              + " jdbc:postgresql://localhost:5432/pawl");
    }
    if (poolSize < 1) {
      throw new IllegalArgumentException("poolSize is " + poolSize + "; it must be at least 1");
    }
  }

  /** The defaults. */
  public static DatabaseSettings of(String url, String user, String password) {
    return new DatabaseSettings(
        url, user, password, POOL_SIZE, STATEMENT_TIMEOUT, PATIENCE, SqlProfile.standard());
  }

  public DatabaseSettings withPoolSize(int size) {
    return new DatabaseSettings(url, user, password, size, statementTimeout, patience, profile);
  }

  public DatabaseSettings withPatience(Duration longest) {
    return new DatabaseSettings(url, user, password, poolSize, statementTimeout, longest, profile);
  }

  public DatabaseSettings withProfile(SqlProfile one) {
    return new DatabaseSettings(url, user, password, poolSize, statementTimeout, patience, one);
  }

  /** The URL without its parameters, which may hold a password. */
  String place() {
    int question = url.indexOf('?');
    return question < 0 ? url : url.substring(0, question);
  }

  /** Without what is secret. */
  @Override
  public String toString() {
    return "DatabaseSettings[" + place() + ", poolSize=" + poolSize + "]";
  }
}
