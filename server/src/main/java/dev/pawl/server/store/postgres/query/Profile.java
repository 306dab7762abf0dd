package dev.pawl.server.store.postgres.query;

import dev.pawl.schema.SqlProfile;
import org.jooq.DSLContext;

/** What the database behind a context understands; its transactions know too. */
public final class Profile {
  private Profile() {}

  public static void set(DSLContext sql, SqlProfile profile) {
    sql.configuration().data(SqlProfile.class, profile);
  }

  static boolean isPortable(DSLContext sql) {
    return sql.configuration().data(SqlProfile.class) == SqlProfile.PORTABLE;
  }
}
