package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pawl.model.Checkpoint;
import dev.pawl.model.Checkpoint.Finding;
import dev.pawl.model.Json;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.server.run.CheckpointRecord;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepError;
import dev.pawl.server.store.postgres.TestDatabase;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What later attempts make of the checkpoints of earlier ones. */
@SuppressWarnings("NullAway.Init")
class CheckpointsTest {
  private final Script script = new Script();
  private final Set<String> dying = ConcurrentHashMap.newKeySet();
  private TestDatabase database;
  private TestExecutor first;
  private TestExecutor second;

  @BeforeEach
  void open() {
    database = TestDatabase.create();
    first = TestExecutor.start(database, script.models(), 100);
  }

  @AfterEach
  void close() {
    if (second != null) {
      second.close();
    }
    first.close();
    database.close();
  }

  /** Work that is noted, and then ends as if its server had died, where a test wants it. */
  private JsonNode work(MethodContext context, Checkpoint which, JsonNode result)
      throws MethodException, InterruptedException {
    return context.checkpoint(
        which,
        () -> {
          script.note(which.name());
          die("in " + which.name());
          return result;
        });
  }

  private void die(String where) {
    if (dying.contains(where)) {
      throw new IllegalStateException("died " + where);
    }
  }

  /** A step {@code one} with the pieces of work {@code a} and {@code b}, then an end of its own. */
  private void twoPieces(Function<String, Checkpoint> policy) {
    script.on(
        "one",
        (arguments, context) -> {
          ObjectNode out = Json.object();
          out.set("a", work(context, policy.apply("a").of(arguments), TextNode.valueOf("A")));
          out.set("b", work(context, policy.apply("b"), TextNode.valueOf("B")));
          die("after");
          return MethodResult.of(out, Outcome.EXECUTED);
        });
  }

  private static final String ONE = Flow.steps("- {id: one, method: act}");

  private RunKey failed(String where) throws InterruptedException {
    dying.add(where);
    RunKey run = first.start(ONE);
    assertThat(first.end(run).status()).isEqualTo(RunStatus.FAILED);
    dying.clear();
    return run;
  }

  private StepError error(RunKey run) {
    return java.util.Objects.requireNonNull(first.step(run, "one").error());
  }

  @Test
  void whatWasDoneIsNotDoneAgain() throws Exception {
    twoPieces(Checkpoint::inDoubt);
    RunKey run = failed("after");
    assertThat(first.retry(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(script.done()).containsExactly("a", "b");
    assertThat(first.step(run, "one").output()).isEqualTo(Json.parse("{\"a\":\"A\",\"b\":\"B\"}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "false", "0", "\"\"", "{}", "[]", "\"a\\u0001b\""})
  void everyResultIsKept(String json) throws Exception {
    JsonNode result = Json.parse(json);
    script.on(
        "one",
        (arguments, context) -> {
          JsonNode kept = work(context, Checkpoint.inDoubt("a"), result);
          die("after");
          return MethodResult.of(kept, Outcome.EXECUTED);
        });
    RunKey run = failed("after");
    first.retry(run);
    assertThat(script.done()).containsExactly("a");
    assertThat(first.step(run, "one").output()).isEqualTo(result);
  }

  @Test
  void unknownWorkIsDoneAgainWhereItMayBe() throws Exception {
    twoPieces(Checkpoint::rerun);
    RunKey run = failed("in b");
    assertThat(first.retry(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(script.done()).containsExactly("a", "b", "b");
  }

  @Test
  void unknownWorkIsLookedFor() throws Exception {
    List<Finding> findings = new java.util.concurrent.CopyOnWriteArrayList<>();
    twoPieces(name -> Checkpoint.reconcile(name, () -> findings.get(0)));
    RunKey run = failed("in b");
    findings.add(Finding.unknown("two of them are there"));
    assertThat(first.retry(run).reason()).isEqualTo("IN_DOUBT");
    assertThat(error(run).message()).contains("'b'", "two of them are there", "retry");

    findings.set(0, Finding.done(TextNode.valueOf("found")));
    assertThat(first.retry(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(first.step(run, "one").output())
        .isEqualTo(Json.parse("{\"a\":\"A\",\"b\":\"found\"}"));
    assertThat(script.done()).containsExactly("a", "b");
  }

  @Test
  void unknownWorkThatIsNotThereIsDone() throws Exception {
    twoPieces(name -> Checkpoint.reconcile(name, Finding::notDone));
    RunKey run = failed("in b");
    assertThat(first.retry(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(script.done()).containsExactly("a", "b", "b");
  }

  @Test
  void unknownWorkThatNobodyMayGuessAboutIsInDoubt() throws Exception {
    twoPieces(Checkpoint::inDoubt);
    RunKey run = failed("in b");
    for (int i = 0; i < 2; i++) {
      RunRecord end = first.retry(run);
      assertThat(end.reason()).isEqualTo("IN_DOUBT");
      assertThat(error(run).reason()).isEqualTo("IN_DOUBT");
      assertThat(error(run).message()).contains("'b'");
    }
    assertThat(script.done()).containsExactly("a", "b");
  }

  @Test
  void aResultCountsForItsInputOnly() throws Exception {
    twoPieces(Checkpoint::inDoubt);
    String flow =
        Flow.spec(
            "inputs: {size: {type: integer, default: 1}}",
            "- {id: one, method: act, with: {size: '${{ inputs.size }}'}}");
    dying.add("after");
    RunKey run = first.start(flow);
    first.end(run);
    dying.clear();
    assertThat(first.retry(run, Json.object().put("size", 2)).status())
        .isEqualTo(RunStatus.SUCCEEDED);
    assertThat(script.done()).containsExactly("a", "b", "a");
  }

  @Test
  void whatWasNotMadeLeavesNoDoubt() throws Exception {
    script.on(
        "one",
        (arguments, context) -> {
          context.checkpoint(
              Checkpoint.inDoubt("a"),
              () -> {
                script.note("a");
                if (dying.contains("refused")) {
                  throw World.refused("no");
                }
                return null;
              });
          return MethodResult.of(arguments, Outcome.EXECUTED);
        });
    RunKey run = failed("refused");
    assertThat(first.server.readRuns().find(run).checkpoints())
        .extracting(CheckpointRecord::state)
        .containsExactly(CheckpointRecord.State.NOT_MADE);
    assertThat(first.retry(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(script.done()).containsExactly("a", "a");
  }

  @Test
  void eachItemHasItsOwn() throws Exception {
    script.on(
        "each",
        (arguments, context) -> {
          JsonNode item = arguments.get("item");
          work(context, Checkpoint.inDoubt("a"), item);
          script.note(item.asText());
          die("after " + item.asText());
          return MethodResult.of(
              context.checkpoint(Checkpoint.inDoubt("a"), () -> null), Outcome.EXECUTED);
        });
    dying.add("after y");
    RunKey run =
        first.start(
            Flow.steps(
                """
                - id: each
                  method: act
                  instance: each
                  forEach: {in: [x, y, z], concurrency: 1}
                  with: {item: "${{ each.value }}"}
                """));
    first.end(run);
    dying.clear();
    assertThat(first.retry(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(script.done()).containsExactly("a", "x", "a", "y", "a", "z", "y");
    assertThat(first.server.readRuns().find(run).checkpoints())
        .extracting(c -> c.step() + " " + c.result())
        .hasSize(3)
        .doesNotHaveDuplicates()
        .allMatch(c -> c.startsWith("each["));
  }

  @Test
  void aResultOverTheLimitFailsTheStepAndLeavesTheWorkUnknown() throws Exception {
    script.on(
        "one",
        (arguments, context) -> {
          work(context, Checkpoint.inDoubt("a"), TextNode.valueOf("x".repeat(1 << 20)));
          return MethodResult.of(arguments, Outcome.EXECUTED);
        });
    RunKey run = first.start(ONE);
    first.end(run);
    assertThat(error(run).reason()).isEqualTo("LIMIT_EXCEEDED");
    assertThat(error(run).message()).contains("'a'", "1048576");
    assertThat(first.retry(run).reason()).isEqualTo("IN_DOUBT");
  }

  @Test
  void aSuccessEndsTheWorkItsCheckpointsWereOf() throws Exception {
    twoPieces(Checkpoint::inDoubt);
    script.on(
        "two",
        (arguments, context) -> {
          die("in two");
          return MethodResult.of(arguments, Outcome.EXECUTED);
        });
    String flow =
        Flow.steps(
            """
            - {id: one, method: act}
            - {id: two, method: act, dependsOn: [one], recovery: {dependsOn: [one]}}
            """);
    dying.add("in two");
    RunKey run = first.start(flow);
    first.end(run);
    dying.clear();
    assertThat(first.retry(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(script.done()).containsExactly("a", "b", "a", "b");
  }

  /** The first executor hangs in its second piece of work, is taken for dead, and wakes up. */
  private RunKey takenOver(String strategy, CountDownLatch woken, CountDownLatch ended)
      throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    script.on(
        "one",
        (arguments, context) -> {
          work(context, Checkpoint.rerun("a"), TextNode.valueOf("A"));
          boolean later = context.caller().attempt() > 1;
          try {
            JsonNode b =
                context.checkpoint(
                    Checkpoint.rerun("b"),
                    () -> {
                      script.note("b");
                      if (!later) {
                        hanging.countDown();
                        hold(woken);
                      }
                      return TextNode.valueOf(later ? "new" : "stale");
                    });
            return MethodResult.of(b, Outcome.EXECUTED);
          } catch (MethodException e) {
            script.note(e.failure().reason().name());
            throw e;
          } finally {
            if (!later) {
              ended.countDown();
            }
          }
        });
    RunKey run =
        first.start(
            Flow.spec("recovery: {strategy: " + strategy + "}", "- {id: one, method: act}"));
    Script.await(hanging);
    first.silence();
    second = TestExecutor.start(database, script.models(), 100);
    assertThat(second.end(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    return run;
  }

  /** As code that does not mind interrupts. */
  private static void hold(CountDownLatch until) {
    boolean open = false;
    while (!open) {
      try {
        Script.await(until);
        open = true;
      } catch (InterruptedException e) {
        // It is of the kind that goes on.
      }
    }
  }

  @Test
  void aRecoveryGoesOnAndTheOldOwnersResultIsRefused() throws Exception {
    CountDownLatch woken = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    RunKey run = takenOver("idempotent", woken, ended);
    assertThat(script.done()).containsExactly("a", "b", "b");
    woken.countDown();
    Script.await(ended);
    assertThat(script.done()).containsExactly("a", "b", "b", "CLAIM_STALE");
    assertThat(second.step(run, "one").output()).isEqualTo(TextNode.valueOf("new"));
    assertThat(second.server.readRuns().find(run).checkpoints())
        .extracting(c -> c.attempt() + " " + c.name() + " " + c.state() + " " + c.result())
        .containsExactly("1 a DONE \"A\"", "1 b STARTED null", "2 b DONE \"new\"");
  }

  @Test
  void aRestartBeginsFromNothing() throws Exception {
    CountDownLatch woken = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    takenOver("restart", woken, ended);
    woken.countDown();
    Script.await(ended);
    assertThat(script.done()).startsWith("a", "b", "a", "b");
  }
}
