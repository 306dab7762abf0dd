package dev.pawl.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.pawl.sandbox.answer.Answers;
import dev.pawl.sandbox.answer.ApiAnswer;
import dev.pawl.sandbox.answer.ApiRequest;
import dev.pawl.sandbox.document.ApiDocument;
import dev.pawl.sandbox.document.Operation;
import dev.pawl.sandbox.inference.Catalog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The simulated API itself: every request is logged, may be faulted, and is then answered. */
final class ApiEndpoints {
  /** Waits, then returns; the calling thread's own sleep in production. */
  interface Waiting {
    void pause(Duration time);
  }

  /** What is asked of a request's credential. */
  enum Door {
    OPEN,
    GUARDED
  }

  private final Catalog catalog;
  private final Answers answers;
  private final Credentials credentials;
  private final TokenEndpoint tokens;
  private final Door door;
  private final RequestLog log;
  private final Faults faults;
  private final Replays replays;
  private final Waiting waiting;
  private final Set<String> basePaths;

  ApiEndpoints(
      ApiDocument document,
      Catalog catalog,
      Answers answers,
      Door door,
      RequestLog log,
      Faults faults,
      Replays replays,
      Waiting waiting) {
    this.catalog = catalog;
    this.answers = answers;
    this.credentials = new Credentials(document);
    this.tokens = new TokenEndpoint(document);
    this.door = door;
    this.log = log;
    this.faults = faults;
    this.replays = replays;
    this.waiting = waiting;
    this.basePaths = document.basePaths();
  }

  /** The body is empty when it was too large to be read. */
  void handle(Exchange exchange, Optional<byte[]> body) throws IOException {
    RequestLog.Entry entry =
        new RequestLog.Entry(
            exchange.method(),
            exchange.path(),
            exchange.query(),
            logged(exchange, body),
            exchange.headers());
    log.add(entry);
    Optional<Fault> fault = takeFault(exchange);
    if (fault.isEmpty()) {
      respond(exchange, entry, answer(exchange, body));
      return;
    }
    switch (fault.get().kind()) {
      case Fault.Kind.DropBeforeCommit drop -> exchange.drop();
      case Fault.Kind.DropAfterCommit drop -> {
        entry.answered(answer(exchange, body).status());
        exchange.drop();
      }
      case Fault.Kind.Delay delay -> {
        waiting.pause(delay.delay());
        respond(exchange, entry, answer(exchange, body));
      }
      case Fault.Kind.Status status -> {
        entry.answered(status.status());
        exchange.send(
            status.status(),
            status.contentType(),
            status.body().getBytes(StandardCharsets.UTF_8),
            Map.of());
      }
    }
  }

  private static void respond(Exchange exchange, RequestLog.Entry entry, ApiAnswer answer)
      throws IOException {
    entry.answered(answer.status());
    exchange.send(answer);
  }

  /** A fault may be written with a base path of the document's or without, like a request. */
  private Optional<Fault> takeFault(Exchange exchange) {
    String path = exchange.path();
    Optional<Fault> fault = faults.take(exchange.method(), path);
    for (String base : basePaths) {
      if (fault.isEmpty() && path.startsWith(base + "/")) {
        fault = faults.take(exchange.method(), path.substring(base.length()));
      }
    }
    return fault;
  }

  private static JsonNode logged(Exchange exchange, Optional<byte[]> body) {
    if (body.isEmpty()) {
      return JsonNodeFactory.instance.textNode("more than " + Exchange.MAX_BODY + " bytes");
    }
    try {
      JsonNode parsed = Bodies.parse("", body.get());
      return parsed;
    } catch (Bodies.Malformed e) {
      return JsonNodeFactory.instance.textNode(Bodies.text(body.get()));
    }
  }

  private ApiAnswer answer(Exchange exchange, Optional<byte[]> body) {
    return switch (catalog.match(exchange.method(), exchange.path())) {
      case Catalog.Match.Unknown unknown ->
          tokens
              .answer(exchange.method(), exchange.path())
              .orElseGet(
                  () ->
                      answers.error(
                          Optional.empty(),
                          404,
                          "The document has no path " + exchange.path() + "."));
      case Catalog.Match.WrongMethod wrong -> wrongMethod(exchange, wrong);
      case Catalog.Match.Found found -> found(exchange, body, found);
    };
  }

  private ApiAnswer wrongMethod(Exchange exchange, Catalog.Match.WrongMethod wrong) {
    ApiAnswer answer =
        answers.error(
            Optional.empty(),
            405,
            exchange.path() + " has no " + exchange.method() + "; it has " + wrong.allowed() + ".");
    return new ApiAnswer(
        answer.status(), answer.contentType(), answer.body(), Map.of("Allow", wrong.allowed()));
  }

  private ApiAnswer found(Exchange exchange, Optional<byte[]> body, Catalog.Match.Found found) {
    Optional<Operation> operation = Optional.of(found.route().operation());
    Map<String, String> query =
        exchange.query() == null ? Map.of() : Forms.pairs(String.valueOf(exchange.query()));
    if (door == Door.GUARDED
        && !credentials.suffice(operation.get(), lowerCase(exchange.headers()), query)) {
      return answers.error(operation, 401, "The request carries no credential this API asks for.");
    }
    if (body.isEmpty()) {
      return answers.error(
          operation, 413, "The request body is larger than " + Exchange.MAX_BODY + " bytes.");
    }
    JsonNode parsed;
    try {
      parsed = Bodies.parse(exchange.header("Content-Type"), body.get());
    } catch (Bodies.Malformed e) {
      return answers.error(operation, 400, String.valueOf(e.getMessage()));
    }
    ApiRequest request =
        new ApiRequest(
            found.route(),
            "http://" + exchange.header("Host"),
            exchange.path(),
            found.parameters(),
            query,
            parsed.isTextual() ? MissingNode.getInstance() : parsed);
    return replays.answer(
        operation.get(),
        exchange.path(),
        lowerCase(exchange.headers()),
        request,
        () -> answers.answer(request));
  }

  private static Map<String, String> lowerCase(Map<String, String> headers) {
    Map<String, String> lower = new HashMap<>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    return lower;
  }
}
