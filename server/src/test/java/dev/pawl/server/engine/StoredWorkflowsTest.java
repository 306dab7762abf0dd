package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.v1.ExecutionServiceGrpc;
import dev.pawl.v1.ExecutionServiceGrpc.ExecutionServiceBlockingStub;
import dev.pawl.v1.GetWorkflowRequest;
import dev.pawl.v1.ListWorkflowsRequest;
import dev.pawl.v1.ListWorkflowsResponse;
import dev.pawl.v1.PlanRunRequest;
import dev.pawl.v1.PutWorkflowRequest;
import dev.pawl.v1.PutWorkflowResponse;
import dev.pawl.v1.StartRunRequest;
import dev.pawl.v1.StartRunResponse;
import dev.pawl.v1.Workflow;
import dev.pawl.v1.WorkflowDefinition;
import dev.pawl.v1.WorkflowReference;
import dev.pawl.v1.WorkflowServiceGrpc;
import dev.pawl.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Workflows put by name, over the wire and on a real engine. */
class StoredWorkflowsTest extends EngineTest {
  private Served served;
  private WorkflowServiceBlockingStub workflows;
  private ExecutionServiceBlockingStub runs;

  @BeforeEach
  void serve() {
    served = new Served(executor);
    workflows = WorkflowServiceGrpc.newBlockingStub(served.channel);
    runs = ExecutionServiceGrpc.newBlockingStub(served.channel);
  }

  @AfterEach
  void shut() {
    served.close();
  }

  /** A workflow of a name, with a step of another. */
  private static String flow(String name, String step) {
    return Flow.spec(
            "inputs: {size: {type: integer, default: 1}, note: {type: string}}",
            "- {id: STEP, method: act, with: {size: \"${{ inputs.size }}\"}}".replace("STEP", step))
        .replace("name: test", "name: " + name)
        .replace("note: {type: string}", "note: {type: string, default: x}");
  }

  private static PutWorkflowRequest.Builder put(String text) {
    return PutWorkflowRequest.newBuilder()
        .setDefinition(WorkflowDefinition.newBuilder().setText(text).setFileName("w.yaml"));
  }

  private int version(PutWorkflowRequest.Builder request) {
    return workflows.putWorkflow(request.build()).getWorkflow().getVersion();
  }

  private Workflow get(String name, int version) {
    return workflows
        .getWorkflow(GetWorkflowRequest.newBuilder().setName(name).setVersion(version).build())
        .getWorkflow();
  }

  private static StartRunRequest.Builder run(String name, int version) {
    return StartRunRequest.newBuilder()
        .setStoredWorkflow(WorkflowReference.newBuilder().setName(name).setVersion(version));
  }

  @Test
  void everyVersionStaysReadableAndAnEqualDefinitionStoresNothing() {
    String first = flow("kept", "a");
    assertThat(version(put(first))).isEqualTo(1);
    assertThat(version(put(first.replace("- {id", "-   {id") + "# a comment\n"))).isEqualTo(1);
    assertThat(version(put(flow("kept", "b")))).isEqualTo(2);
    assertThat(version(put(first))).isEqualTo(3);

    Workflow oldest = get("kept", 1);
    assertThat(oldest.getDefinition().getText()).isEqualTo(first);
    assertThat(oldest.getDefinition().getFileName()).isEqualTo("w.yaml");
    assertThat(oldest.getFingerprint()).isEqualTo(get("kept", 3).getFingerprint());
    assertThat(oldest.getInputsSchemaJson()).contains("\"size\"").contains("\"type\":\"object\"");
    assertThat(get("kept", 0).getVersion()).isEqualTo(3);
    assertThat(get("kept", 2).getDefinition().getText()).isEqualTo(flow("kept", "b"));
    for (int missing : List.of(4, 1000)) {
      assertThat(Served.refusal(() -> get("kept", missing)).info().getReason())
          .isEqualTo("WORKFLOW_NOT_FOUND");
    }
  }

  @Test
  void listsGoByNameAndVersionsFromTheNewest() {
    for (String name : List.of("list-b", "list-a", "list-c")) {
      version(put(flow(name, "a")));
      version(put(flow(name, "b")));
    }
    List<String> names = new ArrayList<>();
    String token = "";
    do {
      ListWorkflowsResponse page =
          workflows.listWorkflows(
              ListWorkflowsRequest.newBuilder().setPageSize(2).setPageToken(token).build());
      page.getWorkflowsList().forEach(w -> names.add(w.getName() + "@" + w.getVersion()));
      assertThat(page.getWorkflowsList()).noneMatch(Workflow::hasDefinition);
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    assertThat(names).containsSubsequence("list-a@2", "list-b@2", "list-c@2");

    ListWorkflowsRequest.Builder one =
        ListWorkflowsRequest.newBuilder()
            .setName("list-a")
            .setPageSize(1)
            .setReadMask(FieldMask.newBuilder().addPaths("version").addPaths("definition"));
    ListWorkflowsResponse newest = workflows.listWorkflows(one.build());
    ListWorkflowsResponse oldest =
        workflows.listWorkflows(one.setPageToken(newest.getNextPageToken()).build());
    assertThat(newest.getWorkflows(0).getVersion()).isEqualTo(2);
    assertThat(newest.getWorkflows(0).getName()).isEmpty();
    assertThat(oldest.getWorkflows(0).getDefinition().getText()).isEqualTo(flow("list-a", "a"));
    assertThat(oldest.getNextPageToken()).isEmpty();
    assertThat(
            Served.refusal(() -> workflows.listWorkflows(one.setName("list-b").build()))
                .info()
                .getReason())
        .isEqualTo("INVALID_PAGE_TOKEN");
  }

  @Test
  void anotherVersionThanTheExpectedIsRefused() {
    assertThat(reason(put(flow("cas", "a")).setExpectedVersion(2))).isEqualTo("VERSION_CHANGED");
    assertThat(version(put(flow("cas", "a")).setExpectedVersion(0))).isEqualTo(1);
    Served.Refusal refusal =
        Served.refusal(
            () -> workflows.putWorkflow(put(flow("cas", "b")).setExpectedVersion(0).build()));
    assertThat(refusal.info().getReason()).isEqualTo("VERSION_CHANGED");
    assertThat(refusal.info().getMetadataMap()).containsEntry("version", "1");
    assertThat(version(put(flow("cas", "b")).setExpectedVersion(1))).isEqualTo(2);
    assertThat(reason(put("steps: []"))).isEqualTo("INVALID_WORKFLOW");
    assertThat(reason(put(flow("cas", "c").replace("test/thing", "test/other"))))
        .isEqualTo("INVALID_WORKFLOW");
    assertThat(get("cas", 0).getVersion()).isEqualTo(2);
  }

  private String reason(PutWorkflowRequest.Builder request) {
    return Served.refusal(() -> workflows.putWorkflow(request.build())).info().getReason();
  }

  @Test
  void aKeyRepeatedGivesTheFirstAnswerAndForAnotherRequestIsRefused() {
    PutWorkflowRequest.Builder push = put(flow("push", "a")).setIdempotencyKey("push-1");
    PutWorkflowResponse first = workflows.putWorkflow(push.build());
    version(put(flow("push", "b")));

    PutWorkflowResponse again = workflows.putWorkflow(push.build());
    assertThat(first.getReplayed()).isFalse();
    assertThat(again.getReplayed()).isTrue();
    assertThat(again.getWorkflow()).isEqualTo(first.getWorkflow());
    assertThat(get("push", 0).getVersion()).isEqualTo(2);

    Served.Refusal other =
        Served.refusal(
            () ->
                workflows.putWorkflow(put(flow("push", "c")).setIdempotencyKey("push-1").build()));
    assertThat(other.info().getReason()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    assertThat(other.info().getMetadataOrThrow("differs")).contains("definition.");
    assertThat(other.message()).contains("version 1 of workflow push");

    assertThat(reason(put(flow("push", "d")).setExpectedVersion(9).setIdempotencyKey("push-2")))
        .isEqualTo("VERSION_CHANGED");
    assertThat(version(put(flow("push", "d")).setIdempotencyKey("push-2"))).isEqualTo(3);
    assertThat(reason(push.setIdempotencyKey(""))).isEqualTo("INVALID_IDEMPOTENCY_KEY");
  }

  @Test
  void concurrentPushesWithOneKeyStoreOnceAndDifferentOnesGetVersionsOfTheirOwn() throws Exception {
    List<PutWorkflowResponse> same = new ArrayList<>();
    List<Long> others = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<PutWorkflowResponse>> keyed = new ArrayList<>();
      List<Future<Integer>> different = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        keyed.add(
            threads.submit(
                () ->
                    workflows.putWorkflow(
                        put(flow("keyed", "a")).setIdempotencyKey("same").build())));
        String step = "s" + i;
        different.add(threads.submit(() -> version(put(flow("different", step)))));
      }
      for (Future<PutWorkflowResponse> each : keyed) {
        same.add(each.get());
      }
      for (Future<Integer> each : different) {
        others.add(each.get().longValue());
      }
    }
    assertThat(same.stream().filter(r -> !r.getReplayed())).hasSize(1);
    assertThat(same).extracting(r -> r.getWorkflow().getVersion()).containsOnly(1);
    assertThat(others)
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 8).boxed().toList());
  }

  @Test
  void pastItsRetentionAPushIsRefusedNamingWhatItWas() {
    PutWorkflowRequest.Builder push = put(flow("old", "a")).setIdempotencyKey("old-1");
    workflows.putWorkflow(push.build());
    database.advance(Duration.ofDays(91));

    Served.Refusal late = Served.refusal(() -> workflows.putWorkflow(push.build()));
    assertThat(late.info().getReason()).isEqualTo("IDEMPOTENCY_KEY_EXPIRED");
    assertThat(late.message()).contains("version 1 of workflow old");
    assertThat(get("old", 0).getVersion()).isEqualTo(1);
  }

  @Test
  void aRunOfAStoredWorkflowKeepsItsOwnCopyAndItsVersion() throws Exception {
    version(put(flow("run-me", "a")));
    version(put(flow("run-me", "b")));
    StartRunRequest.Builder latest = run("run-me", 0).setIdempotencyKey("run-me");
    StartRunResponse first = runs.startRun(latest.build());
    assertThat(first.getRun().getWorkflowVersion()).isEqualTo(2);
    RunKey key = new RunKey("default", first.getRun().getRunId());
    assertThat(executor.end(key).status()).isEqualTo(RunStatus.SUCCEEDED);

    version(put(flow("run-me", "c")));
    StartRunResponse again = runs.startRun(latest.build());
    assertThat(again.getReplayed()).isTrue();
    assertThat(again.getRun().getRunId()).isEqualTo(key.runId());
    assertThat(again.getRun().getWorkflowVersion()).isEqualTo(2);

    String second = runs.startRun(run("run-me", 1).build()).getRun().getRunId();
    executor.end(new RunKey("default", second));
    assertThat(world.done()).containsExactly("b", "a");
    assertThat(
            runs.planRun(
                    PlanRunRequest.newBuilder()
                        .setStoredWorkflow(WorkflowReference.newBuilder().setName("run-me"))
                        .build())
                .getStepsList())
        .extracting(s -> s.getStepId())
        .containsExactly("c");
    assertThat(Served.refusal(() -> runs.startRun(run("run-me", 9).build())).info().getReason())
        .isEqualTo("WORKFLOW_NOT_FOUND");
    assertThat(
            Served.refusal(
                    () -> runs.startRun(run("run-me", 1).setIdempotencyKey("run-me").build()))
                .info()
                .getMetadataMap())
        .containsEntry("differs", "stored_workflow.version")
        .containsEntry("run_id", key.runId());
  }

  @Test
  void aMendedDefinitionIsNoVersionAnyMore() throws Exception {
    version(put(flow("mend", "a")));
    world.failNext("a", World.refused("no"));
    RunKey key = new RunKey("default", runs.startRun(run("mend", 1).build()).getRun().getRunId());
    assertThat(executor.end(key).workflowVersion()).isEqualTo(1);

    executor
        .server
        .retryRun()
        .run(
            new RetryRun.Command(
                key,
                null,
                flow("mend", "z"),
                "w.yaml",
                dev.pawl.model.Json.object(),
                null,
                List.of(),
                false,
                null,
                "tester"));
    RunRecord end = executor.end(key);
    assertThat(end.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(end.workflowVersion()).isZero();
  }
}
