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
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.ApiResponse;
import dev.pawl.model.http.Connection;
import dev.pawl.model.http.SendGuard;
import dev.pawl.model.http.SendOutcome;
import org.jspecify.annotations.Nullable;

/** Runs one method of a REST model. */
final class RestVerbs {
  private final RestResource resource;
  private final RestMethod method;
  private final @Nullable RestMethod update;
  private final ObjectNode arguments;
  private final MethodContext context;

  /**
   * @param update the method that changes one; null where the API cannot
   */
  RestVerbs(
      RestResource resource,
      RestMethod method,
      @Nullable RestMethod update,
      ObjectNode arguments,
      MethodContext context) {
    this.resource = resource;
    this.method = method;
    this.update = update;
    this.arguments = arguments;
    this.context = context;
  }

  MethodResult run() throws MethodException, InterruptedException {
    return switch (method.descriptor().kind()) {
      case CREATE -> new CreateResource(resource, update, arguments, context).run();
      case READ -> isList() ? list() : get();
      case UPDATE -> update();
      case DELETE -> delete();
      case ACTION -> act();
    };
  }

  private boolean isList() {
    Listing listing = resource.listing();
    return listing != null && listing.operation().equals(method.operation());
  }

  private MethodResult list() throws MethodException, InterruptedException {
    Listing listing = resource.listing();
    if (listing == null) {
      throw new IllegalStateException(resource.type() + " has no listing");
    }
    return MethodResult.of(
        ListAll.asOutput(new ListAll(listing, arguments, Json.object(), context).run()),
        Outcome.EXECUTED);
  }

  private MethodResult get() throws MethodException, InterruptedException {
    StoredResource row = stored();
    ApiResponse response = read(method.operation(), row.identity());
    JsonNode body = response.json().orElse(Json.object());
    JsonNode shown = body.at(method.operation().resultPointer());
    if (!shown.isObject()) {
      return MethodResult.of(body, Outcome.EXECUTED);
    }
    return MethodResult.of(
        method.operation().equals(resource.get()) ? confirmed(row, shown) : shown,
        Outcome.EXECUTED);
  }

  private MethodResult update() throws MethodException, InterruptedException {
    StoredResource row = stored();
    CompleteUpdate whole = new CompleteUpdate(resource, method, row);
    JsonNode shown = row.data() == null ? Json.object() : row.data();
    Operation get = resource.get();
    if (whole.needsCurrent() && get != null) {
      ApiRequest request =
          new RequestBuilder(get, context.http().baseUrl(), Json.object(), row.identity())
              .build(null, context.timing().readTimeout());
      ApiResponse response = ReadApi.read(context.http(), request);
      if (!response.isSuccess()) {
        throw MethodException.notMade(ApiFailures.answered(request, response));
      }
      shown = response.json().orElse(Json.object()).at(get.resultPointer());
      if (!shown.isObject()) {
        // What cannot be read must not be filled from memory: that would undo later changes.
        throw MethodException.notMade(ApiFailures.answered(request, response));
      }
    }
    ObjectNode all = whole.of(arguments, shown, context.dataRepository().installationId());
    return new ChangeResource(resource, row, context).update(all, null);
  }

  /** What was read is the answer, whether or not somebody has changed the row meanwhile. */
  private JsonNode confirmed(StoredResource row, JsonNode read) throws MethodException {
    JsonNode shown = ShownOnce.kept(resource, row.data(), read);
    try {
      context.dataRepository().confirm(row, shown);
    } catch (MethodException e) {
      if (e.failure().reason() != Reason.CLAIM_STALE) {
        throw e;
      }
    }
    return shown;
  }

  private ApiResponse read(Operation operation, ObjectNode identity)
      throws MethodException, InterruptedException {
    Connection connection = context.http();
    ApiRequest request =
        new RequestBuilder(operation, connection.baseUrl(), arguments, identity)
            .build(null, context.timing().readTimeout());
    ApiResponse response = ReadApi.read(connection, request);
    if (!response.isSuccess()) {
      throw MethodException.notMade(ApiFailures.answered(request, response));
    }
    return response;
  }

  private MethodResult delete() throws MethodException, InterruptedException {
    StoredResource row = context.dataRepository().read(context.key(ResourceKey.STATE));
    if (row.effectiveState() == ResourceState.DELETED) {
      recordDelete(row);
      return MethodResult.of(Json.mapper().nullNode(), Outcome.REUSED);
    }
    return new ChangeResource(resource, stored(), context).delete();
  }

  /** What was only found gone is not made anew by a run that began before this delete. */
  private void recordDelete(StoredResource row) throws MethodException {
    StoredResource.Tombstone tombstone = row.tombstone();
    if (tombstone != null && tombstone.isToBeRecreated()) {
      context.dataRepository().bury(row, StoredResource.Tombstone.Cause.DELETED);
    }
  }

  /** An action is sent once; what it did when no answer came is not known. */
  private MethodResult act() throws MethodException, InterruptedException {
    Connection connection = context.http();
    RequestBuilder builder =
        new RequestBuilder(
            method.operation(), connection.baseUrl(), arguments, stored().identity());
    ApiRequest request = builder.build(builder.body(), context.timing().createDeadline());
    SendOutcome outcome = connection.send(request, SendGuard.NONE);
    if (outcome instanceof SendOutcome.NeverSent never) {
      throw MethodException.notMade(ApiFailures.neverSent(request, never.cause()));
    }
    if (outcome instanceof SendOutcome.Lost lost) {
      throw MethodException.unknown(ApiFailures.lost(request, lost.cause()));
    }
    ApiResponse response = ((SendOutcome.Answered) outcome).response();
    if (response.isSuccess()) {
      JsonNode body = response.json().orElse(Json.object());
      JsonNode result = body.at(method.operation().resultPointer());
      return MethodResult.of(result.isMissingNode() ? body : result, Outcome.EXECUTED);
    }
    Failure said = ApiFailures.answered(request, response);
    throw ApiFailures.isRefusal(response.status())
        ? MethodException.notMade(said)
        : MethodException.unknown(said);
  }

  private StoredResource stored() throws MethodException {
    StoredResource row = context.dataRepository().read(context.key(ResourceKey.STATE));
    if (row.effectiveState() == ResourceState.PRESENT) {
      SameAccount.require(row.key(), row.account(), context.http());
      return row;
    }
    if (row.effectiveState() == ResourceState.IN_DOUBT) {
      throw MethodException.notMade(
          Failure.of(
              Reason.IN_DOUBT,
              row.key() + " is in doubt; run its create again, which looks for it first"));
    }
    throw MethodException.notMade(
        Failure.of(
            Reason.NOT_FOUND,
            "nothing is stored for "
                + row.key()
                + ", so "
                + method.descriptor().name()
                + " has nothing to act on; run its create first"));
  }
}
