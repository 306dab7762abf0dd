package dev.pawl.campaign;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodDescriptor;
import dev.pawl.model.MethodKind;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.rest.ApiDescriptor;
import dev.pawl.model.rest.BegunOperation;
import dev.pawl.model.rest.IdentityPart;
import dev.pawl.model.rest.Listing;
import dev.pawl.model.rest.Operation;
import dev.pawl.model.rest.Operation.Body;
import dev.pawl.model.rest.Operation.Parameter;
import dev.pawl.model.rest.Reconcile;
import dev.pawl.model.rest.RestMethod;
import dev.pawl.model.rest.RestModel;
import dev.pawl.model.rest.RestResource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The adversary's resources, one for each way to reconcile. */
public enum Strategy {
  KEY("tokens", new Reconcile.Key("Idempotency-Key", new Reconcile.None())),
  KEY_THEN_MARKER("tokens", new Reconcile.Key("Idempotency-Key", Marks.MARKER)),
  KEY_THEN_NATURAL_KEY("tokens", new Reconcile.Key("Idempotency-Key", Marks.NATURAL_KEY)),
  CLIENT_ID("named", new Reconcile.ClientId()),
  MARKER("things", Marks.MARKER),
  NATURAL_KEY("things", Marks.NATURAL_KEY),
  NONE("things", new Reconcile.None()),
  /** Creates that an operation carries out; the strategy is for operations that nobody knows. */
  OPERATION_THEN_MARKER("jobs", Marks.MARKER),
  OPERATION("jobs", new Reconcile.None());

  private static final class Marks {
    static final Reconcile MARKER = new Reconcile.Marker("/tags", Reconcile.Marker.Shape.STRINGS);
    static final Reconcile NATURAL_KEY = new Reconcile.NaturalKey(List.of("/name"), "/created_at");
  }

  private static final String TYPE = "adversary/thing";
  private static final int PAGE_SIZE = 3;

  private final String collection;
  private final RestModel model;

  Strategy(String collection, Reconcile reconcile) {
    this.collection = collection;
    this.model = model(collection, reconcile);
  }

  /** The path's first segment at the API. */
  public String collection() {
    return collection;
  }

  public RestModel model() {
    return model;
  }

  /** Whether its creates are answered with an operation. */
  boolean isBegun() {
    return collection.equals("jobs");
  }

  /** Whether its objects carry a mark of ours. */
  boolean isMarked() {
    return model.resource().reconcile().withoutToken() instanceof Reconcile.Marker;
  }

  /** Whether the API itself keeps a second send from making a second object. */
  public boolean isSafeToRepeat() {
    return !collection.equals("things") && !collection.equals("jobs");
  }

  /** What one step creates; the API tells nobody the {@code step}, but writes it down. */
  static ObjectNode arguments(String name, String step) {
    return Json.object().put("name", name).put("size", 1).put("step", step);
  }

  private static RestModel model(String collection, Reconcile reconcile) {
    boolean named = collection.equals("named");
    boolean begun = collection.equals("jobs");
    String parameter = named ? "name" : "id";
    Operation create =
        new Operation(
            "POST", "/" + collection, List.of(), Body.JSON, Map.of(), begun ? "" : "/thing");
    Operation get = item("GET", collection, parameter);
    Operation delete = item("DELETE", collection, parameter);
    Operation list = new Operation("GET", "/" + collection, List.of(), Body.NONE, Map.of(), "");
    Listing listing =
        new Listing(
            list, "/things", "/id", new Listing.Paging.Pages("page", "per_page", PAGE_SIZE));
    RestResource resource =
        new RestResource(
            TYPE,
            new ApiDescriptor("adversary", "", ApiDescriptor.Auth.NONE),
            create,
            get,
            named ? null : listing,
            null,
            delete,
            List.of(
                named
                    ? IdentityPart.request("name", "/name")
                    : begun
                        ? new IdentityPart("id", IdentityPart.Source.OPERATION, "/thing_id")
                        : IdentityPart.response("id", "/thing/id")),
            reconcile,
            null,
            null,
            Set.of(),
            Set.of(),
            begun ? job() : null);
    return new RestModel(
        resource,
        "",
        List.of(
            method("create", MethodKind.CREATE, create),
            method("get", MethodKind.READ, get),
            method("delete", MethodKind.DELETE, delete))) {};
  }

  private static BegunOperation job() {
    Operation get =
        new Operation(
            "GET", "/operations/{op}", List.of(Parameter.path("op")), Body.NONE, Map.of(), "");
    return new BegunOperation(
        get,
        "",
        List.of(new IdentityPart("op", IdentityPart.Source.OPERATION, "/id")),
        "/status",
        Set.of("done"),
        Set.of("failed"),
        "");
  }

  private static Operation item(String method, String collection, String parameter) {
    return new Operation(
        method,
        "/" + collection + "/{" + parameter + "}",
        List.of(Parameter.path(parameter)),
        Body.NONE,
        Map.of(),
        "/thing");
  }

  private static RestMethod method(String name, MethodKind kind, Operation operation) {
    return new RestMethod(
        new MethodDescriptor(
            name, kind, "", Json.object(), Json.object(), ResourceKey.STATE, Set.of()),
        operation);
  }
}
