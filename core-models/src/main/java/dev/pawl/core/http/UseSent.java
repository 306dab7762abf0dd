package dev.pawl.core.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.core.Refused;
import dev.pawl.model.CreateOptions;
import dev.pawl.model.Failure;
import dev.pawl.model.FieldDifference;
import dev.pawl.model.Json;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.data.StoredResource;
import dev.pawl.model.data.StoredResource.Tombstone.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Uses what an earlier send was answered, after a look at {@code verifyUrl} where there is one. */
final class UseSent {
  private final HttpCall call;
  private final Transport transport;
  private final StoredResource row;
  private final MethodContext context;

  UseSent(HttpCall call, Transport transport, StoredResource row, MethodContext context) {
    this.call = call;
    this.transport = transport;
    this.row = row;
    this.context = context;
  }

  /** The result; empty when the effect is undone, and has to be brought about anew. */
  Optional<MethodResult> run() throws MethodException, InterruptedException {
    Origins.require(row.key(), row.account(), call);
    Address verify = call.verify();
    if (verify == null || !isToBeVerified()) {
      return Optional.of(withChanges(Outcome.REUSED));
    }
    EffectLook.Seen seen = look(new EffectLook(call, verify, transport, context));
    if (seen instanceof EffectLook.Seen.HoldsNot) {
      context.dataRepository().bury(row, Cause.VERIFIED_GONE);
      return Optional.empty();
    }
    if (seen instanceof EffectLook.Seen.Unknown unknown) {
      throw unknown(unknown.failure());
    }
    context.dataRepository().confirm(row, data());
    return Optional.of(withChanges(Outcome.VERIFIED));
  }

  private boolean isToBeVerified() {
    CreateOptions.Verify policy = context.options().verify();
    if (policy.never()) {
      return false;
    }
    Instant last = row.verifiedAt() == null ? row.presentSince() : row.verifiedAt();
    return policy.olderThan().isZero()
        || last == null
        || Duration.between(last, row.readAt()).compareTo(policy.olderThan()) > 0;
  }

  /** That it is undone counts when it is said twice, and not so soon that a read may lag. */
  private EffectLook.Seen look(EffectLook look) throws InterruptedException {
    EffectLook.Seen seen = look.run();
    if (!(seen instanceof EffectLook.Seen.HoldsNot)) {
      return seen;
    }
    Duration tooYoung = context.timing().quarantine().minus(row.age());
    boolean mayLag = !row.confirmed() && !tooYoung.isNegative();
    context.waitingFor("a second look at verifyUrl, for what was done seems to be undone");
    context.pacer().pause(mayLag ? tooYoung : context.timing().settle());
    seen = look.run();
    if (seen instanceof EffectLook.Seen.HoldsNot && mayLag) {
      context.pacer().pause(context.timing().settle());
      seen = look.run();
    }
    return seen;
  }

  private JsonNode data() {
    return row.data() == null ? Json.object() : row.data();
  }

  private MethodException unknown(Failure why) {
    return MethodException.notMade(
        new Failure(
            Reason.VERIFY_UNKNOWN,
            "whether what "
                + row.key()
                + " did still holds could not be found out, so nothing was sent: "
                + why.message(),
            why.request(),
            why.httpStatus(),
            why.retryAfter()));
  }

  private MethodResult withChanges(Outcome outcome) throws MethodException {
    MethodResult result = Settled.result(data(), outcome);
    if (row.fingerprint() == null
        || row.fingerprint().equals(Json.fingerprint(call.comparable()))) {
      return result;
    }
    List<FieldDifference> differs = differences();
    String names = String.join(", ", differs.stream().map(FieldDifference::path).toList());
    if (context.options().onChange() != CreateOptions.OnChange.KEEP) {
      throw Refused.because(
          Reason.ARGUMENTS_CHANGED,
          row.key()
              + " was sent with other arguments ("
              + names
              + "), and what was sent cannot be changed; set onChange: keep, or choose another"
              + " instance");
    }
    List<String> warnings = new ArrayList<>(result.warnings());
    warnings.add("not sent again, though asked for otherwise: " + names);
    return result.withDiffers(differs).withWarnings(warnings);
  }

  private List<FieldDifference> differences() {
    JsonNode stored = row.arguments() == null ? Json.object() : row.arguments();
    TreeSet<String> names = new TreeSet<>();
    stored.fieldNames().forEachRemaining(names::add);
    call.comparable().fieldNames().forEachRemaining(names::add);
    names.removeIf(name -> stored.path(name).equals(call.comparable().path(name)));
    return names.stream()
        .map(n -> new FieldDifference("/" + n, stored.path(n), call.comparable().path(n)))
        .toList();
  }
}
