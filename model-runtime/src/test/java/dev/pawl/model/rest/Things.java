package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodDescriptor;
import dev.pawl.model.MethodKind;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.rest.Listing.Paging;
import dev.pawl.model.rest.Operation.Body;
import dev.pawl.model.rest.Operation.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Descriptions of {@link FakeApi}'s resources. */
final class Things {
  static final String TYPE = "fake/thing";
  static final Operation CREATE =
      new Operation("POST", "/things", List.of(), Body.JSON, Map.of(), "/thing");
  static final Operation GET = item("GET", Body.NONE);
  static final Operation UPDATE = item("PATCH", Body.JSON);
  static final Operation DELETE = item("DELETE", Body.NONE);
  static final Operation LIST = new Operation("GET", "/things", List.of(), Body.NONE, Map.of(), "");
  static final Operation REBOOT =
      new Operation(
          "POST",
          "/things/{id}/actions",
          List.of(Parameter.path("id")),
          Body.JSON,
          Map.of("type", "reboot"),
          "/action");

  static final Reconcile NONE = new Reconcile.None();
  static final Reconcile CLIENT_ID = new Reconcile.ClientId();
  static final Reconcile MARKER = new Reconcile.Marker("/tags", Reconcile.Marker.Shape.STRINGS);
  static final Reconcile NATURAL_KEY = new Reconcile.NaturalKey(List.of("/name"), "/created_at");
  static final Reconcile KEY = new Reconcile.Key("Idempotency-Key", NONE);

  private Things() {}

  private static Operation item(String method, Body body) {
    return new Operation(
        method, "/things/{id}", List.of(Parameter.path("id")), body, Map.of(), "/thing");
  }

  private static Operation named(String method, Body body) {
    return new Operation(
        method, "/named/{name}", List.of(Parameter.path("name")), body, Map.of(), "/thing");
  }

  /** Things whose ids the API chooses, or names the client chooses. */
  static RestResource reconciledBy(Reconcile strategy) {
    return strategy instanceof Reconcile.ClientId
        ? new RestResource(
            TYPE,
            api(),
            new Operation("POST", "/named", List.of(), Body.JSON, Map.of(), "/thing"),
            named("GET", Body.NONE),
            null,
            named("PATCH", Body.JSON),
            named("DELETE", Body.NONE),
            List.of(IdentityPart.request("name", "/name")),
            strategy,
            null,
            null,
            Set.of("/password"))
        : things(strategy, GET, listing(new Paging.Pages("page", "per_page", 2)), null, null);
  }

  static RestResource things(
      Reconcile strategy,
      @Nullable Operation get,
      @Nullable Listing listing,
      @Nullable Readiness readiness,
      @Nullable SoftDelete softDelete) {
    return new RestResource(
        TYPE,
        api(),
        CREATE,
        get,
        listing,
        UPDATE,
        DELETE,
        List.of(IdentityPart.response("id", "/thing/id")),
        strategy,
        readiness,
        softDelete,
        Set.of("/password"));
  }

  static Listing listing(Paging paging) {
    return new Listing(LIST, "/things", "/id", paging);
  }

  private static ApiDescriptor api() {
    return new ApiDescriptor("fake", "", ApiDescriptor.Auth.BEARER);
  }

  /** A model with every method that the resource's operations allow, and one action. */
  static RestModel model(RestResource resource) {
    return new RestModel(
        resource,
        "",
        List.of(
            method("create", MethodKind.CREATE, resource.create()),
            method("get", MethodKind.READ, resource.get() == null ? GET : resource.get()),
            method("list", MethodKind.READ, LIST),
            update(resource.update() == null ? UPDATE : resource.update()),
            method("delete", MethodKind.DELETE, DELETE),
            method("reboot", MethodKind.ACTION, REBOOT))) {};
  }

  /** It changes some of what the create takes, and not the {@code region}. */
  private static RestMethod update(Operation operation) {
    ObjectNode takes = (ObjectNode) Json.parse("{\"type\": \"object\", \"properties\": {}}");
    for (String name : List.of("name", "size", "tags", "password")) {
      takes.withObject("properties").putObject(name);
    }
    return new RestMethod(
        new MethodDescriptor(
            "update", MethodKind.UPDATE, "", takes, Json.object(), ResourceKey.STATE, Set.of()),
        operation);
  }

  private static RestMethod method(String name, MethodKind kind, Operation operation) {
    return new RestMethod(
        new MethodDescriptor(
            name, kind, "", Json.object(), Json.object(), ResourceKey.STATE, Set.of()),
        operation);
  }

  static ObjectNode named(String name) {
    return Json.object().put("name", name).put("size", 1);
  }
}
