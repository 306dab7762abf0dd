package dev.pawl.server.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Failure;
import dev.pawl.model.Json;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodDescriptor.Trait;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodKind;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.server.models.ModelRegistry;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The world that a test's steps act on: it counts what is done to it, by name, and can be told to
 * fail or to wait.
 */
final class World {
  private static final int PATIENCE = 30;

  private final Queue<String> done = new ConcurrentLinkedQueue<>();
  private final Map<String, AtomicInteger> atOnce = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> most = new ConcurrentHashMap<>();
  private final Map<String, Queue<MethodException>> failures = new ConcurrentHashMap<>();
  private final Map<String, RuntimeException> defects = new ConcurrentHashMap<>();
  private final Set<String> interrupts = ConcurrentHashMap.newKeySet();
  private final Map<String, Gate> gates = new ConcurrentHashMap<>();
  private final Map<String, JsonNode> gifts = new ConcurrentHashMap<>();

  /** Where a method waits until the test lets it go on. */
  static final class Gate {
    private final CountDownLatch reached;
    private final CountDownLatch open = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);

    private Gate(int parties) {
      reached = new CountDownLatch(parties);
    }

    void awaitReached() throws InterruptedException {
      await(reached, "nobody came to the gate");
    }

    void awaitInterrupted() throws InterruptedException {
      await(interrupted, "nobody was interrupted at the gate");
    }

    boolean isReached() {
      return reached.getCount() == 0;
    }

    void open() {
      open.countDown();
    }

    private void pass() throws InterruptedException {
      reached.countDown();
      try {
        await(open, "the gate was never opened");
      } catch (InterruptedException e) {
        interrupted.countDown();
        throw e;
      }
    }

    private static void await(CountDownLatch latch, String else_) throws InterruptedException {
      if (!latch.await(PATIENCE, TimeUnit.SECONDS)) {
        throw new AssertionError(else_);
      }
    }
  }

  /** Calls of this name wait at the gate. */
  Gate gate(String name) {
    return gate(name, 1);
  }

  Gate gate(String name, int parties) {
    Gate gate = new Gate(parties);
    gates.put(name, gate);
    return gate;
  }

  void noGate(String name) {
    gates.remove(name);
  }

  /** The next calls of this name fail, each after it has been counted. */
  void failNext(String name, MethodException... with) {
    failures.computeIfAbsent(name, n -> new ConcurrentLinkedQueue<>()).addAll(List.of(with));
  }

  /** Every call of this name ends as if interrupted. */
  void interruptAt(String name) {
    interrupts.add(name);
  }

  /** Every call of this name throws something undeclared. */
  void breakAt(String name, RuntimeException defect) {
    defects.put(name, defect);
  }

  /** Calls of this name give this, in place of their arguments. */
  void give(String name, JsonNode output) {
    gifts.put(name, output);
  }

  void mend(String name) {
    defects.remove(name);
    failures.remove(name);
  }

  static MethodException refused(String message) {
    return MethodException.notMade(Failure.of(Reason.API_REFUSED, message));
  }

  static MethodException unavailable() {
    return MethodException.unknown(Failure.of(Reason.UNAVAILABLE, "the API has gone away"));
  }

  static MethodException unreachable() {
    return MethodException.notMade(Failure.of(Reason.UNREACHABLE, "nobody answers"));
  }

  /** What was done, in order, by name. */
  List<String> done() {
    return List.copyOf(done);
  }

  long times(String name) {
    return done.stream().filter(name::equals).count();
  }

  /** How many calls whose name begins so were under way at once at most. */
  int mostAtOnce(String prefix) {
    AtomicInteger found = most.get(prefix);
    return found == null ? 0 : found.get();
  }

  /**
   * {@code test/thing}: read, act, update and delete give their arguments back; {@code once} is
   * idempotent, {@code make} an unclaimed create. Each is counted under {@code with.as}, else the
   * instance.
   */
  ModelRegistry models() {
    FakeModel thing =
        new FakeModel("test/thing")
            .with("read", MethodKind.READ, this::act)
            .with("act", MethodKind.ACTION, this::act)
            .with("update", MethodKind.UPDATE, this::act)
            .with("make", MethodKind.CREATE, this::make)
            .with("create", MethodKind.CREATE, this::make, Trait.IDEMPOTENT)
            .with("once", MethodKind.ACTION, this::act, Trait.IDEMPOTENT)
            .with(
                "strict",
                MethodKind.ACTION,
                (ObjectNode)
                    Json.parse(
                        """
                        {"type":"object","required":["size"],"additionalProperties":false,
                         "properties":{"size":{"type":"integer"}}}\
                        """),
                this::act);
    return new ModelRegistry(Map.of("test/thing", thing));
  }

  private MethodResult make(ObjectNode arguments, MethodContext context)
      throws MethodException, InterruptedException {
    return MethodResult.of(act(arguments, context).output(), Outcome.CREATED);
  }

  private MethodResult act(ObjectNode arguments, MethodContext context)
      throws MethodException, InterruptedException {
    JsonNode as = arguments.get("as");
    String name = as == null ? context.instance() : as.asText();
    String group = name.replaceAll("-.*", "");
    int now = atOnce.computeIfAbsent(group, g -> new AtomicInteger()).incrementAndGet();
    most.computeIfAbsent(group, g -> new AtomicInteger()).accumulateAndGet(now, Math::max);
    try {
      done.add(name);
      Gate gate = gates.get(name);
      if (gate != null) {
        gate.pass();
      }
      if (interrupts.contains(name)) {
        throw new InterruptedException("of its own accord");
      }
      RuntimeException defect = defects.get(name);
      if (defect != null) {
        throw defect;
      }
      Queue<MethodException> failing = failures.get(name);
      MethodException failure = failing == null ? null : failing.poll();
      if (failure != null) {
        throw failure;
      }
      return MethodResult.of(gifts.getOrDefault(name, arguments), Outcome.EXECUTED);
    } finally {
      java.util.Objects.requireNonNull(atOnce.get(group)).decrementAndGet();
    }
  }
}
