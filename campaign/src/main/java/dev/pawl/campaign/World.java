package dev.pawl.campaign;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.campaign.api.AdversaryApi;
import dev.pawl.campaign.process.Life;
import dev.pawl.campaign.process.Lives;
import dev.pawl.campaign.process.MortalConnection;
import dev.pawl.campaign.process.MortalRepository;
import dev.pawl.campaign.process.StoreFailed;
import dev.pawl.model.Caller;
import dev.pawl.model.CreateOptions;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.Timing;
import dev.pawl.model.data.StoredResource;
import dev.pawl.model.testkit.InMemoryDataRepository;
import dev.pawl.model.testkit.TestContext;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs one case: a workflow of five creates whose processes die as ordered, each followed by
 * another on the same rows; then the API is mended, what is left is tried again, and at last a new
 * run does the whole workflow once more.
 */
public final class World {
  static final List<String> STEPS = List.of("s1", "s2", "s3", "s4", "s5");
  private static final String TYPE = "adversary/thing";
  private static final Duration UNTIL_MENDED = Duration.ofMinutes(15);

  private final Case what;
  private final Control control;
  private final AdversaryApi api;
  private final Lives lives;
  private final InMemoryDataRepository store;
  private final WatchedRepository.Tokens tokens = new WatchedRepository.Tokens();
  private final Journal journal = new Journal();
  private final Set<String> done = new HashSet<>();
  private Instant runStarted;

  private World(Case what, Control control) {
    this.what = what;
    this.control = control;
    this.api = new AdversaryApi(what.how().get());
    this.lives =
        new Lives(what.troubles(), Timing.DEFAULT.lease(), this::runWorkflow, this::deleteOne);
    this.store = new InMemoryDataRepository(lives.processes().time());
    this.runStarted = lives.processes().now();
  }

  /** Runs it, and judges what is left. */
  public static Result run(Case what, Control control) {
    boolean alone = what.troubles().stream().noneMatch(t -> t.kind().needsAnother());
    if (alone || Thread.currentThread().isVirtual()) {
      return runHere(what, control);
    }
    // Turns pass between virtual threads in a fraction of the time that others take.
    AtomicReference<Result> result = new AtomicReference<>();
    try {
      Thread.ofVirtual().start(() -> result.set(runHere(what, control))).join();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted during " + what, e);
    }
    return Objects.requireNonNull(result.get(), what::toString);
  }

  private static Result runHere(Case what, Control control) {
    World world = new World(what, control);
    world.live();
    return new Result(what, world.journal, new Checker(what, world.journal).run(), world.lives);
  }

  private void live() {
    prepare();
    for (int process = 0; process <= what.troubledProcesses() && !isDone(); process++) {
      lives.runNext();
      lives.wait(Timing.DEFAULT.lease().plusSeconds(1));
    }
    lives.endTroubles();
    api.mend();
    lives.wait(UNTIL_MENDED);
    for (int retry = 0; retry < 2 && !isDone(); retry++) {
      lives.runNext();
      lives.wait(Duration.ofHours(1));
    }
    journal.lastRun = lives.processes().now();
    runStarted = journal.lastRun;
    done.clear();
    lives.runNext();
    takeStock();
  }

  /** Another installation's object shows that the API keeps tags; strangers use the same names. */
  private void prepare() {
    ObjectNode marked = Json.object().put("name", "of another installation");
    marked.putArray("tags").add("pawl-other");
    api.strangerMakes(what.strategy().collection(), marked, lives.processes().now());
    boolean clash = what.strategy() == Strategy.CLIENT_ID;
    if (what.strangersBefore()) {
      for (String step : clash ? List.of("s3") : STEPS) {
        ObjectNode alike = Strategy.arguments(name(step), "");
        api.strangerMakes(what.strategy().collection(), alike, lives.processes().now());
      }
    }
    lives.wait(Duration.ofSeconds(30));
    runStarted = lives.processes().now();
  }

  private boolean isDone() {
    return done.containsAll(STEPS);
  }

  private static String name(String step) {
    return "web-" + step;
  }

  private void runWorkflow(Life life) {
    try {
      for (String step : STEPS) {
        if (!done.contains(step)) {
          runStep(life, step);
        }
      }
    } catch (InterruptedException e) {
      // The run was cancelled; it ends here, and is tried again.
    }
  }

  private void runStep(Life life, String step) throws InterruptedException {
    TestContext context = context(life, step);
    try {
      MethodResult result =
          what.strategy().model().invoke("create", Strategy.arguments(name(step), step), context);
      answered(life, step, result, null);
      life.event("step not written");
      done.add(step);
      journal.completed.putIfAbsent(step, lives.processes().now());
      life.event("step written");
    } catch (MethodException e) {
      answered(life, step, null, e);
    } catch (StoreFailed e) {
      answered(life, step, null, null);
    }
  }

  private void answered(
      Life life, String step, @Nullable MethodResult result, @Nullable MethodException failure) {
    StoredResource row = store.read(key(step));
    journal.answers.add(
        new Answer(
            lives.processes().now(),
            life.number(),
            step,
            result == null ? null : result.outcome(),
            result == null ? null : id(result, row),
            failure == null ? null : failure.failure().reason(),
            failure == null ? null : failure.effect(),
            row));
  }

  /** An answer that could not be read has made the object all the same: what is stored names it. */
  private static @Nullable String id(MethodResult result, StoredResource row) {
    return result.output().path("id").asText(row.externalId());
  }

  private void deleteOne(Life life, int number) {
    String step = STEPS.get(number - 1);
    try {
      what.strategy().model().invoke("delete", Json.object(), context(life, step));
      journal.deleted.put(step, lives.processes().now());
    } catch (MethodException e) {
      // There was nothing to delete, or it could not be: then nothing was promised.
      return;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private TestContext context(Life life, String step) {
    WatchedRepository watched =
        new WatchedRepository(control.store(store), tokens, journal.seen::add);
    return TestContext.of(TYPE, step)
        .repository(new MortalRepository(watched, life), life)
        .connection(control.connection(new MortalConnection(api, lives, life), life))
        .caller(new Caller("default", "run-1", step, life.number(), "process " + life.number()))
        .options(
            new CreateOptions(
                CreateOptions.Verify.ALWAYS,
                CreateOptions.OnChange.KEEP,
                CreateOptions.Adopt.NEVER,
                runStarted,
                false))
        .build();
  }

  private static ResourceKey key(String step) {
    return new ResourceKey("default", TYPE, step, ResourceKey.STATE);
  }

  private void takeStock() {
    for (String step : STEPS) {
      journal.rows.put(step, store.read(key(step)));
      journal.evidence.put(step, store.evidence(key(step)));
    }
    lives.all().forEach(life -> journal.struck.putAll(life.struck()));
    journal.unexpected.addAll(lives.unexpected());
    journal.end = lives.processes().now();
    journal.ledger = api.ledger(journal.end);
  }
}
