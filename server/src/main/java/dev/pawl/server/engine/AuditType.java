package dev.pawl.server.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.FieldDifference;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.SeenObject;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import dev.pawl.server.engine.AuditFinding.Kind;
import dev.pawl.server.models.ApiObjects;
import dev.pawl.server.store.DataStore;
import dev.pawl.server.store.DataStore.Known;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Compares the rows of one type with its API. What a complete listing shows is not asked for one by
 * one; what it does not show is asked for by its id before it counts as lost.
 */
final class AuditType {
  private static final Set<Reason> NOBODY_THERE =
      EnumSet.of(Reason.UNREACHABLE, Reason.NO_CONNECTION, Reason.API_UNAUTHENTICATED);
  private static final int MOST_FIELDS = 100;

  private final ResourceKey any;
  private final List<StoredResource> rows;
  private final Supplier<List<Known>> everywhere;
  private final DataStore data;
  private final Optional<ApiObjects> objects;
  private final Findings<AuditFinding> findings;
  private final Map<String, SeenObject> listed = new HashMap<>();
  private String account = "";

  /**
   * @param any a key of the namespace and type
   * @param rows of the namespace, in every state
   * @param everywhere the keys of every namespace, read when it is asked
   */
  AuditType(
      ResourceKey any,
      List<StoredResource> rows,
      Supplier<List<Known>> everywhere,
      DataStore data,
      Optional<ApiObjects> objects,
      Findings<AuditFinding> findings) {
    this.any = any;
    this.rows = rows;
    this.everywhere = everywhere;
    this.data = data;
    this.objects = objects;
    this.findings = findings;
  }

  void run() throws InterruptedException {
    boolean asked = objects.isPresent() && list(objects.get());
    // Read after the listing: what it shows was claimed before it was made.
    List<Known> known = everywhere.get();
    AuditMarkers markers =
        new AuditMarkers(any, known, data.installationId(), listed.values(), account);
    if (asked) {
      for (StoredResource row : rows) {
        if (isOwnPresent(row)) {
          compare(objects.get(), row);
        }
      }
      for (AuditFinding finding : markers.run(this::mayExist)) {
        findings.found(finding);
      }
    }
    reportDoubts(markers);
    reportReports(known, asked);
  }

  /** False where nobody answers, so that nothing more is to be asked. */
  private boolean list(ApiObjects api) throws InterruptedException {
    try {
      account = api.account();
      for (ObjectNode collection : collections(api)) {
        api.list(collection).forEach(seen -> listed.put(seen.externalId(), seen));
      }
    } catch (MethodException e) {
      unknown(null, List.of(), e);
      return !NOBODY_THERE.contains(e.failure().reason());
    }
    return true;
  }

  private static boolean isOwnPresent(StoredResource row) {
    return row.effectiveState() == ResourceState.PRESENT
        && row.key().outputSpec().equals(ResourceKey.STATE)
        && row.externalId() != null;
  }

  /**
   * Where the rows' objects lie, each collection once; the one there is where nothing is stored.
   */
  private Set<ObjectNode> collections(ApiObjects api) {
    Set<ObjectNode> out = new LinkedHashSet<>();
    if (!api.reads().isListed()) {
      return out;
    }
    api.reads().collection(Json.object(), Json.object()).ifPresent(out::add);
    for (StoredResource row : rows) {
      ObjectNode identity = row.identity();
      ObjectNode arguments = row.arguments() instanceof ObjectNode given ? given : Json.object();
      var intent = ResolveResource.intent(row);
      if (intent != null) {
        identity = intent.identity();
        arguments = intent.arguments();
      }
      api.reads().collection(identity, arguments).ifPresent(out::add);
    }
    return out;
  }

  private void compare(ApiObjects api, StoredResource row) throws InterruptedException {
    String id = String.valueOf(row.externalId());
    if (row.account() != null && !row.account().equals(account)) {
      findings.found(
          AuditFinding.of(
              Kind.UNKNOWN,
              row.key(),
              List.of(id),
              row.key()
                  + " belongs to the account "
                  + row.account()
                  + ", and the connection is to "
                  + account
                  + "; audit it through a connection to its own"));
      return;
    }
    try {
      SeenObject inList = listed.get(id);
      report(row, inList == null ? api.check(row).data() : inList.data(), inList != null);
    } catch (MethodException e) {
      if (e.failure().reason() == Reason.OBJECT_NOT_FOUND) {
        lost(row, id);
      } else if (e.failure().reason() != Reason.UNSUPPORTED_BY_MODEL) {
        unknown(row.key(), List.of(id), e);
      }
    }
  }

  /** Unless it was deleted, or made again, while the audit looked. */
  private void lost(StoredResource row, String id) throws InterruptedException {
    StoredResource now = data.read(row.key());
    if (isOwnPresent(now) && id.equals(now.externalId())) {
      findings.found(
          AuditFinding.of(
              Kind.LOST,
              row.key(),
              List.of(id),
              row.key()
                  + " is stored as "
                  + id
                  + ", which the API no longer has; its next create makes it again"));
    }
  }

  private void unknown(@Nullable ResourceKey key, List<String> ids, MethodException why)
      throws InterruptedException {
    findings.found(
        new AuditFinding(
            Kind.UNKNOWN,
            key,
            any.modelType(),
            ids,
            List.of(),
            (key == null ? any.modelType() : key)
                + " could not be compared: "
                + why.failure().message()));
  }

  private void report(StoredResource row, JsonNode shown, boolean inList)
      throws InterruptedException {
    List<FieldDifference> differs = new ArrayList<>();
    if (row.data() != null) {
      compare("", row.data(), shown, inList, differs);
    }
    if (!differs.isEmpty()) {
      findings.found(
          new AuditFinding(
              Kind.CHANGED,
              row.key(),
              any.modelType(),
              List.of(String.valueOf(row.externalId())),
              differs,
              "the API shows "
                  + row.key()
                  + " otherwise than it is stored; its next create stores what is shown"));
    }
  }

  /** Listed items often leave fields out. */
  private static void compare(
      String path, JsonNode stored, JsonNode shown, boolean lenient, List<FieldDifference> out) {
    if (!stored.isObject() || !shown.isObject()) {
      if (!stored.equals(shown) && out.size() < MOST_FIELDS) {
        out.add(new FieldDifference(path, stored, shown));
      }
      return;
    }
    Set<String> names = new TreeSet<>();
    stored.fieldNames().forEachRemaining(names::add);
    shown.fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      if (!lenient || (stored.has(name) && shown.has(name))) {
        String at = path + "/" + name.replace("~", "~0").replace("/", "~1");
        compare(at, stored.path(name), shown.path(name), lenient, out);
      }
    }
  }

  private void reportDoubts(AuditMarkers markers) throws InterruptedException {
    for (StoredResource row : rows) {
      if (row.effectiveState() == ResourceState.IN_DOUBT) {
        List<String> carriers = markers.carriersOf(row.key(), row.incarnation());
        findings.found(
            AuditFinding.of(
                Kind.IN_DOUBT,
                row.key(),
                carriers,
                row.key()
                    + " is in doubt: a create was sent and its outcome is not known"
                    + (carriers.isEmpty()
                        ? ""
                        : "; " + String.join(", ", carriers) + " carries its marker")
                    + "; run its create again, or decide by 'pawl data resolve'"));
      }
    }
  }

  /** What late reports have named besides what is stored, unless it is gone by now. */
  private void reportReports(List<Known> known, boolean asked) throws InterruptedException {
    for (Known one : known) {
      if (!one.key().namespace().equals(any.namespace()) || !one.isOwner()) {
        continue;
      }
      List<String> ids = new ArrayList<>();
      for (String id : one.duplicates()) {
        if (!id.equals(one.externalId()) && (!asked || mayExist(id))) {
          ids.add(id);
        }
      }
      if (!ids.isEmpty()) {
        ids.addFirst(String.valueOf(one.externalId()));
        findings.found(AuditMarkers.duplicate(one.key(), ids));
      }
    }
  }

  private boolean mayExist(String id) throws InterruptedException {
    if (objects.isEmpty()) {
      return true;
    }
    SeenObject inList = listed.get(id);
    try {
      objects.get().find(id, inList == null ? Json.object() : inList.identity());
      return true;
    } catch (MethodException e) {
      return e.failure().reason() != Reason.OBJECT_NOT_FOUND;
    }
  }
}
