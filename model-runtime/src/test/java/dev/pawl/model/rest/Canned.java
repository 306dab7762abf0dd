package dev.pawl.model.rest;

import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.ApiResponse;
import dev.pawl.model.http.Connection;
import dev.pawl.model.http.SendGuard;
import dev.pawl.model.http.SendOutcome;
import dev.pawl.model.testkit.VirtualTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Answers without an API behind them: each once, and the last one for ever. */
final class Canned implements Connection {
  private final VirtualTime time;
  private final String account;
  private final Deque<SendOutcome> answers = new ArrayDeque<>();
  private final List<ApiRequest> asked = new ArrayList<>();
  private final List<Instant> when = new ArrayList<>();
  private Duration connects = Duration.ZERO;

  Canned(VirtualTime time) {
    this(time, "account-1");
  }

  Canned(VirtualTime time, String account) {
    this.time = time;
    this.account = account;
  }

  /** JSON, unless the headers, name after value, say otherwise. */
  Canned says(int status, String body, String... headers) {
    Map<String, String> all = new HashMap<>(Map.of("content-type", "application/json"));
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], headers[i + 1]);
    }
    answers.add(
        new SendOutcome.Answered(
            new ApiResponse(
                status, all, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8))));
    return this;
  }

  /** What passes before it asks whether it may send. */
  Canned connectsIn(Duration passes) {
    connects = passes;
    return this;
  }

  Canned loses() {
    answers.add(new SendOutcome.Lost(new IOException("reset")));
    return this;
  }

  Canned isUnreachable() {
    answers.add(new SendOutcome.NeverSent(new IOException("refused")));
    return this;
  }

  List<ApiRequest> asked() {
    return List.copyOf(asked);
  }

  List<String> urls() {
    return asked.stream().map(r -> r.uri().toString().replace(baseUrl(), "")).toList();
  }

  /** How long it was left in peace between the questions. */
  List<Duration> pauses() {
    List<Duration> out = new ArrayList<>();
    for (int i = 1; i < when.size(); i++) {
      out.add(Duration.between(when.get(i - 1), when.get(i)));
    }
    return out;
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public String baseUrl() {
    return "https://api.test/v1";
  }

  @Override
  public String account() {
    return account;
  }

  @Override
  public SendOutcome send(ApiRequest request, SendGuard guard) {
    asked.add(request);
    when.add(time.instant());
    time.advance(connects);
    if (!guard.maySend()) {
      return new SendOutcome.NeverSent(new IOException("too late"));
    }
    if (answers.isEmpty()) {
      throw new AssertionError("no answer for " + request.describe());
    }
    return answers.size() > 1 ? answers.remove() : answers.element();
  }
}
