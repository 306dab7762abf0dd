package dev.pawl.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both ways out of being root, under a parent that only root may enter. */
class UnprivilegedTest {
  @TempDir Path temp;

  @ParameterizedTest
  @EnumSource(names = {"USER_NAMESPACE", "OTHER_USER"})
  void worksUnderAParentOfMode0700(Unprivileged how) throws Exception {
    assumeTrue(Me.isRoot(), "only root has to become somebody else");
    Path data = closed().resolve("data");
    PostgresOptions options = PostgresOptions.in(data).withUnprivileged(how);

    try (EmbeddedPostgres pg = EmbeddedPostgres.start(options)) {
      Sql.run(pg, "create table kept as select 'safe' as word");
      assertThat(Files.getAttribute(Path.of("/proc/" + pg.pid()), "unix:uid"))
          .isEqualTo(how == Unprivileged.OTHER_USER ? 65534 : 0);
    }
    try (EmbeddedPostgres pg = EmbeddedPostgres.start(options)) {
      assertThat(Sql.ask(pg, "select word from kept")).isEqualTo("safe");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"USER_NAMESPACE", "OTHER_USER"})
  void leavesNothingBehindWhenTheJvmIsKilled(Unprivileged how) throws Exception {
    assumeTrue(Me.isRoot(), "only root has to become somebody else");
    Path data = closed().resolve("data");
    try (ChildJvm child = ChildJvm.start(data, how)) {
      long postgres = child.postgresPid();
      child.kill();
      Await.until("postgres ends", Duration.ofSeconds(30), () -> !Alive.is(postgres));
    }
    assertThat(Alive.inDirectory(data.resolve("pgdata"))).isEmpty();
  }

  /** A machine may lose or gain user namespaces between two starts. */
  @Test
  void theWayMayChangeBetweenStarts() throws Exception {
    assumeTrue(Me.isRoot(), "only root has to become somebody else");
    PostgresOptions options = PostgresOptions.in(closed().resolve("data"));
    try (EmbeddedPostgres pg =
        EmbeddedPostgres.start(options.withUnprivileged(Unprivileged.USER_NAMESPACE))) {
      Sql.run(pg, "create table kept as select 'safe' as word");
    }
    try (EmbeddedPostgres pg =
        EmbeddedPostgres.start(options.withUnprivileged(Unprivileged.OTHER_USER))) {
      assertThat(Sql.ask(pg, "select word from kept")).isEqualTo("safe");
    }
    try (EmbeddedPostgres pg =
        EmbeddedPostgres.start(options.withUnprivileged(Unprivileged.USER_NAMESPACE))) {
      assertThat(Sql.ask(pg, "select word from kept")).isEqualTo("safe");
    }
  }

  @Test
  void rootIsRefusedInOneSentence() {
    assumeTrue(Me.isRoot(), "only root is refused");
    PostgresOptions options =
        PostgresOptions.in(temp.resolve("data")).withUnprivileged(Unprivileged.SAME_USER);

    assertThatThrownBy(() -> EmbeddedPostgres.start(options))
        .isInstanceOf(PostgresException.class)
        .hasMessage(
            "PostgreSQL refuses to run as root: run Pawl as another user, or let it choose.");
  }

  @Test
  void anOrdinaryUserRunsItDirectly() throws Exception {
    assumeFalse(Me.isRoot(), "root can't");
    PostgresOptions options =
        PostgresOptions.in(closed().resolve("data")).withUnprivileged(Unprivileged.SAME_USER);
    try (EmbeddedPostgres pg = EmbeddedPostgres.start(options)) {
      assertThat(Sql.ask(pg, "select 1")).isEqualTo("1");
    }
  }

  private Path closed() throws Exception {
    return Files.createDirectory(
        temp.resolve("closed"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }
}
