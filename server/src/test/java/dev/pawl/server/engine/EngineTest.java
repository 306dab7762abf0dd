package dev.pawl.server.engine;

import dev.pawl.server.store.postgres.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** One executor on a database of the test class's own. */
@SuppressWarnings("NullAway.Init")
abstract class EngineTest {
  static TestDatabase database;

  final World world = new World();
  TestExecutor executor;

  @BeforeAll
  static void open() {
    database = TestDatabase.create();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void start() {
    executor = begin();
  }

  TestExecutor begin() {
    return TestExecutor.start(database, world);
  }

  @AfterEach
  void stop() {
    executor.close();
  }
}
