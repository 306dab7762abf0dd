package dev.pawl.schema;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;

/** Brings a database's schema to this binary's version. */
public final class Migrations {
  private static final String LOCATION = "classpath:db/migration";

  private Migrations() {}

  /**
   * Applies what is missing; does nothing on a schema that is up to date. Servers that start
   * together wait for each other.
   *
   * @throws SchemaException when the schema is newer than this binary, a migration that was applied
   *     has been changed since, or the database refuses one
   */
  public static void apply(DataSource database) {
    try {
      Flyway flyway =
          Flyway.configure(Migrations.class.getClassLoader())
              .dataSource(database)
              .locations(LOCATION)
              .load();
      refuseNewer(flyway);
      flyway.migrate();
    } catch (FlywayException e) {
      throw new SchemaException(
          "The database's schema can't be brought up to date: " + e.getMessage(), e);
    }
  }

  /** Flyway itself would leave a newer schema alone and go on. */
  private static void refuseNewer(Flyway flyway) {
    MigrationVersion known = MigrationVersion.EMPTY;
    MigrationVersion applied = MigrationVersion.EMPTY;
    for (MigrationInfo migration : flyway.info().all()) {
      MigrationVersion version = migration.getVersion();
      if (version == null) {
        continue;
      }
      MigrationState state = migration.getState();
      if (state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED) {
        applied = version.compareTo(applied) > 0 ? version : applied;
      } else {
        known = version.compareTo(known) > 0 ? version : known;
      }
    }
    if (applied.compareTo(known) > 0) {
      throw new SchemaException(
          "The database's schema is at version "
              + applied
              + ", but this Pawl knows only "
              + known
              + ": run a newer Pawl, or give another database.");
    }
  }
}
