package dev.pawl.sandbox.answer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.sandbox.inference.Route;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A request that has found its operation.
 *
 * @param origin scheme, host and port, for links
 * @param path as sent, without the query
 * @param parameters path parameters, decoded
 * @param query the last value of each query parameter, decoded
 * @param body missing when there is none
 */
public record ApiRequest(
    Route route,
    String origin,
    String path,
    Map<String, String> parameters,
    Map<String, String> query,
    JsonNode body) {
  public ApiRequest {
    Objects.requireNonNull(route);
    Objects.requireNonNull(origin);
    Objects.requireNonNull(path);
    parameters = Map.copyOf(parameters);
    query = Map.copyOf(query);
    Objects.requireNonNull(body);
  }

  Optional<String> key() {
    return route.keyParameter().map(parameters::get);
  }
}
