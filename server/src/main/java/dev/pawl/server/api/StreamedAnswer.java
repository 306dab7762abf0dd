package dev.pawl.server.api;

import dev.pawl.server.api.error.ToStatus;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One stream to a caller. It works on a thread of its own and waits while its caller does not take
 * what was sent, so that nobody else waits for a slow caller and nothing piles up for it. A caller
 * that has gone, or whose deadline has passed, ends the work.
 */
final class StreamedAnswer<R> {
  private final String call;
  private final OpenStreams streams;
  private final ServerCallStreamObserver<R> out;
  private final Runnable stop = this::stop;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable Thread worker;
  private boolean stopped;

  /** What is streamed. */
  @FunctionalInterface
  interface Work<R> {
    void run(StreamedAnswer<R> to) throws Exception;
  }

  /**
   * @param call the method's name, for the log
   */
  StreamedAnswer(String call, OpenStreams streams, StreamObserver<R> out) {
    this.call = call;
    this.streams = streams;
    this.out = (ServerCallStreamObserver<R>) out;
  }

  /** Begins, and returns: the call's own thread has to be free to hear of the caller. */
  void start(Work<R> work) {
    out.setOnReadyHandler(this::wake);
    out.setOnCancelHandler(this::stop);
    Runnable all = Context.current().wrap(() -> answer(work));
    lock.lock();
    try {
      worker = Thread.ofVirtual().name("stream-" + call).start(all);
    } finally {
      lock.unlock();
    }
  }

  private void answer(Work<R> work) {
    streams.opened(stop);
    try {
      work.run(this);
      if (isStopped()) {
        throw new InterruptedException("the server is stopping");
      }
      out.onCompleted();
    } catch (Throwable t) {
      if (!out.isCancelled()) {
        out.onError(ToStatus.of(call, isStopped() ? new InterruptedException() : t));
      }
    } finally {
      streams.closed(stop);
    }
  }

  /** Sends one message once the caller can take it; false when the stream is to end. */
  boolean send(R message) throws InterruptedException {
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
    out.onNext(message);
    return true;
  }

  /** As {@link #send}, for work that ends by being interrupted. */
  void sendOrEnd(R message) throws InterruptedException {
    if (!send(message)) {
      throw new InterruptedException("nobody listens any more");
    }
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
      if (worker != null) {
        worker.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }
}
