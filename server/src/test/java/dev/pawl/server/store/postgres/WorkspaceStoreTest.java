package dev.pawl.server.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.server.run.Manifest;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.SnapshotRecord;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.store.RunChange;
import dev.pawl.server.store.StaleRunException;
import dev.pawl.server.store.WorkspaceStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;

class WorkspaceStoreTest extends RunStoreTest {
  private final WorkspaceStore workspaces = database.store().workspaces();

  private static byte[] content(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String hash(String text) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content(text)));
  }

  private void put(RunRecord run, String text) throws Exception {
    workspaces.store(run.key(), 1, Map.of(hash(text), content(text)));
  }

  private static Manifest manifest(String text) throws Exception {
    return new Manifest(
        List.of(
            new Manifest.Folder("a", 0750),
            new Manifest.File("a/f", 0640, text.length(), List.of(hash(text))),
            new Manifest.Link("l", "a/f")));
  }

  private void snapshot(RunRecord run, String step, Manifest manifest) throws Exception {
    store.record(
        run.key(),
        1,
        new RunChange(
            List.of(succeeded(step)),
            null,
            null,
            new RunChange.Files(StepKey.of(step), 1, manifest)));
  }

  private void end(RunRecord run, RunStatus status) throws Exception {
    store.record(
        run.key(), 1, RunChange.end(List.of(), new RunChange.End(status, null, null, null)));
  }

  private boolean isStored(String text) throws Exception {
    try {
      return workspaces.blob(namespace, hash(text)).length == text.length();
    } catch (DataAccessException e) {
      return false;
    }
  }

  @Test
  void aSnapshotIsReadAsItWasWrittenInOrder() throws Exception {
    RunRecord run = started("r1", "ex-1");
    put(run, "hello");
    snapshot(run, "z", manifest("hello"));
    snapshot(run, "a", Manifest.EMPTY);
    List<SnapshotRecord> all = workspaces.snapshots(run.key());
    assertThat(all).extracting(s -> s.step().stepId()).containsExactly("z", "a");
    assertThat(workspaces.manifest(run.key(), all.get(0))).isEqualTo(manifest("hello"));
    assertThat(workspaces.manifest(run.key(), all.get(1))).isEqualTo(Manifest.EMPTY);
    assertThat(workspaces.blob(namespace, hash("hello"))).isEqualTo(content("hello"));
  }

  @Test
  void aStaleOwnerLeavesNeitherContentsNorSnapshots() throws Exception {
    RunRecord run = started("r1", "ex-1");
    assertThatThrownBy(
            () -> workspaces.store(run.key(), 2, Map.of(hash("stale"), content("stale"))))
        .isInstanceOf(StaleRunException.class);
    assertThatThrownBy(() -> workspaces.reserve(run.key(), 0, Set.of(hash("stale"))))
        .isInstanceOf(StaleRunException.class);
    assertThatThrownBy(
            () ->
                store.record(
                    run.key(),
                    2,
                    new RunChange(
                        List.of(succeeded("a")),
                        null,
                        null,
                        new RunChange.Files(StepKey.of("a"), 1, Manifest.EMPTY))))
        .isInstanceOf(StaleRunException.class);
    assertThat(isStored("stale")).isFalse();
    assertThat(workspaces.snapshots(run.key())).isEmpty();
  }

  @Test
  void onlyWhatIsStoredCanBeReserved() throws Exception {
    RunRecord run = started("r1", "ex-1");
    RunRecord other = started("r2", "ex-1");
    put(run, "there");
    assertThat(workspaces.reserve(other.key(), 1, Set.of(hash("there"), hash("not there"))))
        .containsExactly(hash("there"));
  }

  @Test
  void onlyARunThatHasSucceededIsCollected() throws Exception {
    for (RunStatus status : List.of(RunStatus.FAILED, RunStatus.CANCELLED, RunStatus.TIMED_OUT)) {
      RunRecord run = started("r-" + status, "ex-1");
      put(run, status.name());
      snapshot(run, "a", manifest(status.name()));
      workspaces.collect(run.key());
      end(run, status);
      assertThat(workspaces.collectable(1000)).doesNotContain(run.key());
      workspaces.collect(run.key());
      assertThat(isStored(status.name())).isTrue();
      assertThat(workspaces.snapshots(run.key())).hasSize(1);
    }
    RunRecord run = started("r9", "ex-1");
    put(run, "done");
    snapshot(run, "a", manifest("done"));
    end(run, RunStatus.SUCCEEDED);
    assertThat(workspaces.collectable(1000)).contains(run.key());
    workspaces.collect(run.key());
    assertThat(workspaces.collectable(1000)).doesNotContain(run.key());
    assertThat(isStored("done")).isFalse();
    assertThat(workspaces.snapshots(run.key())).isEmpty();
  }

  @Test
  void whatAnotherRunHasReservedStays() throws Exception {
    RunRecord run = started("r1", "ex-1");
    RunRecord other = started("r2", "ex-1");
    put(run, "shared");
    put(run, "own");
    workspaces.reserve(other.key(), 1, Set.of(hash("shared")));
    end(run, RunStatus.SUCCEEDED);
    workspaces.collect(run.key());
    assertThat(isStored("shared")).isTrue();
    assertThat(isStored("own")).isFalse();
    end(other, RunStatus.SUCCEEDED);
    workspaces.collect(other.key());
    assertThat(isStored("shared")).isFalse();
  }

  /** One run is collected while others reserve, or store, the same contents. */
  @Test
  void nothingThatIsReservedIsEverCollected() throws Exception {
    for (int round = 0; round < 25; round++) {
      String text = "round " + round;
      RunRecord ended = started("e" + round, "ex-1");
      RunRecord reserving = started("a" + round, "ex-1");
      RunRecord storing = started("b" + round, "ex-1");
      put(ended, text);
      end(ended, RunStatus.SUCCEEDED);
      List<Boolean> needed =
          Together.call(
              3,
              n ->
                  switch (n) {
                    case 0 -> {
                      workspaces.collect(ended.key());
                      yield false;
                    }
                    case 1 -> !workspaces.reserve(reserving.key(), 1, Set.of(hash(text))).isEmpty();
                    default -> {
                      put(storing, text);
                      yield true;
                    }
                  });
      assertThat(needed.get(2)).isTrue();
      assertThat(isStored(text)).as(text).isTrue();
    }
  }
}
