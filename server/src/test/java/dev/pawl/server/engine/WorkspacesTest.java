package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.server.files.FileLimits;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.Waiting;
import dev.pawl.server.store.Decide;
import dev.pawl.server.store.WorkspaceStore;
import dev.pawl.server.store.postgres.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What steps find in the workspace, through failures, retries, other executors and crowds. */
@SuppressWarnings("NullAway.Init")
class WorkspacesTest {
  private final Script script = new Script();
  private final Set<String> failing = ConcurrentHashMap.newKeySet();
  private TestDatabase database;
  private WorkspaceStore store;
  private TestExecutor first;
  private TestExecutor second;

  @BeforeEach
  void open() {
    database = TestDatabase.create();
    store = database.store().workspaces();
    first = TestExecutor.start(database, script.models(), 100);
  }

  @AfterEach
  void close() {
    if (second != null) {
      second.close();
    }
    first.close();
    database.close();
  }

  @FunctionalInterface
  private interface Act {
    void on(Path root, ObjectNode arguments) throws IOException;
  }

  /** A step that notes which files it finds, and then does something to them. */
  private void step(String instance, Act act) {
    script.on(
        instance,
        (arguments, context) -> {
          Path root = context.workspace().root();
          script.note(instance + " finds " + files(root));
          try {
            act.on(root, arguments);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          if (failing.contains(instance)) {
            throw World.refused("it was to fail");
          }
          return MethodResult.of(Json.object(), Outcome.EXECUTED);
        });
  }

  private void writes(String instance) {
    step(
        instance,
        (root, arguments) ->
            Files.writeString(root.resolve(instance), instance + arguments.path("v").asText()));
  }

  /** Name to contents of all plain files. */
  private static TreeMap<String, String> files(Path root) {
    TreeMap<String, String> found = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path :
          all.filter(p -> Files.isRegularFile(p, LinkOption.NOFOLLOW_LINKS)).toList()) {
        found.put(root.relativize(path).toString(), Files.readString(path));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static String chain(String... more) {
    return Flow.spec(
        "inputs: {v: {type: string, default: ''}}",
        """
        - {id: one, method: act}
        - {id: two, method: act, dependsOn: [one], with: {v: "${{ inputs.v }}"}}
        - {id: three, method: act, dependsOn: [two]}
        """
            + String.join("\n", more));
  }

  private RunKey failed(String flow, String step) throws InterruptedException {
    failing.add(step);
    RunKey run = first.start(flow);
    assertThat(first.end(run).status()).isEqualTo(RunStatus.FAILED);
    failing.clear();
    return run;
  }

  private List<String> snapshots(RunKey run) {
    return store.snapshots(run).stream().map(s -> s.step() + "@" + s.attempt()).toList();
  }

  @Test
  void aStepThatFailsLeavesNothingAndARetryFindsWhatTheOneBeforeItLeft() throws Exception {
    writes("one");
    step(
        "two",
        (root, arguments) -> {
          Files.writeString(root.resolve("two"), "2");
          Files.delete(root.resolve("one"));
        });
    writes("three");
    RunKey run = failed(chain(), "two");
    assertThat(snapshots(run)).containsExactly("one@1");

    writes("two");
    assertThat(first.retry(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(script.done())
        .containsExactly(
            "one finds {}",
            "two finds {one=one}",
            "two finds {one=one}",
            "three finds {one=one, two=two}");
  }

  @Test
  void aTryThatFailsLeavesNothingForTheNext() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    step(
        "one",
        (root, arguments) -> {
          Files.writeString(root.resolve("one"), "1");
          if (tries.incrementAndGet() == 1) {
            failing.add("one");
          } else {
            failing.clear();
          }
        });
    String flow =
        Flow.steps(
            "- {id: one, method: read, retry: {limit: 1, on: [API_REFUSED], backoff: {initial:"
                + " 1ms}}}");
    RunKey run = first.start(flow);
    first.end(run);
    assertThat(script.done()).containsOnly("one finds {}");
  }

  @Test
  void anotherExecutorFindsTheSame() throws Exception {
    step(
        "one",
        (root, arguments) -> {
          Files.createDirectories(root.resolve("a/empty"));
          Files.writeString(root.resolve("a/run.sh"), "#!/bin/sh");
          Files.setPosixFilePermissions(
              root.resolve("a/run.sh"), PosixFilePermissions.fromString("rwxr-x--x"));
          Files.createSymbolicLink(root.resolve("a/link"), Path.of("../a/run.sh"));
          Files.createSymbolicLink(root.resolve("dangling"), Path.of("not-yet"));
          Files.createDirectory(
              root.resolve("private"),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
          Files.write(root.resolve("large"), new byte[9 << 20]);
        });
    writes("two");
    step(
        "three",
        (root, arguments) -> {
          script.note(Files.readSymbolicLink(root.resolve("a/link")).toString());
          script.note(Files.readSymbolicLink(root.resolve("dangling")).toString());
          script.note(mode(root.resolve("a/run.sh")) + " " + mode(root.resolve("private")));
          script.note(Files.isDirectory(root.resolve("a/empty")) + "");
          script.note(Files.size(root.resolve("large")) + "");
          Files.delete(root.resolve("large"));
        });
    // The large file is not to be printed.
    script.on(
        "two",
        (arguments, context) -> {
          if (failing.contains("two")) {
            throw World.refused("it was to fail");
          }
          return MethodResult.of(arguments, Outcome.EXECUTED);
        });
    RunKey run = failed(chain(), "two");
    first.close();
    second = TestExecutor.start(database, script.models(), 100);
    assertThat(second.retry(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(script.done())
        .endsWith("../a/run.sh", "not-yet", "rwxr-x--x rwx------", "true", "" + (9 << 20));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void aStepThatIsChangedFindsWhatTheOneBeforeItLeft() throws Exception {
    writes("one");
    writes("two");
    writes("three");
    RunKey run = failed(chain(), "three");
    first.retry(run, Json.object().put("v", "!"));
    assertThat(script.done().subList(3, 5))
        .containsExactly("two finds {one=one}", "three finds {one=one, two=two!}");
  }

  @Test
  void whatWasMadeOfOldFilesIsMadeAgain() throws Exception {
    writes("one");
    writes("two");
    writes("three");
    writes("four");
    RunKey run = failed(chain("- {id: four, method: act, dependsOn: [three]}"), "four");
    first.retry(run, Json.object().put("v", "!"));
    assertThat(script.done().subList(4, 7))
        .containsExactly(
            "two finds {one=one}",
            "three finds {one=one, two=two!}",
            "four finds {one=one, three=three, two=two!}");
  }

  @Test
  void aStepThatRunsForAnothersSakeTakesNothingFromThoseBetween() throws Exception {
    writes("one");
    writes("two");
    writes("three");
    writes("four");
    RunKey run =
        failed(
            chain("- {id: four, method: act, dependsOn: [three], recovery: {dependsOn: [one]}}"),
            "four");
    assertThat(first.retry(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(script.done().subList(4, 6))
        .containsExactly(
            "one finds {one=one, three=three, two=two}",
            "four finds {one=one, three=three, two=two}");
  }

  @Test
  void whatLeadsOutOrIsNoFileIsRefusedByName() throws Exception {
    writes("two");
    writes("three");
    for (String bad : List.of("abs", "up", "pipe")) {
      step(
          "one",
          (root, arguments) -> {
            Path path = Files.createDirectories(root.resolve("in")).resolve(bad);
            switch (bad) {
              case "abs" -> Files.createSymbolicLink(path, Path.of("/etc/passwd"));
              case "up" -> Files.createSymbolicLink(path, Path.of("../../x"));
              default -> mkfifo(path);
            }
          });
      RunKey run = first.start(chain());
      assertThat(first.end(run).status()).isEqualTo(RunStatus.FAILED);
      assertThat(first.step(run, "one").error())
          .satisfies(e -> assertThat(e.reason()).isEqualTo("WORKSPACE_REFUSED"))
          .satisfies(e -> assertThat(e.message()).contains("'in/" + bad + "'"));
      assertThat(snapshots(run)).isEmpty();
    }
  }

  private static void mkfifo(Path path) throws IOException {
    try {
      assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theLimitIsNamedWithTheSizeAndTheLargestFile() throws Exception {
    second =
        TestExecutor.start(
            database.store(),
            database.store().runs(),
            script.models(),
            // More than its janitor may hold for a moment: the run must not be another's.
            1000,
            new FileLimits(1000, 5));
    step(
        "one",
        (root, arguments) -> {
          Files.write(root.resolve("small"), new byte[300]);
          Files.write(root.resolve("big"), new byte[701]);
        });
    RunKey run = second.start(Flow.steps("- {id: one, method: act}"));
    second.end(run);
    assertThat(second.step(run, "one").error())
        .satisfies(e -> assertThat(e.reason()).isEqualTo("LIMIT_EXCEEDED"))
        .satisfies(
            e ->
                assertThat(e.message()).contains("1001", "1000", "'big'", "701", "workspaceLimit"));

    step(
        "one",
        (root, arguments) -> {
          for (int i = 0; i < 6; i++) {
            Files.createDirectory(root.resolve("d" + i));
          }
        });
    run = second.start(Flow.steps("- {id: one, method: act}"));
    second.end(run);
    assertThat(second.step(run, "one").error())
        .satisfies(e -> assertThat(e.message()).contains("more than 5 files"));
  }

  @Test
  void itemsUseItOneAtATime() throws Exception {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch others = new CountDownLatch(4);
    script.on(
        "each",
        (arguments, context) -> {
          others.countDown();
          Script.await(others);
          Path counter = context.workspace().root().resolve("count");
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          add(counter);
          now.decrementAndGet();
          return MethodResult.of(Json.object(), Outcome.EXECUTED);
        });
    step("last", (root, arguments) -> {});
    RunKey run =
        first.start(
            Flow.steps(
                """
                - {id: each, instance: each, model: test/thing, method: act, forEach: {in: [a, b, c, d]}}
                - {id: last, method: act, dependsOn: [each]}
                """));
    assertThat(first.end(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(most).hasValue(1);
    assertThat(script.done()).containsExactly("last finds {count=xxxx}");
    assertThat(first.runs.events(run, 0, 1000))
        .anyMatch(
            e ->
                e.step() != null
                    && e.step().waitingFor().startsWith("the run's workspace, which step each["));
  }

  private static void add(Path counter) {
    try {
      String before = Files.exists(counter) ? Files.readString(counter) : "";
      Files.writeString(counter, before + "x");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aRecoveryRestoresAndTheOldOwnersFilesAreRefused() throws Exception {
    writes("one");
    CountDownLatch hanging = new CountDownLatch(1);
    CountDownLatch woken = new CountDownLatch(1);
    script.on(
        "two",
        (arguments, context) -> {
          Path root = context.workspace().root();
          boolean later = context.caller().attempt() > 1;
          script.note("two finds " + files(root));
          write(root.resolve("two"), later ? "new" : "stale");
          if (!later) {
            hanging.countDown();
            hold(woken);
          }
          return MethodResult.of(Json.object(), Outcome.EXECUTED);
        });
    writes("three");
    RunKey run =
        first.start(
            Flow.spec(
                "recovery: {strategy: idempotent}",
                """
                - {id: one, method: act}
                - {id: two, method: act, dependsOn: [one]}
                - {id: three, method: act, dependsOn: [two]}
                """));
    Script.await(hanging);
    first.silence();
    second = TestExecutor.start(database, script.models(), 100);
    assertThat(second.end(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    woken.countDown();
    first.close();
    assertThat(script.done())
        .containsExactly(
            "one finds {}",
            "two finds {one=one}",
            "two finds {one=one}",
            "three finds {one=one, two=new}");
  }

  private static void write(Path path, String text) {
    try {
      Files.writeString(path, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void hold(CountDownLatch until) {
    boolean open = false;
    while (!open) {
      try {
        Script.await(until);
        open = true;
      } catch (InterruptedException e) {
        // As code that does not mind interrupts.
      }
    }
  }

  @Test
  void filesAreSharedAndCollectedWithTheLastRunThatNeedsThem() throws Exception {
    writes("one");
    writes("two");
    writes("three");
    RunKey kept = failed(chain(), "three");
    assertThat(database.count("workspace_blob")).isEqualTo(2);

    RunKey ended = first.start(chain());
    assertThat(first.end(ended).status()).isEqualTo(RunStatus.SUCCEEDED);
    // It waits for all that comes after a run's end.
    first.close();
    assertThat(snapshots(ended)).isEmpty();
    assertThat(snapshots(kept)).containsExactly("one@1", "two@1");
    assertThat(database.count("workspace_blob")).isEqualTo(2);

    second = TestExecutor.start(database, script.models(), 100);
    assertThat(second.retry(kept).status()).isEqualTo(RunStatus.SUCCEEDED);
    second.close();
    for (String table : List.of("workspace", "workspace_snapshot", "workspace_use")) {
      assertThat(database.count(table)).as(table).isZero();
    }
    assertThat(database.count("workspace_blob")).isZero();
  }

  @Test
  void whatWasLeftUncollectedIsCollectedByTheNextServer() throws Exception {
    writes("one");
    writes("no");
    RunKey run =
        failed(
            Flow.steps("- {id: one, method: act}\n- {id: no, method: act, dependsOn: [one]}"),
            "no");
    assertThat(snapshots(run)).containsExactly("one@1");
    first.close();
    database.execute("update run set status = 'SUCCEEDED', reason = null");
    second = TestExecutor.start(database, script.models(), 100);
    second.close();
    assertThat(database.count("workspace_blob")).isZero();
    assertThat(database.count("workspace")).isZero();
  }

  private static final String ASK =
      "- {name: ask, id: ask, model: core/approval, method: request, with: {prompt: '?'}}";

  private void waits(RunKey run, int attempt) throws InterruptedException {
    first.until(
        run,
        e ->
            e.run() != null
                && e.run().attempt() == attempt
                && e.run().status() == RunStatus.WAITING);
  }

  private void decide(RunKey run, Waiting.Decision decision) {
    first.server.decideApproval().run(new Decide(run, StepKey.of("ask"), decision, "ann", ""));
  }

  @Test
  void aRunThatWasPutDownFindsItsFilesInEveryAttempt() throws Exception {
    writes("one");
    writes("two");
    RunKey run =
        first.start(
            Flow.steps(
                "- {id: one, method: act}\n"
                    + ASK.replace("'?'}", "'?'}, dependsOn: [one]")
                    + "\n- {id: two, method: act, dependsOn: [ask]}"));
    waits(run, 1);
    decide(run, Waiting.Decision.REJECTED);
    first.end(run);
    first.server.retryRun().run(first.again(run, Json.object()));
    waits(run, 2);
    decide(run, Waiting.Decision.APPROVED);
    assertThat(first.end(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(script.done()).containsExactly("one finds {}", "two finds {one=one}");
  }

  /** What has failed in this attempt has left nothing in it, also if the run is put down since. */
  @Test
  void filesOfWhatWasToRunAgainAreNotTakenAfterAWait() throws Exception {
    writes("one");
    writes("two");
    writes("three");
    String flow =
        Flow.spec(
            "inputs: {v: {type: string, default: ''}}",
            """
            - {id: one, method: act}
            - {id: two, method: act, dependsOn: [one], with: {v: "${{ inputs.v }}"}, continueOnError: true}
            """
                + ASK.replace("'?'}", "'?'}, dependsOn: [two]")
                + "\n- {id: three, method: act, dependsOn: [ask]}");
    RunKey run = first.start(flow);
    waits(run, 1);
    decide(run, Waiting.Decision.REJECTED);
    first.end(run);
    failing.add("two");
    first.server.retryRun().run(first.again(run, Json.object().put("v", "new")));
    waits(run, 2);
    decide(run, Waiting.Decision.APPROVED);
    assertThat(first.end(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(script.done())
        .containsExactly(
            "one finds {}", "two finds {one=one}", "two finds {one=one}", "three finds {one=one}");
  }
}
