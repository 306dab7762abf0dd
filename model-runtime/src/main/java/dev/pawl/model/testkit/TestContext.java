package dev.pawl.model.testkit;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.Caller;
import dev.pawl.model.Checkpoint;
import dev.pawl.model.CreateOptions;
import dev.pawl.model.Failure;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Pacer;
import dev.pawl.model.Reason;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.Settings;
import dev.pawl.model.Timing;
import dev.pawl.model.Workspace;
import dev.pawl.model.checkpoint.Checkpoints;
import dev.pawl.model.data.DataRepository;
import dev.pawl.model.data.RunOnce;
import dev.pawl.model.http.Connection;
import dev.pawl.model.workspace.ConfinedFolder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link MethodContext} for tests of models: stored state in memory, no waiting, and whatever
 * connection the test gives it.
 *
 * <pre>{@code
 * TestContext context =
 *     TestContext.of("acme/thing", "web-1").connection(new FakeConnection("acme")).build();
 * MethodResult first = model.invoke("create", arguments, context);
 * MethodResult again = model.invoke("create", arguments, context.with().options(o).build());
 * }</pre>
 */
public final class TestContext implements MethodContext {
  private static final Logger LOG = LoggerFactory.getLogger(TestContext.class);

  private final Builder set;
  private final Checkpoints checkpoints;
  private final List<String> waits = new CopyOnWriteArrayList<>();

  private TestContext(Builder set) {
    this.set = set;
    this.checkpoints = new Checkpoints(set.kept.of(set.caller));
  }

  /** A context for one instance, with a store of its own and on {@link VirtualTime}. */
  public static Builder of(String modelType, String instance) {
    VirtualTime time = new VirtualTime();
    return new Builder(modelType, instance, new InMemoryDataRepository(time), time);
  }

  /** The same settings and the same store, to be changed. */
  public Builder with() {
    return set.copy();
  }

  /** All that calls said they were waiting for, in order. */
  public List<String> waits() {
    return List.copyOf(waits);
  }

  @Override
  public Caller caller() {
    return set.caller;
  }

  @Override
  public String modelType() {
    return set.modelType;
  }

  @Override
  public String instance() {
    return set.instance;
  }

  @Override
  public DataRepository dataRepository() {
    return set.repository;
  }

  @Override
  public MethodResult createOrGet(String outputSpec, Create create)
      throws MethodException, InterruptedException {
    return RunOnce.run(key(outputSpec), this, create);
  }

  /**
   * As in a run, entries outlive the context: one built {@link #with} the same settings is a later
   * call of the same step, whatever its attempt.
   */
  @Override
  public JsonNode checkpoint(Checkpoint which, Work body)
      throws MethodException, InterruptedException {
    return set.caller.run().isEmpty()
        ? Checkpoints.runUnkept(which, body)
        : checkpoints.run(which, body);
  }

  /** A temporary folder that all contexts of the run share; what fails is not put back here. */
  @Override
  public Workspace workspace() throws MethodException {
    if (set.caller.run().isEmpty()) {
      throw ConfinedFolder.outsideRun();
    }
    return set.folders.of(set.caller);
  }

  /** The key of the instance's own state. */
  public ResourceKey key() {
    return key(ResourceKey.STATE);
  }

  @Override
  public Connection http() throws MethodException {
    if (set.connection == null) {
      throw MethodException.notMade(
          Failure.of(
              Reason.NO_CONNECTION,
              "this test gives its context no connection; build it with one"));
    }
    return set.connection;
  }

  @Override
  public CreateOptions options() {
    return set.options;
  }

  @Override
  public Settings settings() {
    return set.settings;
  }

  @Override
  public Timing timing() {
    return set.timing;
  }

  @Override
  public Pacer pacer() {
    return set.pacer;
  }

  @Override
  public Logger log() {
    return LOG;
  }

  @Override
  public void waitingFor(String what) {
    waits.add(what);
  }

  /** Settings of a context. */
  public static final class Builder {
    private final String modelType;
    private InMemoryCheckpoints kept = new InMemoryCheckpoints();
    private TemporaryFolders folders = new TemporaryFolders();
    private String instance;
    private DataRepository repository;
    private Pacer pacer;
    private Caller caller = new Caller("default", "run-1", "step", 1, "test");
    private @Nullable Connection connection;
    private CreateOptions options = CreateOptions.DEFAULT;
    private Timing timing = Timing.DEFAULT;
    private Settings settings = Settings.NONE;

    private Builder(String modelType, String instance, DataRepository repository, Pacer pacer) {
      this.modelType = requireNonNull(modelType);
      this.instance = requireNonNull(instance);
      this.repository = repository;
      this.pacer = pacer;
    }

    private Builder copy() {
      Builder copy = new Builder(modelType, instance, repository, pacer);
      copy.kept = kept;
      copy.folders = folders;
      copy.caller = caller;
      copy.connection = connection;
      copy.options = options;
      copy.timing = timing;
      copy.settings = settings;
      return copy;
    }

    /** Another instance of the type. */
    public Builder instance(String name) {
      instance = requireNonNull(name);
      return this;
    }

    /** Another store, and the time it lives by. */
    public Builder repository(DataRepository store, Pacer time) {
      repository = requireNonNull(store);
      pacer = requireNonNull(time);
      return this;
    }

    /** Who calls; default: a step of a run in the namespace {@code default}. */
    public Builder caller(Caller who) {
      caller = requireNonNull(who);
      return this;
    }

    /** As at the beginning of a step: no checkpoints yet, and an empty workspace. */
    public Builder fromNothing() {
      kept = new InMemoryCheckpoints();
      folders = new TemporaryFolders();
      return this;
    }

    /** The model's connection; default: none, and asking for it fails. */
    public Builder connection(Connection to) {
      connection = requireNonNull(to);
      return this;
    }

    /** Default {@link CreateOptions#DEFAULT}. */
    public Builder options(CreateOptions chosen) {
      options = requireNonNull(chosen);
      return this;
    }

    /** Default {@link Timing#DEFAULT}. */
    public Builder timing(Timing times) {
      timing = requireNonNull(times);
      return this;
    }

    /** Default {@link Settings#NONE}. */
    public Builder settings(Settings allowed) {
      settings = requireNonNull(allowed);
      return this;
    }

    /** The context; later changes of this builder do not reach it. */
    public TestContext build() {
      return new TestContext(copy());
    }
  }
}
