package dev.pawl.core.http;

import dev.pawl.core.Refused;
import dev.pawl.model.CreateOptions;
import dev.pawl.model.Failure;
import dev.pawl.model.Json;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.ClaimRequest;
import dev.pawl.model.data.Intent;
import dev.pawl.model.data.StoredResource;
import dev.pawl.model.rest.ClientMarks;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plans a send: the claim, and the exact request that becomes durable with it. */
final class PlanSend {
  private final HttpCall call;
  private final Transport transport;
  private final MethodContext context;

  PlanSend(HttpCall call, Transport transport, MethodContext context) {
    this.call = call;
    this.transport = transport;
    this.context = context;
  }

  /**
   * The claim for a row that counts as absent. Looks first whether the effect holds already: only
   * then can a later look prove whose effect it is.
   *
   * @throws MethodException ALREADY_EXISTS, DELETED_AFTER_START, or why that could not be found out
   */
  ClaimRequest wish(StoredResource row) throws MethodException, InterruptedException {
    refuseAfterDelete(row);
    Duration usual = context.timing().lease();
    Duration needed = call.timeout().multipliedBy(2);
    return new ClaimRequest(
        row,
        ClaimMode.CREATE,
        context.caller().describe(),
        usual.compareTo(needed) > 0 ? usual : needed,
        call.timeout(),
        context.timing().processingAllowance(),
        Json.fingerprint(call.comparable()),
        intent(row, heldBefore()));
  }

  private void refuseAfterDelete(StoredResource row) throws MethodException {
    StoredResource.Tombstone tombstone = row.tombstone();
    Instant startedAt = context.options().startedAt();
    if (tombstone != null
        && startedAt != null
        && tombstone.cause() == StoredResource.Tombstone.Cause.DELETED
        && tombstone.at().isAfter(startedAt)
        && !context.options().recreate()) {
      throw Refused.because(
          Reason.DELETED_AFTER_START,
          row.key()
              + " was deleted at "
              + tombstone.at()
              + ", after this began at "
              + startedAt
              + "; start anew, or set recreate: true");
    }
  }

  private @Nullable Boolean heldBefore() throws MethodException, InterruptedException {
    Address verify = call.verify();
    if (verify == null) {
      return null;
    }
    EffectLook.Seen seen = new EffectLook(call, verify, transport, context).run();
    if (seen instanceof EffectLook.Seen.Unknown unknown) {
      Failure why = unknown.failure();
      throw MethodException.notMade(
          new Failure(
              Reason.VERIFY_UNKNOWN,
              "nothing was sent, for verifyUrl does not say how things are before: "
                  + why.message(),
              why.request(),
              why.httpStatus(),
              why.retryAfter()));
    }
    boolean holds = seen instanceof EffectLook.Seen.Holds;
    if (holds && call.makes() && context.options().adopt() == CreateOptions.Adopt.NEVER) {
      throw Refused.because(
          Reason.ALREADY_EXISTS,
          "GET "
              + verify.shown().getRawPath()
              + " finds what this would make, though Pawl has sent nothing; take it over with"
              + " adopt: onConflict, or name something else");
    }
    return holds;
  }

  private Intent intent(StoredResource row, @Nullable Boolean heldBefore) {
    String marker =
        ClientMarks.marker(context.dataRepository().installationId(), row.key(), row.incarnation());
    String token = ClientMarks.requestToken(marker, row.sendNumber() + 1);
    Map<String, String> headers = new HashMap<>(call.headers());
    if (!call.keyHeader().isEmpty()) {
      headers.put(call.keyHeader(), token);
    }
    return new Intent(
        call.method(),
        call.address().shown().toString(),
        headers,
        call.body(),
        call.comparable(),
        Json.object(),
        null,
        call.keyHeader().isEmpty() ? null : token,
        call.address().origin(),
        heldBefore,
        null);
  }
}
