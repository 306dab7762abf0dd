package dev.pawl.server.api;

import dev.pawl.server.api.error.ToStatus;
import dev.pawl.server.api.map.EventMapper;
import dev.pawl.server.api.map.Fields;
import dev.pawl.server.api.map.Keys;
import dev.pawl.server.run.RunEvent;
import dev.pawl.server.run.RunKey;
import dev.pawl.v1.WatchRunRequest;
import dev.pawl.v1.WatchRunResponse;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One watcher. It reads on a thread of its own and waits while its caller does not take what was
 * sent, so that nobody else waits for a slow caller and nothing piles up for it.
 */
final class WatchStream {
  private final RunVerbs runs;
  private final OpenStreams streams;
  private final ServerCallStreamObserver<WatchRunResponse> out;
  private final Runnable stop = this::stop;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable Thread watcher;
  private boolean stopped;

  WatchStream(RunVerbs runs, OpenStreams streams, StreamObserver<WatchRunResponse> out) {
    this.runs = runs;
    this.streams = streams;
    this.out = (ServerCallStreamObserver<WatchRunResponse>) out;
  }

  /** Begins, and returns: the call's own thread has to be free to hear of the caller. */
  void start(WatchRunRequest request) {
    out.setOnReadyHandler(this::wake);
    out.setOnCancelHandler(this::stop);
    Runnable watch = Context.current().wrap(() -> watch(request));
    lock.lock();
    try {
      watcher = Thread.ofVirtual().name("watch-" + request.getRunId()).start(watch);
    } finally {
      lock.unlock();
    }
  }

  private void watch(WatchRunRequest request) {
    streams.opened(stop);
    try {
      RunKey run = Keys.run(request.getNamespace(), request.getRunId());
      long from = Fields.notNegative("from_sequence", request.getFromSequence());
      runs.watch(run, from, this::send);
      if (isStopped()) {
        throw new InterruptedException("the server is stopping");
      }
      out.onCompleted();
    } catch (Throwable t) {
      if (!out.isCancelled()) {
        out.onError(ToStatus.of("WatchRun", isStopped() ? new InterruptedException() : t));
      }
    } finally {
      streams.closed(stop);
    }
  }

  private boolean send(RunEvent event) throws InterruptedException {
    lock.lock();
    try {
      while (!out.isReady() && !stopped) {
        changed.await();
      }
      if (stopped) {
        return false;
      }
    } finally {
      lock.unlock();
    }
    out.onNext(EventMapper.event(event));
    return true;
  }

  private boolean isStopped() {
    lock.lock();
    try {
      return stopped;
    } finally {
      lock.unlock();
    }
  }

  private void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Of a caller that has gone, or a server that stops. */
  private void stop() {
    lock.lock();
    try {
      stopped = true;
      changed.signalAll();
      if (watcher != null) {
        watcher.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }
}
