package dev.pawl.server.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Failure;
import dev.pawl.model.Json;
import dev.pawl.model.MethodDescriptor;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.SeenObject;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import dev.pawl.model.rest.ClientMarks;
import dev.pawl.server.engine.RebuiltResource.Result;
import dev.pawl.server.models.ApiObjects;
import dev.pawl.server.models.LookAtObjects;
import dev.pawl.server.store.AuditNote;
import dev.pawl.server.store.DataStore;
import dev.pawl.server.store.NewData;
import dev.pawl.server.store.PutDataAnswer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Looks for one resource, and stores it where its marker proves that it is it. */
final class RebuildOne {
  /** So many objects of one key, one after the other, are looked for. */
  static final int INCARNATIONS = 16;

  private final RebuildData.Command command;
  private final LookAtObjects look;
  private final DataStore data;
  private final Map<Collection, List<SeenObject>> listed = new HashMap<>();

  /** Each is listed once. */
  private record Collection(String modelType, ObjectNode names) {}

  /**
   * What came of it.
   *
   * @param data what its step gives; null where that is not known
   */
  record Found(RebuiltResource told, @Nullable JsonNode data) {}

  RebuildOne(RebuildData.Command command, LookAtObjects look, DataStore data) {
    this.command = command;
    this.look = look;
    this.data = data;
  }

  /** What is stored by now; null JSON for nothing. */
  JsonNode stored(ResourceKey key) {
    StoredResource row = data.read(key);
    return row.effectiveState() == ResourceState.PRESENT && row.data() != null
        ? row.data()
        : NullNode.getInstance();
  }

  /**
   * Looks for it.
   *
   * @param arguments of its create; null where they can't be computed
   */
  Found run(ResourceKey key, MethodDescriptor method, @Nullable ObjectNode arguments)
      throws InterruptedException {
    StoredResource row = data.read(key);
    switch (row.effectiveState()) {
      case PRESENT -> {
        List<String> ids = row.externalId() == null ? List.of() : List.of(row.externalId());
        return new Found(
            new RebuiltResource(key, Result.ALREADY_STORED, ids, key + " is stored already"),
            row.data());
      }
      case CLAIMED, IN_DOUBT -> {
        return told(
            key, Result.UNKNOWN, List.of(), key + " is " + row.effectiveState() + " here already");
      }
      case ABSENT, DELETED -> {}
    }
    Optional<ApiObjects> objects = look.of(key);
    if (objects.isEmpty() || !method.has(MethodDescriptor.Trait.CLAIMS_ITSELF)) {
      return told(
          key,
          Result.UNSUPPORTED,
          List.of(),
          key + " was stored by Pawl alone: no API knows it; its step runs again");
    }
    try {
      return recognised(row, objects.get(), arguments == null ? Json.object() : arguments);
    } catch (MethodException e) {
      Result result =
          e.failure().reason() == Reason.UNSUPPORTED_BY_MODEL
              ? Result.UNSUPPORTED
              : e.failure().reason() == Reason.EXTERNAL_ID_OWNED
                  ? Result.AMBIGUOUS
                  : Result.UNKNOWN;
      return told(
          key, result, List.of(), key + " could not be looked for: " + e.failure().message());
    }
  }

  private Found recognised(StoredResource row, ApiObjects objects, ObjectNode arguments)
      throws MethodException, InterruptedException {
    return switch (objects.reads().recognition()) {
      case MARKER -> byMarker(row, objects, arguments);
      case CHOSEN_ID -> byChosenId(row.key(), objects, arguments);
      case ALIKE -> alike(row.key(), objects, arguments);
      case NONE ->
          told(
              row.key(),
              Result.UNSUPPORTED,
              List.of(),
              "nothing at the API tells "
                  + row.key()
                  + " from others; look for it there, and import it: "
                  + importIt(row.key(), "ID"));
    };
  }

  private Found byMarker(StoredResource row, ApiObjects objects, ObjectNode arguments)
      throws MethodException, InterruptedException {
    ResourceKey key = row.key();
    TreeMap<Long, List<SeenObject>> ours = new TreeMap<>();
    List<SeenObject> all = list(key, objects, arguments);
    for (long i = 1; i <= INCARNATIONS; i++) {
      String marker = ClientMarks.marker(command.installationId(), key, i);
      List<SeenObject> carriers = all.stream().filter(o -> o.markers().contains(marker)).toList();
      if (!carriers.isEmpty()) {
        ours.put(i, carriers);
      }
    }
    if (ours.isEmpty()) {
      return told(
          key,
          Result.ABSENT,
          List.of(),
          "none of "
              + all.size()
              + " objects carries a marker of "
              + key
              + "; what was imported or adopted carries none, and has to be imported again");
    }
    long newest = ours.lastKey();
    List<SeenObject> carriers = ours.getOrDefault(newest, List.of());
    if (carriers.size() > 1) {
      List<String> ids = carriers.stream().map(SeenObject::externalId).toList();
      return told(
          key,
          Result.AMBIGUOUS,
          ids,
          String.join(" and ", ids)
              + " both carry the marker of "
              + key
              + "; delete all but one of them at the API, then rebuild again");
    }
    return store(row, objects, carriers.getFirst(), newest, arguments, ours.size() > 1);
  }

  private List<SeenObject> list(ResourceKey key, ApiObjects objects, ObjectNode arguments)
      throws MethodException, InterruptedException {
    Optional<ObjectNode> names = objects.reads().collection(Json.object(), arguments);
    if (names.isEmpty()) {
      throw MethodException.notMade(
          Failure.of(Reason.VERIFY_UNKNOWN, "what it lies in depends on what was not found"));
    }
    Collection collection = new Collection(key.modelType(), names.get());
    List<SeenObject> before = listed.get(collection);
    if (before != null) {
      return before;
    }
    List<SeenObject> all = objects.list(names.get());
    listed.put(collection, all);
    return all;
  }

  private Found byChosenId(ResourceKey key, ApiObjects objects, ObjectNode arguments)
      throws MethodException, InterruptedException {
    Optional<String> id = objects.reads().chosenId(arguments);
    if (id.isEmpty()) {
      return told(key, Result.UNKNOWN, List.of(), "the identity of " + key + " can't be computed");
    }
    try {
      objects.find(id.get(), arguments);
    } catch (MethodException e) {
      if (e.failure().reason() != Reason.OBJECT_NOT_FOUND) {
        throw e;
      }
      return told(key, Result.ABSENT, List.of(), "the API has no " + id.get());
    }
    return unproven(key, List.of(id.get()));
  }

  private Found alike(ResourceKey key, ApiObjects objects, ObjectNode arguments)
      throws MethodException, InterruptedException {
    List<String> ids =
        list(key, objects, arguments).stream()
            .filter(o -> objects.reads().isAlike(o, arguments))
            .map(SeenObject::externalId)
            .toList();
    return ids.isEmpty()
        ? told(key, Result.ABSENT, List.of(), "no object has the unique fields of " + key)
        : unproven(key, ids);
  }

  private static Found unproven(ResourceKey key, List<String> ids) {
    return told(
        key,
        Result.UNPROVEN,
        ids,
        String.join(", ", ids)
            + " may be "
            + key
            + ", but carries no marker that proves it; if it is, import it: "
            + importIt(key, ids.getFirst()));
  }

  private static String importIt(ResourceKey key, String id) {
    return "pawl data import " + key.modelType() + " " + key.instance() + " " + id;
  }

  private Found store(
      StoredResource row,
      ApiObjects objects,
      SeenObject seen,
      long incarnation,
      ObjectNode arguments,
      boolean hasEarlier)
      throws MethodException, InterruptedException {
    ResourceKey key = row.key();
    // Its own state may show more than a list does.
    SeenObject whole = whole(objects, seen, arguments);
    if (!command.isDry()) {
      PutDataAnswer answer =
          data.put(newData(row, whole, incarnation, unshown(objects, whole, arguments), objects));
      if (!(answer instanceof PutDataAnswer.Stored)) {
        return told(key, Result.UNKNOWN, List.of(), key + " changed meanwhile; rebuild again");
      }
    }
    String message =
        (command.isDry() ? "would be stored: " : "stored: ")
            + seen.externalId()
            + " carries the marker of "
            + key
            + (hasEarlier
                ? "; objects that it had before still exist too, 'pawl data audit' shows them"
                : "");
    return new Found(
        new RebuiltResource(key, Result.FOUND, List.of(seen.externalId()), message), whole.data());
  }

  private static SeenObject whole(ApiObjects objects, SeenObject seen, ObjectNode arguments)
      throws MethodException, InterruptedException {
    try {
      return objects.find(seen.externalId(), arguments);
    } catch (MethodException e) {
      if (e.failure().reason() == Reason.UNSUPPORTED_BY_MODEL) {
        return seen;
      }
      throw e;
    }
  }

  /** What the object shows is compared as it is; only of the rest the workflow is believed. */
  private static ObjectNode unshown(ApiObjects objects, SeenObject seen, ObjectNode arguments) {
    ObjectNode out = objects.reads().comparable(arguments);
    seen.data().fieldNames().forEachRemaining(out::remove);
    return out;
  }

  private NewData newData(
      StoredResource row,
      SeenObject seen,
      long incarnation,
      ObjectNode arguments,
      ApiObjects objects)
      throws MethodException {
    return new NewData(
        row.key(),
        seen.data(),
        seen.externalId(),
        seen.identity(),
        objects.account(),
        row.version(),
        command.requester(),
        null,
        new NewData.Seen(
            arguments,
            incarnation,
            new AuditNote(
                command.requester(),
                "RESOURCE_REBUILT",
                command.requester()
                    + " found "
                    + seen.externalId()
                    + " by the marker of "
                    + row.key(),
                Json.object()
                    .put("installationId", command.installationId())
                    .put(
                        "marker",
                        ClientMarks.marker(command.installationId(), row.key(), incarnation)))));
  }

  private static Found told(ResourceKey key, Result result, List<String> ids, String message) {
    return new Found(new RebuiltResource(key, result, ids, message), null);
  }
}
