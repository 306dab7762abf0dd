package dev.pawl.codegen.infer;

import dev.pawl.codegen.ir.Identity;
import dev.pawl.codegen.ir.Inferred;
import dev.pawl.model.rest.IdentityPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says where each parameter of the item path comes from. */
final class IdentityFinder {
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
    List<String> item = candidate.item().get().template().parameters();
    List<String> parents = item.subList(0, item.size() - 1);
    String own = item.get(item.size() - 1);
    List<IdentityPart> parts = new ArrayList<>();
    List<String> given = candidate.post().path().parameters();
    for (int i = 0; i < parents.size(); i++) {
      String source = parent(parents.get(i), i, given, parents.size());
      if (source.isEmpty()) {
        return Optional.empty();
      }
      parts.add(
          IdentityPart.request(parents.get(i), Pointers.to(names.ofParameter("path", source))));
    }
    ownPart(own).ifPresent(parts::add);
    return Optional.of(
        new Inferred<>(
            new Identity(parts, candidate.answer().map(AnswerKey.Found::idPointer), own, parents),
            candidate.confidence(),
            reason()));
  }

  private String parent(String parent, int at, List<String> given, int parents) {
    if (given.size() == parents) {
      return given.get(at);
    }
    return given.contains(parent) ? parent : "";
  }

  private Optional<IdentityPart> ownPart(String own) {
    Optional<String> chosen = ClientKey.of(candidate);
    if (chosen.isPresent()) {
      return Optional.of(IdentityPart.request(own, Pointers.to(chosen.get())));
    }
    if (candidate.answer().isPresent()) {
      return Optional.of(IdentityPart.response(own, candidate.answer().get().idPointer()));
    }
    return candidate.location() ? Optional.of(IdentityPart.location(own)) : Optional.empty();
  }

  private String reason() {
    if (candidate.answer().isPresent()) {
      return candidate.answer().get().key().reason();
    }
    if (candidate.requestKey().isPresent()) {
      return "only the request holds the key";
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
