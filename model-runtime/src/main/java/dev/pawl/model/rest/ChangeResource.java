package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Failure;
import dev.pawl.model.Json;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.data.Claim;
import dev.pawl.model.data.ClaimAnswer;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.ClaimRequest;
import dev.pawl.model.data.Completion;
import dev.pawl.model.data.DataRepository;
import dev.pawl.model.data.Evidence;
import dev.pawl.model.data.StoredResource;
import dev.pawl.model.data.StoredResource.Tombstone.Cause;
import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.ApiResponse;
import dev.pawl.model.http.SendOutcome;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Changes or deletes a present resource, under the same claim as a create. */
final class ChangeResource {
  private final RestResource resource;
  private final StoredResource row;
  private final MethodContext context;
  private final DataRepository repository;

  ChangeResource(RestResource resource, StoredResource row, MethodContext context) {
    this.resource = resource;
    this.row = row;
    this.context = context;
    this.repository = context.dataRepository();
  }

  /**
   * Sends the update operation.
   *
   * @param arguments of the update
   * @param madeWith what the resource counts as made with from now on; null: as before
   */
  MethodResult update(ObjectNode arguments, @Nullable ObjectNode madeWith)
      throws MethodException, InterruptedException {
    Operation operation = resource.update();
    if (operation == null) {
      throw MethodException.notMade(
          Failure.of(
              Reason.ARGUMENTS_CHANGED,
              resource.type() + " has no update operation; set onChange: keep"));
    }
    ApiRequest request = request(operation, arguments);
    Claim claim = claim();
    ApiResponse response = send(operation, request, claim);
    JsonNode data =
        response
            .json()
            .map(b -> b.at(operation.resultPointer()))
            .filter(JsonNode::isObject)
            .map(shown -> ShownOnce.kept(resource, row.data(), shown))
            .orElseGet(() -> row.data() == null ? Json.object() : row.data());
    StoredResource stored =
        repository.complete(
            claim,
            new Completion(
                data,
                row.externalId(),
                row.account(),
                row.identity(),
                madeWith == null ? row.arguments() : madeWith,
                madeWith == null ? row.fingerprint() : Json.fingerprint(madeWith),
                Outcome.UPDATED));
    return MethodResult.of(new AwaitReady(resource, context).run(stored), Outcome.UPDATED);
  }

  /** Deletes; a resource that is already gone is as good as deleted. */
  MethodResult delete() throws MethodException, InterruptedException {
    delete(Cause.DELETED);
    return MethodResult.of(Json.mapper().nullNode(), Outcome.EXECUTED);
  }

  /** Deletes, and waits until the API shows it no more: its name has to be free. */
  void replace() throws MethodException, InterruptedException {
    delete(Cause.REPLACED);
    new AwaitGone(resource, row, context).run();
  }

  private void delete(Cause why) throws MethodException, InterruptedException {
    Operation operation = resource.delete();
    if (operation == null) {
      throw MethodException.notMade(
          Failure.of(Reason.NOT_FOUND, resource.type() + " has no delete operation"));
    }
    ApiRequest request = request(operation, Json.object());
    Claim claim = claim();
    if (isGone(send(operation, request, claim))) {
      // One such answer may be a replica's that lags behind; a second one also deletes, if so.
      context.waitingFor("a second look at " + row.key() + ", which seems to be gone");
      context.pacer().pause(context.timing().settle());
      send(operation, request, claim);
    }
    repository.bury(claim, why);
  }

  private Claim claim() throws MethodException {
    ClaimAnswer answer =
        repository.claim(
            new ClaimRequest(
                row,
                ClaimMode.CHANGE,
                context.caller().describe(),
                context.timing().lease(),
                context.timing().createDeadline(),
                context.timing().processingAllowance(),
                null,
                null));
    if (answer instanceof ClaimAnswer.Granted granted) {
      return granted.claim();
    }
    throw MethodException.notMade(
        Failure.of(
            Reason.CLAIM_STALE,
            row.key() + " changed while it was about to be changed; run again"));
  }

  /** Built before the claim: what cannot be built must not leave a claim behind. */
  private ApiRequest request(Operation operation, ObjectNode arguments) throws MethodException {
    RequestBuilder builder =
        new RequestBuilder(operation, context.http().baseUrl(), arguments, row.identity());
    return builder.build(builder.body(), context.timing().createDeadline());
  }

  private ApiResponse send(Operation operation, ApiRequest request, Claim claim)
      throws MethodException, InterruptedException {
    SendOutcome outcome =
        context
            .http()
            .send(
                request,
                () -> claim.left(context.pacer().nanoTime()).compareTo(request.timeout()) > 0);
    Optional<Failure> failure = failure(operation, request, outcome);
    if (failure.isPresent()) {
      repository.abandon(
          claim,
          new Evidence(failure.get().message(), Json.object().put("request", request.describe())));
      throw MethodException.unknown(failure.get());
    }
    return ((SendOutcome.Answered) outcome).response();
  }

  private static boolean isGone(ApiResponse response) {
    return response.status() == 404 || response.status() == 410;
  }

  private static Optional<Failure> failure(
      Operation operation, ApiRequest request, SendOutcome outcome) {
    if (outcome instanceof SendOutcome.NeverSent never) {
      return Optional.of(ApiFailures.neverSent(request, never.cause()));
    }
    if (outcome instanceof SendOutcome.Lost lost) {
      return Optional.of(ApiFailures.lost(request, lost.cause()));
    }
    ApiResponse response = ((SendOutcome.Answered) outcome).response();
    boolean alreadyGone =
        operation.method().equals("DELETE") && isGone(response) && response.isJson();
    return response.isSuccess() || alreadyGone
        ? Optional.empty()
        : Optional.of(ApiFailures.answered(request, response));
  }
}
