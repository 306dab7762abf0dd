package dev.pawl.client;

import static java.util.Objects.requireNonNull;

import dev.pawl.v1.DataRepositoryServiceGrpc;
import dev.pawl.v1.ResourceKey;
import io.grpc.Channel;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * A Pawl server, for code that makes things itself. Whatever else the server offers is on the stubs
 * of {@code dev.pawl.v1}, over the same channel.
 */
public final class Pawl implements AutoCloseable {
  private final DataRepositoryServiceGrpc.DataRepositoryServiceBlockingStub repository;
  private final ScheduledExecutorService timer;

  private Pawl(Channel channel) {
    this.repository = DataRepositoryServiceGrpc.newBlockingStub(channel);
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "pawl-lease");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Over a channel, which stays the caller's to close. */
  public static Pawl over(Channel channel) {
    return new Pawl(requireNonNull(channel, "channel"));
  }

  /**
   * Makes a resource, or gives what is there. Of all that race on a key, in any language and on any
   * machine, one runs its {@code create}; the others wait and get its data.
   *
   * @param key whose namespace and output spec may be empty
   * @param probe looks for it when an earlier create's outcome is not known; null: {@link
   *     InDoubtException} then
   * @throws InDoubtException without a probe
   * @throws io.grpc.StatusRuntimeException what the server refuses, CLAIM_HELD (ABORTED) when
   *     another holder did not finish within {@link CreateOptions#claimWait()}. Where it refuses
   *     what was made, that is among its {@linkplain Throwable#getSuppressed() suppressed}
   * @throws Exception what {@code create} or {@code probe} threw
   */
  public CreateResult createOrGet(
      ResourceKey key, Create create, @Nullable Probe probe, CreateOptions options)
      throws Exception {
    return new Claims(repository, timer, key, options).run(create, probe);
  }

  /** With {@link CreateOptions#DEFAULT}. */
  public CreateResult createOrGet(ResourceKey key, Create create, @Nullable Probe probe)
      throws Exception {
    return createOrGet(key, create, probe, CreateOptions.DEFAULT);
  }

  /** Stops renewing; the channel stays open. */
  @Override
  public void close() {
    timer.shutdownNow();
  }
}
