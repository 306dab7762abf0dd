package dev.pawl.server.engine;

import dev.pawl.model.MethodKind;
import dev.pawl.server.models.ModelRegistry;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * {@code test/thing} with the methods {@code act} and {@code read}, whose bodies a test writes for
 * each step by its instance; with a diary of what they have done.
 */
final class Script {
  private static final int PATIENCE = 60;

  private final Map<String, FakeModel.Body> bodies = new ConcurrentHashMap<>();
  private final Queue<String> done = new ConcurrentLinkedQueue<>();

  Script on(String instance, FakeModel.Body body) {
    bodies.put(instance, body);
    return this;
  }

  void note(String what) {
    done.add(what);
  }

  List<String> done() {
    return List.copyOf(done);
  }

  ModelRegistry models() {
    FakeModel.Body body =
        (arguments, context) ->
            Objects.requireNonNull(bodies.get(context.instance()), context.instance())
                .run(arguments, context);
    return new ModelRegistry(
        Map.of(
            "test/thing",
            new FakeModel("test/thing")
                .with("act", MethodKind.ACTION, body)
                .with("read", MethodKind.READ, body)));
  }

  /** Waits as long as a slow machine may need. */
  static void await(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(PATIENCE, TimeUnit.SECONDS)) {
      throw new AssertionError("nothing came within " + PATIENCE + " s");
    }
  }
}
