package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.Answer;
import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.PathTemplate;
import dev.pawl.codegen.document.Schema;
import dev.pawl.codegen.ir.Inferred;
import dev.pawl.codegen.ir.LongRunning;
import dev.pawl.model.rest.IdentityPart;
import dev.pawl.model.rest.PathValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the operation that a create answers with, how it is asked, and where it says what it made.
 */
final class OperationFinder {
  private static final Set<String> POINTERS = Set.of("location", "operation-location");
  private static final Set<String> HOLDERS =
      Set.of("result", "response", "resource", "target", "entity", "object", "output", "data");
  private static final Set<String> NAMED = Set.of("resource", "target", "entity");
  private static final Set<String> URLS =
      Set.of(
          "resourceurl",
          "resourceuri",
          "resourcelink",
          "resourcelocation",
          "resourcehref",
          "targetlink",
          "targeturl");
  private static final List<String> ERRORS =
      List.of("error", "errors", "failure", "fault", "errormessage", "failurereason");

  private final Operations operations;

  OperationFinder(Operations operations) {
    this.operations = operations;
  }

  /** One operation and where a create's answer has it. */
  private record Place(
      Operations.Known known, String answerPointer, Optional<Schema> answered, View read) {}

  /**
   * Empty where it answers none, or one that nothing reads or that never says that it has ended.
   */
  Optional<Inferred<LongRunning>> find(Candidate candidate) {
    return candidate
        .item()
        .flatMap(item -> place(candidate, item).flatMap(p -> asked(candidate, item, p)));
  }

  private Optional<Place> place(Candidate candidate, ItemPath item) {
    List<View> reads = candidate.read().map(View::ofRead).orElse(List.of());
    for (Answer answer : candidate.post().answers()) {
      for (View view : answer.body().map(View::of).orElse(List.of())) {
        if (operations.why(view.schema(), reads, item.key()).isPresent()) {
          Optional<Place> found = known(view, item);
          if (found.isPresent()) {
            return found;
          }
        }
      }
    }
    return byHeader(candidate, item);
  }

  private Optional<Place> known(View view, ItemPath item) {
    return operations.known().stream()
        .filter(k -> !k.key().equals(item.key()))
        .flatMap(
            k ->
                View.of(k.answer()).stream()
                    .filter(v -> Similarity.of(v.schema(), view.schema()) >= Similarity.SAME)
                    .map(v -> new Place(k, view.pointer(), Optional.of(view.schema()), v)))
        .findFirst();
  }

  /** A 202 without a body points at the one kind of operation that there is. */
  private Optional<Place> byHeader(Candidate candidate, ItemPath item) {
    boolean points =
        candidate.post().answers().stream()
            .anyMatch(
                a ->
                    a.status().equals("202")
                        && a.body().isEmpty()
                        && a.headers().stream().anyMatch(POINTERS::contains));
    List<Operations.Known> all =
        operations.known().stream().filter(k -> !k.key().equals(item.key())).toList();
    if (!points || all.size() != 1) {
      return Optional.empty();
    }
    List<View> views = View.of(all.get(0).answer());
    View whole = views.size() > 1 && views.get(1).sole() ? views.get(1) : views.get(0);
    return Optional.of(new Place(all.get(0), "", Optional.empty(), whole));
  }

  private Optional<Inferred<LongRunning>> asked(Candidate candidate, ItemPath item, Place place) {
    Optional<List<IdentityPart>> identity = identity(candidate, item, place);
    Optional<EndOf> end = EndOf.in(place.read().schema());
    if (identity.isEmpty() || end.isEmpty()) {
      return Optional.empty();
    }
    LongRunning found =
        new LongRunning(
            place.known().get(),
            place.read().pointer(),
            place.answerPointer(),
            identity.get(),
            end.get().pointer(),
            end.get().done(),
            end.get().failed(),
            error(place.read().fields()),
            told(candidate, item, place));
    return Optional.of(
        Inferred.medium(
            found,
            (place.answered().isPresent() ? "the create answers" : "the create's header points at")
                + " what "
                + place.known().get().describe()
                + " reads"));
  }

  /** The key that the operation holds; empty where it is beside it, or nowhere. */
  private static Optional<IdentityPart> told(Candidate candidate, ItemPath item, Place place) {
    if (candidate.answer().isEmpty()) {
      return key(candidate, item, place.read().schema());
    }
    String at = candidate.answer().get().idPointer();
    return at.startsWith(place.answerPointer() + "/")
        ? Optional.of(
            part(item.parameter(), at.substring(place.answerPointer().length()), PathValue.WHOLE))
        : Optional.empty();
  }

  private static String error(Map<String, Schema> fields) {
    return ERRORS.stream()
        .flatMap(e -> fields.keySet().stream().filter(f -> Words.plain(f).equals(e)))
        .findFirst()
        .map(Pointers::to)
        .orElse("");
  }

  /** Empty where a parameter of the operation's path is nowhere to be had. */
  private static Optional<List<IdentityPart>> identity(
      Candidate candidate, ItemPath item, Place place) {
    List<String> parameters = place.known().get().path().parameters();
    String own = parameters.get(parameters.size() - 1);
    Optional<String> thing = candidate.answer().map(AnswerKey.Found::idPointer);
    return own(place, own)
        .flatMap(
            part ->
                with(
                    part,
                    candidate.post(),
                    place.known().get().path(),
                    item.key(),
                    thing.orElse("")));
  }

  /**
   * Where each parameter of an operation's path comes from; empty where one of them is nowhere to
   * be had.
   *
   * @param own where the last one comes from
   * @param itemKey where what is made is
   * @param idPointer where the create's answer names what is made; empty where it does not
   */
  static Optional<List<IdentityPart>> with(
      IdentityPart own, ApiOperation create, PathTemplate path, String itemKey, String idPointer) {
    List<String> parameters = path.parameters();
    List<IdentityPart> out = new ArrayList<>();
    for (String parameter : parameters.subList(0, parameters.size() - 1)) {
      Optional<IdentityPart> part = outer(create, path, parameter, itemKey, idPointer);
      if (part.isEmpty()) {
        return Optional.empty();
      }
      out.add(part.get());
    }
    out.add(own);
    return Optional.of(out);
  }

  private static Optional<IdentityPart> own(Place place, String parameter) {
    if (place.answered().isEmpty()) {
      return Optional.of(IdentityPart.location(parameter));
    }
    Map<String, Schema> fields = place.answered().get().properties();
    ItemPath path =
        new ItemPath(place.known().key(), ItemPath.How.SAID, Map.of("GET", place.known().get()));
    Optional<Schema> taken = path.schemaOf(parameter);
    Optional<IdentityPart> found =
        KeyFinder.find(parameter, taken, path.thing(), fields)
            .filter(k -> k.score() >= 70)
            .map(k -> part(parameter, Pointers.to(k.name()), PathValue.WHOLE));
    return found.or(
        () ->
            Optional.ofNullable(fields.get("name"))
                .filter(n -> n.types().contains("string"))
                .filter(n -> fields.containsKey("done"))
                .map(n -> part(parameter, "/name", PathValue.LAST_SEGMENT)));
  }

  private static IdentityPart part(String parameter, String pointer, PathValue value) {
    return new IdentityPart(parameter, IdentityPart.Source.OPERATION, pointer, value);
  }

  /** A parameter before the operation's own: of the same path as the create's, or the item. */
  private static Optional<IdentityPart> outer(
      ApiOperation create, PathTemplate path, String parameter, String itemKey, String idPointer) {
    String upTo = upTo(path, parameter);
    PathTemplate post = create.path();
    Optional<String> given =
        post.parameters().stream().filter(p -> upTo(post, p).equals(upTo)).findFirst();
    if (given.isPresent()) {
      String argument = ArgumentNames.of(create).ofParameter("path", given.get());
      return Optional.of(IdentityPart.request(parameter, Pointers.to(argument)));
    }
    return upTo.equals(itemKey) && !idPointer.isEmpty()
        ? Optional.of(IdentityPart.response(parameter, idPointer))
        : Optional.empty();
  }

  /** A path's beginning up to a parameter, names blanked. */
  private static String upTo(PathTemplate path, String parameter) {
    String text = path.text();
    int end = text.indexOf("{" + parameter + "}") + parameter.length() + 2;
    return new PathTemplate(text.substring(0, end)).key();
  }

  private static Optional<IdentityPart> key(Candidate candidate, ItemPath item, Schema operation) {
    String own = item.parameter();
    Optional<IdentityPart> named =
        Operations.reference(operation, item.thing())
            .map(k -> part(own, Pointers.to(k.name()), PathValue.WHOLE));
    return named
        .or(() -> held(candidate, item, operation))
        .or(
            () ->
                operation.properties().keySet().stream()
                    .filter(f -> URLS.contains(Words.plain(f)))
                    .findFirst()
                    .map(f -> part(own, Pointers.to(f), PathValue.LAST_SEGMENT)));
  }

  /** The thing itself in the operation, or an object that names it. */
  private static Optional<IdentityPart> held(Candidate candidate, ItemPath item, Schema operation) {
    List<View> reads = candidate.read().map(View::ofRead).orElse(List.of());
    String thing = Words.plain(item.thing());
    for (var field : operation.properties().entrySet()) {
      String name = Words.plain(field.getKey());
      Schema held = field.getValue();
      if (held.isArray() || !held.hasProperties()) {
        continue;
      }
      boolean same =
          reads.stream().anyMatch(r -> Similarity.of(r.schema(), held) >= Similarity.SAME);
      boolean fits =
          same && (HOLDERS.contains(name) || name.equals(thing))
              || NAMED.contains(name)
              || name.equals(thing);
      Optional<KeyFinder.Key> key =
          KeyFinder.find(
                  item.parameter(),
                  item.schemaOf(item.parameter()),
                  item.thing(),
                  held.properties())
              .filter(k -> fits && k.score() >= 70);
      if (key.isPresent()) {
        String pointer = Pointers.to(field.getKey()) + Pointers.to(key.get().name());
        return Optional.of(part(item.parameter(), pointer, PathValue.WHOLE));
      }
    }
    return Optional.empty();
  }
}
