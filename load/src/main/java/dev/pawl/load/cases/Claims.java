package dev.pawl.load.cases;

import dev.pawl.load.Operation;
import dev.pawl.v1.ClaimRequest;
import dev.pawl.v1.ClaimResponse;
import dev.pawl.v1.CompleteRequest;
import dev.pawl.v1.DataRepositoryServiceGrpc;
import dev.pawl.v1.DataRepositoryServiceGrpc.DataRepositoryServiceStub;
import dev.pawl.v1.ResourceKey;
import io.grpc.Channel;

/** createOrGet as clients have it: one call says that it exists, or two make it known. */
final class Claims {
  private static final String DATA =
      "{\"id\":\"4711\",\"name\":\"a thing of which little is known\"}";

  private final DataRepositoryServiceStub data;

  Claims(Channel channel) {
    this.data = DataRepositoryServiceGrpc.newStub(channel);
  }

  void hit(String instance, Operation.Ended ended) {
    data.claim(
        request(instance),
        new Answer<>(
            ended,
            answer ->
                ended.with(
                    answer.hasExisting()
                        ? null
                        : new IllegalStateException(instance + " is " + answer))));
  }

  /** What is made takes no time, so all of it is Pawl's. */
  void miss(String instance, Operation.Ended ended) {
    data.claim(request(instance), new Answer<>(ended, answer -> complete(answer, ended)));
  }

  private void complete(ClaimResponse answer, Operation.Ended ended) {
    if (!answer.hasGranted()) {
      ended.with(new IllegalStateException("not granted: " + answer));
      return;
    }
    data.complete(
        CompleteRequest.newBuilder()
            .setClaimToken(answer.getGranted().getClaimToken())
            .setDataJson(DATA)
            .build(),
        new Answer<>(ended, done -> ended.with(null)));
  }

  private static ClaimRequest request(String instance) {
    return ClaimRequest.newBuilder()
        .setKey(ResourceKey.newBuilder().setModelType("load/thing").setInstance(instance))
        .build();
  }
}
