package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.PathTemplate;
import dev.pawl.codegen.document.Schema;
import dev.pawl.codegen.ir.Identity;
import dev.pawl.codegen.ir.Inferred;
import dev.pawl.model.rest.IdentityPart;
import dev.pawl.model.rest.PathValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says where each parameter of the item path comes from. */
final class IdentityFinder {
  private static final Set<ItemPath.How> ELSEWHERE =
      Set.of(ItemPath.How.ELSEWHERE, ItemPath.How.COMPOSITE, ItemPath.How.SAID);

  private static final Set<String> GENERIC = Set.of("id", "uuid", "guid", "sid", "name", "key");

  private final Candidate candidate;
  private final ArgumentNames names;

  IdentityFinder(Candidate candidate) {
    this.candidate = candidate;
    this.names = ArgumentNames.of(candidate.post());
  }

  /** Empty where a parent of the item path is in none of the create's parameters. */
  Optional<Inferred<Identity>> find() {
    if (candidate.item().isEmpty()) {
      return Optional.of(listed());
    }
    ItemPath item = candidate.item().get();
    List<String> parents = item.parents();
    List<String> own = item.own();
    List<IdentityPart> parts = new ArrayList<>();
    for (int i = 0; i < parents.size(); i++) {
      String source = parent(item, i);
      if (source.isEmpty()) {
        return Optional.empty();
      }
      parts.add(
          IdentityPart.request(parents.get(i), Pointers.to(names.ofParameter("path", source))));
    }
    candidate.before().forEach((name, at) -> parts.add(IdentityPart.response(name, at)));
    String last = own.get(own.size() - 1);
    ownPart(last).map(p -> taking(p, item, last)).ifPresent(parts::add);
    return Optional.of(
        new Inferred<>(
            new Identity(parts, idPointer(), String.join(";", own), parents),
            candidate.confidence(),
            reason()));
  }

  /** What an operation points at with a URL says itself what of it the path takes. */
  private IdentityPart taking(IdentityPart part, ItemPath item, String own) {
    return part.value().equals(PathValue.WHOLE) ? part.taking(pathValue(item, own)) : part;
  }

  private Optional<String> idPointer() {
    List<String> pointers = new ArrayList<>(candidate.before().values());
    candidate
        .answer()
        .map(AnswerKey.Found::idPointer)
        .or(
            () ->
                candidate
                    .operation()
                    .map(Inferred::value)
                    .flatMap(o -> o.key().map(k -> o.answerPointer() + k.pointer())))
        .ifPresent(pointers::add);
    return pointers.isEmpty() ? Optional.empty() : Optional.of(String.join(";", pointers));
  }

  /**
   * By position where the paths begin alike; elsewhere by name, or by what stands before it in the
   * path.
   */
  private String parent(ItemPath item, int at) {
    List<String> given = candidate.post().path().parameters();
    List<String> parents = item.parents();
    String wanted = parents.get(at);
    boolean elsewhere = ELSEWHERE.contains(item.how());
    if (!elsewhere && given.size() >= parents.size()) {
      return given.get(at);
    }
    List<String> before = words(candidate.post().path());
    String word = words(item.template()).get(at);
    int same = word.isEmpty() ? -1 : before.indexOf(word);
    if (same >= 0) {
      return given.get(same);
    }
    return given.contains(wanted) && !GENERIC.contains(Words.plain(wanted)) ? wanted : "";
  }

  /** What stands before each parameter, in the singular. */
  private static List<String> words(PathTemplate path) {
    List<String> out = new ArrayList<>();
    String last = "";
    for (String segment : path.segments()) {
      int parameters = segment.split("\\{}", -1).length - 1;
      for (int i = 0; i < parameters; i++) {
        out.add(last);
        last = "";
      }
      last = parameters > 0 ? "" : Words.singularSnake(segment);
    }
    return out;
  }

  private Optional<IdentityPart> ownPart(String own) {
    Optional<String> chosen = ClientKey.of(candidate);
    if (chosen.isPresent()) {
      return Optional.of(IdentityPart.request(own, Pointers.to(chosen.get())));
    }
    Optional<IdentityPart> told = candidate.operation().flatMap(o -> o.value().key());
    if (told.isPresent()) {
      return told;
    }
    if (candidate.answer().isPresent()) {
      return Optional.of(IdentityPart.response(own, candidate.answer().get().idPointer()));
    }
    return candidate.location() ? Optional.of(IdentityPart.location(own)) : Optional.empty();
  }

  /** What of the key the path takes. */
  private PathValue pathValue(ItemPath item, String own) {
    Optional<Schema> taken = item.schemaOf(own);
    if (own.startsWith("+") || taken.filter(KeyFinder::isWholePath).isPresent()) {
      return new PathValue("", false, true);
    }
    Optional<Schema> given =
        candidate
            .answer()
            .filter(a -> a.inner().isEmpty())
            .map(a -> a.view().fields().get(a.key().name()));
    if (given.filter(KeyFinder::isWholePath).isPresent()) {
      return PathValue.LAST_SEGMENT;
    }
    String whole = given.map(Schema::example).orElse("");
    String part = taken.map(Schema::example).orElse("");
    boolean isEnd = !part.isEmpty() && whole.endsWith("/" + part);
    return isEnd
        ? new PathValue(whole.substring(0, whole.length() - part.length()), false, false)
        : PathValue.WHOLE;
  }

  private String reason() {
    if (candidate.answer().isPresent()) {
      return candidate.answer().get().key().reason();
    }
    if (candidate.requestKey().isPresent()) {
      return "only the request holds the key";
    }
    if (candidate.operation().filter(o -> o.value().key().isPresent()).isPresent()) {
      return "the operation says what it made";
    }
    return candidate.location() ? "only the Location header holds the key" : "no key was found";
  }

  private Inferred<Identity> listed() {
    AnswerKey.Found found = candidate.answer().orElseThrow();
    return Inferred.medium(
        new Identity(
            List.of(IdentityPart.response(found.key().name(), found.idPointer())),
            Optional.of(found.idPointer()),
            "",
            List.of()),
        found.key().reason());
  }
}
