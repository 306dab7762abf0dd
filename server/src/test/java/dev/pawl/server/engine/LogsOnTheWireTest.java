package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.model.Json;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.store.postgres.TestDatabase;
import dev.pawl.v1.ExecutionServiceGrpc;
import dev.pawl.v1.ExecutionServiceGrpc.ExecutionServiceBlockingStub;
import dev.pawl.v1.ListLogLinesRequest;
import dev.pawl.v1.ListLogLinesResponse;
import dev.pawl.v1.LogLevel;
import dev.pawl.v1.LogLine;
import dev.pawl.v1.LoggedLine;
import dev.pawl.v1.WatchRunRequest;
import dev.pawl.v1.WatchRunResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run's log as clients get it. */
@SuppressWarnings("NullAway.Init")
class LogsOnTheWireTest {
  private final Script script = new Script();
  private TestDatabase database;
  private TestExecutor executor;
  private Served served;
  private ExecutionServiceBlockingStub stub;

  @BeforeEach
  void open() {
    database = TestDatabase.create();
    executor = TestExecutor.start(database, script.models(), 100);
    served = new Served(executor);
    stub = ExecutionServiceGrpc.newBlockingStub(served.channel);
  }

  @AfterEach
  void close() {
    served.close();
    executor.close();
    database.close();
  }

  private RunKey ran() throws InterruptedException {
    script.on(
        "a",
        (arguments, context) -> {
          context.log().info("first");
          context.log().warn("second");
          return MethodResult.of(Json.object(), Outcome.EXECUTED);
        });
    script.on(
        "b",
        (arguments, context) -> {
          context.log().error("third");
          throw World.refused("no");
        });
    RunKey run =
        executor
            .run(Flow.steps("- {id: a, method: act}\n- {id: b, method: act, dependsOn: [a]}"))
            .key();
    executor.retry(run);
    return run;
  }

  private List<String> all(ListLogLinesRequest asked) {
    List<String> out = new ArrayList<>();
    ListLogLinesRequest.Builder request = asked.toBuilder();
    do {
      ListLogLinesResponse page = stub.listLogLines(request.build());
      assertThat(page.getLinesCount()).isLessThanOrEqualTo(asked.getPageSize());
      page.getLinesList().forEach(l -> out.add(words(l.getLine())));
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    return out;
  }

  private static String words(LogLine line) {
    return "%s %d %s %s"
        .formatted(line.getStepId(), line.getAttempt(), line.getLevel(), line.getMessage())
        .replace("LOG_LEVEL_", "");
  }

  @Test
  void linesAreListedInPagesAndByFilters() throws Exception {
    RunKey run = ran();
    ListLogLinesRequest asked =
        ListLogLinesRequest.newBuilder().setRunId(run.runId()).setPageSize(2).build();
    assertThat(all(asked))
        .containsExactly("a 1 INFO first", "a 1 WARN second", "b 1 ERROR third", "b 2 ERROR third");
    assertThat(all(asked.toBuilder().setStepId("b").build())).hasSize(2);
    assertThat(all(asked.toBuilder().setAttempt(2).build())).containsExactly("b 2 ERROR third");
    assertThat(all(asked.toBuilder().setStepId("b").setIterationKey("x").build())).isEmpty();
  }

  @Test
  void watchersGetTheSameLines() throws Exception {
    RunKey run = ran();
    List<LoggedLine> listed =
        stub.listLogLines(ListLogLinesRequest.newBuilder().setRunId(run.runId()).build())
            .getLinesList();
    List<LoggedLine> watched = new ArrayList<>();
    for (Iterator<WatchRunResponse> events =
            stub.watchRun(WatchRunRequest.newBuilder().setRunId(run.runId()).build());
        events.hasNext(); ) {
      WatchRunResponse event = events.next();
      if (event.hasLog()) {
        watched.add(
            LoggedLine.newBuilder()
                .setSequence(event.getSequence())
                .setTime(event.getTime())
                .setLine(event.getLog())
                .build());
      }
    }
    assertThat(watched).hasSize(4).isEqualTo(listed);
    assertThat(watched.getFirst().getLine().getLevel()).isEqualTo(LogLevel.LOG_LEVEL_INFO);
  }

  @Test
  void aPageHoldsNoMoreThanAMessageMay() throws Exception {
    script.on(
        "a",
        (arguments, context) -> {
          for (int i = 0; i < 64; i++) {
            context.log().info("x".repeat(16 << 10));
          }
          return MethodResult.of(Json.object(), Outcome.EXECUTED);
        });
    RunKey run =
        executor
            .run(
                Flow.steps(
                    """
                    - id: a
                      instance: a
                      method: act
                      forEach: {in: [1, 2, 3]}
                    """))
            .key();
    ListLogLinesRequest asked =
        ListLogLinesRequest.newBuilder().setRunId(run.runId()).setPageSize(1000).build();
    ListLogLinesResponse page = stub.listLogLines(asked);
    assertThat(page.getSerializedSize()).isBetween(1 << 20, 4 << 20);
    assertThat(page.getNextPageToken()).isNotEmpty();
    assertThat(all(asked)).hasSize(3 * 64);
  }

  @Test
  void aRunThatDoesNotExistHasNoLog() {
    assertThat(
            Served.refusal(
                    () ->
                        stub.listLogLines(
                            ListLogLinesRequest.newBuilder().setRunId("01NONE").build()))
                .info()
                .getReason())
        .isEqualTo("RUN_NOT_FOUND");
    assertThat(
            Served.refusal(
                    () ->
                        stub.listLogLines(
                            ListLogLinesRequest.newBuilder().setRunId("r").setAttempt(0).build()))
                .info()
                .getReason())
        .isEqualTo("INVALID_FIELD");
  }
}
