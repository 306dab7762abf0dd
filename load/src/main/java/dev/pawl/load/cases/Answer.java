package dev.pawl.load.cases;

import dev.pawl.load.Operation;
import io.grpc.stub.StreamObserver;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one answer of a call: goes on with it, or ends the operation. */
final class Answer<T> implements StreamObserver<T> {
  private final Operation.Ended ended;
  private final Consumer<T> goOn;
  private @Nullable T answer;

  Answer(Operation.Ended ended, Consumer<T> goOn) {
    this.ended = ended;
    this.goOn = goOn;
  }

  @Override
  public void onNext(T value) {
    answer = value;
  }

  @Override
  public void onError(Throwable failure) {
    ended.with(failure);
  }

  @Override
  public void onCompleted() {
    if (answer == null) {
      ended.with(new IllegalStateException("no answer"));
      return;
    }
    try {
      goOn.accept(answer);
    } catch (RuntimeException e) {
      ended.with(e);
    }
  }
}
