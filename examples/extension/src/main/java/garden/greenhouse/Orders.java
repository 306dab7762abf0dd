package garden.greenhouse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.Failure;
import dev.pawl.model.Json;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.ApiResponse;
import dev.pawl.model.http.Connection;
import dev.pawl.model.http.SendGuard;
import dev.pawl.model.http.SendOutcome;
import dev.pawl.model.rest.ApiFailures;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** The part of the API that the document leaves out. */
final class Orders {
  private final MethodContext context;
  private final Connection connection;

  Orders(MethodContext context) throws MethodException {
    this.context = context;
    this.connection = context.http();
  }

  /** Reads an order; empty only where the greenhouse itself says that there is none. */
  Optional<JsonNode> find(String reference) throws MethodException, InterruptedException {
    ApiRequest request =
        new ApiRequest(
            "GET", at("/seed-orders/" + reference), Map.of(), null, context.timing().readTimeout());
    SendOutcome outcome = connection.send(request, SendGuard.NONE);
    if (outcome instanceof SendOutcome.Answered answered) {
      ApiResponse response = answered.response();
      if (response.status() == 404 && response.isJson()) {
        return Optional.empty();
      }
      if (response.isSuccess()) {
        return Optional.of(body(request, response));
      }
      throw MethodException.notMade(ApiFailures.answered(request, response));
    }
    throw MethodException.notMade(silent(request, outcome));
  }

  /** Sends an order, once. */
  JsonNode send(String reference, String seeds) throws MethodException, InterruptedException {
    byte[] body =
        Json.write(Json.object().put("reference", reference).put("seeds", seeds))
            .getBytes(StandardCharsets.UTF_8);
    ApiRequest request =
        new ApiRequest(
            "POST",
            at("/seed-orders"),
            Map.of("Content-Type", "application/json"),
            body,
            context.timing().createDeadline());
    SendOutcome outcome = connection.send(request, SendGuard.NONE);
    if (outcome instanceof SendOutcome.Answered answered) {
      ApiResponse response = answered.response();
      if (response.isSuccess()) {
        return body(request, response);
      }
      if (response.status() != 409 && ApiFailures.isRefusal(response.status())) {
        throw MethodException.notMade(ApiFailures.answered(request, response));
      }
    } else if (outcome instanceof SendOutcome.NeverSent never) {
      throw MethodException.notMade(ApiFailures.neverSent(request, never.cause()));
    }
    // Taken already, an error, or no answer: it may be there. Looking is harmless.
    return find(reference).orElseThrow(() -> MethodException.unknown(silent(request, outcome)));
  }

  private URI at(String path) {
    return URI.create(connection.baseUrl() + path);
  }

  private static JsonNode body(ApiRequest request, ApiResponse response) throws MethodException {
    return response
        .json()
        .orElseThrow(
            () ->
                MethodException.unknown(
                    Failure.of(
                        Reason.UNAVAILABLE, request.describe() + " was answered without JSON")));
  }

  private static Failure silent(ApiRequest request, SendOutcome outcome) {
    if (outcome instanceof SendOutcome.Answered answered) {
      return ApiFailures.answered(request, answered.response());
    }
    if (outcome instanceof SendOutcome.NeverSent never) {
      return ApiFailures.neverSent(request, never.cause());
    }
    return ApiFailures.lost(request, ((SendOutcome.Lost) outcome).cause());
  }
}
