package dev.pawl.server.models;

import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.Connection;
import dev.pawl.model.http.SendGuard;
import dev.pawl.model.http.SendOutcome;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Lets callers that ask the same at the same time share one answer, so that many creates in doubt
 * are looked for by one listing (DESIGN section 4, rule 12). Whoever asks while a read is under way
 * gets the next one's answer: none is older than its question.
 */
final class SharedReads implements Connection {
  private final Connection open;
  private final Map<Question, Read> running = new HashMap<>();

  SharedReads(Connection open) {
    this.open = open;
  }

  private record Question(URI uri, Map<String, String> headers) {}

  /** One read, for all that wait for it; answered empty when its maker was cancelled. */
  private static final class Read {
    private final CompletableFuture<Optional<SendOutcome>> answer = new CompletableFuture<>();

    /** The one after it, for those who ask while it is under way. */
    private @Nullable Read next;
  }

  /**
   * What a caller is to do.
   *
   * @param before the read to wait for first; null where none is under way
   * @param makes whether the caller makes {@code read} itself
   */
  private record Turn(@Nullable Read before, Read read, boolean makes) {}

  @Override
  public String name() {
    return open.name();
  }

  @Override
  public String baseUrl() {
    return open.baseUrl();
  }

  @Override
  public Map<String, String> params() {
    return open.params();
  }

  @Override
  public String account() {
    return open.account();
  }

  @Override
  public SendOutcome send(ApiRequest request, SendGuard guard) throws InterruptedException {
    if (!request.method().equals("GET") || guard != SendGuard.NONE) {
      return open.send(request, guard);
    }
    Question question = new Question(request.uri(), request.headers());
    while (true) {
      Turn turn = turn(question);
      if (turn.makes()) {
        return make(question, turn, request);
      }
      Optional<SendOutcome> shared = answer(turn.read());
      if (shared.isPresent()) {
        return shared.get();
      }
    }
  }

  private synchronized Turn turn(Question question) {
    Read now = running.get(question);
    if (now == null) {
      Read first = new Read();
      running.put(question, first);
      return new Turn(null, first, true);
    }
    boolean makes = now.next == null;
    Read next = makes ? new Read() : Objects.requireNonNull(now.next);
    now.next = next;
    return new Turn(now, next, makes);
  }

  private SendOutcome make(Question question, Turn turn, ApiRequest request)
      throws InterruptedException {
    Optional<SendOutcome> shared = Optional.empty();
    try {
      if (turn.before() != null) {
        answer(turn.before());
      }
      SendOutcome outcome = open.send(request, SendGuard.NONE);
      // What a cancelled caller got says nothing about the API.
      shared = Thread.currentThread().isInterrupted() ? Optional.empty() : Optional.of(outcome);
      return outcome;
    } finally {
      end(question, turn);
      turn.read().answer.complete(shared);
    }
  }

  private synchronized void end(Question question, Turn turn) {
    Read read = turn.read();
    if (running.get(question) != read) {
      // Cancelled before its time came: the one before it is still under way.
      Objects.requireNonNull(turn.before()).next = null;
    } else if (read.next == null) {
      running.remove(question);
    } else {
      running.put(question, read.next);
    }
  }

  private static Optional<SendOutcome> answer(Read read) throws InterruptedException {
    try {
      return read.answer.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a read is only ever completed with a value", e.getCause());
    }
  }
}
