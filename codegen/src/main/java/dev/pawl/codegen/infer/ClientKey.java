package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.RequestBody;
import dev.pawl.codegen.document.Schema;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells whether the client chooses a resource's key: the request demands the field it is in. */
final class ClientKey {
  /** Words for a key that the server makes up where the request has none. */
  private static final Pattern SERVER_CHOOSES =
      Pattern.compile(
          "(?i)\\b(auto-?)?generat(e[sd]?|ing)\\b|\\bauto(matically|-?assigned)|\\brandom|\\bdefault|\\bassigned"
              + " by|\\b(if|when|unless|where) [^.]{0,60}?(omit|left"
              + " out|absent|missing|empty|blank|given|specified|provided|supplied|set\\b)");

  private ClientKey() {}

  /** Whether a request without the field may be one, whose key the server chooses. */
  static boolean serverMayChoose(Schema field, String description) {
    return field.node().has("default")
        || SERVER_CHOOSES.matcher(description + " " + field.description()).find();
  }

  static Optional<String> of(Candidate candidate) {
    if (candidate.requestKey().isPresent()) {
      return candidate.requestKey();
    }
    return candidate
        .answer()
        .filter(f -> f.inner().isEmpty() && candidate.before().isEmpty())
        .map(f -> f.key().name())
        .filter(name -> demanded(candidate, name) && ClientKey.isChosen(candidate, name));
  }

  private static boolean demanded(Candidate candidate, String name) {
    Set<String> required = candidate.post().body().map(b -> b.schema().required()).orElse(Set.of());
    return required.contains(name) || onlyName(candidate, name);
  }

  /**
   * A request that has the key and hardly anything else can only be meant to choose it; an id that
   * need not be given is the server's.
   */
  private static boolean onlyName(Candidate candidate, String name) {
    Map<String, Schema> fields =
        candidate.post().body().map(RequestBody::schema).map(Schema::properties).orElse(Map.of());
    long writable = fields.values().stream().filter(f -> !f.readOnly()).count();
    Schema field = fields.get(name);
    return field != null
        && !field.readOnly()
        && writable <= 2
        && !Words.plain(name).matches(".*(id|uuid|guid)")
        && !serverMayChoose(field, "");
  }

  private static boolean isChosen(Candidate candidate, String name) {
    Schema field = candidate.post().body().map(b -> b.schema().properties().get(name)).orElse(null);
    return field != null && !field.readOnly();
  }
}
