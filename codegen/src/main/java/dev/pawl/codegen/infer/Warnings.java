package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.RequestBody;
import dev.pawl.codegen.ir.Identity;
import dev.pawl.codegen.ir.Inferred;
import dev.pawl.codegen.ir.ListEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a person should know before relying on a resource. */
final class Warnings {
  private Warnings() {}

  static List<String> of(
      Candidate candidate,
      Identity identity,
      Optional<Inferred<ListEndpoint>> list,
      Set<String> shownOnce) {
    List<String> out = new ArrayList<>();
    if (!identity.known()) {
      out.add("no key was found in the create's answer or request; set idPointer in the overrides");
    }
    if (candidate.answer().filter(f -> !f.keyInAnswer()).isPresent()) {
      out.add(
          "the create's answer does not describe the key '"
              + candidate.answer().get().key().name()
              + "'; it is expected where reading the item has it");
    }
    if (candidate.item().flatMap(ItemPath::get).isEmpty()) {
      out.add(
          list.filter(l -> !l.value().keyPointer().isEmpty()).isPresent()
              ? "there is no GET on the item; the list verifies it"
              : "nothing reads it back; a stored one is reused unverified");
    }
    RequestBody.Kind kind =
        candidate.post().body().map(RequestBody::kind).orElse(RequestBody.Kind.JSON);
    if (kind == RequestBody.Kind.OTHER) {
      out.add("its body is neither JSON, a form nor in parts; no model can send it");
    }
    if (!candidate.post().server().isEmpty()) {
      out.add("the create has a base of its own: " + candidate.post().server());
    }
    candidate
        .item()
        .flatMap(ItemPath::get)
        .filter(g -> !g.server().isEmpty() && !g.server().equals(candidate.post().server()))
        .ifPresent(g -> out.add("the read has a base of its own: " + g.server()));
    if (!shownOnce.isEmpty()) {
      out.add(
          "only the create's answer shows "
              + String.join(", ", new TreeSet<>(shownOnce))
              + ": kept in clear with the stored state");
    }
    if (candidate.post().deprecated()) {
      out.add("the create is deprecated");
    }
    return out;
  }
}
