package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.model.Json;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.server.files.FileLimits;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a step may leave in the workspace, and how many may be at it. */
class WorkspaceRulesTest extends WorkspaceTest {
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
}
