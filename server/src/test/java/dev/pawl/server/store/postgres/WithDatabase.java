package dev.pawl.server.store.postgres;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Tests on a database of their class's own. */
@SuppressWarnings("NullAway.Init")
public abstract class WithDatabase {
  protected static TestDatabase database;

  @BeforeAll
  static void openDatabase() {
    database = TestDatabase.create();
  }

  @AfterAll
  static void closeDatabase() {
    database.close();
  }
}
