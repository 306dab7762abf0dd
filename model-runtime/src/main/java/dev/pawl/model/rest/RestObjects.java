package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Failure;
import dev.pawl.model.Json;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.ObjectReads;
import dev.pawl.model.Reason;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.SeenObject;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The objects of a REST resource, by the same reads as its create makes. */
final class RestObjects implements ObjectReads {
  /** What the API itself, or the way to it, says clearly enough. */
  private static final Set<Reason> SAID =
      EnumSet.of(
          Reason.API_REFUSED,
          Reason.API_UNAUTHENTICATED,
          Reason.RATE_LIMITED,
          Reason.UNREACHABLE,
          Reason.NO_CONNECTION,
          Reason.INVALID_ARGUMENTS,
          Reason.VERIFY_UNKNOWN);

  private final RestResource resource;

  RestObjects(RestResource resource) {
    this.resource = resource;
  }

  @Override
  public Recognition recognition() {
    Reconcile strategy = resource.reconcile().withoutToken();
    if (strategy instanceof Reconcile.Marker) {
      return isListed() ? Recognition.MARKER : Recognition.NONE;
    }
    if (strategy instanceof Reconcile.ClientId) {
      return Recognition.CHOSEN_ID;
    }
    return strategy instanceof Reconcile.NaturalKey && isListed()
        ? Recognition.ALIKE
        : Recognition.NONE;
  }

  @Override
  public SeenObject find(String externalId, ObjectNode arguments, MethodContext context)
      throws MethodException, InterruptedException {
    ObjectNode identity = identity(externalId, arguments);
    return check(asIfStored(identity, arguments, context), context);
  }

  @Override
  public SeenObject check(StoredResource row, MethodContext context)
      throws MethodException, InterruptedException {
    if (!VerifyStored.isPossible(resource, row)) {
      throw unsupported("reads one " + resource.type() + " by its id");
    }
    VerifyStored.Verification seen = new VerifyStored(resource, row, context).glance();
    if (seen instanceof VerifyStored.Verification.Exists exists) {
      return seen(String.valueOf(row.externalId()), row.identity(), exists.data());
    }
    if (seen instanceof VerifyStored.Verification.Unknown unknown) {
      throw unknown(unknown.failure());
    }
    throw MethodException.notMade(
        Failure.of(
            Reason.OBJECT_NOT_FOUND,
            "the API has no " + resource.type() + " with the id " + row.externalId()));
  }

  /** A row as it would be, were the object stored. */
  private StoredResource asIfStored(
      ObjectNode identity, ObjectNode arguments, MethodContext context) {
    return new StoredResource(
        context.key(ResourceKey.STATE),
        ResourceState.PRESENT,
        1,
        0,
        0,
        Identities.externalId(resource, identity),
        null,
        identity,
        null,
        arguments,
        null,
        true,
        null,
        null,
        null,
        0,
        null,
        null,
        null,
        Instant.EPOCH);
  }

  private ObjectNode identity(String externalId, ObjectNode arguments) throws MethodException {
    List<String> names = resource.identityParameters();
    if (names.isEmpty()) {
      throw unsupported("tells one " + resource.type() + " from another");
    }
    ObjectNode out = Identities.beforeSend(resource, arguments);
    String[] values = names.size() == 1 ? new String[] {externalId} : externalId.split(";", -1);
    String own = names.get(names.size() - 1);
    if (values.length == names.size()) {
      for (int i = 0; i < values.length; i++) {
        out.put(names.get(i), values[i]);
      }
    } else if (names.stream().allMatch(n -> n.equals(own) || out.has(n))) {
      out.put(own, externalId);
    }
    if (!Identities.isWhole(resource, out)
        || out.properties().stream().anyMatch(e -> e.getValue().asText().isEmpty())) {
      throw MethodException.notMade(
          Failure.of(
              Reason.INVALID_ARGUMENTS,
              "'"
                  + externalId
                  + "' does not name one "
                  + resource.type()
                  + ": its id is "
                  + String.join(";", names)
                  + (names.size() == 1 ? "" : ", or " + own + " with the others as arguments")));
    }
    return out;
  }

  @Override
  public boolean isListed() {
    return resource.listing() != null && !resource.identity().isEmpty();
  }

  @Override
  public Optional<ObjectNode> collection(ObjectNode identity, ObjectNode arguments) {
    Listing listing = resource.listing();
    if (listing == null || resource.identity().isEmpty()) {
      return Optional.empty();
    }
    ObjectNode given = Identities.beforeSend(resource, arguments);
    ObjectNode out = Json.object();
    List<String> parents = resource.identityParameters().subList(0, resource.identity().size() - 1);
    for (String parent : parents) {
      put(out, parent, identity.path(parent));
      put(out, parent, given.path(parent));
    }
    boolean whole = parents.stream().allMatch(out::has);
    for (Operation.Parameter parameter : listing.operation().parameters()) {
      if (parameter.in() == Operation.In.PATH) {
        put(out, parameter.name(), identity.path(parameter.name()));
        put(out, parameter.name(), arguments.path(parameter.argument()));
        whole &= out.has(parameter.name());
      }
    }
    return whole ? Optional.of(out) : Optional.empty();
  }

  /** The first value counts. */
  private static void put(ObjectNode out, String name, JsonNode value) {
    if (!out.has(name) && value.isValueNode() && !value.isNull() && !value.asText().isEmpty()) {
      out.put(name, value.asText());
    }
  }

  @Override
  public List<SeenObject> list(ObjectNode collection, MethodContext context)
      throws MethodException, InterruptedException {
    Listing listing = resource.listing();
    if (listing == null || !isListed()) {
      throw unsupported("lists " + resource.type());
    }
    List<SeenObject> out = new ArrayList<>();
    for (JsonNode item : new ListAll(listing, Json.object(), collection, context).run()) {
      Optional<ObjectNode> identity = Identities.ofItem(resource, listing, collection, item);
      if (identity.isPresent() && !isShownAsDeleted(item)) {
        out.add(seen(Identities.externalId(resource, identity.get()), identity.get(), item));
      }
    }
    return out;
  }

  private boolean isShownAsDeleted(JsonNode item) {
    SoftDelete rule = resource.softDelete();
    return rule != null && rule.shows(item);
  }

  private SeenObject seen(String externalId, ObjectNode identity, JsonNode data) {
    return new SeenObject(
        externalId,
        identity,
        data,
        resource.reconcile().withoutToken() instanceof Reconcile.Marker place
            ? Markers.found(data, place)
            : List.of());
  }

  @Override
  public Optional<String> chosenId(ObjectNode arguments) {
    ObjectNode identity = Identities.beforeSend(resource, arguments);
    return !resource.identity().isEmpty() && Identities.isWhole(resource, identity)
        ? Optional.of(Identities.externalId(resource, identity))
        : Optional.empty();
  }

  @Override
  public boolean isAlike(SeenObject object, ObjectNode arguments) {
    return resource.reconcile().withoutToken() instanceof Reconcile.NaturalKey key
        && key.fields().stream()
            .allMatch(
                field ->
                    arguments.at(field).isValueNode()
                        && !arguments.at(field).isNull()
                        && AskedFor.isSame(object.data().at(field), arguments.at(field)));
  }

  @Override
  public ObjectNode comparable(ObjectNode arguments) {
    return PlanCreate.withoutSecrets(resource, arguments);
  }

  private static MethodException unknown(Failure why) {
    return MethodException.notMade(
        SAID.contains(why.reason())
            ? why
            : new Failure(
                Reason.VERIFY_UNKNOWN,
                "whether the object exists could not be found out: " + why.message(),
                why.request(),
                why.httpStatus(),
                why.retryAfter()));
  }

  private static MethodException unsupported(String what) {
    return MethodException.notMade(
        Failure.of(Reason.UNSUPPORTED_BY_MODEL, "no operation of the API " + what));
  }
}
