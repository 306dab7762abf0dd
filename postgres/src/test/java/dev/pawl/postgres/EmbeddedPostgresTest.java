package dev.pawl.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
  @TempDir Path temp;

  @Test
  void whatWasWrittenIsThereAfterARestart() throws SQLException {
    PostgresOptions options = PostgresOptions.in(temp.resolve("data"));
    try (EmbeddedPostgres pg = EmbeddedPostgres.start(options)) {
      Sql.run(pg, "create table kept (word text)");
      Sql.run(pg, "insert into kept values ('still here')");
    }
    try (EmbeddedPostgres pg = EmbeddedPostgres.start(options)) {
      assertThat(Sql.ask(pg, "select word from kept")).isEqualTo("still here");
    }
  }

  @Test
  void commitsAreDurableAndTheDoorIsNarrow() throws SQLException {
    try (EmbeddedPostgres pg = EmbeddedPostgres.start(PostgresOptions.in(temp.resolve("data")))) {
      assertThat(Sql.ask(pg, "show fsync")).isEqualTo("on");
      assertThat(Sql.ask(pg, "show synchronous_commit")).isEqualTo("on");
      assertThat(Sql.ask(pg, "show listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(Sql.ask(pg, "show unix_socket_directories")).isEmpty();
      assertThat(Sql.ask(pg, "show server_encoding")).isEqualTo("UTF8");
      assertThat(Sql.ask(pg, "show max_connections")).isEqualTo("100");
      assertThatThrownBy(() -> Sql.connect(pg, "wrong").close())
          .hasMessageContaining("password authentication failed");
    }
  }

  @Test
  void theDataDirectoryAndThePasswordAreForTheOwnerOnly() throws Exception {
    Path data = temp.resolve("data");
    EmbeddedPostgres.start(PostgresOptions.in(data)).close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(data.resolve("postgres.password"))))
        .isEqualTo("rw-------");
    assertThat(data.resolve("postgres.password.initdb")).doesNotExist();
  }

  @Test
  void closingTwiceIsHarmlessAndEndsTheProcess() {
    EmbeddedPostgres pg = EmbeddedPostgres.start(PostgresOptions.in(temp.resolve("data")));
    long pid = pg.pid();
    pg.close();
    pg.close();

    assertThat(pg.onExit()).isCompleted();
    assertThat(ProcessHandle.of(pid)).isEmpty();
  }
}
