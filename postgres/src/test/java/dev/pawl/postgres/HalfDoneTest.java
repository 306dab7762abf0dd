package dev.pawl.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a crash left half done is done again. */
class HalfDoneTest {
  @TempDir Path temp;

  @Test
  void halfUnpackedProgramsAreUnpackedAgain() throws Exception {
    Path cache = temp.resolve("cache");
    Path home = Binaries.in(cache).home();
    Files.delete(home.resolve("bin/postgres"));
    Path old = Files.createDirectory(cache.resolve(".unpacking-old"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.EPOCH));
    Path another = Files.createDirectory(cache.resolve(".unpacking-by-another"));

    Binaries again = Binaries.in(cache);

    assertThat(again.home()).isEqualTo(home);
    assertThat(home.resolve("bin/postgres")).isExecutable();
    assertThat(home.resolve("lib/libpq.so.5")).isSymbolicLink();
    try (var entries = Files.list(cache)) {
      assertThat(entries).containsExactlyInAnyOrder(home, another);
    }
  }

  @Test
  void aHalfMadeDatabaseIsMadeAgain() throws Exception {
    Path data = temp.resolve("data");
    Files.createDirectories(data.resolve("pgdata.new/base"));
    Files.writeString(data.resolve("pgdata.new/PG_VERSION"), "17\n");
    Files.writeString(data.resolve("postgres.password.new"), "half");
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));

    try (EmbeddedPostgres pg = EmbeddedPostgres.start(PostgresOptions.in(data))) {
      assertThat(Sql.ask(pg, "select 1")).isEqualTo("1");
    }
    assertThat(data.resolve("pgdata.new")).doesNotExist();
  }
}
