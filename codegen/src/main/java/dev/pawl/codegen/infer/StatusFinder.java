package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.Schema;
import dev.pawl.codegen.ir.Inferred;
import dev.pawl.model.rest.Readiness;
import dev.pawl.model.rest.SoftDelete;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Finds the field that says whether a resource is usable, or gone. */
final class StatusFinder {
  private static final List<String> NAMES = List.of("status", "state", "phase", "lifecyclestate");
  private static final List<String> INNER = List.of("state", "status", "phase", "code");
  private static final Set<String> WAITING =
      Set.of(
          "new",
          "pending",
          "creating",
          "provisioning",
          "queued",
          "building",
          "starting",
          "inprogress",
          "processing",
          "initializing",
          "initialising",
          "booting",
          "importing",
          "deploying",
          "waiting",
          "scheduled",
          "allocating",
          "preparing",
          "accepted",
          "unknown",
          "waitingfordeployment",
          "statusunknown");
  private static final Set<String> READY =
      Set.of(
          "active",
          "ready",
          "running",
          "available",
          "online",
          "healthy",
          "enabled",
          "provisioned",
          "up",
          "live",
          "open",
          "deployed",
          "created",
          "verified",
          "issued",
          "attached",
          "installed",
          "statusrunning",
          "statusactive");
  private static final Set<String> LATER =
      Set.of(
          "startsat",
          "startat",
          "starttime",
          "startdate",
          "startson",
          "scheduledat",
          "scheduledfor",
          "sendat",
          "effectivedate",
          "effectiveat");
  private static final Set<String> FAILED =
      Set.of("errored", "failed", "error", "failure", "rejected", "createfailed");
  private static final Set<String> GONE =
      Set.of(
          "deleted",
          "archived",
          "archive",
          "destroyed",
          "terminated",
          "removed",
          "decommissioned",
          "purged");

  private final Schema resource;

  StatusFinder(Schema resource) {
    this.resource = resource;
  }

  /**
   * Values that say that it is being made, where others say that it is usable: a payment that is
   * pending is made already, and so is what begins at a time that its create was told.
   */
  Optional<Inferred<Readiness>> readiness(ApiOperation create) {
    boolean later =
        create.body().map(b -> b.schema().properties().keySet()).orElse(Set.of()).stream()
            .anyMatch(f -> LATER.contains(Words.plain(f)));
    return status()
        .filter(s -> !later && !values(s, READY).isEmpty())
        .flatMap(
            s -> {
              Set<String> waiting = values(s, WAITING);
              return waiting.isEmpty() || waiting.size() == s.values().size()
                  ? Optional.empty()
                  : Optional.of(
                      Inferred.medium(
                          new Readiness(s.pointer(), waiting, values(s, FAILED)),
                          "values of " + s.pointer() + " say when it is being made"));
            });
  }

  /**
   * When one that is still shown counts as gone.
   *
   * @param deletable whether the API can delete one
   */
  Optional<Inferred<SoftDelete>> softDelete(boolean deletable) {
    for (String name : List.of("deleted", "is_deleted", "isDeleted")) {
      Schema field = resource.properties().get(name);
      if (field != null && field.types().contains("boolean")) {
        return Optional.of(
            Inferred.high(
                new SoftDelete(Pointers.to(name), Set.of("true")),
                "'" + name + "' says so in the answer"));
      }
    }
    return status()
        .filter(s -> !gone(s, deletable).isEmpty())
        .map(
            s ->
                Inferred.medium(
                    new SoftDelete(s.pointer(), gone(s, deletable)),
                    "values of " + s.pointer() + " mean that it is gone"));
  }

  private static final Pattern EXPIRED_IS_GONE =
      Pattern.compile(
          "(?i)expired[^.;]{0,80}\\b(removed|deleted|purged|gone|destroyed|no longer exists?)\\b");

  /**
   * What has expired is still there, unless its status says that it is not, or has no other value
   * that a deletion could lead to.
   */
  private Set<String> gone(Status status, boolean deletable) {
    Set<String> out = new TreeSet<>(values(status, GONE));
    boolean onlyEnd =
        deletable
            && status.values().stream()
                .map(Words::plain)
                .allMatch(v -> v.equals("expired") || READY.contains(v) || WAITING.contains(v));
    if (onlyEnd || EXPIRED_IS_GONE.matcher(status.description()).find()) {
      out.addAll(values(status, Set.of("expired")));
    }
    return out;
  }

  private record Status(String pointer, List<String> values, String description) {}

  private Optional<Status> status() {
    return status(resource, NAMES, "", 2);
  }

  private static Optional<Status> status(
      Schema schema, List<String> names, String prefix, int depth) {
    Map<String, Schema> fields = schema.properties();
    for (String wanted : names) {
      for (var field : fields.entrySet()) {
        if (!Words.plain(field.getKey()).equals(wanted)) {
          continue;
        }
        String pointer = prefix + Pointers.to(field.getKey());
        List<String> values = enumOf(field.getValue());
        if (!values.isEmpty()) {
          return Optional.of(new Status(pointer, values, field.getValue().description()));
        }
        if (depth > 1 && !field.getValue().isArray() && field.getValue().hasProperties()) {
          return status(field.getValue(), INNER, pointer, depth - 1);
        }
      }
    }
    return Optional.empty();
  }

  static List<String> enumOf(Schema schema) {
    if (!schema.enumValues().isEmpty()) {
      return schema.enumValues();
    }
    return schema.parts().stream()
        .map(Schema::enumValues)
        .filter(v -> !v.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private static Set<String> values(Status status, Set<String> wanted) {
    Set<String> out = new TreeSet<>();
    for (String value : status.values()) {
      if (wanted.contains(Words.plain(value))) {
        out.add(value);
      }
    }
    return out;
  }
}
