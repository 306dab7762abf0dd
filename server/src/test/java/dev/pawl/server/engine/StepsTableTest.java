package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepStatus;
import dev.pawl.server.run.Waiting.Decision;
import dev.pawl.server.store.Decide;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every row of the table that authors rely on, {@code docs/steps.md}. */
class StepsTableTest extends EngineTest {
  private static final Path DOC = Path.of("../docs/steps.md");
  private static final String FOLLOWERS =
      """
      - {id: next, method: act, dependsOn: [a]}
      - {id: clean, method: act, always: true, dependsOn: [a, next]}
      """;
  private static final String ASKS =
      "- {name: a, id: a, model: core/approval, method: request, with: {prompt: \"?\"}}\n";

  @Override
  TestExecutor begin() {
    return TestExecutor.patient(database, world);
  }

  /** A row of the table. */
  record Row(String ends, String with, String dependent, String always, String run) {}

  static List<Row> rows() throws IOException {
    return Files.readAllLines(DOC).stream()
        .dropWhile(line -> !line.startsWith("| `a` ends as"))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
        .map(c -> new Row(c.get(1), c.get(2), c.get(3), c.get(4), c.get(5)))
        .toList();
  }

  @Test
  void theTableNamesEveryEnd() throws IOException {
    Stream<String> ends = rows().stream().map(r -> r.ends().replaceAll(".* ", ""));
    assertThat(ends).contains("EXECUTED", "CREATED", "REUSED", "SKIPPED", "FAILED", "CANCELLED");
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aRow(Row row) throws Exception {
    RunKey run = begin(row);
    RunRecord end = executor.end(run);
    String wanted = row.ends().replaceAll(".* ", "");
    assertThat(executor.steps(run))
        .containsEntry("a", wanted)
        .containsEntry("next", row.dependent())
        .containsEntry("clean", row.always());
    assertThat(end.status()).isEqualTo(RunStatus.valueOf(row.run()));
  }

  private RunKey begin(Row row) throws InterruptedException {
    return switch (row.ends() + " " + row.with()) {
      case "EXECUTED -" -> start("", "act");
      case "CREATED -" -> start("", "create");
      case "REUSED -" -> {
        executor.run(Flow.steps("- {id: a, method: create}"));
        yield start("", "create, skipIfExists: true");
      }
      case "SKIPPED `if` false" -> start("", "act, if: false");
      case "FAILED -" -> failing("", "act");
      case "FAILED `failFast`" -> failing("failFast: true", "act");
      case "FAILED `continueOnError`" -> failing("", "act, continueOnError: true");
      case "CANCELLED a cancel" -> {
        World.Gate gate = world.gate("a");
        RunKey run = start("", "act");
        gate.awaitReached();
        executor.server.cancelRun().run(run, "", null);
        yield run;
      }
      case "CANCELLED the run's timeout" -> {
        world.gate("a");
        yield start("timeout: 100ms", "act");
      }
      case "WAITING, then EXECUTED an approval" -> decided(Decision.APPROVED);
      case "WAITING, then FAILED a rejection" -> decided(Decision.REJECTED);
      case "WAITING, then CANCELLED a cancel" -> {
        RunKey run = waiting();
        executor.server.cancelRun().run(run, "", null);
        yield run;
      }
      default -> throw new AssertionError("nothing here makes a row of " + row);
    };
  }

  private RunKey start(String spec, String method) {
    return executor.start(Flow.spec(spec, "- {id: a, method: " + method + "}\n" + FOLLOWERS));
  }

  private RunKey failing(String spec, String method) {
    world.failNext("a", World.refused("no"));
    return start(spec, method);
  }

  private RunKey waiting() throws InterruptedException {
    RunKey run = executor.start(Flow.steps(ASKS + FOLLOWERS));
    executor.until(run, e -> e.step() != null && e.step().status() == StepStatus.WAITING);
    return run;
  }

  private RunKey decided(Decision decision) throws InterruptedException {
    RunKey run = waiting();
    executor.server.decideApproval().run(new Decide(run, StepKey.of("a"), decision, "ann", ""));
    return run;
  }
}
