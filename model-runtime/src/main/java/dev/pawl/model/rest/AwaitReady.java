package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Failure;
import dev.pawl.model.Json;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.ApiResponse;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a made resource back until it may be used. The first read also confirms that the API shows
 * what it said it made, without which a later absence could be mere lag.
 */
final class AwaitReady {
  private final RestResource resource;
  private final MethodContext context;

  AwaitReady(RestResource resource, MethodContext context) {
    this.resource = resource;
    this.context = context;
  }

  /**
   * The resource's state as last read.
   *
   * @throws MethodException NOT_READY when it came up failed, DEADLINE when it did not come up
   */
  JsonNode run(StoredResource made) throws MethodException, InterruptedException {
    return runFrom(refreshed(made));
  }

  /** As {@link #run}, from a state that was read just now. */
  JsonNode runFrom(StoredResource read) throws MethodException, InterruptedException {
    StoredResource row = read;
    Patience patience = new Patience(context);
    while (true) {
      JsonNode data = row.data() == null ? Json.object() : row.data();
      String waitingFor = waiting(row, data);
      if (waitingFor == null) {
        return data;
      }
      if (patience.isOver()) {
        throw MethodException.notMade(
            Failure.of(
                Reason.DEADLINE,
                row.key()
                    + " exists but is not ready after "
                    + patience.waited().toSeconds()
                    + " s: "
                    + waitingFor
                    + "; run again to go on waiting"));
      }
      context.waitingFor(row.key().instance() + " to become ready: " + waitingFor);
      patience.pause();
      row = refreshed(row);
    }
  }

  private StoredResource refreshed(StoredResource row)
      throws MethodException, InterruptedException {
    Optional<JsonNode> shown = read(row);
    if (shown.isEmpty()) {
      return row;
    }
    try {
      return context
          .dataRepository()
          .confirm(row, ShownOnce.kept(resource, row.data(), shown.get()));
    } catch (MethodException e) {
      if (e.failure().reason() != Reason.CLAIM_STALE) {
        throw e;
      }
      return storedByOthers(row);
    }
  }

  /** Others may verify what was just made before its maker does; it is the same object still. */
  private StoredResource storedByOthers(StoredResource row) {
    StoredResource now = context.dataRepository().read(row.key());
    boolean same =
        now.effectiveState() == ResourceState.PRESENT
            && Objects.equals(now.externalId(), row.externalId());
    return same ? now : row;
  }

  private Optional<JsonNode> read(StoredResource row) throws MethodException, InterruptedException {
    Operation get = resource.get();
    if (get == null) {
      return Optional.empty();
    }
    ApiRequest request =
        new RequestBuilder(
                get,
                context.http().baseUrl(),
                row.arguments() instanceof ObjectNode given ? given : Json.object(),
                row.identity())
            .build(null, context.timing().readTimeout());
    try {
      ApiResponse response = ReadApi.read(context.http(), request);
      return response.isSuccess()
          ? response.json().map(b -> b.at(get.resultPointer())).filter(JsonNode::isObject)
          : Optional.empty();
    } catch (MethodException e) {
      // The resource is made and stored; a read that fails only delays what we know of it.
      return Optional.empty();
    }
  }

  private @Nullable String waiting(StoredResource row, JsonNode data) throws MethodException {
    Readiness readiness = resource.readiness();
    if (readiness == null) {
      return null;
    }
    String status = data.at(readiness.pointer()).asText();
    if (readiness.failed().contains(status)) {
      throw MethodException.notMade(
          Failure.of(
              Reason.NOT_READY,
              row.key() + " came up as '" + status + "'; delete it, then run again"));
    }
    return readiness.waiting().contains(status) ? "it is '" + status + "'" : null;
  }
}
