package dev.pawl.model.testkit;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.Json;
import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.ApiResponse;
import dev.pawl.model.http.Connection;
import dev.pawl.model.http.SendGuard;
import dev.pawl.model.http.SendOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A {@link Connection} that answers as it was told to, without a network. Answers to one method and
 * path are given in order, the last one for ever; a request that nothing was said about fails the
 * test.
 */
public final class FakeConnection implements Connection {
  private final String name;
  private final Map<String, Deque<SendOutcome>> script = new HashMap<>();
  private final Map<String, String> params = new HashMap<>();
  private final List<ApiRequest> requests = new ArrayList<>();

  /**
   * A connection to nowhere.
   *
   * @param name the part of a model type before the slash
   */
  public FakeConnection(String name) {
    this.name = requireNonNull(name);
  }

  /** Gives a value for what the API's paths begin with. */
  public synchronized FakeConnection param(String param, String value) {
    params.put(param, value);
    return this;
  }

  @Override
  public synchronized Map<String, String> params() {
    return Map.copyOf(params);
  }

  /**
   * Adds what becomes of the next request.
   *
   * @param methodAndPath such as {@code POST /things}; the query is left out
   */
  public synchronized FakeConnection on(String methodAndPath, SendOutcome outcome) {
    script.computeIfAbsent(methodAndPath, unused -> new ArrayDeque<>()).add(outcome);
    return this;
  }

  /** Adds an answer in JSON. */
  public FakeConnection on(String methodAndPath, int status, JsonNode body) {
    byte[] bytes = Json.write(body).getBytes(StandardCharsets.UTF_8);
    return on(
        methodAndPath,
        new SendOutcome.Answered(
            new ApiResponse(status, Map.of("content-type", "application/json"), bytes)));
  }

  /** Adds a connection that could not be made. */
  public FakeConnection refuses(String methodAndPath) {
    return on(methodAndPath, new SendOutcome.NeverSent(new IOException("connection refused")));
  }

  /** Adds a request that was written and never answered. */
  public FakeConnection loses(String methodAndPath) {
    return on(methodAndPath, new SendOutcome.Lost(new IOException("connection reset")));
  }

  /** All requests that were sent, lost ones too, in order. */
  public synchronized List<ApiRequest> requests() {
    return List.copyOf(requests);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String baseUrl() {
    return "http://" + name + ".test";
  }

  @Override
  public String account() {
    return baseUrl();
  }

  @Override
  public synchronized SendOutcome send(ApiRequest request, SendGuard guard) {
    if (!guard.maySend()) {
      return new SendOutcome.NeverSent(new IOException("the right to send ran out"));
    }
    Deque<SendOutcome> outcomes = script.get(request.describe());
    if (outcomes == null) {
      throw new AssertionError(
          "nothing was said about " + request.describe() + "; only about " + script.keySet());
    }
    SendOutcome outcome = outcomes.size() > 1 ? outcomes.removeFirst() : outcomes.getFirst();
    if (!(outcome instanceof SendOutcome.NeverSent)) {
      requests.add(request);
    }
    return outcome;
  }
}
