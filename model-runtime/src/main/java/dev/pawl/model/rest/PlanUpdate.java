package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Failure;
import dev.pawl.model.FieldDifference;
import dev.pawl.model.Json;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.data.StoredResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which arguments of its create a present resource can be given by its update. A resource counts as
 * made with the new arguments afterwards, so what the update can't change is refused as a whole: it
 * would be taken for done.
 */
final class PlanUpdate {
  private final RestResource resource;
  private final @Nullable RestMethod update;
  private final PlanCreate wanted;
  private final StoredResource row;

  /**
   * @param update the method that changes one; null where the API cannot
   */
  PlanUpdate(
      RestResource resource, @Nullable RestMethod update, PlanCreate wanted, StoredResource row) {
    this.resource = resource;
    this.update = update;
    this.wanted = wanted;
    this.row = row;
  }

  /** The fields that differ from what it was made with. */
  List<FieldDifference> differs() {
    return AskedFor.differs(row, wanted);
  }

  /** Why it can't be done, for a sentence that begins with the resource; empty where it can. */
  Optional<String> obstacle() {
    if (update == null) {
      return Optional.of(resource.type() + " has no update operation");
    }
    String fixed = names(differs().stream().filter(d -> !isTaken(name(d))));
    if (!fixed.isEmpty()) {
      return Optional.of("its update cannot change " + fixed);
    }
    String unset = isWhole() ? "" : names(differs().stream().filter(d -> isUnset(d.wanted())));
    if (!unset.isEmpty()) {
      return Optional.of("its update sets values and cannot take away " + unset);
    }
    String missing = missing();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of("its update needs " + missing + ", which the create does not give");
  }

  /**
   * The arguments of the update.
   *
   * @throws MethodException ARGUMENTS_CHANGED with the obstacle
   */
  ObjectNode arguments(MethodContext context) throws MethodException {
    Optional<String> obstacle = obstacle();
    if (obstacle.isPresent()) {
      throw MethodException.notMade(
          Failure.of(
              Reason.ARGUMENTS_CHANGED,
              row.key()
                  + " was made with other arguments ("
                  + names(differs().stream())
                  + "), and "
                  + obstacle.get()
                  + "; set onChange: keep, or choose another instance"));
    }
    ObjectNode out = Json.object();
    taken().forEach((name, value) -> out.set(name, value));
    keepMarker(out, context);
    return out;
  }

  /** A PUT replaces the whole and so needs secrets too; else those that are there stay. */
  private Map<String, JsonNode> taken() {
    ObjectNode given = isWhole() ? wanted.arguments() : wanted.comparable();
    return given.properties().stream()
        .filter(e -> isTaken(e.getKey()))
        .collect(Collectors.toMap(e -> e.getKey(), e -> e.getValue()));
  }

  /** The mark by which the object is known again lies among its tags, which this would replace. */
  private void keepMarker(ObjectNode out, MethodContext context) {
    if (resource.reconcile().withoutToken() instanceof Reconcile.Marker place) {
      String field = place.field().substring(1);
      if (out.has(field) || (isWhole() && isTaken(field))) {
        Markers.stamp(
            out,
            place,
            Markers.marker(
                context.dataRepository().installationId(), row.key(), row.incarnation()));
      }
    }
  }

  private boolean isWhole() {
    return update != null && update.operation().method().equals("PUT");
  }

  /** Whether the update takes an argument, by its schema; one that lists nothing takes all. */
  private boolean isTaken(String name) {
    if (update == null || isIdentity(name)) {
      return false;
    }
    JsonNode properties = update.descriptor().argumentsSchema().path("properties");
    return properties.isEmpty() || properties.has(name);
  }

  private boolean isIdentity(String name) {
    return resource.identity().stream()
        .anyMatch(
            part ->
                part.source() == IdentityPart.Source.REQUEST && top(part.pointer()).equals(name));
  }

  private String missing() {
    TreeSet<String> missing = new TreeSet<>();
    if (update != null) {
      update
          .descriptor()
          .argumentsSchema()
          .path("required")
          .forEach(name -> missing.add(name.asText()));
    }
    missing.removeAll(taken().keySet());
    return String.join(", ", missing);
  }

  private static boolean isUnset(JsonNode wanted) {
    return wanted.isMissingNode();
  }

  private static String name(FieldDifference difference) {
    return top(difference.path());
  }

  private static String top(String pointer) {
    String first = pointer.substring(1).replaceAll("/.*$", "");
    return first.replace("~1", "/").replace("~0", "~");
  }

  private static String names(Stream<FieldDifference> differs) {
    return differs.map(FieldDifference::path).collect(Collectors.joining(", "));
  }
}
