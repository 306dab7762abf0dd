package dev.pawl.server.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.Json;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.Claim;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.server.failure.ServerFailure;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Writes claims as opaque texts and reads them back. A text is signed, so that a fencing token,
 * which everybody may see, is not yet a right; whether the right still stands, the database
 * decides.
 */
final class ClaimTokens {
  private static final int SIGNATURE = 16;
  private static final int FIELDS = 11;

  private final byte[] secret;

  /**
   * @param secret the same on every replica
   */
  ClaimTokens(String secret) {
    this.secret = ("pawl claim token\n" + secret).getBytes(StandardCharsets.UTF_8);
  }

  String write(ClientClaim held) {
    Claim claim = held.claim();
    ResourceKey key = claim.key();
    byte[] payload =
        Json.mapper()
            .createArrayNode()
            .add(key.namespace())
            .add(key.modelType())
            .add(key.instance())
            .add(key.outputSpec())
            .add(claim.mode().name())
            .add(claim.fencingToken())
            .add(claim.incarnation())
            .add(claim.sendNumber())
            .add(claim.lease().toMillis())
            .add(held.absenceProvableAt().toEpochMilli())
            .add(Json.mapper().createArrayNode().add(held.account()).add(held.fingerprint()))
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    byte[] whole = Arrays.copyOf(sign(payload), SIGNATURE + payload.length);
    System.arraycopy(payload, 0, whole, SIGNATURE, payload.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
  }

  /**
   * Reads a text back.
   *
   * @throws ServerFailure INVALID_FIELD when no server of this installation wrote it
   */
  ClientClaim read(String token) {
    try {
      byte[] whole = Base64.getUrlDecoder().decode(token);
      if (whole.length > SIGNATURE) {
        byte[] payload = Arrays.copyOfRange(whole, SIGNATURE, whole.length);
        byte[] signature = Arrays.copyOf(whole, SIGNATURE);
        if (MessageDigest.isEqual(signature, Arrays.copyOf(sign(payload), SIGNATURE))) {
          return parse(Json.parse(new String(payload, StandardCharsets.UTF_8)));
        }
      }
    } catch (IllegalArgumentException e) {
      // Neither base64 nor JSON: as foreign as a wrong signature.
    }
    throw ServerFailure.invalidField(
        "claim_token",
        "is not a token that Claim gave out here; pass on what it returned, unchanged");
  }

  private static ClientClaim parse(JsonNode f) {
    if (f.size() != FIELDS) {
      throw new IllegalArgumentException("a token of another version of the server");
    }
    ResourceKey key =
        new ResourceKey(f.get(0).asText(), f.get(1).asText(), f.get(2).asText(), f.get(3).asText());
    Claim claim =
        new Claim(
            key,
            ClaimMode.valueOf(f.get(4).asText()),
            f.get(5).asLong(),
            f.get(6).asLong(),
            f.get(7).asInt(),
            Duration.ofMillis(f.get(8).asLong()),
            System.nanoTime());
    JsonNode words = f.get(10);
    return new ClientClaim(
        claim,
        words.path(0).asText(),
        words.path(1).asText(),
        Instant.ofEpochMilli(f.get(9).asLong()));
  }

  private byte[] sign(byte[] payload) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(payload);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
