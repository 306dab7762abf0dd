package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.model.Json;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What steps find in the workspace, through failures, retries and other executors. */
class WorkspacesTest extends WorkspaceTest {
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
}
