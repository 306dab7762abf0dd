package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodResult;
import java.util.ArrayList;
import java.util.List;

/** Between the typed records of generated models and the JSON that methods take and give. */
public final class Typed {
  private Typed() {}

  /** Arguments as JSON. */
  public static ObjectNode arguments(Object record) {
    return Json.mapper().valueToTree(record);
  }

  /**
   * A method's output as a record.
   *
   * @throws IllegalArgumentException when the API answered what its document does not allow; the
   *     output is stored all the same
   */
  public static <T> T output(MethodResult result, Class<T> type) {
    return Json.mapper().convertValue(result.output(), type);
  }

  /**
   * A list method's items as records.
   *
   * @throws IllegalArgumentException when the API answered what its document does not allow
   */
  public static <T> List<T> items(MethodResult result, Class<T> type) {
    List<T> out = new ArrayList<>();
    result.output().path("items").forEach(item -> out.add(Json.mapper().convertValue(item, type)));
    return out;
  }
}
