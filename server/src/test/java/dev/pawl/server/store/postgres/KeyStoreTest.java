package dev.pawl.server.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.model.Json;
import dev.pawl.server.store.Idempotency;
import dev.pawl.server.store.KnownKey;
import dev.pawl.server.store.StartAnswer;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What keys are after their retention, and after work that failed. */
class KeyStoreTest extends RunStoreTest {
  private static final Duration PAST = Duration.ofMinutes(2);

  /** Other tests' keys are of no concern. */
  @BeforeEach
  void noKeys() {
    database.database().write(sql -> sql.execute("delete from idempotency_key"));
  }

  private static Idempotency brief(String key) {
    return new Idempotency(
        "StartRun", key, "fingerprint", Json.object().put("a", 1), Duration.ofMinutes(1));
  }

  private KnownKey known(String key) {
    return database.store().keys().find(namespace, key(key)).orElseThrow();
  }

  private static long whole() {
    return database
        .database()
        .read(
            sql ->
                sql.fetchSingle("select count(*) from idempotency_key where request is not null")
                    .get(0, Long.class));
  }

  @Test
  void pastItsRetentionAKeyShrinksToATombstoneThatStaysForEver() {
    store.start(newRun("r1", "ex-1", brief("old")));
    store.start(newRun("r2", "ex-1", key("new")));
    database.advance(PAST);

    assertThat(database.store().keys().shrink(10)).isEqualTo(1);

    KnownKey tombstone = known("old");
    assertThat(tombstone.isExpired()).isTrue();
    assertThat(tombstone.request()).isNull();
    assertThat(tombstone.runId()).isEqualTo("r1");
    assertThat(tombstone.subject()).isEqualTo("run r1");
    assertThat(known("new").isExpired()).isFalse();
    assertThat(known("new").request()).isNotNull();
    assertThat(database.store().keys().shrink(10)).isZero();

    StartAnswer late = store.start(newRun("r3", "ex-1", brief("old")));
    assertThat(late).isEqualTo(new StartAnswer.Known(tombstone));
  }

  @Test
  void keysShrinkBatchByBatchAndReplicasShareThem() throws Exception {
    IntStream.range(0, 25).forEach(i -> store.start(newRun("r" + i, "ex-1", brief("k" + i))));
    database.advance(PAST);

    assertThat(database.store().keys().shrink(10)).isEqualTo(10);
    List<Integer> shrunk = Together.call(3, i -> database.store().keys().shrink(10));

    assertThat(shrunk.stream().mapToInt(Integer::intValue).sum()).isLessThanOrEqualTo(15);
    database.store().keys().shrink(100);
    assertThat(whole()).isZero();
  }

  @Test
  void aKeyIsNotTakenByWorkThatFails() {
    started("r1", "ex-1");
    assertThatThrownBy(() -> store.start(newRun("r1", "ex-1", key("k"))))
        .isInstanceOf(DataAccessException.class);

    assertThat(database.store().keys().find(namespace, key("k"))).isEmpty();
    assertThat(store.start(newRun("r2", "ex-1", key("k")))).isInstanceOf(StartAnswer.Started.class);
  }

  @Test
  void whoWaitsForWorkThatFailsDoesItItself() throws Exception {
    started("taken", "ex-1");
    List<String> answers =
        Together.call(
            8,
            i -> {
              try {
                return store.start(newRun(i < 6 ? "taken" : "free", "ex-1", key("k"))).toString();
              } catch (DataAccessException e) {
                return "failed";
              }
            });
    assertThat(answers.stream().filter(a -> a.startsWith("Started"))).hasSize(1);
    assertThat(known("k").runId()).isEqualTo("free");
  }
}
