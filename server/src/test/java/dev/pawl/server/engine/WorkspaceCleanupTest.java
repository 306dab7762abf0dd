package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long what is in the workspace is kept: not beyond the last run that needs it. */
class WorkspaceCleanupTest extends WorkspaceTest {
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
}
