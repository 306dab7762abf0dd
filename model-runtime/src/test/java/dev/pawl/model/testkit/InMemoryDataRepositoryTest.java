package dev.pawl.model.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.DataRepository;
import dev.pawl.model.data.Evidence;
import java.time.Duration;
import java.util.List;

class InMemoryDataRepositoryTest extends DataRepositoryContract {
  private final VirtualTime time = new VirtualTime();
  private final InMemoryDataRepository repository = new InMemoryDataRepository(time);

  @Override
  protected DataRepository repository() {
    return repository;
  }

  @Override
  protected void advance(Duration by) {
    time.advance(by);
  }

  @Override
  protected List<Evidence> evidence(ResourceKey of) {
    return repository.evidence(of);
  }

  @Override
  protected List<JsonNode> versions(ResourceKey of) {
    return repository.versions(of);
  }
}
