package dev.pawl.server.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.ApiResponse;
import dev.pawl.model.http.Connection;
import dev.pawl.model.http.SendGuard;
import dev.pawl.model.http.SendOutcome;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callers who ask the same at once. */
class SharedReadsTest {
  private final ExecutorService callers = Executors.newCachedThreadPool();
  private final Api api = new Api();
  private final SharedReads reads = new SharedReads(api);

  @AfterEach
  void close() {
    callers.shutdownNow();
  }

  /** Answers the n-th request with n, when it is told to. */
  private static final class Api implements Connection {
    private final LinkedBlockingQueue<Integer> arrived = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Boolean> answers = new LinkedBlockingQueue<>();
    private int requests;

    @Override
    public String name() {
      return "fake";
    }

    @Override
    public String baseUrl() {
      return "http://127.0.0.1";
    }

    @Override
    public String account() {
      return "account";
    }

    @Override
    public SendOutcome send(ApiRequest request, SendGuard guard) throws InterruptedException {
      int number;
      synchronized (this) {
        number = ++requests;
      }
      arrived.add(number);
      answers.take();
      byte[] body = Integer.toString(number).getBytes(StandardCharsets.UTF_8);
      return new SendOutcome.Answered(new ApiResponse(200, Map.of(), body));
    }
  }

  private static ApiRequest get(String path) {
    return new ApiRequest(
        "GET",
        URI.create("http://127.0.0.1" + path),
        Map.of(),
        new byte[0],
        Duration.ofSeconds(15));
  }

  private Future<String> asks(String method, String path) {
    ApiRequest as = get(path);
    ApiRequest request = new ApiRequest(method, as.uri(), as.headers(), new byte[0], as.timeout());
    Callable<String> call =
        () -> ((SendOutcome.Answered) reads.send(request, SendGuard.NONE)).response().text();
    return callers.submit(call);
  }

  private void awaitArrived(int number) throws InterruptedException {
    assertThat(api.arrived.poll(30, TimeUnit.SECONDS)).isEqualTo(number);
  }

  private static String answer(Future<String> call) throws Exception {
    return call.get(30, TimeUnit.SECONDS);
  }

  @Test
  void thoseWhoAskMeanwhileShareTheNextAnswer() throws Exception {
    Future<String> first = asks("GET", "/things");
    awaitArrived(1);
    List<Future<String>> meanwhile = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      meanwhile.add(asks("GET", "/things"));
    }
    while (waiting() < 20) {
      Thread.onSpinWait();
    }
    api.answers.add(true);
    assertThat(answer(first)).isEqualTo("1");
    awaitArrived(2);
    api.answers.add(true);
    for (Future<String> each : meanwhile) {
      assertThat(answer(each)).as("no answer older than its question").isEqualTo("2");
    }

    Future<String> later = asks("GET", "/things");
    awaitArrived(3);
    api.answers.add(true);
    assertThat(answer(later)).isEqualTo("3");
  }

  /** How many callers wait for another one's read. */
  private long waiting() {
    return Thread.getAllStackTraces().values().stream()
        .filter(
            stack ->
                List.of(stack).stream()
                    .anyMatch(
                        f ->
                            f.getClassName().equals(SharedReads.class.getName())
                                && f.getMethodName().equals("answer")))
        .count();
  }

  @Test
  void otherQuestionsAndEffectsAreNotShared() throws Exception {
    asks("GET", "/things");
    awaitArrived(1);
    asks("GET", "/things?page=2");
    awaitArrived(2);
    asks("POST", "/things");
    awaitArrived(3);
    asks("POST", "/things");
    awaitArrived(4);
  }

  @Test
  void aCancelledCallerLeavesTheOthersAnAnswer() throws Exception {
    Future<String> first = asks("GET", "/things");
    awaitArrived(1);
    Future<String> maker = asks("GET", "/things");
    while (waiting() < 1) {
      Thread.onSpinWait();
    }
    Future<String> follower = asks("GET", "/things");
    while (waiting() < 2) {
      Thread.onSpinWait();
    }
    maker.cancel(true);
    while (waiting() > 1) {
      Thread.onSpinWait();
    }
    api.answers.add(true);
    assertThat(answer(first)).isEqualTo("1");
    awaitArrived(2);
    api.answers.add(true);
    assertThat(answer(follower)).isEqualTo("2");
    assertThatThrownBy(() -> answer(maker))
        .isInstanceOf(java.util.concurrent.CancellationException.class);
  }

  @Test
  void aReadThatIsCutShortIsMadeByTheNext() throws Exception {
    Future<String> first = asks("GET", "/things");
    awaitArrived(1);
    Future<String> second = asks("GET", "/things");
    while (waiting() < 1) {
      Thread.onSpinWait();
    }
    first.cancel(true);
    awaitArrived(2);
    api.answers.add(true);
    assertThat(answer(second)).isEqualTo("2");
    assertThatThrownBy(() -> answer(first)).isNotInstanceOf(ExecutionException.class);
  }
}
