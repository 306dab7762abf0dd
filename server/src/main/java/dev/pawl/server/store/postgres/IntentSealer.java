package dev.pawl.server.store.postgres;

import dev.pawl.model.Json;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.Intent;
import dev.pawl.server.store.postgres.query.IntentJson;
import dev.pawl.server.store.postgres.query.IntentSeal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals requests with AES-256-GCM: they show in no query, log or dump of a table, and not even in a
 * copy of the whole database where the key is kept in a file. Bound to their resource key: a
 * request moved to another row does not open.
 */
public final class IntentSealer implements IntentSeal {
  private static final byte FORMAT = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;
  private final SecureRandom random = new SecureRandom();

  private IntentSealer(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  /**
   * With the installation's key.
   *
   * @param file that holds it, for servers that do not want it in the database; null: it is kept
   *     there
   * @throws IllegalStateException in one sentence, when the installation uses another key
   */
  public static IntentSealer of(Database database, @Nullable Path file) {
    return new IntentSealer(
        file == null ? IntentKey.kept(database) : IntentKey.given(database, file));
  }

  /**
   * With this key.
   *
   * @param base64 of 32 random bytes
   * @throws IllegalArgumentException when it is not that
   */
  public static IntentSealer withKey(String base64) {
    return new IntentSealer(IntentKey.decode(base64, "the intent key"));
  }

  @Override
  public byte[] seal(ResourceKey row, Intent intent) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] plain = Json.write(IntentJson.write(intent)).getBytes(StandardCharsets.UTF_8);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, row).doFinal(plain);
      return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
          .put(FORMAT)
          .put(nonce)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-256-GCM", e);
    }
  }

  @Override
  public Optional<Intent> open(ResourceKey row, byte[] sealed) {
    if (sealed.length <= 1 + NONCE_BYTES || sealed[0] != FORMAT) {
      return Optional.empty();
    }
    byte[] nonce = new byte[NONCE_BYTES];
    ByteBuffer.wrap(sealed, 1, NONCE_BYTES).get(nonce);
    int from = 1 + NONCE_BYTES;
    try {
      byte[] plain =
          cipher(Cipher.DECRYPT_MODE, nonce, row).doFinal(sealed, from, sealed.length - from);
      return Optional.of(IntentJson.read(Json.parse(new String(plain, StandardCharsets.UTF_8))));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Cipher cipher(int mode, byte[] nonce, ResourceKey row) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(
        String.join("\n", row.namespace(), row.modelType(), row.instance(), row.outputSpec())
            .getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
