package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.Pacer;
import dev.pawl.model.testkit.InMemoryDataRepository;
import dev.pawl.model.testkit.TestContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers that race, in real time: nobody may move another's clock. */
class RaceTest extends ApiTest {
  private final InMemoryDataRepository store = new InMemoryDataRepository();
  private final TestContext real = context.with().repository(store, Pacer.SYSTEM).build();

  @ParameterizedTest
  @ValueSource(strings = {"NONE", "CLIENT_ID", "NATURAL_KEY"})
  void ofManyWhoCreateOneSends(String strategy) throws Exception {
    resource =
        Things.reconciledBy(
            switch (strategy) {
              case "NONE" -> Things.NONE;
              case "CLIENT_ID" -> Things.CLIENT_ID;
              default -> Things.NATURAL_KEY;
            });
    int callers = 8;
    CyclicBarrier start = new CyclicBarrier(callers);
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    List<Outcome> outcomes = new ArrayList<>();
    try {
      List<Callable<MethodResult>> calls = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        calls.add(
            () -> {
              start.await();
              return create(real);
            });
      }
      for (Future<MethodResult> call : threads.invokeAll(calls)) {
        outcomes.add(call.get().outcome());
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(outcomes).filteredOn(o -> o == Outcome.CREATED).hasSize(1);
    assertThat(outcomes).filteredOn(o -> o == Outcome.VERIFIED).hasSize(callers - 1);
    assertThat(api.count(resource.create().describe())).isEqualTo(1);
    assertThat(api.things()).hasSize(1);
  }
}
