package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** How the values of natural keys compare: many APIs trim them and ignore their case. */
final class NaturalKeys {
  private NaturalKeys() {}

  static String plain(JsonNode value) {
    return value.asText().trim().toLowerCase(Locale.ROOT);
  }

  static boolean same(Reconcile.NaturalKey key, JsonNode item, JsonNode sent) {
    return key.fields().stream().allMatch(f -> plain(item.at(f)).equals(plain(sent.at(f))));
  }
}
