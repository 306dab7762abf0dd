package dev.pawl.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code kill -9} leaves behind: nothing but the data. */
class KilledParentTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final List<String> GRANDCHILD =
      List.of("/bin/sh", "-c", "exec sleep 300 </dev/null >/dev/null 2>&1");

  @TempDir Path temp;

  @Test
  void killingTheJvmLeavesNoPostgresAndADatabaseThatStartsAgain() throws Exception {
    Path data = temp.resolve("data");
    long postgres;
    try (ChildJvm child = ChildJvm.start(data, Unprivileged.AUTOMATIC)) {
      postgres = child.postgresPid();
      assertThat(Alive.is(postgres)).isTrue();

      child.kill();
      Await.until("postgres ends", LONG, () -> !Alive.is(postgres));
    }
    assertThat(Alive.inDirectory(data.resolve("pgdata"))).isEmpty();
    assertThat(data.resolve("pgdata/postmaster.pid")).doesNotExist();

    try (EmbeddedPostgres pg = EmbeddedPostgres.start(PostgresOptions.in(data))) {
      assertThat(Sql.ask(pg, "select 1")).isEqualTo("1");
    }
  }

  @Test
  void anotherProcessIsToldWhoHoldsTheDirectory() throws Exception {
    Path data = temp.resolve("data");
    try (ChildJvm child = ChildJvm.start(data, Unprivileged.AUTOMATIC)) {
      child.postgresPid();

      assertThatThrownBy(() -> EmbeddedPostgres.start(PostgresOptions.in(data)))
          .isInstanceOfSatisfying(
              DataDirectoryLocked.class, e -> assertThat(e.holder()).hasValue(child.pid()))
          .hasMessageContaining(data.toString())
          .hasMessageContaining("process " + child.pid())
          .hasMessageContaining("--data-dir");
    }
  }

  @Test
  void theSameProcessIsToldSoTooAndTheLockOutlivesTheAttempt() throws Exception {
    Path data = temp.resolve("data");
    PostgresOptions options = PostgresOptions.in(data);
    try (EmbeddedPostgres pg = EmbeddedPostgres.start(options)) {
      assertThatThrownBy(() -> EmbeddedPostgres.start(options))
          .isInstanceOf(DataDirectoryLocked.class);
      assertThat(Sql.ask(pg, "select 1")).isEqualTo("1");

      try (ChildJvm other = ChildJvm.start(data, Unprivileged.AUTOMATIC)) {
        assertThatThrownBy(other::postgresPid).hasMessageContaining("ended before");
      }
    }
    EmbeddedPostgres.start(options).close();
  }

  @Test
  void aKilledPostmasterIsRecoveredFrom() throws Exception {
    PostgresOptions options = PostgresOptions.in(temp.resolve("data"));
    try (EmbeddedPostgres pg = EmbeddedPostgres.start(options)) {
      Sql.run(pg, "create table kept as select 'durable' as word");
      ProcessHandle.of(pg.pid()).orElseThrow().destroyForcibly();
      pg.onExit().join();
      assertThat(temp.resolve("data/pgdata/postmaster.pid")).exists();
    }
    try (EmbeddedPostgres pg = EmbeddedPostgres.start(options)) {
      assertThat(Sql.ask(pg, "select word from kept")).isEqualTo("durable");
    }
  }

  /** After a reboot the number in postmaster.pid may be anybody's, whom nobody may signal. */
  @Test
  void aPidFileThatNamesAnotherProgramIsNotBelieved() throws Exception {
    Path data = temp.resolve("data");
    EmbeddedPostgres.start(PostgresOptions.in(data)).close();
    Process stranger = new ProcessBuilder(GRANDCHILD).start();
    try {
      Files.writeString(
          data.resolve("pgdata/postmaster.pid"),
          stranger.pid() + "\n/proc/self/cwd\n1700000000\n5432\n\n127.0.0.1\n 1 1\nready\n");

      try (EmbeddedPostgres pg = EmbeddedPostgres.start(PostgresOptions.in(data))) {
        assertThat(Sql.ask(pg, "select 1")).isEqualTo("1");
      }
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }
}
