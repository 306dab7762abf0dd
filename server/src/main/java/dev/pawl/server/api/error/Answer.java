package dev.pawl.server.api.error;

import com.google.protobuf.Message;
import dev.pawl.model.Reason;
import dev.pawl.server.failure.ServerFailure;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.concurrent.Callable;

/** Runs a unary call's work and answers, whatever comes of it. */
public final class Answer {
  /** The largest answer, in bytes. */
  static final int MAX_ANSWER = 16 << 20;

  private Answer() {}

  /**
   * Answers.
   *
   * @param call the method's name, for the log
   */
  public static <R extends Message> void with(
      String call, StreamObserver<R> out, Callable<R> work) {
    ServerCallStreamObserver<R> observer = (ServerCallStreamObserver<R>) out;
    // Without a handler an answer to a caller that has gone would be thrown at us.
    observer.setOnCancelHandler(() -> {});
    R answer;
    try {
      answer = limited(work.call());
    } catch (Throwable t) {
      if (!observer.isCancelled()) {
        observer.onError(ToStatus.of(call, t));
      }
      return;
    }
    observer.onNext(answer);
    observer.onCompleted();
  }

  /**
   * As {@link #with}, for work that waits for others: it is interrupted when its caller has gone or
   * its deadline has passed.
   */
  public static <R extends Message> void whileWanted(
      String call, StreamObserver<R> out, Callable<R> work) {
    with(
        call,
        out,
        () -> {
          Context context = Context.current();
          Thread here = Thread.currentThread();
          Context.CancellationListener gone = cancelled -> here.interrupt();
          context.addListener(gone, Runnable::run);
          try {
            return work.call();
          } finally {
            context.removeListener(gone);
          }
        });
  }

  private static <R extends Message> R limited(R answer) {
    int size = answer.getSerializedSize();
    if (size > MAX_ANSWER) {
      throw ServerFailure.of(
              Reason.Code.RESOURCE_EXHAUSTED,
              Reason.LIMIT_EXCEEDED.name(),
              "the answer has "
                  + size
                  + " bytes, over the limit of "
                  + MAX_ANSWER
                  + "; leave fields out by read_mask, or ask for smaller pages")
          .with(Map.of("limit", "answer size " + MAX_ANSWER, "actual", Integer.toString(size)));
    }
    return answer;
  }
}
