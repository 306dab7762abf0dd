package dev.pawl.load.cases;

import dev.pawl.load.Operation;
import dev.pawl.v1.ExecuteMethodRequest;
import dev.pawl.v1.ExecutionServiceGrpc;
import dev.pawl.v1.ExecutionServiceGrpc.ExecutionServiceStub;
import dev.pawl.v1.ResourceKey;
import io.grpc.Channel;

/** ExecuteMethod: a run of one step in one call. */
final class MethodCalls implements Case {
  private final String keys;
  private final ExecutionServiceStub executions;

  MethodCalls(String keys, Channel channel) {
    this.keys = keys;
    this.executions = ExecutionServiceGrpc.newStub(channel);
  }

  @Override
  public String name() {
    return "method";
  }

  @Override
  public int n() {
    return 1;
  }

  @Override
  public void prepare() {
    // Nothing has to be there.
  }

  @Override
  public void start(long number, Operation.Ended ended) {
    executions.executeMethod(
        ExecuteMethodRequest.newBuilder()
            .setKey(ResourceKey.newBuilder().setModelType("core/assert"))
            .setMethod("check")
            .setArgumentsJson("{\"that\": true}")
            .setIdempotencyKey(keys + "-" + number)
            .build(),
        new Answer<>(ended, answer -> ended.with(null)));
  }
}
