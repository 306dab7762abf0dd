package dev.pawl.server.store.postgres;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.Claim;
import dev.pawl.model.data.ClaimAnswer;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.ClaimRequest;
import dev.pawl.model.data.Completion;
import dev.pawl.model.data.Evidence;
import dev.pawl.model.data.Intent;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import dev.pawl.server.store.DataStore;
import dev.pawl.server.store.postgres.CuttingProxy.Cut;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The connection to a real PostgreSQL is cut over a write: what became of it is read, not assumed.
 */
class LostAnswersTest {
  private static final String TAKEN = "insert into resource ";
  private static final String CHANGED = "update \"resource\" ";
  private static final String STORED = "insert into resource_version ";
  private static final String AMENDED = "amended as ";
  private static final String SEEN = "confirmed as ";
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Evidence WHY = new Evidence("refused", Json.object());

  private final ResourceKey key =
      new ResourceKey("ns-" + UUID.randomUUID(), "a/x", "web-1", "state");
  private TestDatabase direct;
  private CuttingProxy proxy;
  private Database database;
  private DataStore store;

  @BeforeEach
  void open() throws Exception {
    direct = TestDatabase.create();
    DatabaseSettings settings = direct.settings();
    int port = Integer.parseInt(settings.url().replaceAll(".*:(\\d+)/.*", "$1"));
    proxy = new CuttingProxy(port);
    String url = settings.url().replace(":" + port + "/", ":" + proxy.port() + "/");
    database =
        Database.open(
            DatabaseSettings.of(url + "?prepareThreshold=0", settings.user(), settings.password()));
    store = new PostgresStore(database, TestDatabase.sealer()).data().inRun("run-1");
  }

  @AfterEach
  void close() throws Exception {
    database.close();
    proxy.close();
    direct.close();
  }

  @ParameterizedTest
  @EnumSource
  void aClaimIsOursOnceHoweverOftenItWasSent(Cut cut) throws Exception {
    proxy.cut(cut, TAKEN, 1);

    Claim claim = claim();

    assertThat(proxy.cuts()).isEqualTo(1);
    assertThat(claim.fencingToken()).isEqualTo(1);
    assertThat(row().fencingToken()).isEqualTo(1);
    assertThat(store.complete(claim, made()).version()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void aClaimOfAnotherIsNotTakenForOurs(Cut cut) throws Exception {
    StoredResource read = store.read(key);
    store.claim(request(read, "another"));
    proxy.cut(cut, TAKEN, 1);

    assertThat(store.claim(request(read, "us"))).isInstanceOf(ClaimAnswer.Held.class);
    assertThat(proxy.cuts()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void whatWasMadeIsStoredOnce(Cut cut) throws Exception {
    Claim claim = claim();
    proxy.cut(cut, STORED, 1);

    StoredResource stored = store.complete(claim, made());

    assertThat(proxy.cuts()).isEqualTo(1);
    assertThat(stored.state()).isEqualTo(ResourceState.PRESENT);
    assertThat(stored.externalId()).isEqualTo("id-1");
    assertThat(row().version()).isEqualTo(1);
    assertThat(store.versions(key, 0, 9)).hasSize(1);
    assertThat(store.evidence(key)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aRequestIsReplacedUnderTheClaimThatHoldsTheRow(Cut cut) throws Exception {
    Claim claim = claim();
    proxy.cut(cut, AMENDED, 1);

    store.amend(claim, intent("https://api.example.test/things"));

    assertThat(proxy.cuts()).isEqualTo(1);
    assertThat(requireNonNull(requireNonNull(row().claim()).intent()).url())
        .isEqualTo("https://api.example.test/things");
    store.abandon(claim, WHY);
    assertThatThrownBy(() -> store.amend(claim, intent("https://other.example.test")))
        .isInstanceOf(MethodException.class);
  }

  /** Where the first one came through, the row has changed since: its caller looks again. */
  @ParameterizedTest
  @EnumSource
  void whatWasSeenIsStoredOnce(Cut cut) throws Exception {
    StoredResource stored = store.complete(claim(), made());
    proxy.cut(cut, SEEN, 1);

    try {
      store.confirm(stored, Json.object().put("id", "id-1").put("size", 3));
    } catch (MethodException e) {
      assertThat(e.failure().reason()).isEqualTo(Reason.CLAIM_STALE);
    }

    assertThat(proxy.cuts()).isEqualTo(1);
    assertThat(row().version()).isEqualTo(2);
    assertThat(row().confirmed()).isTrue();
    assertThat(store.versions(key, 0, 9)).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void anEndWithoutAnObjectIsNotRefusedToItsHolder(Cut cut) throws Exception {
    Claim refused = claim();
    proxy.cut(cut, CHANGED, 1);

    assertThat(store.abandon(refused, WHY).state()).isEqualTo(ResourceState.ABSENT);
    assertThat(proxy.cuts()).isEqualTo(1);
    assertThat(store.evidence(key)).hasSize(1);

    Claim unknown = claim();
    proxy.cut(cut, CHANGED, 1);
    assertThat(store.doubt(unknown, WHY).state()).isEqualTo(ResourceState.IN_DOUBT);
    assertThat(proxy.cuts()).isEqualTo(1);
  }

  /** What was written first may be durable, whatever becomes of its repetition. */
  @Test
  void aRepetitionThatIsNotBegunSaysNothingOfTheFirst() {
    AtomicInteger writes = new AtomicInteger();
    Supplier<Optional<String>> write =
        () ->
            switch (writes.incrementAndGet()) {
              case 1 -> throw new DataAccessException("", new SQLException("gone", "08006"));
              case 2 -> throw new DatabaseUnavailable("20,000 writes wait", null);
              default -> Optional.empty();
            };
    assertThat(new SureWrite(database).run(write, () -> Optional.of("written")))
        .hasValue("written");
    assertThat(writes).hasValue(3);
    assertThatThrownBy(
            () ->
                new SureWrite(database)
                    .run(
                        () -> {
                          throw new DatabaseUnavailable("20,000 writes wait", null);
                        },
                        Optional::empty))
        .isInstanceOf(DatabaseUnavailable.class);
  }

  private Claim claim() throws Exception {
    return ((ClaimAnswer.Granted) store.claim(request(store.read(key), "us"))).claim();
  }

  private static ClaimRequest request(StoredResource read, String holder) {
    return new ClaimRequest(
        read, ClaimMode.CREATE, holder, LEASE, LEASE, Duration.ZERO, null, null);
  }

  private static Intent intent(String url) {
    return new Intent(
        "POST", url, Map.of(), null, Json.object(), Json.object(), null, null, "acc", null, null);
  }

  private StoredResource row() {
    return direct.store().data().read(key);
  }

  private static Completion made() {
    return new Completion(
        Json.object().put("id", "id-1"), "id-1", "acc", Json.object(), null, null, Outcome.CREATED);
  }
}
