package dev.pawl.cli.e2e;

import dev.pawl.v1.Data;
import dev.pawl.v1.DataState;
import dev.pawl.v1.DataVersion;
import dev.pawl.v1.GetDataRequest;
import dev.pawl.v1.ListVersionsRequest;
import dev.pawl.v1.ResourceKey;
import dev.pawl.v1.Run;
import dev.pawl.v1.RunStatus;
import dev.pawl.v1.StartRunResponse;
import dev.pawl.v1.StepExecution;
import dev.pawl.v1.StepStatus;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Holds Pawl's answers about a run against the API's ledger. */
final class CrashCheck {
  private final AdversarialApi api;
  private final CrashDatabase database;
  private final List<String> violations = new ArrayList<>();

  CrashCheck(AdversarialApi api, CrashDatabase database) {
    this.api = api;
    this.database = database;
  }

  /** What is not as promised; empty: nothing. */
  List<String> of(CrashRun wanted, Run run, CrashServers.One server) throws SQLException {
    StartRunResponse again = server.execution().startRun(wanted.request());
    expect(
        again.getReplayed() && again.getRun().getRunId().equals(run.getRunId()),
        wanted.id() + " is also the run " + again.getRun().getRunId());
    for (String instance : wanted.instances()) {
      int made = api.made(instance).size();
      expect(made <= 1, made + " objects are called " + instance);
      long created = database.created(instance);
      expect(created <= 1, instance + " is CREATED " + created + " times");
    }
    for (StepExecution step : run.getStepsList()) {
      if (step.getStatus() == StepStatus.STEP_STATUS_SUCCEEDED) {
        succeeded(wanted, step, server);
      } else {
        expect(
            run.getStatus() != RunStatus.RUN_STATUS_SUCCEEDED,
            run.getRunId() + " succeeded, its step " + step.getStepId() + " did not");
      }
    }
    for (int before = 1; before < wanted.disturbed(); before++) {
      if (!hasSucceeded(run, wanted.instance(before))) {
        // What it was disturbed by came before its point: it is held to all else that is said here.
        continue;
      }
      long posts = api.posts(wanted.instance(before));
      expect(posts == 1, wanted.instance(before) + " was done and was sent " + posts + " times");
    }
    return violations;
  }

  private static boolean hasSucceeded(Run run, String instance) {
    return run.getStepsList().stream()
        .anyMatch(
            s ->
                s.getInstance().equals(instance)
                    && s.getStatus() == StepStatus.STEP_STATUS_SUCCEEDED);
  }

  private void succeeded(CrashRun wanted, StepExecution step, CrashServers.One server) {
    String instance = step.getInstance();
    List<AdversarialApi.Made> made = api.made(instance);
    expect(!made.isEmpty(), instance + " succeeded, and there is no such object");
    if (made.isEmpty()) {
      return;
    }
    String id = made.getFirst().id();
    ResourceKey key =
        ResourceKey.newBuilder()
            .setModelType("adversary/" + wanted.model())
            .setInstance(instance)
            .build();
    Data data = server.data().getData(GetDataRequest.newBuilder().setKey(key).build()).getData();
    expect(data.getState() == DataState.DATA_STATE_PRESENT, instance + " is " + data.getState());
    expect(
        data.getExternalId().equals(id),
        instance + " is " + id + ", GetData says " + data.getExternalId());
    expect(
        step.getOutputJson().contains("\"" + id + "\""),
        instance + " is " + id + ", GetRun says " + step.getOutputJson());
    List<DataVersion> versions =
        server
            .data()
            .listVersions(ListVersionsRequest.newBuilder().setKey(key).build())
            .getVersionsList();
    expect(
        versions.stream().allMatch(v -> v.getExternalId().equals(id)),
        instance + " is " + id + ", ListVersions says " + versions);
  }

  private void expect(boolean holds, String otherwise) {
    if (!holds) {
      violations.add(otherwise);
    }
  }
}
