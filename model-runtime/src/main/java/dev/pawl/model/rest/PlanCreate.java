package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Failure;
import dev.pawl.model.Json;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.ClaimRequest;
import dev.pawl.model.data.Intent;
import dev.pawl.model.data.StoredResource;
import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.Connection;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plans a create: the claim, and the exact request that becomes durable with it. */
final class PlanCreate {
  private final RestResource resource;
  private final ObjectNode arguments;
  private final MethodContext context;

  PlanCreate(RestResource resource, ObjectNode arguments, MethodContext context) {
    this.resource = resource;
    this.arguments = arguments;
    this.context = context;
  }

  /**
   * The claim for a row that counts as absent. Where the client chooses the identity, asks first
   * whether it is taken: only then can a later look prove whose it is.
   *
   * @throws MethodException ALREADY_EXISTS, DELETED_AFTER_START, or why that could not be found out
   */
  ClaimRequest wish(StoredResource row) throws MethodException, InterruptedException {
    refuseAfterDelete(row);
    Boolean existedBefore =
        resource.reconcile().withoutToken() instanceof Reconcile.ClientId
            ? new LookBefore(resource, arguments, context).run()
            : null;
    return new ClaimRequest(
        row,
        ClaimMode.CREATE,
        context.caller().describe(),
        context.timing().lease(),
        context.timing().createDeadline(),
        context.timing().processingAllowance(),
        fingerprint(),
        plan(row, existedBefore));
  }

  /** Refuses to make anew what was deleted on record after this began. */
  void refuseAfterDelete(StoredResource row) throws MethodException {
    StoredResource.Tombstone tombstone = row.tombstone();
    Instant startedAt = context.options().startedAt();
    if (tombstone != null
        && startedAt != null
        && tombstone.cause() == StoredResource.Tombstone.Cause.DELETED
        && tombstone.at().isAfter(startedAt)
        && !context.options().recreate()) {
      throw MethodException.notMade(
          Failure.of(
              Reason.DELETED_AFTER_START,
              row.key()
                  + " was deleted at "
                  + tombstone.at()
                  + ", after this began at "
                  + startedAt
                  + "; start anew, or set recreate: true"));
    }
  }

  private Intent plan(StoredResource row, @Nullable Boolean existedBefore) throws MethodException {
    Connection connection = context.http();
    RequestBuilder builder =
        new RequestBuilder(
            resource.create(),
            connection.baseUrl(),
            arguments,
            Identities.beforeSend(resource, arguments));
    JsonNode body = builder.body();
    String marker =
        Markers.marker(context.dataRepository().installationId(), row.key(), row.incarnation());
    Reconcile strategy = resource.reconcile();
    boolean marked = stamp(strategy, body, marker);
    String token = null;
    if (strategy instanceof Reconcile.Key key) {
      String bodyHash = Json.fingerprint(body == null ? Json.object() : body);
      token = key.token().spelt(Markers.requestToken(marker, row.sendNumber() + 1, bodyHash));
      key.token().put(token, builder, body);
    }
    ApiRequest request = builder.build(body, context.timing().createDeadline());
    return new Intent(
            request.method(),
            request.uri().toString(),
            request.headers(),
            body,
            comparable(),
            Identities.beforeSend(resource, arguments),
            marked ? marker : null,
            token,
            connection.account(),
            existedBefore,
            null)
        .withNaturalKey(naturalKey(body));
  }

  /** What the API tells its objects apart by, as far as the request says it. */
  private @Nullable String naturalKey(@Nullable JsonNode body) {
    Reconcile strategy = resource.reconcile().withoutToken();
    ObjectNode identity = Identities.beforeSend(resource, arguments);
    if (strategy instanceof Reconcile.ClientId) {
      return Identities.isWhole(resource, identity) ? Json.fingerprint(identity) : null;
    }
    if (strategy instanceof Reconcile.NaturalKey natural && body != null) {
      ObjectNode values = Json.object().set("parents", identity);
      for (String field : natural.fields()) {
        values.put(field, NaturalKeys.plain(body.at(field)));
      }
      return Json.fingerprint(values);
    }
    return null;
  }

  private static boolean stamp(Reconcile strategy, @Nullable JsonNode body, String marker) {
    if (strategy instanceof Reconcile.Key key) {
      return stamp(key.next(), body, marker);
    }
    if (strategy instanceof Reconcile.Marker place && body instanceof ObjectNode fields) {
      Markers.stamp(fields, place, marker);
      return true;
    }
    return false;
  }

  /** The stored request as it goes out, the first time and every time after. */
  static ApiRequest request(RestResource resource, Intent intent, MethodContext context)
      throws MethodException {
    Map<String, String> headers = new HashMap<>(intent.headers());
    byte[] body =
        new RequestBuilder(
                resource.create(), context.http().baseUrl(), Json.object(), intent.identity())
            .encode(intent.body());
    return new ApiRequest(
        intent.method(),
        URI.create(intent.url()),
        headers,
        body,
        context.timing().createDeadline());
  }

  static ObjectNode withoutSecrets(RestResource resource, ObjectNode given) {
    ObjectNode out = given.deepCopy();
    for (String pointer : resource.secrets()) {
      int cut = pointer.lastIndexOf('/');
      if (out.at(pointer.substring(0, cut)) instanceof ObjectNode parent) {
        parent.remove(pointer.substring(cut + 1));
      }
    }
    return out;
  }

  /** The arguments as given, with secrets. */
  ObjectNode arguments() {
    return arguments.deepCopy();
  }

  /** The arguments that are stored and compared. */
  ObjectNode comparable() {
    return withoutSecrets(resource, arguments);
  }

  /** Of the arguments that are compared. */
  String fingerprint() {
    return Json.fingerprint(comparable());
  }
}
