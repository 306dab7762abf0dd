package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.RequestBody;
import dev.pawl.codegen.document.Schema;
import dev.pawl.codegen.ir.Inferred;
import dev.pawl.model.rest.Reconcile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds the fields by which a person would tell one object from its siblings. */
final class NaturalKeyFinder {
  private static final List<String> CREATED =
      List.of(
          "createdat",
          "created",
          "creationtimestamp",
          "createdtime",
          "datecreated",
          "creationtime",
          "createtime",
          "createdon",
          "createddate",
          "timecreated",
          "creationdate");
  private static final Set<String> NAMES =
      Set.of("name", "title", "displayname", "label", "friendlyname", "hostname", "username");

  private final Optional<Schema> request;
  private final Schema shown;
  private final String kind;

  NaturalKeyFinder(ApiOperation create, Schema shown, String kind) {
    this.request = create.body().map(RequestBody::schema);
    this.shown = shown;
    this.kind = Words.plain(kind);
  }

  /** Empty where no name is both sent and shown. */
  Optional<Inferred<Reconcile>> find() {
    Set<String> pointers = new TreeSet<>();
    boolean named = request.map(r -> collect(r, shown, "", pointers)).orElse(false);
    if (!named) {
      named = request.map(r -> collectNested(r, pointers)).orElse(false);
    }
    if (!named) {
      return Optional.empty();
    }
    return Optional.of(
        Inferred.medium(
            new Reconcile.NaturalKey(List.copyOf(pointers), createdAt()),
            "request and list share " + String.join(", ", pointers)));
  }

  /** Adds what is both sent and shown; says whether a name is among it. */
  private boolean collect(Schema sent, Schema read, String prefix, Set<String> out) {
    Set<String> demanded = demanded(sent, 3);
    boolean named = false;
    for (Map.Entry<String, Schema> field : sent.properties().entrySet()) {
      String name = field.getKey();
      Schema schema = field.getValue();
      Schema there = read.properties().get(name);
      boolean shared =
          there != null
              && schema.isKeyLike()
              && there.isKeyLike()
              && there.types().equals(schema.types());
      boolean sendable = !schema.readOnly() && !Secrets.isSecret(name, schema);
      if (shared && sendable && (isName(name) || demanded.contains(name))) {
        out.add(prefix + Pointers.to(name));
        named |= isName(name);
      }
    }
    return named;
  }

  /** A name one level down, in an object that a request must have. */
  private boolean collectNested(Schema sent, Set<String> out) {
    for (String name : demanded(sent, 3)) {
      Schema inner = sent.properties().get(name);
      Schema read = shown.properties().get(name);
      if (inner != null && read != null && inner.hasProperties() && !inner.isArray()) {
        Set<String> found = new TreeSet<>();
        if (collect(inner, read, Pointers.to(name), found)) {
          out.addAll(found);
          return true;
        }
      }
    }
    return false;
  }

  private boolean isName(String field) {
    String plain = Words.plain(field);
    if (NAMES.contains(plain)) {
      return true;
    }
    String head = plain.endsWith("name") ? plain.substring(0, plain.length() - 4) : "";
    return head.length() > 1 && kind.contains(head);
  }

  /** What is sent whatever branch of a composition a request takes: the rest may be missing. */
  private static Set<String> demanded(Schema schema, int depth) {
    Set<String> out = new TreeSet<>(schema.required());
    if (depth > 0) {
      schema.parts().forEach(p -> out.addAll(demanded(p, depth - 1)));
      schema.variants().stream()
          .map(v -> demanded(v, depth - 1))
          .reduce(NaturalKeyFinder::common)
          .ifPresent(out::addAll);
    }
    return out;
  }

  private static Set<String> common(Set<String> a, Set<String> b) {
    Set<String> out = new TreeSet<>(a);
    out.retainAll(b);
    return out;
  }

  private String createdAt() {
    for (String wanted : CREATED) {
      for (String field : shown.properties().keySet()) {
        if (Words.plain(field).equals(wanted)) {
          return Pointers.to(field);
        }
      }
    }
    return "";
  }
}
