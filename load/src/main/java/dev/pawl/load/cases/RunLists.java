package dev.pawl.load.cases;

import dev.pawl.load.Operation;
import dev.pawl.v1.ExecutionServiceGrpc;
import dev.pawl.v1.ExecutionServiceGrpc.ExecutionServiceStub;
import dev.pawl.v1.ListRunsRequest;
import io.grpc.Channel;

/** The first page of all runs. */
final class RunLists implements Case {
  private static final int PAGE = 20;

  private final Runs runs;
  private final String keys;
  private final ExecutionServiceStub executions;

  RunLists(String keys, Runs runs, Channel channel) {
    this.keys = keys + "-listed-";
    this.runs = runs;
    this.executions = ExecutionServiceGrpc.newStub(channel);
  }

  @Override
  public String name() {
    return "list_runs";
  }

  @Override
  public int n() {
    return 0;
  }

  @Override
  public void prepare() throws Exception {
    runs.store(Workflow.sequential("sequential-1", 1));
    Together.run(
        PAGE,
        (number, ended) -> runs.toTheEnd(runs.request("sequential-1", "{}", keys + number), ended));
  }

  @Override
  public void start(long number, Operation.Ended ended) {
    executions.listRuns(
        ListRunsRequest.newBuilder().setPageSize(PAGE).build(),
        new Answer<>(
            ended,
            answer ->
                ended.with(
                    answer.getRunsCount() == PAGE
                        ? null
                        : new IllegalStateException(answer.getRunsCount() + " runs"))));
  }
}
