package dev.pawl.server.store.postgres.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pawl.model.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/**
 * JSON to and from {@code jsonb}, numbers exact. Two things that JSON may hold and {@code jsonb}
 * may not, U+0000 and unpaired surrogates, become U+FFFD: an API that sends them has made the
 * object all the same, and that must be storable.
 */
public final class Values {
  private static final char REPLACEMENT = '\ufffd';

  private Values() {}

  public static @Nullable JSONB jsonb(@Nullable JsonNode value) {
    return value == null ? null : JSONB.valueOf(text(value));
  }

  /** As {@link #jsonb}, for what is never null. */
  public static JSONB json(JsonNode value) {
    return JSONB.valueOf(text(value));
  }

  /** The JSON text that is stored. */
  public static String text(JsonNode value) {
    String text = Json.write(value);
    return isStorable(text) ? text : Json.write(mended(value));
  }

  public static @Nullable JsonNode parse(@Nullable JSONB value) {
    return value == null ? null : Json.parse(value.data());
  }

  /** An empty object for what is null or none. */
  public static ObjectNode object(@Nullable JSONB value) {
    return parse(value) instanceof ObjectNode object ? object : Json.object();
  }

  /** In lower-case hex. */
  static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static boolean isStorable(String text) {
    return !text.contains("\\u0000") && mended(text).equals(text);
  }

  private static JsonNode mended(JsonNode value) {
    if (value instanceof ObjectNode object) {
      ObjectNode out = Json.object();
      object.properties().forEach(e -> out.set(mended(e.getKey()), mended(e.getValue())));
      return out;
    }
    if (value instanceof ArrayNode array) {
      ArrayNode out = Json.mapper().createArrayNode();
      array.forEach(element -> out.add(mended(element)));
      return out;
    }
    return value instanceof TextNode text ? TextNode.valueOf(mended(text.textValue())) : value;
  }

  /** A text as it can be stored. */
  static String mended(String text) {
    StringBuilder out = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (c == 0 || Character.isSurrogate(c)) {
        out = out == null ? new StringBuilder(text) : out;
        out.setCharAt(i, REPLACEMENT);
      }
    }
    return out == null ? text : out.toString();
  }
}
