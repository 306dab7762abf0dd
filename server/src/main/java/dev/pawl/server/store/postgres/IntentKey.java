package dev.pawl.server.store.postgres;

import static dev.pawl.schema.Tables.INSTALLATION;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.jooq.impl.DSL;

/**
 * The key that requests are sealed with: one for all servers of an installation. Losing it leaves
 * creates in doubt to people.
 */
final class IntentKey {
  private static final int BYTES = 32;

  private IntentKey() {}

  /**
   * The key kept in the database, made by the first server that asks.
   *
   * @throws IllegalStateException when the installation's servers are given a file
   */
  static byte[] kept(Database database) {
    byte[] made = new byte[BYTES];
    new SecureRandom().nextBytes(made);
    return database
        .write(
            sql ->
                sql.update(INSTALLATION)
                    .set(
                        INSTALLATION.INTENT_KEY,
                        DSL.coalesce(INSTALLATION.INTENT_KEY, DSL.val(made)))
                    .where(INSTALLATION.INTENT_KEY_FILE_HASH.isNull())
                    .returningResult(INSTALLATION.INTENT_KEY)
                    .fetchOptional(row -> row.value1()))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "This database's servers seal requests with a key from a file; set"
                        + " intentKeyFile in this server's configuration to a copy of it."));
  }

  /**
   * The key in a file, of which every server has a copy.
   *
   * @throws IllegalStateException when it can't be read or holds no key, or when the installation
   *     uses another one
   */
  static byte[] given(Database database, Path file) {
    byte[] key = read(file);
    byte[] hash = sha256(key);
    byte[] used =
        database
            .write(
                sql ->
                    sql.update(INSTALLATION)
                        .set(
                            INSTALLATION.INTENT_KEY_FILE_HASH,
                            DSL.coalesce(INSTALLATION.INTENT_KEY_FILE_HASH, DSL.val(hash)))
                        .where(INSTALLATION.INTENT_KEY.isNull())
                        .returningResult(INSTALLATION.INTENT_KEY_FILE_HASH)
                        .fetchOptional(row -> row.value1()))
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "This database keeps the key that requests are sealed with itself; remove"
                            + " intentKeyFile from this server's configuration."));
    if (!Arrays.equals(hash, used)) {
      throw new IllegalStateException(
          "The key in intentKeyFile "
              + file
              + " is not the one that this database's other servers have; copy theirs.");
    }
    return key;
  }

  private static byte[] read(Path file) {
    try {
      return decode(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw new IllegalStateException("intentKeyFile " + file + " can't be read.", e);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          "intentKeyFile "
              + e.getMessage()
              + "; make one with: head -c "
              + BYTES
              + " /dev/urandom | base64.",
          e);
    }
  }

  static byte[] decode(String base64, String where) {
    byte[] key;
    try {
      key = Base64.getDecoder().decode(base64.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(where + " is not Base64", e);
    }
    if (key.length != BYTES) {
      throw new IllegalArgumentException(
          where + " has " + key.length + " bytes; a key has " + BYTES);
    }
    return key;
  }

  private static byte[] sha256(byte[] key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
