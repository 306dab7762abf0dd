package dev.pawl.model.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pawl.model.MethodException;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.Claim;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.Completion;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import dev.pawl.model.data.StoredResource.Tombstone.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/**
 * What every {@link dev.pawl.model.data.DataRepository} does: inherit it in a store's own tests.
 * The moves of the life cycle, and the loud refusal of every move by somebody whose knowledge of
 * the row is old.
 */
@NullUnmarked // a null where none belongs fails the test
public abstract class DataRepositoryContract extends StaleKnowledgeContract {

  @Test
  void completedCreateIsPresent() throws MethodException {
    Claim claim = claim(ClaimMode.CREATE);

    StoredResource row = repository().complete(claim, completion("id-1", Outcome.CREATED));

    assertThat(row.state()).isEqualTo(ResourceState.PRESENT);
    assertThat(row.version()).isEqualTo(1);
    assertThat(row.incarnation()).isEqualTo(1);
    assertThat(row.externalId()).isEqualTo("id-1");
    assertThat(row.account()).isEqualTo(account);
    assertThat(row.identity().path("id").asText()).isEqualTo("id-1");
    assertThat(row.data()).isEqualTo(data("made"));
    assertThat(row.arguments().path("name").asText()).isEqualTo("n");
    assertThat(row.fingerprint()).isEqualTo("fingerprint-1");
    assertThat(row.confirmed()).isFalse();
    assertThat(row.verifiedAt()).isNull();
    assertThat(row.presentSince()).isNotNull();
    assertThat(row.tombstone()).isNull();
    assertThat(row.claim()).isNull();
    assertThat(row.sendNumber()).isEqualTo(1);
    StoredResource read = read();
    assertThat(read.data()).isEqualTo(row.data());
    assertThat(read.presentSince()).isEqualTo(row.presentSince());
    assertThat(versions(key)).containsExactly(data("made"));
  }

  @Test
  void outputOfNoApiIsKeptToo() throws MethodException {
    repository()
        .complete(
            claim(ClaimMode.CREATE),
            new Completion(
                data("made"),
                null,
                null,
                dev.pawl.model.Json.object(),
                null,
                null,
                Outcome.CREATED));

    assertThat(read().state()).isEqualTo(ResourceState.PRESENT);
    assertThat(read().externalId()).isNull();
    assertThat(read().arguments()).isNull();
    assertThat(repository().confirm(read(), data("other")).version()).isEqualTo(2);
  }

  @Test
  void adoptedObjectCountsAsSeen() throws MethodException {
    doubted();
    StoredResource row =
        repository().complete(claim(ClaimMode.RECONCILE), completion("id-1", Outcome.ADOPTED));

    assertThat(row.state()).isEqualTo(ResourceState.PRESENT);
    assertThat(row.confirmed()).isTrue();
    assertThat(row.verifiedAt()).isNotNull();
  }

  @Test
  void changedObjectStaysPresentSinceItWasMade() throws MethodException {
    StoredResource first = made();
    advance(Duration.ofSeconds(10));
    Claim change = claim(ClaimMode.CHANGE);

    StoredResource row =
        repository().complete(change, completion("id-1", Outcome.UPDATED, data("changed")));

    assertThat(row.version()).isEqualTo(2);
    assertThat(row.incarnation()).isEqualTo(1);
    assertThat(row.presentSince()).isEqualTo(first.presentSince());
    assertThat(row.confirmed()).isTrue();
    assertThat(versions(key)).containsExactly(data("made"), data("changed"));
  }

  @Test
  void abandonedCreateIsAbsentAndItsNumbersAreKept() throws MethodException {
    StoredResource row =
        repository().abandon(claim(ClaimMode.CREATE), because("the API refused it"));

    assertThat(row.state()).isEqualTo(ResourceState.ABSENT);
    assertThat(row.claim()).isNull();
    assertThat(row.sendNumber()).isEqualTo(1);
    assertThat(row.fencingToken()).isEqualTo(1);
    assertThat(learned()).containsExactly("the API refused it");
    assertThat(evidence(key).get(0).detail().path("seen").asText()).isEqualTo("nothing");
  }

  @Test
  void abandonedCreateOfABuriedRowKeepsTheTombstone() throws MethodException {
    StoredResource tomb = buried();
    StoredResource claimed = repository().read(claim(ClaimMode.CREATE).key());
    assertThat(claimed.tombstone()).isEqualTo(tomb.tombstone());
    assertThat(claimed.sendNumber()).isEqualTo(2);

    ask(read(), ClaimMode.CREATE);
    advance(PAST_LEASE);
    StoredResource row = repository().abandon(claim(ClaimMode.RECONCILE), because("proven absent"));

    assertThat(row.state()).isEqualTo(ResourceState.DELETED);
    assertThat(row.tombstone()).isEqualTo(tomb.tombstone());
    assertThat(row.incarnation()).isEqualTo(2);
  }

  @Test
  void provenAbsentAfterADoubtIsAbsent() throws MethodException {
    doubted();
    StoredResource row = repository().abandon(claim(ClaimMode.RECONCILE), because("proven absent"));

    assertThat(row.state()).isEqualTo(ResourceState.ABSENT);
    assertThat(claim(ClaimMode.CREATE).sendNumber()).isEqualTo(2);
  }

  @Test
  void abandonedChangeIsPresentAsBefore() throws MethodException {
    StoredResource before = made();
    StoredResource row = repository().abandon(claim(ClaimMode.CHANGE), because("refused"));

    assertThat(row.state()).isEqualTo(ResourceState.PRESENT);
    assertThat(row.version()).isEqualTo(before.version());
    assertThat(row.presentSince()).isEqualTo(before.presentSince());
    assertThat(row.claim()).isNull();
  }

  @Test
  void doubtKeepsWhatWasSent() throws MethodException {
    Claim claim = claim(ClaimMode.CREATE);
    StoredResource.OpenClaim open = read().claim();

    StoredResource row = repository().doubt(claim, because("no answer"));

    assertThat(row.state()).isEqualTo(ResourceState.IN_DOUBT);
    assertThat(row.claim().intent()).isEqualTo(open.intent());
    assertThat(row.claim().sentAt()).isEqualTo(open.sentAt());
    assertThat(row.claim().quarantineUntil()).isEqualTo(open.quarantineUntil());
    assertThat(row.sendNumber()).isEqualTo(1);
    assertThat(learned()).containsExactly("no answer");
  }

  @Test
  void doubtAboutAChangeIsForTheNextVerify() throws MethodException {
    made();
    assertThat(repository().doubt(claim(ClaimMode.CHANGE), because("no answer")).state())
        .isEqualTo(ResourceState.PRESENT);
  }

  @Test
  void buriedRowKeepsItsLastAttributes() throws MethodException {
    StoredResource before = repository().confirm(made(), data("made"));
    StoredResource row = repository().bury(before, Cause.VERIFIED_GONE);

    assertThat(row.state()).isEqualTo(ResourceState.DELETED);
    assertThat(row.incarnation()).isEqualTo(2);
    assertThat(row.version()).isEqualTo(1);
    assertThat(row.sendNumber()).isEqualTo(1);
    assertThat(row.data()).isEqualTo(data("made"));
    assertThat(row.externalId()).isEqualTo("id-1");
    assertThat(row.confirmed()).isFalse();
    assertThat(row.tombstone().cause()).isEqualTo(Cause.VERIFIED_GONE);
    assertThat(row.tombstone().at()).isNotNull();
    assertThat(row.claim()).isNull();
  }

  @Test
  void whatIsMadeAnewIsAnotherIncarnation() throws MethodException {
    buried();
    StoredResource row = made(key, "id-2");

    assertThat(row.state()).isEqualTo(ResourceState.PRESENT);
    assertThat(row.incarnation()).isEqualTo(2);
    assertThat(row.version()).isEqualTo(2);
    assertThat(row.sendNumber()).isEqualTo(2);
    assertThat(row.tombstone()).isNull();
    assertThat(row.confirmed()).isFalse();
    assertThat(versions(key)).hasSize(2);
  }

  @Test
  void deletionUnderAChangeClaimEndsIt() throws MethodException {
    made();
    Claim change = claim(ClaimMode.CHANGE);
    StoredResource row = repository().bury(change, Cause.DELETED);

    assertThat(row.state()).isEqualTo(ResourceState.DELETED);
    assertThat(row.tombstone().cause()).isEqualTo(Cause.DELETED);
    assertThat(row.incarnation()).isEqualTo(2);
    assertStale(() -> repository().bury(change, Cause.DELETED));
    assertStale(() -> repository().complete(change, completion("id-1", Outcome.UPDATED)));
    assertThat(read().state()).isEqualTo(ResourceState.DELETED);
  }

  @Test
  void confirmationStoresAVersionOnlyForNewData() throws MethodException {
    StoredResource same = repository().confirm(made(), data("made"));
    assertThat(same.version()).isEqualTo(1);
    assertThat(same.confirmed()).isTrue();
    assertThat(same.verifiedAt()).isNotNull();

    advance(Duration.ofSeconds(5));
    StoredResource other = repository().confirm(same, data("active"));
    assertThat(other.version()).isEqualTo(2);
    assertThat(other.data()).isEqualTo(data("active"));
    assertThat(other.verifiedAt()).isAfter(same.verifiedAt());
    assertThat(other.presentSince()).isEqualTo(same.presentSince());
    assertThat(versions(key)).containsExactly(data("made"), data("active"));
  }

  @Test
  void anObjectHasOneOwner() throws MethodException {
    ResourceKey owner = key("default");
    made(owner, "id-1");

    Claim claim = claim(ClaimMode.CREATE);
    MethodException refusal =
        catchThrowableOfType(
            MethodException.class,
            () -> repository().complete(claim, completion("id-1", Outcome.CREATED)));

    assertThat(refusal.failure().reason()).isEqualTo(Reason.EXTERNAL_ID_OWNED);
    assertThat(refusal).hasMessageContaining(owner.instance());
    assertThat(read().state()).isEqualTo(ResourceState.IN_DOUBT);
    assertThat(read().claim().intent()).isEqualTo(intent("body").asMade());
    assertThat(versions(key)).isEmpty();
    assertThat(repository().read(owner).state()).isEqualTo(ResourceState.PRESENT);
  }

  @Test
  void anOwnerIsNotNamedToAnotherNamespace() throws MethodException {
    ResourceKey owner = key("other");
    made(owner, "id-1");
    Claim claim = claim(ClaimMode.CREATE);

    MethodException refusal =
        catchThrowableOfType(
            MethodException.class,
            () -> repository().complete(claim, completion("id-1", Outcome.CREATED)));

    assertThat(refusal.failure().reason()).isEqualTo(Reason.EXTERNAL_ID_OWNED);
    assertThat(refusal.getMessage()).doesNotContain(owner.instance());
  }

  @Test
  void ownershipLastsThroughAChangeAndEndsWithTheTombstone() throws MethodException {
    ResourceKey owner = key("default");
    made(owner, "id-1");
    Claim change = claim(owner, ClaimMode.CHANGE);
    assertThat(repository().ownedByOthers(key, account, List.of("id-1", "id-2")))
        .containsExactly("id-1");
    assertThat(repository().ownedByOthers(owner, account, List.of("id-1"))).isEmpty();
    assertThat(repository().ownedByOthers(key, "another account", List.of("id-1"))).isEmpty();
    assertThat(repository().ownedByOthers(key, account, List.of())).isEmpty();

    repository().bury(change, Cause.DELETED);
    assertThat(repository().ownedByOthers(key, account, List.of("id-1"))).isEmpty();
    assertThat(made(key, "id-1").state()).isEqualTo(ResourceState.PRESENT);
  }

  @Test
  void notesAreKeptWhoeverHoldsTheRow() throws MethodException {
    claim(ClaimMode.CREATE);
    repository().note(key, because("first"));
    repository().note(key, because("second"));
    assertThat(learned()).containsExactly("first", "second");
    assertThat(read().state()).isEqualTo(ResourceState.CLAIMED);
  }

  @Test
  void theInstallationKeepsItsName() {
    assertThat(repository().installationId()).isNotBlank();
    assertThat(repository().installationId()).isEqualTo(repository().installationId());
  }

  @Test
  void ofManyWhoOwnOneObjectOneIsKept() throws Exception {
    int callers = 8;
    CyclicBarrier start = new CyclicBarrier(callers);
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    try {
      List<Callable<Boolean>> calls = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        Claim claim = claim(key("default"), ClaimMode.CREATE);
        calls.add(
            () -> {
              start.await();
              try {
                repository().complete(claim, completion("id-shared", Outcome.CREATED));
                return true;
              } catch (MethodException e) {
                assertThat(e.failure().reason()).isEqualTo(Reason.EXTERNAL_ID_OWNED);
                return false;
              }
            });
      }
      List<Boolean> kept = new ArrayList<>();
      for (Future<Boolean> one : threads.invokeAll(calls)) {
        kept.add(one.get());
      }
      assertThat(kept).filteredOn(k -> k).hasSize(1);
    } finally {
      threads.shutdownNow();
    }
  }
}
