package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.ResourceKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Marks by which a made object is known again (DESIGN section 4, rule 1). */
final class Markers {
  static final String PREFIX = "pawl-";
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int LENGTH = 26;

  private Markers() {}

  /** The same for every send of one incarnation of one key in one installation. */
  static String marker(String installationId, ResourceKey key, long incarnation) {
    return PREFIX
        + base32(
            hash(
                installationId,
                key.namespace(),
                key.modelType(),
                key.instance(),
                key.outputSpec(),
                Long.toString(incarnation)));
  }

  /** One for each send number and body: an API may replay a stored refusal under one token. */
  static String requestToken(String marker, int sendNumber, String bodyFingerprint) {
    return PREFIX + base32(hash(marker, Integer.toString(sendNumber), bodyFingerprint));
  }

  /** A token as a UUID of version 4, the only one that every API takes for one. */
  static String uuid(String token) {
    ByteBuffer bytes = ByteBuffer.wrap(hash("uuid", token));
    long high = (bytes.getLong() & ~0xf000L) | 0x4000L;
    long low = (bytes.getLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }

  /** Writes the marker into a request body. */
  static void stamp(ObjectNode body, Reconcile.Marker place, String marker) {
    String name = place.field().substring(1);
    switch (place.shape()) {
      case STRINGS -> {
        var tags = Json.mapper().createArrayNode();
        body.path(name).forEach(tags::add);
        tags.add(marker);
        body.set(name, tags);
      }
      case MAP -> {
        ObjectNode map = body.path(name) instanceof ObjectNode given ? given.deepCopy() : null;
        body.set(name, (map == null ? Json.object() : map).put("pawl", marker));
      }
    }
  }

  /** Whether a listed item carries exactly this marker. */
  static boolean carries(JsonNode item, Reconcile.Marker place, String marker) {
    JsonNode field = item.at(place.field());
    return switch (place.shape()) {
      case STRINGS -> anyText(field, marker::equals);
      case MAP -> field.path("pawl").asText().equals(marker);
    };
  }

  /** Whether a listed item carries a marker of ours at all: then the API keeps them. */
  static boolean carriesAny(JsonNode item, Reconcile.Marker place) {
    JsonNode field = item.at(place.field());
    return switch (place.shape()) {
      case STRINGS -> anyText(field, text -> text.startsWith(PREFIX));
      case MAP -> field.path("pawl").asText().startsWith(PREFIX);
    };
  }

  /** Every marker that a listed item carries, of whichever installation. */
  static List<String> found(JsonNode item, Reconcile.Marker place) {
    JsonNode field = item.at(place.field());
    List<JsonNode> texts =
        switch (place.shape()) {
          case STRINGS -> field.isArray() ? elements(field) : List.of();
          case MAP -> List.of(field.path("pawl"));
        };
    return texts.stream().map(JsonNode::asText).filter(Markers::isMarker).toList();
  }

  private static List<JsonNode> elements(JsonNode array) {
    List<JsonNode> out = new ArrayList<>();
    array.forEach(out::add);
    return out;
  }

  private static boolean isMarker(String text) {
    return text.startsWith(PREFIX)
        && text.length() == PREFIX.length() + LENGTH
        && text.substring(PREFIX.length()).chars().allMatch(c -> BASE32.indexOf(c) >= 0);
  }

  private static boolean anyText(JsonNode array, java.util.function.Predicate<String> test) {
    for (JsonNode element : array) {
      if (test.test(element.asText())) {
        return true;
      }
    }
    return false;
  }

  private static byte[] hash(String... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        // The length goes first, so that no two lists of parts run together into one.
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String base32(byte[] bytes) {
    StringBuilder out = new StringBuilder(LENGTH);
    int buffer = 0;
    int bits = 0;
    for (int i = 0; out.length() < LENGTH; i++) {
      buffer = (buffer << 8) | (bytes[i] & 0xff);
      bits += 8;
      while (bits >= 5 && out.length() < LENGTH) {
        bits -= 5;
        out.append(BASE32.charAt((buffer >> bits) & 31));
      }
    }
    return out.toString();
  }
}
