package dev.pawl.schema;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;

/** Brings a database's schema to this binary's version. */
public final class Migrations {
  private static final String SCRIPTS = "db/migration";

  /** Beside it a folder for each profile, whose scripts have the same versions. */
  private static final String OF_PROFILE = "db/";

  private static final String CLASSPATH = "classpath:";

  private Migrations() {}

  /**
   * Applies what is missing, in {@link SqlProfile#standard}.
   *
   * @throws SchemaException as {@link #apply(DataSource, SqlProfile)}
   */
  public static void apply(DataSource database) {
    apply(database, SqlProfile.standard());
  }

  /**
   * Applies what is missing; does nothing on a schema that is up to date. Servers that start
   * together wait for each other.
   *
   * @throws SchemaException when the schema is newer than this binary, a migration that was applied
   *     has been changed since, the database was made in another profile, or it refuses one
   */
  public static void apply(DataSource database, SqlProfile profile) {
    try {
      Flyway flyway =
          Flyway.configure(Migrations.class.getClassLoader())
              .dataSource(database)
              .locations(CLASSPATH + SCRIPTS, CLASSPATH + OF_PROFILE + profile.word())
              .load();
      MigrationInfo[] all = flyway.info().all();
      refuseNewer(all);
      refuseOtherProfile(all, profile);
      switch (profile) {
        case POSTGRESQL -> flyway.migrate();
        case PORTABLE -> {
          PortableMigrations.apply(
              database,
              () -> List.of(flyway.info().pending()),
              List.of(SCRIPTS, OF_PROFILE + profile.word()));
          flyway.validate();
        }
      }
    } catch (SQLException e) {
      throw new SchemaException(
          "The database's schema can't be brought up to date: " + e.getMessage(), e);
    } catch (FlywayException e) {
      throw new SchemaException(
          "The database's schema can't be brought up to date: " + e.getMessage(), e);
    }
  }

  /** Flyway itself would leave a newer schema alone and go on. */
  private static void refuseNewer(MigrationInfo[] all) {
    MigrationVersion known = MigrationVersion.EMPTY;
    MigrationVersion applied = MigrationVersion.EMPTY;
    for (MigrationInfo migration : all) {
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

  /** The profiles' scripts of one version differ in their names; newer ones are refused already. */
  private static void refuseOtherProfile(MigrationInfo[] all, SqlProfile profile) {
    for (MigrationInfo migration : all) {
      if (migration.getState().isApplied() && !isOurs(migration.getScript(), profile)) {
        throw new SchemaException(
            "The database was not made with the SQL profile "
                + profile.word()
                + " (it has "
                + migration.getScript()
                + "): start with the other profile, or give another database.");
      }
    }
  }

  private static boolean isOurs(String script, SqlProfile profile) {
    return Stream.of(SCRIPTS, OF_PROFILE + profile.word())
        .anyMatch(folder -> Migrations.class.getResource("/" + folder + "/" + script) != null);
  }
}
