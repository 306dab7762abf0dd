package dev.pawl.sandbox.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** One YAML document as a JSON tree; keys such as {@code 200} become strings. */
final class YamlTree {
  /** Enough for honest documents; each alias is one shared subtree here, never a copy. */
  private static final int MAX_ALIASES = 2_000;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Map<Object, JsonNode> converted = new IdentityHashMap<>();

  private YamlTree() {}

  static JsonNode parse(String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setCodePointLimit(Integer.MAX_VALUE)
            .setAllowDuplicateKeys(true)
            .setAllowRecursiveKeys(false)
            .setMaxAliasesForCollections(MAX_ALIASES)
            .build();
    return new YamlTree().convert(new Load(settings).loadFromString(text));
  }

  private JsonNode convert(@Nullable Object value) {
    if (value instanceof Map<?, ?> || value instanceof List<?>) {
      return shared(value);
    }
    if (value instanceof Boolean flag) {
      return NODES.booleanNode(flag);
    }
    if (value instanceof Number number) {
      return number(number);
    }
    return value == null ? NODES.nullNode() : NODES.textNode(value.toString());
  }

  private static JsonNode number(Number number) {
    if (number instanceof Integer || number instanceof Long) {
      return NODES.numberNode(number.longValue());
    }
    if (number instanceof BigInteger big) {
      return NODES.numberNode(big);
    }
    return Double.isFinite(number.doubleValue())
        ? NODES.numberNode(BigDecimal.valueOf(number.doubleValue()))
        : NODES.textNode(number.toString());
  }

  private JsonNode shared(Object container) {
    JsonNode known = converted.get(container);
    if (known == null) {
      // An anchor that contains itself is cut here rather than followed for ever.
      converted.put(container, MissingNode.getInstance());
      known = container instanceof Map<?, ?> map ? object(map) : array((List<?>) container);
      converted.put(container, known);
    }
    return known.isMissingNode() ? NODES.nullNode() : known;
  }

  private ObjectNode object(Map<?, ?> map) {
    ObjectNode node = NODES.objectNode();
    map.forEach((key, value) -> node.set(String.valueOf(key), convert(value)));
    return node;
  }

  private ArrayNode array(List<?> list) {
    ArrayNode node = NODES.arrayNode();
    list.forEach(value -> node.add(convert(value)));
    return node;
  }
}
