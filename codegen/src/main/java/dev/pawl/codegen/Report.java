package dev.pawl.codegen;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.codegen.ir.Api;
import dev.pawl.codegen.ir.Endpoint;
import dev.pawl.codegen.ir.Inferred;
import dev.pawl.codegen.ir.Resource;
import dev.pawl.model.Json;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was understood of an API, as the JSON that {@code codegen --report} prints. */
public final class Report {
  private Report() {}

  /** The report; fields in a stable order. */
  public static ObjectNode of(Api api) {
    return of(api, null);
  }

  /**
   * The report; fields in a stable order.
   *
   * @param verifications what came of proving the models; null where nobody tried
   */
  public static ObjectNode of(Api api, @Nullable List<Verification> verifications) {
    ObjectNode out = Json.object();
    ArrayNode resources = out.putArray("resources");
    api.resources()
        .forEach(
            r -> {
              ObjectNode resource = resource(r);
              withoutGiven(resource, api);
              if (verifications != null) {
                verification(resource, r, verifications);
              }
              resources.add(resource);
            });
    ArrayNode skipped = out.putArray("skipped");
    api.skipped()
        .forEach(
            s -> skipped.addObject().put("operation", s.operation()).put("reason", s.reason()));
    ArrayNode warnings = out.putArray("warnings");
    api.warnings().forEach(warnings::add);
    if (!api.connectionParams().isEmpty()) {
      ArrayNode given = out.putArray("connectionParams");
      api.connectionParams()
          .forEach(
              p ->
                  given
                      .addObject()
                      .put("name", p.value())
                      .put("confidence", p.confidence().name())
                      .put("reason", p.reason()));
    }
    return out;
  }

  /** What the connection gives is no parent. */
  private static void withoutGiven(ObjectNode resource, Api api) {
    var parents = resource.path("parents").iterator();
    while (parents.hasNext()) {
      if (api.descriptor().connectionParams().contains(parents.next().asText())) {
        parents.remove();
      }
    }
  }

  static ObjectNode resource(Resource resource) {
    ObjectNode out =
        Json.object()
            .put("resource", resource.kind())
            .put("type", resource.type())
            .put("create", resource.create().value().describe())
            .put("get", text(resource.get()))
            .put("list", resource.list().map(l -> l.value().operation().describe()).orElse(null))
            .put("update", text(resource.update()))
            .put("delete", text(resource.delete()))
            .put("idPointer", resource.identity().value().idPointer().orElse(null))
            .put("itemParameter", itemParameter(resource));
    ArrayNode parents = out.putArray("parents");
    resource.identity().value().parents().forEach(parents::add);
    out.put("reconcile", resource.reconcile().value().strategy())
        .put("verify", resource.verify().name());
    ArrayNode warnings = out.putArray("warnings");
    resource.warnings().forEach(warnings::add);
    ArrayNode actions = out.putArray("actions");
    resource.actions().forEach(a -> actions.add(a.name()));
    reasons(resource, out.putObject("reasons"));
    ArrayNode rejected = out.putArray("rejected");
    resource.rejected().forEach(rejected::add);
    return out;
  }

  @SuppressWarnings("NullAway") // a null is a JSON null here
  private static String text(Optional<Inferred<Endpoint>> endpoint) {
    return endpoint.map(e -> e.value().describe()).orElse(null);
  }

  @SuppressWarnings("NullAway") // a null is a JSON null here
  private static String itemParameter(Resource resource) {
    String parameter = resource.identity().value().itemParameter();
    return parameter.isEmpty() ? null : parameter;
  }

  private static void verification(
      ObjectNode out, Resource resource, List<Verification> verifications) {
    Verification found =
        verifications.stream()
            .filter(v -> v.type().equals(resource.type()))
            .findFirst()
            .orElse(
                new Verification(
                    resource.type(),
                    Verification.Result.UNPROVEN,
                    "it gets no model: " + String.join("; ", resource.warnings())));
    out.put("verified", found.result() == Verification.Result.VERIFIED);
    out.putObject("verification")
        .put("result", found.result().name())
        .put("reason", found.reason());
  }

  private static void reasons(Resource resource, ObjectNode out) {
    reason(out, "create", resource.create());
    resource.get().ifPresent(g -> reason(out, "get", g));
    resource.list().ifPresent(l -> reason(out, "list", l));
    resource.update().ifPresent(u -> reason(out, "update", u));
    resource.delete().ifPresent(d -> reason(out, "delete", d));
    reason(out, "identity", resource.identity());
    reason(out, "reconcile", resource.reconcile());
    resource.operation().ifPresent(o -> reason(out, "operation", o));
    resource.readiness().ifPresent(r -> reason(out, "readiness", r));
    resource.softDelete().ifPresent(s -> reason(out, "softDelete", s));
  }

  private static void reason(ObjectNode out, String aspect, Inferred<?> inferred) {
    out.putObject(aspect)
        .put("confidence", inferred.confidence().name())
        .put("reason", inferred.reason());
  }
}
