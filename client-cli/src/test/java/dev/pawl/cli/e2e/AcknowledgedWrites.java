package dev.pawl.cli.e2e;

import dev.pawl.v1.Data;
import dev.pawl.v1.GetDataRequest;
import dev.pawl.v1.PutDataRequest;
import dev.pawl.v1.ResourceKey;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A client that writes one value after the other, and remembers which were acknowledged. */
final class AcknowledgedWrites implements AutoCloseable {
  private static final long PAUSE_MS = 20;

  private final String name;
  private final CrashServers.One server;
  private final List<Integer> acknowledged = new ArrayList<>();
  private final List<String> surprises = new ArrayList<>();
  private final Thread thread;
  private double longest;
  private volatile boolean ended;

  AcknowledgedWrites(String name, CrashServers.One server) {
    this.name = name;
    this.server = server;
    this.thread = Thread.ofVirtual().start(this::write);
  }

  private void write() {
    long last = System.nanoTime();
    for (int i = 0; !ended; i++) {
      while (!put(i)) {
        rest();
      }
      acknowledged.add(i);
      longest = Math.max(longest, (System.nanoTime() - last) / 1e9);
      last = System.nanoTime();
      rest();
    }
  }

  /** The same call is repeated until it is answered, as the message of UNAVAILABLE says. */
  private boolean put(int number) {
    PutDataRequest request =
        PutDataRequest.newBuilder()
            .setKey(key(number))
            .setDataJson("{\"number\": " + number + "}")
            .setIdempotencyKey(name + "-" + number)
            .build();
    try {
      server.data().putData(request);
      return true;
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.UNAVAILABLE) {
        surprises.add("PutData answers " + e.getStatus());
      }
      return false;
    }
  }

  private ResourceKey key(int number) {
    return ResourceKey.newBuilder()
        .setModelType("ha/note")
        .setInstance(name + "-" + number)
        .build();
  }

  private static void rest() {
    CompletableFuture.runAsync(
            () -> {}, CompletableFuture.delayedExecutor(PAUSE_MS, TimeUnit.MILLISECONDS))
        .join();
  }

  /** Ends once the write under way is acknowledged. */
  @Override
  public void close() throws InterruptedException {
    ended = true;
    thread.join();
  }

  int count() {
    return acknowledged.size();
  }

  /** The longest time from one acknowledgement to the next, in seconds. */
  double longest() {
    return longest;
  }

  /** Answers that tell a client neither that it was done nor to call again. */
  List<String> surprises() {
    return surprises.stream().distinct().toList();
  }

  /** Which of the acknowledged writes can't be read. */
  List<String> lost(CrashServers.One from) {
    List<String> lost = new ArrayList<>();
    for (int number : acknowledged) {
      try {
        Data data =
            from.data().getData(GetDataRequest.newBuilder().setKey(key(number)).build()).getData();
        if (!data.getDataJson().replace(" ", "").equals("{\"number\":" + number + "}")) {
          lost.add(name + "-" + number + " is " + data.getDataJson());
        }
      } catch (StatusRuntimeException e) {
        if (e.getStatus().getCode() != Status.Code.NOT_FOUND) {
          throw e;
        }
        lost.add(name + "-" + number + " is gone");
      }
    }
    return lost;
  }
}
