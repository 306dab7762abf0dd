package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Failure;
import dev.pawl.model.Json;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.ApiResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Asks an operation that a create has begun until it has ended. Reads only, and holds no claim. */
final class AwaitOperation {
  private final BegunOperation operation;
  private final ResourceKey key;
  private final ObjectNode arguments;
  private final ObjectNode named;
  private final MethodContext context;

  /**
   * @param key what is being made
   * @param arguments the create's
   * @param named the operation's path parameters
   */
  AwaitOperation(
      BegunOperation operation,
      ResourceKey key,
      ObjectNode arguments,
      ObjectNode named,
      MethodContext context) {
    this.operation = operation;
    this.key = key;
    this.arguments = arguments;
    this.named = named;
    this.context = context;
  }

  /** How an operation has ended. */
  sealed interface Ended {
    /**
     * Well.
     *
     * @param operation as last read
     * @param location where the API then points at what was made; empty for nowhere
     */
    record Well(JsonNode operation, String location) implements Ended {}

    /** It says that it failed. */
    record Failed(Failure failure) implements Ended {}

    /**
     * The API does not show it, or no longer.
     *
     * @param gone whether it says that there is none; else it only refuses to show it
     */
    record Forgotten(String how, boolean gone) implements Ended {}
  }

  /**
   * Waits for the end.
   *
   * @throws MethodException DEADLINE when it has not ended within the connection's ready wait
   */
  Ended run() throws MethodException, InterruptedException {
    ApiRequest request =
        new RequestBuilder(operation.get(), context.http().baseUrl(), arguments, named)
            .build(null, context.timing().readTimeout());
    Patience patience = new Patience(context);
    int unknown = 0;
    while (true) {
      Look look = look(request);
      unknown = look.isUnknown() ? unknown + 1 : 0;
      if (look.ended().isPresent()) {
        return look.ended().get();
      }
      if (unknown > 1) {
        return new Ended.Forgotten(look.words(), look.isGone());
      }
      if (patience.isOver()) {
        throw notYet(request, patience.waited(), look.words());
      }
      context.waitingFor(request.describe() + ", which makes " + key + ": " + look.words());
      Duration pause = Collections.max(List.of(patience.next(), look.at()));
      context.pacer().pause(look.isUnknown() ? context.timing().settle() : pause);
    }
  }

  private MethodException notYet(ApiRequest request, Duration waited, String words) {
    return MethodException.unknown(
        Failure.of(
            Reason.DEADLINE,
            key
                + " was accepted, and is not made after "
                + waited.toSeconds()
                + " s: "
                + request.describe()
                + ": "
                + words
                + "; run again to go on waiting"));
  }

  /**
   * One answer.
   *
   * @param isUnknown whether the API says that it will not show it
   * @param isGone whether it says that there is none
   * @param at how long the API asks to be left in peace
   */
  private record Look(
      Optional<Ended> ended, boolean isUnknown, boolean isGone, String words, Duration at) {
    static Look notYet(String words, Duration at) {
      return new Look(Optional.empty(), false, false, words, at);
    }

    static Look ended(Ended how) {
      return new Look(Optional.of(how), false, false, "", Duration.ZERO);
    }
  }

  /** What cannot be read now is asked again: a create that was accepted goes on without us. */
  private Look look(ApiRequest request) throws InterruptedException {
    ApiResponse response;
    try {
      response = ReadApi.read(context.http(), request);
    } catch (MethodException e) {
      return Look.notYet(e.failure().message(), Duration.ZERO);
    }
    Duration at = response.retryAfter().orElse(Duration.ZERO);
    Failure said = ApiFailures.answered(request, response);
    if (ApiFailures.isRefusal(response.status()) && response.isJson()) {
      boolean gone = response.status() == 404 || response.status() == 410;
      return new Look(Optional.empty(), true, gone, said.message(), at);
    }
    JsonNode body = response.json().map(b -> b.at(operation.get().resultPointer())).orElse(null);
    Optional<String> location = response.header("location");
    if (response.status() == 303 && location.isPresent()) {
      return Look.ended(new Ended.Well(Json.object(), location.get()));
    }
    if (!response.isSuccess() || body == null || !body.isObject()) {
      return Look.notYet(said.message(), at);
    }
    return judge(request, body, location.orElse(""), at);
  }

  private Look judge(ApiRequest request, JsonNode body, String location, Duration at) {
    String status = body.at(operation.statusPointer()).asText();
    boolean failed = operation.isFailed(status);
    if (!failed && !operation.isDone(status)) {
      return Look.notYet("it is '" + (status.isEmpty() ? "not done" : status) + "'", at);
    }
    failed |= operation.failed().isEmpty() && said(error(body));
    return Look.ended(
        failed ? new Ended.Failed(failure(request, status, body)) : new Ended.Well(body, location));
  }

  private JsonNode error(JsonNode body) {
    return operation.errorPointer().isEmpty()
        ? Json.mapper().missingNode()
        : body.at(operation.errorPointer());
  }

  private static boolean said(JsonNode error) {
    boolean nothing =
        error.isMissingNode()
            || error.isNull()
            || (error.isContainerNode() ? error.isEmpty() : error.asText().isEmpty());
    return !nothing && !(error.isBoolean() && !error.asBoolean());
  }

  private Failure failure(ApiRequest request, String status, JsonNode body) {
    JsonNode error = error(body);
    String words = said(error) ? ApiFailures.words(error) : "";
    return new Failure(
        Reason.API_REFUSED,
        key
            + " was accepted and then not made: "
            + request.describe()
            + " ended as '"
            + status
            + "'"
            + (words.isEmpty() ? "" : ": " + words),
        request.describe(),
        200,
        null);
  }
}
