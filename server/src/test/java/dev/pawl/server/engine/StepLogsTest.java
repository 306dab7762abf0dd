package dev.pawl.server.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.model.Json;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.http.ConnectionSettings;
import dev.pawl.model.rest.ApiDescriptor.Auth;
import dev.pawl.server.run.LogLine;
import dev.pawl.server.run.RunEvent;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepStatus;
import dev.pawl.server.store.LogQuery;
import dev.pawl.server.store.postgres.WithDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** What becomes of the lines that a step's method logs. */
@SuppressWarnings("NullAway.Init")
class StepLogsTest extends WithDatabase {
  private static final String ONE = Flow.steps("- {id: a, method: act}");

  private final Script script = new Script();
  private TestExecutor executor;

  @BeforeEach
  void start() {
    executor =
        TestExecutor.withConnection(
            database,
            script.models(),
            new ConnectionSettings(
                "api",
                "http://127.0.0.1:1",
                null,
                Auth.BASIC,
                "ann:s3cret/pass",
                Duration.ofSeconds(1)));
  }

  @AfterEach
  void stop() {
    executor.close();
  }

  /** What a step says. */
  @FunctionalInterface
  private interface Saying {
    void to(Logger log) throws InterruptedException;
  }

  private void says(String step, Saying saying) {
    script.on(
        step,
        (arguments, context) -> {
          saying.to(context.log());
          return MethodResult.of(Json.object(), Outcome.EXECUTED);
        });
  }

  private List<RunEvent> told(RunKey run) throws InterruptedException {
    List<RunEvent> told = new ArrayList<>();
    executor.server.watchRun().run(run, 0, told::add);
    return told;
  }

  private List<LogLine> lines(RunKey run) {
    return executor.runs.logs(new LogQuery(run, 0, 10_000, null, null, null)).stream()
        .map(RunEvent::line)
        .toList();
  }

  private List<String> messages(RunKey run) {
    return lines(run).stream().map(LogLine::message).toList();
  }

  @Test
  void linesAreKeptAndToldInTheirPlaceAmongTheSteps() throws Exception {
    says(
        "a",
        log -> {
          log.debug("nobody reads this");
          log.info("made {} of {}", 1, "two");
          log.warn("odd\nin two lines");
          log.error("failed", new IllegalStateException("no room"));
        });
    RunRecord run = executor.run(ONE);

    assertThat(lines(run.key()).stream().map(l -> l.level() + " " + l.message()))
        .containsExactly(
            "INFO made 1 of two",
            "WARN odd",
            "WARN in two lines",
            "ERROR failed: java.lang.IllegalStateException: no room");
    assertThat(lines(run.key()))
        .allSatisfy(l -> assertThat(l.step() + " " + l.attempt()).isEqualTo("a 1"));
    List<RunEvent> told = told(run.key());
    assertThat(told)
        .extracting(RunEvent::sequence)
        .isEqualTo(LongStream.rangeClosed(1, run.eventSequence()).boxed().toList());
    assertThat(told.stream().map(RunEvent::line).filter(l -> l != null))
        .isEqualTo(lines(run.key()));
    RunEvent end =
        told.stream()
            .filter(e -> e.step() != null && e.step().status() == StepStatus.SUCCEEDED)
            .findFirst()
            .orElseThrow();
    assertThat(told.stream().filter(e -> e.line() != null))
        .allSatisfy(
            e -> {
              assertThat(e.sequence()).isLessThan(end.sequence());
              assertThat(e.at()).isBetween(run.createdAt(), end.at());
            });
  }

  @Test
  void aLineIsToldWhileItsStepGoesOn() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    says(
        "a",
        log -> {
          log.info("begun");
          Script.await(read);
          log.info("done");
        });
    RunKey run = executor.start(ONE);
    executor.until(run, e -> e.line() != null);
    assertThat(messages(run)).containsExactly("begun");
    read.countDown();
    executor.end(run);
    assertThat(messages(run)).containsExactly("begun", "done");
  }

  @Test
  void linesOfEveryTryEveryAttemptAndEveryItemAreKept() throws Exception {
    List<String> failing = new ArrayList<>(List.of("first", "second"));
    script.on(
        "a",
        (arguments, context) -> {
          String item = arguments.path("item").asText();
          context.log().info("{} is tried", item);
          if (item.equals("y") && !failing.isEmpty()) {
            failing.removeFirst();
            throw World.unreachable();
          }
          return MethodResult.of(Json.object(), Outcome.EXECUTED);
        });
    RunRecord run =
        executor.run(
            Flow.steps(
                """
                - id: a
                  instance: a
                  method: act
                  forEach: {in: [x, y], concurrency: 1}
                  retry: {limit: 1, on: [UNREACHABLE], backoff: {initial: 1ms}}
                  with: {item: "${{ each.value }}"}
                """));
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    executor.retry(run.key());
    assertThat(lines(run.key()).stream().map(l -> l.attempt() + " " + l.step() + " " + l.message()))
        .containsExactly(
            "1 a[x] x is tried",
            "1 a[y] y is tried",
            "1 a[y] try 1 failed with UNREACHABLE: nobody answers",
            "1 a[y] y is tried",
            "2 a[y] y is tried");
  }

  @Test
  void oneStepMayLogSoManyLinesAndThenOneSaysThatThereWereMore() throws Exception {
    says("a", log -> IntStream.range(0, 1_100).forEach(i -> log.info("line {}", i)));
    RunRecord run = executor.run(ONE);
    List<LogLine> lines = lines(run.key());
    assertThat(lines).hasSize(1_001);
    assertThat(lines.get(999).message()).isEqualTo("line 999");
    assertThat(lines.get(1_000).message()).contains("left out", "1000 lines", "1048576 bytes");
    assertThat(lines.get(1_000).level()).isEqualTo(LogLine.Level.WARN);
    assertThat(told(run.key())).hasSize((int) run.eventSequence());
  }

  @Test
  void longLinesAreCutAndSoIsTheWhole() throws Exception {
    says("a", log -> IntStream.range(0, 80).forEach(i -> log.info("é".repeat(20_000))));
    RunRecord run = executor.run(ONE);
    List<String> messages = messages(run.key());
    assertThat(messages).hasSize(65);
    assertThat(messages.subList(0, 64))
        .allSatisfy(
            m -> {
              assertThat(m.getBytes(UTF_8).length).isBetween((16 << 10) - 1, 16 << 10);
              assertThat(m).startsWith("éé").endsWith("16 KiB)").doesNotContain("\ufffd");
            });
    assertThat(messages.getLast()).contains("left out");
  }

  @Test
  void whatNoDatabaseTakesIsMended() throws Exception {
    says("a", log -> log.info("nul \0 half \ud83d end"));
    RunRecord run = executor.run(ONE);
    assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(messages(run.key())).containsExactly("nul \ufffd half ? end");
  }

  @Test
  void credentialsAreHidden() throws Exception {
    says(
        "a",
        log -> {
          log.info("with ann:s3cret/pass");
          log.warn("with {}", "Basic YW5uOnMzY3JldC9wYXNz");
          log.error("ünd", new IllegalStateException("s3cret%2Fpass"));
        });
    RunRecord run = executor.run(ONE);
    assertThat(messages(run.key()))
        .containsExactly(
            "with (hidden)",
            "with Basic (hidden)",
            "ünd: java.lang.IllegalStateException: (hidden)");
  }

  @Test
  void noLineIsLostOrTwiceThereWhenTheDatabaseGoesAway() throws Exception {
    CountDownLatch away = new CountDownLatch(1);
    says(
        "a",
        log -> {
          Script.await(away);
          for (int i = 0; i < 200; i++) {
            log.info("line {}", i);
            Thread.onSpinWait();
          }
        });
    RunKey run = executor.start(ONE);
    executor.until(run, e -> e.step() != null);
    try (Outage outage = Outage.of(database)) {
      outage.awaitBroken(1);
      away.countDown();
      outage.awaitBroken(10);
    }
    assertThat(executor.end(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(messages(run))
        .isEqualTo(IntStream.range(0, 200).mapToObj(i -> "line " + i).toList());
  }
}
