package dev.pawl.model.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.model.MethodException;
import dev.pawl.model.Outcome;
import dev.pawl.model.data.Claim;
import dev.pawl.model.data.ClaimAnswer;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import dev.pawl.model.data.StoredResource.Tombstone.Cause;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Who knows an older row changes nothing, and what such a holder has made is kept as evidence. */
@NullUnmarked // a null where none belongs fails the test
abstract class StaleKnowledgeContract extends MovesContract {

  @Test
  void whoHasReadAnOlderVersionNeitherConfirmsNorBuries() throws MethodException {
    StoredResource first = made();
    repository().confirm(first, data("active"));

    assertStale(() -> repository().confirm(first, data("made")));
    assertStale(() -> repository().bury(first, Cause.VERIFIED_GONE));
    assertThat(read().state()).isEqualTo(ResourceState.PRESENT);
    assertThat(read().version()).isEqualTo(2);
  }

  @Test
  void whoHasReadAnOlderIncarnationNeitherConfirmsNorBuries() throws MethodException {
    StoredResource first = made();
    repository().bury(first, Cause.DELETED);
    assertStale(() -> repository().confirm(first, data("made")));
    assertStale(() -> repository().bury(first, Cause.DELETED));

    made(key, "id-2");
    assertStale(() -> repository().bury(first, Cause.VERIFIED_GONE));
    assertThat(read().state()).isEqualTo(ResourceState.PRESENT);
    assertThat(read().incarnation()).isEqualTo(2);
  }

  @Test
  void whatWasFoundGoneCanStillBeDeletedOnRecord() throws MethodException {
    StoredResource gone = repository().bury(made(), Cause.VERIFIED_GONE);
    assertStale(() -> repository().bury(gone, Cause.VERIFIED_GONE));
    StoredResource deleted = repository().bury(gone, Cause.DELETED);

    assertThat(deleted.tombstone().cause()).isEqualTo(Cause.DELETED);
    assertThat(deleted.state()).isEqualTo(ResourceState.DELETED);
    assertStale(() -> repository().bury(gone, Cause.DELETED));
  }

  @Test
  void nobodyConfirmsOrBuriesUnderALiveChange() throws MethodException {
    StoredResource before = made();
    claim(ClaimMode.CHANGE);

    assertStale(() -> repository().confirm(before, data("made")));
    assertStale(() -> repository().bury(before, Cause.VERIFIED_GONE));

    advance(PAST_LEASE);
    StoredResource row = repository().confirm(read(), data("made"));
    assertThat(row.state()).isEqualTo(ResourceState.PRESENT);
    assertThat(row.claim()).isNull();
  }

  @Test
  void whoLostTheClaimChangesNothingAndIsHeardAsEvidence() throws MethodException {
    Claim lost = claim(ClaimMode.CREATE);
    advance(PAST_LEASE);
    claim(ClaimMode.RECONCILE);

    assertStale(() -> repository().complete(lost, completion("id-late", Outcome.CREATED)));
    assertStale(() -> repository().abandon(lost, because("late: refused")));
    assertStale(() -> repository().doubt(lost, because("late: no answer")));

    StoredResource row = read();
    assertThat(row.state()).isEqualTo(ResourceState.CLAIMED);
    assertThat(row.fencingToken()).isEqualTo(2);
    assertThat(versions(key)).isEmpty();
    assertThat(learned()).contains("late: refused", "late: no answer");
    assertThat(evidence(key))
        .anyMatch(e -> e.detail().path("externalId").asText().equals("id-late"));
  }

  @Test
  void aSecondObjectOfOneKeyIsNotStoredButKnown() throws MethodException {
    Claim lost = claim(ClaimMode.CREATE);
    advance(PAST_LEASE);
    repository().complete(claim(ClaimMode.RECONCILE), completion("id-1", Outcome.ADOPTED));

    assertStale(() -> repository().complete(lost, completion("id-2", Outcome.CREATED)));

    assertThat(read().externalId()).isEqualTo("id-1");
    assertThat(evidence(key)).anyMatch(e -> e.detail().path("externalId").asText().equals("id-2"));
  }

  @Test
  void anEndedClaimEndsNothingTwice() throws MethodException {
    Claim claim = claim(ClaimMode.CREATE);
    repository().complete(claim, completion("id-1", Outcome.CREATED));
    assertStale(() -> repository().complete(claim, completion("id-1", Outcome.CREATED)));
    assertStale(() -> repository().abandon(claim, because("x")));
    assertStale(() -> repository().doubt(claim, because("x")));
    assertThat(read().state()).isEqualTo(ResourceState.PRESENT);
    assertThat(read().version()).isEqualTo(1);
  }

  @Test
  void aHolderPastItsLeaseWhomNobodyFollowedStillSaysWhatItKnows() throws MethodException {
    Claim late = claim(ClaimMode.CREATE);
    advance(PAST_LEASE);
    assertThat(repository().complete(late, completion("id-1", Outcome.CREATED)).state())
        .isEqualTo(ResourceState.PRESENT);
  }

  @Test
  void aLateAnswerResolvesADoubtAboutTheSameSend() throws MethodException {
    Claim late = doubted();
    repository().doubt(claim(ClaimMode.RECONCILE), because("several candidates"));

    StoredResource row = repository().complete(late, completion("id-1", Outcome.CREATED));

    assertThat(row.state()).isEqualTo(ResourceState.PRESENT);
    assertThat(row.externalId()).isEqualTo("id-1");
  }

  @Test
  void aLateAnswerSaysNothingAboutALaterSend() throws MethodException {
    Claim late = claim(ClaimMode.CREATE);
    advance(PAST_LEASE);
    repository().abandon(claim(ClaimMode.RECONCILE), because("proven absent"));
    doubted();

    assertStale(() -> repository().complete(late, completion("id-1", Outcome.CREATED)));
    assertThat(read().state()).isEqualTo(ResourceState.IN_DOUBT);
  }

  @Test
  void aLateDoubtOwesALookFromThenOnWhateverTheRowHasCome() throws MethodException {
    Claim late = claim(ClaimMode.CREATE);
    advance(PAST_LEASE);
    repository().complete(claim(ClaimMode.RECONCILE), completion("id-" + account, Outcome.ADOPTED));
    StoredResource before = read();
    assertThat(before.provenAbsentAt()).isNull();

    assertStale(() -> repository().doubt(late, because("late: no answer")));

    StoredResource owing = read();
    assertThat(owing.state()).isEqualTo(ResourceState.PRESENT);
    assertThat(owing.provenAbsentAt()).isNotNull();
    assertStale(() -> repository().probed(before, List.of()));
    assertThat(read().provenAbsentAt()).as("paid by a later look only").isNotNull();
    repository().probed(owing, List.of("another"));
    assertThat(read().provenAbsentAt()).isNull();
  }

  /** What was sent late may be there beside what is made next. */
  @Test
  void aLookThatIsOwedOutlivesATombstone() throws MethodException {
    Claim late = claim(ClaimMode.CREATE);
    advance(PAST_LEASE);
    repository().complete(claim(ClaimMode.RECONCILE), completion("id-" + account, Outcome.ADOPTED));
    assertStale(() -> repository().doubt(late, because("late: no answer")));
    StoredResource owing = read();

    StoredResource gone = repository().bury(owing, Cause.VERIFIED_GONE);

    assertThat(gone.effectiveState()).isEqualTo(ResourceState.DELETED);
    assertThat(gone.provenAbsentAt()).isEqualTo(owing.provenAbsentAt());
  }

  @Test
  void aDoubtAfterTheLeaseOwesALookAndOneInTimeDoesNot() throws MethodException {
    doubted();
    assertThat(read().provenAbsentAt()).isNull();
    Claim again = claim(ClaimMode.RECONCILE);
    repository().abandon(again, because("proven absent"));
    StoredResource proven = read();
    Claim late = claim(ClaimMode.CREATE);
    advance(PAST_LEASE);

    repository().doubt(late, because("no answer"));

    assertThat(read().state()).isEqualTo(ResourceState.IN_DOUBT);
    assertThat(read().provenAbsentAt()).isAfter(proven.provenAbsentAt());
  }

  @Test
  void aDeleteIsRecordedOverATombstoneAndNothingElseIs() throws MethodException {
    StoredResource gone = buried();
    assertStale(() -> repository().bury(gone, Cause.VERIFIED_GONE));

    StoredResource deleted = repository().bury(gone, Cause.DELETED);

    assertThat(deleted.tombstone().cause()).isEqualTo(Cause.DELETED);
    assertThat(deleted.incarnation()).isEqualTo(gone.incarnation() + 1);
    assertStale(() -> repository().bury(gone, Cause.DELETED));
    assertThat(ask(gone, ClaimMode.CREATE)).isInstanceOf(ClaimAnswer.Changed.class);
  }

  @Test
  void aLateRefusalDoesNotResolveADoubtThatOthersHaveLookedInto() throws MethodException {
    Claim late = doubted();
    repository().doubt(claim(ClaimMode.RECONCILE), because("sent again, no answer"));

    assertStale(() -> repository().abandon(late, because("late: refused")));
    assertThat(read().state()).isEqualTo(ResourceState.IN_DOUBT);
  }
}
