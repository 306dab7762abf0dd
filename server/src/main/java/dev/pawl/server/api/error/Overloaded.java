package dev.pawl.server.api.error;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** What a call gets that a server has no room for. */
public final class Overloaded {
  private static final int SHORTEST_MILLIS = 500;
  private static final int LONGEST_MILLIS = 1_500;

  private Overloaded() {}

  /**
   * RESOURCE_EXHAUSTED with a time to come again after, another one for each caller so that they
   * don't come all at once.
   *
   * @param calls that may be under way
   * @param bytes that their requests may have
   */
  public static StatusRuntimeException status(long calls, long bytes) {
    int millis = ThreadLocalRandom.current().nextInt(SHORTEST_MILLIS, LONGEST_MILLIS);
    Status plain =
        ErrorDetails.status(
            Code.RESOURCE_EXHAUSTED,
            "OVERLOADED",
            "the server works on "
                + calls
                + " calls, or on requests of "
                + (bytes >> 20)
                + " MiB together, which is all that it has room for; nothing was begun, call again"
                + " in a second",
            List.of(),
            Map.of("calls", Long.toString(calls), "bytes", Long.toString(bytes)));
    RetryInfo again =
        RetryInfo.newBuilder()
            .setRetryDelay(
                Duration.newBuilder()
                    .setSeconds(millis / 1_000)
                    .setNanos(millis % 1_000 * 1_000_000))
            .build();
    return StatusProto.toStatusRuntimeException(
        plain.toBuilder().addDetails(Any.pack(again)).build());
  }
}
