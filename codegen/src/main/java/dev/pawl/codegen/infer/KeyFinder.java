package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.Schema;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds the field whose value fills an item path's parameter. */
final class KeyFinder {
  private static final List<String> IDS =
      List.of("id", "uuid", "guid", "identifier", "sid", "token", "key", "oid", "uid");
  private static final List<String> NAMES = List.of("slug", "login", "name", "key");
  private static final Set<String> GENERIC =
      Set.of("id", "uuid", "guid", "identifier", "sid", "token", "key", "oid", "uid", "name", "no");

  /**
   * A field that fits.
   *
   * @param name as the API calls it
   * @param score from 0 to 100
   * @param reason why it fits
   */
  record Key(String name, int score, String reason) {}

  /** Where a name is said to be a whole path, {@code projects/{project}/topics/{topic}}. */
  private static final Pattern WHOLE_PATH =
      Pattern.compile("\\b[a-zA-Z]+/(\\*|\\{\\w+}|\\[\\^/]\\+)");

  private final String parameter;
  private final String thing;
  private final boolean isText;
  private final Map<String, String> fields = new LinkedHashMap<>();
  private final Set<String> numbers = new HashSet<>();

  private KeyFinder(
      String parameter,
      boolean isText,
      String thing,
      Map<String, Schema> fields,
      boolean takesAll) {
    this.parameter = parameter;
    this.isText = isText;
    this.thing = Words.plain(thing);
    fields.forEach(
        (name, schema) -> {
          String plain = Words.plain(name);
          boolean tooMuch = !takesAll && plain.equals("name") && isWholePath(schema);
          if (schema.isKeyLike() && !tooMuch) {
            this.fields.merge(plain, name, (a, b) -> closer(plain, a, b));
            if (schema.types().contains("integer")) {
              numbers.add(plain);
            }
          }
        });
  }

  /** Of two spellings the plain one, else the first by alphabet: the document's order is none. */
  private static String closer(String plain, String a, String b) {
    if (a.equals(plain) || b.equals(plain)) {
      return plain;
    }
    return a.compareTo(b) <= 0 ? a : b;
  }

  /** Whether its values are paths, of which a parameter takes only the end. */
  static boolean isWholePath(Schema schema) {
    return WHOLE_PATH.matcher(schema.description()).find()
        || WHOLE_PATH.matcher(schema.node().path("pattern").asText("")).find();
  }

  /** Whether they are paths that end in a thing of this collection. */
  static boolean isWholePathIn(Schema schema, String collection) {
    String said =
        schema.description()
            + " "
            + schema.node().path("pattern").asText("")
            + " "
            + schema.example();
    return isWholePath(schema)
        && Pattern.compile(
                "(?i)/"
                    + Pattern.quote(collection)
                    + "/(\\*|\\{\\w+}|\\[[^]]+]\\+|[\\w-]+)(?![\\w/])")
            .matcher(said)
            .find();
  }

  /**
   * Finds the key.
   *
   * @param parameter the item path's parameter
   * @param thing what the path calls the resource, in the singular
   * @param fields the resource's fields
   */
  static Optional<Key> find(String parameter, String thing, Map<String, Schema> fields) {
    return find(parameter, Optional.empty(), thing, fields);
  }

  /**
   * Finds the key.
   *
   * @param schema the parameter's
   */
  static Optional<Key> find(
      String parameter, Optional<Schema> schema, String thing, Map<String, Schema> fields) {
    boolean takesAll =
        parameter.startsWith("+") || schema.filter(KeyFinder::isWholePath).isPresent();
    boolean isText = schema.filter(s -> s.types().equals(Set.of("string"))).isPresent();
    Optional<Key> best = Optional.empty();
    for (String alternative : alternatives(parameter)) {
      Optional<Key> found = new KeyFinder(alternative, isText, thing, fields, takesAll).find();
      if (found.isPresent() && found.get().score() > best.map(Key::score).orElse(0)) {
        best = found;
      }
    }
    return best;
  }

  /** {@code name_or_id} stands for an id or a name; the id, which never changes, comes first. */
  private static List<String> alternatives(String parameter) {
    List<String> words = Words.split(parameter);
    int or = words.indexOf("or");
    if (or <= 0 || or == words.size() - 1) {
      return List.of(parameter);
    }
    String left = String.join("_", words.subList(0, or));
    String right = String.join("_", words.subList(or + 1, words.size()));
    return IDS.contains(words.get(or - 1)) ? List.of(left, right) : List.of(right, left);
  }

  private Optional<Key> find() {
    String plain = Words.plain(parameter);
    boolean namesTheThing = !plain.isEmpty() && !GENERIC.contains(plain) && thing.endsWith(plain);
    Optional<Key> found = Optional.empty();
    if (namesTheThing && isText && numbers.contains("id")) {
      found = any(NAMES, 93, "parameter is a text that names the thing, and its id a number");
    }
    if (namesTheThing && found.isEmpty()) {
      found = any(List.of("id", "uuid", "guid", "sid"), 95, "parameter names the thing itself");
    }
    return found
        .or(() -> any(List.of(plain), namesTheThing ? 90 : 100, "field has the parameter's name"))
        .or(() -> withoutPrefix(plain))
        .or(this::withoutLeadingWords)
        .or(this::synonym)
        .or(this::idOfThing)
        .or(() -> abbreviated(plain))
        .or(() -> withoutVersion(plain))
        .or(() -> any(List.of("id", "uuid"), 60, "the only identifying field"))
        .or(() -> any(List.of("name"), 55, "no id of any kind; its name identifies it"))
        .or(() -> any(List.of("slug", "key"), 50, "no id or name; this identifies it"));
  }

  private Optional<Key> any(List<String> names, int score, String reason) {
    return names.stream()
        .filter(fields::containsKey)
        .findFirst()
        .map(n -> new Key(String.valueOf(fields.get(n)), score, reason));
  }

  private Optional<Key> withoutLeadingWords() {
    List<String> words = Words.split(parameter);
    for (int i = 1; i < words.size(); i++) {
      String rest = String.join("", words.subList(i, words.size()));
      var found = any(List.of(rest), 90 - i, "field has the parameter's last words");
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<Key> withoutPrefix(String plain) {
    return plain.startsWith(thing) && !thing.isEmpty()
        ? any(
            List.of(plain.substring(thing.length())),
            92,
            "field has the parameter's name without that of the thing")
        : Optional.empty();
  }

  private Optional<Key> synonym() {
    List<String> words = Words.split(parameter);
    boolean isId = !words.isEmpty() && IDS.contains(words.get(words.size() - 1));
    return isId ? any(IDS, 75, "another word for an identifier") : Optional.empty();
  }

  private Optional<Key> idOfThing() {
    for (String field : fields.keySet()) {
      for (String id : IDS) {
        String head = field.endsWith(id) ? field.substring(0, field.length() - id.length()) : "";
        if (head.length() > 1 && thing.endsWith(head)) {
          return any(List.of(field), 70, "identifier named after the thing");
        }
      }
    }
    return Optional.empty();
  }

  /** {@code mid} for a member's id. */
  private Optional<Key> abbreviated(String plain) {
    return plain.matches("[a-z]{1,3}id")
        ? any(List.of("id"), 72, "parameter is short for an id")
        : Optional.empty();
  }

  private Optional<Key> withoutVersion(String plain) {
    List<String> words = Words.split(parameter);
    String last = words.isEmpty() ? plain : words.get(words.size() - 1);
    String stem = last.replaceFirst("(v|(?<!\\d))\\d+$", "");
    return stem.length() > 1
        ? any(List.of(stem), 65, "field has the parameter's name without its version")
        : Optional.empty();
  }
}
