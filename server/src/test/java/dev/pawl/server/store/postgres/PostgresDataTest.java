package dev.pawl.server.store.postgres;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What PostgreSQL's store does besides the contract that every store fulfils. */
class PostgresDataTest {
  private static final Duration LEASE = Duration.ofSeconds(30);

  private static TestDatabase database;
  private static DataStore store;

  private final String namespace = "ns-" + UUID.randomUUID();

  @BeforeAll
  static void open() {
    database = TestDatabase.create();
    store = database.store().data();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void rowsAreListedByKeyAndPage() throws MethodException {
    made("a/x", "web-1");
    made("a/x", "web-2");
    made("a/x", "we%_");
    made("b/y", "web-1");
    store.abandon(claim(key("a/x", "never"), ClaimMode.CREATE, null), because("refused"));

    assertThat(listed(query(null, 2, null, ""))).containsExactly("a/x we%_", "a/x web-1");
    assertThat(listed(query(key("a/x", "web-1"), 9, null, "")))
        .containsExactly("a/x web-2", "b/y web-1");
    assertThat(listed(query(null, 9, "b/y", ""))).containsExactly("b/y web-1");
    assertThat(listed(query(null, 9, null, "we%"))).containsExactly("a/x we%_");
    assertThat(
            listed(new DataStore.Query(namespace, null, 9, null, "", Set.of(ResourceState.ABSENT))))
        .containsExactly("a/x never");
    assertThat(listed(new DataStore.Query("other", null, 9, null, "", Set.of()))).isEmpty();
  }

  @Test
  void versionsSayWhichRunStoredThem() throws MethodException {
    StoredResource row = made("a/x", "web-1");
    DataStore ofRun = database.store().data().inRun("run-7");
    StoredResource second = ofRun.confirm(row, data("active"));
    ofRun.confirm(second, Json.parse("{\"status\":\"active\"}"));

    List<DataStore.Version> versions = store.versions(row.key(), 0, 10);
    assertThat(versions).extracting(DataStore.Version::version).containsExactly(2L, 1L);
    assertThat(versions).extracting(DataStore.Version::runId).containsExactly("run-7", null);
    assertThat(versions)
        .extracting(DataStore.Version::outcome)
        .containsExactly("VERIFIED", "CREATED");
    assertThat(store.versions(row.key(), 2, 10)).hasSize(1);
    assertThat(store.version(row.key(), 2).orElseThrow().data()).isEqualTo(data("active"));
    assertThat(store.version(row.key(), 3)).isEmpty();
  }

  @Test
  void equalDataInAnotherOrderIsNoNewVersion() throws MethodException {
    StoredResource row = made("a/x", "web-1");
    StoredResource both = store.confirm(row, Json.parse("{\"a\":1,\"b\":[1.0,2]}"));
    assertThat(store.confirm(both, Json.parse("{\"b\":[1.0,2],\"a\":1}")).version())
        .isEqualTo(both.version());
  }

  @Test
  void dataOverTheLimitIsRefusedAndTheLimitNamed() {
    Claim claim = claim(key("a/x", "large"), ClaimMode.CREATE, null);
    JsonNode large = TextNode.valueOf("é".repeat(600_000));

    MethodException refusal =
        catchThrowableOfType(
            MethodException.class, () -> store.complete(claim, completion("id", large)));
    assertThat(refusal.failure().reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
    assertThat(refusal).hasMessageContaining("1 MiB").hasMessageContaining("a/x/large");
    assertThat(store.read(claim.key()).state()).isEqualTo(ResourceState.CLAIMED);
  }

  @Test
  void anotherObjectThanTheStoredOneIsRecordedAsADuplicate() throws MethodException {
    Claim lost = claim(key("a/x", "twice"), ClaimMode.CREATE, null);
    database.advance(LEASE.plusSeconds(1));
    store.complete(claim(lost.key(), ClaimMode.RECONCILE, null), completion("first", data("x")));

    assertThatThrownBy(() -> store.complete(lost, completion("first", data("x"))))
        .hasMessageContaining("no longer held");
    assertThat(duplicates(lost.key())).isEmpty();
    assertThatThrownBy(() -> store.complete(lost, completion("second", data("x"))))
        .hasMessageContaining("no longer held");
    assertThat(duplicates(lost.key()))
        .singleElement()
        .satisfies(one -> assertThat(one.path("externalId").asText()).isEqualTo("second"));
  }

  @Test
  void requestsAreSealedInTheTable() {
    Claim claim = claim(key("a/x", "sealed"), ClaimMode.CREATE, intent("the-secret-body"));

    byte[] stored =
        database
            .database()
            .read(
                sql ->
                    sql.fetchOne(
                            "select intent from resource where instance = 'sealed'"
                                + " and namespace = ?",
                            namespace)
                        .get(0, byte[].class));
    assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("secret");
    assertThat(requireNonNull(store.read(claim.key()).claim()).intent())
        .isEqualTo(intent("the-secret-body"));
  }

  @Test
  void aRequestSealedWithAnotherKeyStaysInDoubtAndSaysSo() throws MethodException {
    Claim sent = claim(key("a/x", "foreign"), ClaimMode.CREATE, intent("body"));
    store.doubt(sent, because("no answer"));
    byte[] otherKey = new byte[32];
    Arrays.fill(otherKey, (byte) 7);
    IntentSealer sealer = IntentSealer.withKey(Base64.getEncoder().encodeToString(otherKey));
    DataStore other = new PostgresStore(database.database(), sealer).data();

    StoredResource row = other.read(sent.key());
    assertThat(row.state()).isEqualTo(ResourceState.IN_DOUBT);
    assertThat(requireNonNull(row.claim()).intent()).isNull();
    for (int i = 0; i < 2; i++) {
      ClaimAnswer answer = other.claim(request(other.read(sent.key()), ClaimMode.RECONCILE, null));
      assertThat(answer).isInstanceOf(ClaimAnswer.Granted.class);
      other.doubt(((ClaimAnswer.Granted) answer).claim(), because("nothing to compare with"));
    }
    assertThat(other.evidence(sent.key()))
        .filteredOn(e -> e.what().contains("can't be opened with this server's intent key"))
        .hasSize(1);
    assertThat(requireNonNull(store.read(sent.key()).claim()).intent()).isEqualTo(intent("body"));
  }

  @Test
  void aNoteOnANewKeyDoesNotKeepItFromBeingClaimed() {
    ResourceKey key = key("a/x", "noted");
    store.note(key, because("seen before"));
    assertThat(store.read(key).state()).isEqualTo(ResourceState.ABSENT);
    assertThat(claim(key, ClaimMode.CREATE, null).fencingToken()).isEqualTo(1);
    assertThat(store.evidence(key)).extracting(Evidence::what).containsExactly("seen before");
  }

  @Test
  void theFingerprintClaimedForIsThatOfTheObject() throws MethodException {
    ResourceKey key = key("a/x", "client");
    ClaimRequest request =
        new ClaimRequest(
            store.read(key),
            ClaimMode.CREATE,
            "c",
            LEASE,
            Duration.ZERO,
            Duration.ZERO,
            "f1",
            null);
    Claim claim = ((ClaimAnswer.Granted) store.claim(request)).claim();
    assertThat(store.complete(claim, completion(null, data("x"))).fingerprint()).isEqualTo("f1");
  }

  @Test
  void theInstallationIsTheSameForEveryServerOfADatabase() {
    try (Database second = Database.open(database.settings().withPoolSize(1))) {
      assertThat(new PostgresStore(second, TestDatabase.sealer()).data().installationId())
          .isEqualTo(store.installationId());
    }
  }

  private static List<JsonNode> duplicates(ResourceKey key) {
    String stored =
        database
            .database()
            .read(
                sql ->
                    sql.fetchOne(
                            "select duplicates::text from resource where namespace = ?"
                                + " and instance = ?",
                            key.namespace(),
                            key.instance())
                        .get(0, String.class));
    List<JsonNode> out = new ArrayList<>();
    Json.parse(stored).forEach(out::add);
    return out;
  }

  @Test
  void whatManyClaimAndMakeAtOnceIsEachOnesOwn() throws Exception {
    List<ClaimAnswer> claims =
        Together.call(
            60,
            n ->
                store.claim(
                    request(
                        store.read(key("a/many", "i" + n % 30)),
                        ClaimMode.CREATE,
                        // Two keys wish for one name.
                        intent("b" + n).withNaturalKey(n % 30 < 2 ? namespace : "name" + n % 30))));
    List<Claim> granted =
        claims.stream()
            .filter(ClaimAnswer.Granted.class::isInstance)
            .map(answer -> ((ClaimAnswer.Granted) answer).claim())
            .toList();
    assertThat(granted).hasSize(29).extracting(claim -> claim.key()).doesNotHaveDuplicates();
    assertThat(claims.stream().filter(ClaimAnswer.Rivalled.class::isInstance)).isNotEmpty();

    List<StoredResource> made =
        Together.call(
            29,
            n -> {
              Claim claim = granted.get(n);
              return store.complete(claim, completion("id" + claim.key(), data("v" + n)));
            });
    for (int n = 0; n < 29; n++) {
      ResourceKey key = granted.get(n).key();
      assertThat(made.get(n).key()).isEqualTo(key);
      assertThat(store.read(key).data()).isEqualTo(data("v" + n));
      assertThat(store.versions(key, 0, 9)).hasSize(1);
    }
  }

  private List<String> listed(DataStore.Query query) {
    return store.list(query).stream()
        .map(listed -> listed.row().key())
        .map(key -> key.modelType() + " " + key.instance())
        .toList();
  }

  private DataStore.Query query(
      @Nullable ResourceKey after, int limit, @Nullable String type, String prefix) {
    return new DataStore.Query(namespace, after, limit, type, prefix, Set.of());
  }

  private ResourceKey key(String type, String instance) {
    return new ResourceKey(namespace, type, instance, ResourceKey.STATE);
  }

  private StoredResource made(String type, String instance) throws MethodException {
    Claim claim = claim(key(type, instance), ClaimMode.CREATE, null);
    return store.complete(claim, completion(type + instance, data("new")));
  }

  private static Claim claim(ResourceKey key, ClaimMode mode, @Nullable Intent intent) {
    ClaimAnswer answer = store.claim(request(store.read(key), mode, intent));
    assertThat(answer).isInstanceOf(ClaimAnswer.Granted.class);
    return ((ClaimAnswer.Granted) answer).claim();
  }

  private static ClaimRequest request(
      StoredResource read, ClaimMode mode, @Nullable Intent intent) {
    return new ClaimRequest(
        read, mode, "me", LEASE, Duration.ofSeconds(15), Duration.ofSeconds(30), null, intent);
  }

  private Completion completion(@Nullable String externalId, JsonNode data) {
    return new Completion(data, externalId, namespace, Json.object(), null, null, Outcome.CREATED);
  }

  private static JsonNode data(String status) {
    return Json.object().put("status", status);
  }

  private static Evidence because(String what) {
    return new Evidence(what, Json.object());
  }

  private static Intent intent(String body) {
    return new Intent(
        "POST",
        "http://127.0.0.1/things",
        Map.of("Accept", "application/json"),
        TextNode.valueOf(body),
        Json.object(),
        Json.object(),
        null,
        null,
        "account",
        null,
        List.of("a", "b"));
  }
}
