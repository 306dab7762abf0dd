package dev.pawl.sandbox.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One operation of a document.
 *
 * @param method upper case
 * @param responses documented responses by status code; ranges and {@code default} are left out
 * @param security alternatives, each a list of scheme names; empty when no credential is asked for
 */
public record Operation(
    String method,
    PathTemplate path,
    List<Parameter> parameters,
    Optional<RequestBody> body,
    Map<Integer, DocumentedResponse> responses,
    List<List<String>> security) {

  /** A parameter outside the body; {@code in} is path, query, header or cookie. */
  public record Parameter(String name, String in, JsonNode schema) {}

  /**
   * The schema of the request's body; {@code required} says that a request without one is wrong.
   */
  public record RequestBody(JsonNode schema, SendBody required) {}

  /** Whether a body must be sent. */
  public enum SendBody {
    ALWAYS,
    MAY_BE_LEFT_OUT
  }

  public Operation {
    Objects.requireNonNull(method);
    Objects.requireNonNull(path);
    parameters = List.copyOf(parameters);
    responses = Map.copyOf(responses);
    security = List.copyOf(security);
  }

  /** The response with the lowest 2xx code; 200 without a body where the document has none. */
  public DocumentedResponse success() {
    return new TreeMap<>(responses)
        .entrySet().stream()
            .filter(entry -> entry.getKey() >= 200 && entry.getKey() < 300)
            .map(Map.Entry::getValue)
            .findFirst()
            .orElseGet(() -> DocumentedResponse.bare(200));
  }

  public Optional<DocumentedResponse> response(int status) {
    return Optional.ofNullable(responses.get(status));
  }

  public List<Parameter> queryParameters() {
    return parameters.stream().filter(parameter -> parameter.in().equals("query")).toList();
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
