package dev.pawl.sandbox.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.document.JsonText;
import dev.pawl.sandbox.document.Shape;
import dev.pawl.sandbox.inference.Envelopes;
import dev.pawl.sandbox.inference.KeyField;
import java.util.Objects;
import java.util.Optional;

/**
 * One way in which the document shows an item.
 *
 * @param schema of the whole body
 * @param property the field of the body that holds the item; {@link Envelopes#BODY} when it is the
 *     body
 * @param item the fields of the item
 * @param key the item's field that holds its key
 */
record View(JsonNode schema, String property, Shape item, Optional<KeyField> key) {
  View {
    Objects.requireNonNull(schema);
    Objects.requireNonNull(property);
    Objects.requireNonNull(item);
    Objects.requireNonNull(key);
  }

  JsonNode wrap(JsonNode body) {
    return property.equals(Envelopes.BODY) ? body : JsonText.object().set(property, body);
  }

  JsonNode unwrap(JsonNode body) {
    return property.equals(Envelopes.BODY) ? body : body.path(property);
  }

  /** A pointer into the whole body as one into the item; empty when it points outside the item. */
  Optional<String> insideItem(String pointer) {
    if (property.equals(Envelopes.BODY)) {
      return Optional.of(pointer);
    }
    String prefix = "/" + property + "/";
    return pointer.startsWith(prefix)
        ? Optional.of(pointer.substring(prefix.length() - 1))
        : Optional.empty();
  }

  /** The item with its key in the field this view expects it in. */
  ObjectNode keyed(ObjectNode body, String value) {
    key.filter(field -> field.certain() || !body.has(field.name()))
        .ifPresent(field -> body.put(field.name(), value));
    return body;
  }
}
