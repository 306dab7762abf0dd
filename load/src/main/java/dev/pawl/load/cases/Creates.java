package dev.pawl.load.cases;

import dev.pawl.load.Operation;
import dev.pawl.v1.CreateOrGetRequest;
import dev.pawl.v1.DataRepositoryServiceGrpc;
import dev.pawl.v1.DataRepositoryServiceGrpc.DataRepositoryServiceStub;
import dev.pawl.v1.Outcome;
import dev.pawl.v1.ResourceKey;
import io.grpc.Channel;

/** CreateOrGet: the server itself sends the create, to an API that does nothing. */
final class Creates implements Case {
  private final String keys;
  private final DataRepositoryServiceStub data;

  Creates(String keys, Channel channel) {
    this.keys = keys;
    this.data = DataRepositoryServiceGrpc.newStub(channel);
  }

  @Override
  public String name() {
    return "create";
  }

  @Override
  public int n() {
    return 1;
  }

  @Override
  public void prepare() {
    // Nothing may be there.
  }

  @Override
  public void start(long number, Operation.Ended ended) {
    String name = keys + "-" + number;
    data.createOrGet(
        CreateOrGetRequest.newBuilder()
            .setKey(ResourceKey.newBuilder().setModelType("noop/thing").setInstance(name))
            .setArgumentsJson("{\"name\":\"" + name + "\"}")
            .build(),
        new Answer<>(
            ended,
            answer ->
                ended.with(
                    answer.getOutcome() == Outcome.OUTCOME_CREATED
                        ? null
                        : new IllegalStateException(name + " is " + answer.getOutcome()))));
  }
}
