package dev.pawl.schema;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.api.MigrationInfo;

/**
 * Applies scripts as Flyway does, and writes them into its table, without the advisory lock that
 * Flyway takes on whatever calls itself PostgreSQL: a row is locked instead.
 */
final class PortableMigrations {
  private static final String HISTORY =
      """
      create table if not exists flyway_schema_history (
        installed_rank integer not null constraint flyway_schema_history_pk primary key,
        version varchar(50),
        description varchar(200) not null,
        type varchar(20) not null,
        script varchar(1000) not null,
        checksum integer,
        installed_by varchar(100) not null,
        installed_on timestamp not null default now(),
        execution_time integer not null,
        success boolean not null
      );
      create table if not exists migration_turn (only_one integer primary key);
      insert into migration_turn values (1) on conflict do nothing
      """;

  private static final String DONE =
      """
      insert into flyway_schema_history (installed_rank, version, description, type, script,
        checksum, installed_by, execution_time, success)
      select coalesce(max(installed_rank), 0) + 1, ?, ?, 'SQL', ?, ?, current_user, 0, true
      from flyway_schema_history
      """;

  private PortableMigrations() {}

  /**
   * Applies what is missing, all of it or nothing.
   *
   * @param pending asked once it is our turn
   * @param folders on the class path
   */
  static void apply(
      DataSource database, Supplier<List<MigrationInfo>> pending, List<String> folders)
      throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(HISTORY);
      connection.setAutoCommit(false);
      statement.execute("select only_one from migration_turn for update");
      for (MigrationInfo migration : pending.get()) {
        statement.execute(text(migration.getScript(), folders));
        note(connection, migration);
      }
      connection.commit();
    }
  }

  private static void note(Connection connection, MigrationInfo migration) throws SQLException {
    try (PreparedStatement done = connection.prepareStatement(DONE)) {
      done.setString(1, migration.getVersion().getVersion());
      done.setString(2, migration.getDescription());
      done.setString(3, migration.getScript());
      done.setInt(4, migration.getChecksum());
      done.execute();
    }
  }

  private static String text(String script, List<String> folders) {
    for (String folder : folders) {
      try (InputStream in =
          PortableMigrations.class.getResourceAsStream("/" + folder + "/" + script)) {
        if (in != null) {
          return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
      } catch (IOException e) {
        throw new SchemaException("The migration " + script + " can't be read", e);
      }
    }
    throw new SchemaException("The migration " + script + " is not in " + folders);
  }
}
