package dev.pawl.server.api.map;

import dev.pawl.server.engine.ClaimForClient.Answer;
import dev.pawl.server.engine.ClaimForClient.Answer.Existing;
import dev.pawl.server.engine.ClaimForClient.Answer.Granted;
import dev.pawl.server.engine.ClaimForClient.Answer.InDoubt;
import dev.pawl.server.engine.CompleteClaim;
import dev.pawl.v1.ClaimGrant;
import dev.pawl.v1.ClaimResponse;
import dev.pawl.v1.CompleteResult;
import java.time.Instant;
import java.util.List;

/** What came of claims, as messages. */
public final class ClaimMapper {
  private ClaimMapper() {}

  public static ClaimResponse response(Answer answer) {
    ClaimResponse.Builder out = ClaimResponse.newBuilder();
    return switch (answer) {
      case Existing e -> out.setExisting(DataMapper.data(e.row(), List.of())).build();
      case InDoubt d -> out.setInDoubt(DataMapper.data(d.row(), d.evidence())).build();
      case Granted g -> out.setGranted(grant(g)).build();
    };
  }

  private static ClaimGrant grant(Granted granted) {
    ClaimGrant.Builder out =
        ClaimGrant.newBuilder()
            .setClaimToken(granted.token())
            .setFencingToken(granted.claim().fencingToken())
            .setIncarnation(granted.claim().incarnation())
            .setSendNumber(granted.claim().sendNumber())
            .setLeaseExpireTime(Times.timestamp(granted.leaseUntil()))
            .setMarker(granted.marker())
            .setRequestToken(granted.requestToken());
    if (!granted.absenceProvableAt().equals(Instant.EPOCH)) {
      out.setEvidence(
              EvidenceMapper.evidence(granted.row(), granted.evidence()).toBuilder()
                  .setMarker(granted.marker())
                  .setRequestToken(granted.requestToken()))
          .setAbsenceProvableTime(Times.timestamp(granted.absenceProvableAt()));
    }
    return out.build();
  }

  public static CompleteResult effect(CompleteClaim.Effect effect) {
    return switch (effect) {
      case COMPLETED -> CompleteResult.COMPLETE_RESULT_COMPLETED;
      case DOUBT_RESOLVED -> CompleteResult.COMPLETE_RESULT_DOUBT_RESOLVED;
      case REPEATED -> CompleteResult.COMPLETE_RESULT_REPEATED;
    };
  }
}
