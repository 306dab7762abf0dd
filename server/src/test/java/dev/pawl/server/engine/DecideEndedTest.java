package dev.pawl.server.engine;

import static dev.pawl.schema.Tables.AUDIT_EVENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.pawl.model.Json;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.run.PlannedStep;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepOverride;
import dev.pawl.server.store.RunQuery;
import java.util.List;
import java.util.Set;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What people decide about ended runs: steps that count as done, and runs put aside. */
class DecideEndedTest extends EngineTest {
  private static final String FLOW =
      Flow.steps(
          """
          - {id: a, method: act}
          - {id: bad, method: act, with: {was: "${{ steps.a.output }}"}}
          - {id: after, method: act, with: {got: "${{ steps.bad.output.x }}"}}
          """);

  private RunKey failed(String flow, String... steps) throws InterruptedException {
    for (String step : steps) {
      world.failNext(step, World.refused("no"));
    }
    RunRecord run = executor.run(flow);
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    return run.key();
  }

  private static SkipStep.Command skip(RunKey run, String step, JsonNode output) {
    return skip(run, step, "", output, null);
  }

  private static SkipStep.Command skip(
      RunKey run, String step, String iteration, JsonNode output, @Nullable Integer attempt) {
    return new SkipStep.Command(run, step, iteration, output, "made by hand", attempt, "ann");
  }

  private void assertRefused(String reason, SkipStep.Command command) {
    assertThatThrownBy(() -> executor.server.skipStep().run(command))
        .isInstanceOfSatisfying(ServerFailure.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private List<String> audit(RunKey run) {
    return DSL.using(database.database().dataSource(), SQLDialect.POSTGRES)
        .selectFrom(AUDIT_EVENT)
        .where(AUDIT_EVENT.SUBJECT.eq("run " + run.runId()))
        .orderBy(AUDIT_EVENT.ID)
        .fetch(row -> row.getActor() + " " + row.getAction() + " " + row.getDetail().data());
  }

  @Test
  void aSkippedStepGivesWhatWasSaidToThoseAfterIt() throws Exception {
    RunKey run = failed(FLOW, "bad");
    executor.server.skipStep().run(skip(run, "bad", Json.object().put("x", 7)));
    PlannedStep planned =
        executor.server.planRetry().run(executor.again(run, Json.object())).steps().get(1);
    assertThat(planned.action()).isEqualTo(PlannedStep.Action.SKIP);
    assertThat(planned.reasons()).containsExactly("skipped by ann: made by hand");

    assertThat(executor.retry(run).status()).isEqualTo(RunStatus.SUCCEEDED);

    assertThat(world.done()).containsExactly("a", "bad", "after");
    assertThat(executor.steps(run)).containsEntry("bad", "SKIPPED");
    assertThat(executor.step(run, "bad").warnings())
        .containsExactly("skipped by ann: made by hand");
    assertThat(executor.step(run, "after").output()).isEqualTo(Json.object().put("got", 7));
    StepOverride said = executor.server.readRuns().find(run).overrides().get(0);
    assertThat(said.attempt()).isEqualTo(1);
    assertThat(said.output()).isEqualTo(Json.object().put("x", 7));
    assertThat(audit(run)).hasSize(1);
    assertThat(audit(run).get(0)).contains("ann STEP_SKIPPED", "made by hand", "\"x\": 7");
  }

  @Test
  void itHoldsInEveryLaterAttemptUntilTheStepIsNamed() throws Exception {
    RunKey run = failed(FLOW, "bad", "after", "after");
    executor.server.skipStep().run(skip(run, "bad", Json.object().put("x", 7)));
    assertThat(executor.retry(run).status()).isEqualTo(RunStatus.FAILED);
    world.failNext("after", World.refused("no"));
    assertThat(executor.retry(run).status()).isEqualTo(RunStatus.FAILED);
    assertThat(world.times("bad")).isEqualTo(1);

    executor
        .server
        .retryRun()
        .run(
            new RetryRun.Command(
                run, null, null, "", Json.object(), "bad", List.of(), false, null, "me"));
    executor.end(run);
    assertThat(world.times("bad")).isEqualTo(2);
    assertThat(executor.steps(run)).containsEntry("bad", "EXECUTED");
  }

  @Test
  void aWholeForEachAndOneIterationMayBeSkipped() throws Exception {
    String flow =
        Flow.steps(
            """
            - id: each
              method: act
              instance: "${{ each.value }}"
              forEach: {in: [x, y]}
            - {id: after, method: act, with: {got: "${{ steps.each.output }}"}}
            """);
    RunKey one = failed(flow, "x");
    assertRefused("STEP_NOT_FOUND", skip(one, "each", "z", NullNode.getInstance(), null));
    assertRefused("STEP_NOT_SKIPPABLE", skip(one, "each", "y", NullNode.getInstance(), null));
    executor.server.skipStep().run(skip(one, "each", "x", Json.object().put("id", 1), null));
    assertThat(executor.retry(one).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(executor.step(one, "after").output())
        .isEqualTo(Json.parse("{\"got\":[{\"id\":1},{}]}"));

    RunKey whole = failed(flow, "x", "y");
    executor.server.skipStep().run(skip(whole, "each", Json.parse("[1,2]")));
    assertThat(executor.retry(whole).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(executor.step(whole, "after").output()).isEqualTo(Json.parse("{\"got\":[1,2]}"));
  }

  @Test
  void whatCannotBeSkippedIsRefused() throws Exception {
    World.Gate gate = world.gate("slow");
    RunKey running = executor.start(Flow.steps("- {id: slow, method: act}"));
    gate.awaitReached();
    assertRefused("STEP_NOT_SKIPPABLE", skip(running, "slow", NullNode.getInstance()));
    gate.open();
    executor.end(running);
    assertRefused("STEP_NOT_SKIPPABLE", skip(running, "slow", NullNode.getInstance()));

    RunKey run = failed(FLOW, "bad");
    assertRefused("STEP_NOT_SKIPPABLE", skip(run, "a", NullNode.getInstance()));
    assertRefused("STEP_NOT_FOUND", skip(run, "bat", NullNode.getInstance()));
    assertRefused("ATTEMPT_CHANGED", skip(run, "bad", "", NullNode.getInstance(), 2));
    assertRefused(
        "RUN_NOT_FOUND", skip(new RunKey("default", "none"), "bad", NullNode.getInstance()));
    executor.server.archiveRun().run(run, "ann");
    assertRefused("RUN_ARCHIVED", skip(run, "bad", NullNode.getInstance()));
    assertThat(executor.server.readRuns().find(run).overrides()).isEmpty();
  }

  @Test
  void anArchivedRunIsOutOfTheListsAndCannotBeRetried() throws Exception {
    RunKey run = failed(FLOW, "bad");
    RunRecord archived = executor.server.archiveRun().run(run, "ann");
    assertThat(archived.archivedAt()).isNotNull();
    assertThat(executor.server.archiveRun().run(run, "bob").archivedAt())
        .isEqualTo(archived.archivedAt());
    assertThat(listed(RunQuery.Archived.LEFT_OUT)).doesNotContain(run);
    assertThat(listed(RunQuery.Archived.SHOWN)).contains(run);
    assertThat(audit(run)).hasSize(1);
    assertThat(audit(run).get(0)).startsWith("ann RUN_ARCHIVED");
    assertThatThrownBy(() -> executor.retry(run))
        .isInstanceOfSatisfying(
            ServerFailure.class, e -> assertThat(e.reason()).isEqualTo("RUN_ARCHIVED"));
    assertThatThrownBy(() -> executor.server.planRetry().run(executor.again(run, Json.object())))
        .isInstanceOf(ServerFailure.class);
  }

  private List<RunKey> listed(RunQuery.Archived archived) {
    return executor
        .runs
        .list(new RunQuery("default", null, 1000, Set.of(), null, archived))
        .stream()
        .map(RunRecord::key)
        .toList();
  }

  @Test
  void aRunThatHasNotEndedIsNotArchived() throws Exception {
    World.Gate gate = world.gate("slow");
    RunKey running = executor.start(Flow.steps("- {id: slow, method: act}"));
    gate.awaitReached();
    assertThatThrownBy(() -> executor.server.archiveRun().run(running, "ann"))
        .isInstanceOfSatisfying(
            ServerFailure.class, e -> assertThat(e.reason()).isEqualTo("RUN_NOT_ENDED"));
    gate.open();
    executor.end(running);
  }
}
