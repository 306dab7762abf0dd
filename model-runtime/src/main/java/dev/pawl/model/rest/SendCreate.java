package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Failure;
import dev.pawl.model.Json;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.data.Claim;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.Intent;
import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.ApiResponse;
import dev.pawl.model.http.SendGuard;
import dev.pawl.model.http.SendOutcome;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends a create once and says what became of it (DESIGN section 4, step 3). */
final class SendCreate {
  private SendCreate() {}

  /** What became of it. */
  sealed interface Sent {
    /**
     * It was made, and this is it.
     *
     * @param operation names the operation that still has to end; null for none
     * @param onlyAccepted whether the API does not say yet that it has made it
     */
    record Made(
        ObjectNode identity, JsonNode data, @Nullable ObjectNode operation, boolean onlyAccepted)
        implements Sent {}

    /** It will be made, or not: an operation tells. */
    record Accepted(ObjectNode operation, Failure failure) implements Sent {}

    /** It was made, but the answer does not say which it is. */
    record MadeSomewhere(Failure failure) implements Sent {}

    /** It was definitely not made. */
    record NotMade(Failure failure) implements Sent {}

    /** Something that looks like it was there before. */
    record Conflict(Failure failure) implements Sent {}

    /** It may or may not have been made. */
    record Unknown(Failure failure) implements Sent {}
  }

  static Sent run(RestResource resource, Intent intent, Claim claim, MethodContext context)
      throws MethodException, InterruptedException {
    ApiRequest request =
        withinDeadline(PlanCreate.request(resource, intent, context), claim, context);
    SendGuard guard =
        () -> {
          Duration left = claim.left(context.pacer().nanoTime());
          return !request.timeout().isNegative() && left.compareTo(request.timeout()) > 0;
        };
    SendOutcome outcome = context.http().send(request, guard);
    if (outcome instanceof SendOutcome.NeverSent never) {
      return new Sent.NotMade(ApiFailures.neverSent(request, never.cause()));
    }
    if (outcome instanceof SendOutcome.Lost lost) {
      return new Sent.Unknown(ApiFailures.lost(request, lost.cause()));
    }
    return classify(resource, intent, request, ((SendOutcome.Answered) outcome).response());
  }

  /**
   * The quarantine counts from the deadline that the claim made durable: what was spent since then,
   * on a long listing say, is taken off. A re-send under a RECONCILE claim has the whole time.
   */
  private static ApiRequest withinDeadline(ApiRequest request, Claim claim, MethodContext context) {
    if (claim.mode() != ClaimMode.CREATE) {
      return request;
    }
    long spent = context.pacer().nanoTime() - claim.takenNanos();
    return new ApiRequest(
        request.method(),
        request.uri(),
        request.headers(),
        request.body(),
        request.timeout().minusNanos(spent));
  }

  private static Sent classify(
      RestResource resource, Intent intent, ApiRequest request, ApiResponse response) {
    Failure said = ApiFailures.answered(request, response);
    if (response.isSuccess()) {
      return made(resource, intent, response, said);
    }
    if (response.status() == 409 || response.status() == 412) {
      return new Sent.Conflict(said);
    }
    return ApiFailures.isRefusal(response.status())
        ? new Sent.NotMade(said)
        : new Sent.Unknown(said);
  }

  private static Sent made(
      RestResource resource, Intent intent, ApiResponse response, Failure said) {
    Optional<ObjectNode> operation = Identities.ofOperation(resource, intent.arguments(), response);
    return Identities.fromAnswer(resource, intent.identity(), response)
        .<Sent>map(
            identity ->
                new Sent.Made(
                    identity,
                    state(resource, response),
                    operation.orElse(null),
                    response.status() == 202))
        .or(() -> operation.map(o -> new Sent.Accepted(o, said)))
        .orElseGet(() -> new Sent.MadeSomewhere(said));
  }

  private static JsonNode state(RestResource resource, ApiResponse response) {
    BegunOperation operation = resource.operation();
    if (operation != null && operation.answerPointer().equals(resource.create().resultPointer())) {
      return Json.object();
    }
    JsonNode body = response.json().orElse(Json.object());
    JsonNode state = body.at(resource.create().resultPointer());
    return state.isMissingNode() ? body : state;
  }
}
