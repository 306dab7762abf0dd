package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.pawl.model.Json;
import dev.pawl.model.MethodResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Between the typed records of generated models and the JSON that methods take and give. What is
 * read keeps all that was there, so that it can be written again: members that the document does
 * not list, nulls, and values of another type than it promises are among the record's rest.
 */
public final class Typed {
  /** Coercion would change what was said: 5 to "5", 1.5 to 1. */
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              c ->
                  c.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .addModule(new SimpleModule().setDeserializerModifier(new KeepsAll()))
          .build();

  private Typed() {}

  /** Arguments as JSON. */
  public static ObjectNode arguments(Object record) {
    return Json.mapper().valueToTree(record);
  }

  /**
   * Reads one value.
   *
   * @param type a record of a generated model, or a sealed interface of such
   * @throws IllegalArgumentException when a record is wanted and the value is no object
   */
  public static <T> T read(JsonNode value, Class<T> type) {
    return MAPPER.convertValue(value, type);
  }

  /**
   * A method's output as a record.
   *
   * @throws IllegalArgumentException when the API answered what is no object; the output is stored
   *     all the same
   */
  public static <T> T output(MethodResult result, Class<T> type) {
    return read(result.output(), type);
  }

  /**
   * A list method's items as records.
   *
   * @throws IllegalArgumentException when an item is no object
   */
  public static <T> List<T> items(MethodResult result, Class<T> type) {
    List<T> out = new ArrayList<>();
    result.output().path("items").forEach(item -> out.add(read(item, type)));
    return out;
  }

  /** A copy of what a record keeps beside its components; for the records' constructors. */
  public static Map<String, JsonNode> rest(@Nullable Map<String, JsonNode> given) {
    Map<String, JsonNode> out = new LinkedHashMap<>();
    if (given != null) {
      given.forEach(
          (name, value) ->
              out.put(
                  name.startsWith(KeepsAll.MARK) ? name.substring(KeepsAll.MARK.length()) : name,
                  value == null ? NullNode.getInstance() : value));
    }
    return Collections.unmodifiableMap(out);
  }

  /** Remembers that a null was set, which is sent; what was never set is not. For builders. */
  public static void sayNull(Map<String, JsonNode> rest, String name, @Nullable Object value) {
    if (value == null) {
      rest.put(name, NullNode.getInstance());
    } else {
      rest.remove(name);
    }
  }
}
