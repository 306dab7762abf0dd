package dev.pawl.server.store.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.DataRepository;
import dev.pawl.model.data.Evidence;
import dev.pawl.model.testkit.DataRepositoryContract;
import dev.pawl.server.store.DataStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresDataContractTest extends DataRepositoryContract {
  private static TestDatabase database;
  private static DataStore store;

  @BeforeAll
  static void open() {
    database = TestDatabase.create();
    store = database.store().data();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Override
  protected DataRepository repository() {
    return store;
  }

  @Override
  protected void advance(Duration time) {
    database.advance(time);
  }

  @Override
  protected List<Evidence> evidence(ResourceKey of) {
    return store.evidence(of);
  }

  @Override
  protected List<JsonNode> versions(ResourceKey of) {
    return store.versions(of, 0, 100).reversed().stream().map(DataStore.Version::data).toList();
  }
}
