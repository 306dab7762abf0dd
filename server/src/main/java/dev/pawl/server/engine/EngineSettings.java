package dev.pawl.server.engine;

import static java.util.Objects.requireNonNull;

import dev.pawl.model.Timing;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How this process runs runs.
 *
 * @param executorId unique to the process
 * @param address of its gRPC port
 * @param timing of the create protocol
 * @param heartbeat between two signs of life; default 5 s
 * @param recoverTasksTimeout without a sign of life for this long, an executor is taken for dead;
 *     default 30 s
 * @param recovery what becomes of the runs of the dead; default {@link Recovery#BY_WORKFLOW}
 * @param maxRuns how many runs it works on at once; more are queued; default 1,000
 * @param database whether any other process can be using the database
 * @param idempotencyRetention how long the answer to an idempotency key is kept; after that only
 *     that it was used; default 90 days
 * @param runRetention how long a run is kept after its end; null: for ever, the default
 */
public record EngineSettings(
    String executorId,
    String address,
    Timing timing,
    Duration heartbeat,
    Duration recoverTasksTimeout,
    Recovery recovery,
    int maxRuns,
    DatabaseUse database,
    Duration idempotencyRetention,
    @Nullable Duration runRetention) {
  public static final Duration HEARTBEAT = Duration.ofSeconds(5);
  public static final Duration RECOVER_TASKS_TIMEOUT = Duration.ofSeconds(30);
  public static final int MAX_RUNS = 1_000;

  /** {@code recoverTasks}. */
  public enum Recovery {
    /** As each workflow's strategy says. */
    BY_WORKFLOW,
    /** They all fail. */
    OFF
  }

  /** Who uses the database. */
  public enum DatabaseUse {
    /** Other replicas may. */
    SHARED,
    /** Nobody else can: it is embedded, and its directory is locked. */
    EXCLUSIVE
  }

  public EngineSettings {
    requireNonNull(executorId, "executorId");
    requireNonNull(address, "address");
    requireNonNull(timing, "timing");
    requireNonNull(recovery, "recovery");
    requireNonNull(database, "database");
    requireNonNull(idempotencyRetention, "idempotencyRetention");
    if (heartbeat.multipliedBy(2).compareTo(recoverTasksTimeout) > 0) {
      throw new IllegalArgumentException(
          "recoverTasksTimeout "
              + recoverTasksTimeout
              + " must be at least twice the heartbeat "
              + heartbeat);
    }
    if (runRetention != null && (runRetention.isNegative() || runRetention.isZero())) {
      throw new IllegalArgumentException("runRetention " + runRetention + " must be positive");
    }
  }

  /** Runs are kept for ever. */
  public EngineSettings(
      String executorId,
      String address,
      Timing timing,
      Duration heartbeat,
      Duration recoverTasksTimeout,
      Recovery recovery,
      int maxRuns,
      DatabaseUse database,
      Duration idempotencyRetention) {
    this(
        executorId,
        address,
        timing,
        heartbeat,
        recoverTasksTimeout,
        recovery,
        maxRuns,
        database,
        idempotencyRetention,
        null);
  }
}
