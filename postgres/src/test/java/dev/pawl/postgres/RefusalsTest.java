package dev.pawl.postgres;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One plain sentence each: the offender, the expectation, the way out. */
class RefusalsTest {
  @TempDir Path temp;

  @Test
  void aFileIsNoDataDirectory() throws Exception {
    Path file = Files.writeString(temp.resolve("file"), "");

    assertThatThrownBy(() -> EmbeddedPostgres.start(PostgresOptions.in(file)))
        .isInstanceOf(PostgresException.class)
        .hasMessage("The data directory " + file + " is a file: give a directory as --data-dir.");
  }

  @Test
  void aParentThatIsAFileIsNamed() throws Exception {
    Path under = Files.writeString(temp.resolve("file"), "").resolve("data");

    assertThatThrownBy(() -> EmbeddedPostgres.start(PostgresOptions.in(under)))
        .isInstanceOf(PostgresException.class)
        .hasMessageContaining(under.toString())
        .hasMessageContaining("give another --data-dir");
  }

  @Test
  void aDirectoryThatCantBeWrittenIsNamed() throws Exception {
    assumeFalse(Me.isRoot(), "root writes everywhere");
    Path closed = Files.createDirectory(temp.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-x------"));

    assertThatThrownBy(() -> EmbeddedPostgres.start(PostgresOptions.in(closed)))
        .isInstanceOf(PostgresException.class)
        .hasMessageContaining(closed + " can't be written by");
  }

  @Test
  void aDatabaseOfAnotherMajorVersionIsLeftAlone() throws Exception {
    Path data = temp.resolve("data");
    EmbeddedPostgres.start(PostgresOptions.in(data)).close();
    Files.writeString(data.resolve("pgdata/PG_VERSION"), "14\n");

    assertThatThrownBy(() -> EmbeddedPostgres.start(PostgresOptions.in(data)))
        .isInstanceOf(PostgresException.class)
        .hasMessageContaining("was made by PostgreSQL 14, but this Pawl brings PostgreSQL 17")
        .hasMessageContaining("pg_dump");
  }

  @Test
  void aLostPasswordIsNamedAndTheLockGivenUp() throws Exception {
    Path data = temp.resolve("data");
    EmbeddedPostgres.start(PostgresOptions.in(data)).close();
    Path password = data.resolve("postgres.password");
    String kept = Files.readString(password);
    Files.delete(password);

    assertThatThrownBy(() -> EmbeddedPostgres.start(PostgresOptions.in(data)))
        .isInstanceOf(PostgresException.class)
        .hasMessageContaining(password + " is missing");

    Files.writeString(password, "wrong\n");
    assertThatThrownBy(() -> EmbeddedPostgres.start(PostgresOptions.in(data)))
        .isInstanceOf(PostgresException.class)
        .hasMessageContaining("refuses the password in " + password);

    Files.writeString(password, kept);
    EmbeddedPostgres.start(PostgresOptions.in(data)).close();
  }

  @Test
  void aServerThatEndsAsItStartsIsQuoted() throws Exception {
    Path data = temp.resolve("data");
    EmbeddedPostgres.start(PostgresOptions.in(data)).close();
    Files.writeString(data.resolve("pgdata/postgresql.conf"), "no_such_setting = 1\n");

    assertThatThrownBy(() -> EmbeddedPostgres.start(PostgresOptions.in(data)))
        .isInstanceOf(PostgresException.class)
        .hasMessageStartingWith("PostgreSQL ended as it started: FATAL:")
        .hasMessageContaining(data.resolve("postgres.log").toString());
  }

  @Test
  void impossibleOptionsAreRefused() {
    PostgresOptions options = PostgresOptions.in(temp);

    assertThatThrownBy(() -> options.withMaxConnections(4)).hasMessageContaining("at least 5");
    assertThatThrownBy(() -> options.withStartTimeout(Duration.ZERO)).hasMessageContaining("PT0S");
  }

  @Test
  void oldAndForeignServersAreRefusedWithoutTheirPassword() {
    String url = "jdbc:postgresql://db:5432/pawl?user=u&password=secret";

    assertThatThrownBy(() -> PostgresVersion.check("PostgreSQL", 14, "14.2", url))
        .isInstanceOf(PostgresException.class)
        .hasMessage(
            "PostgreSQL 14.2 at jdbc:postgresql://db:5432/pawl is too old: Pawl needs 15 or"
                + " newer.");
    assertThatThrownBy(() -> PostgresVersion.check("Other", 20, "20.1", url))
        .hasMessageContaining("is Other: Pawl needs PostgreSQL 15 or newer");
    assertThatCode(() -> PostgresVersion.check("PostgreSQL", 15, "15.0", url))
        .doesNotThrowAnyException();
  }
}
