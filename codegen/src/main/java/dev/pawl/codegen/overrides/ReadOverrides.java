package dev.pawl.codegen.overrides;

import dev.pawl.codegen.document.CodegenException;
import dev.pawl.codegen.document.YamlMap;
import dev.pawl.codegen.ir.Verify;
import dev.pawl.codegen.overrides.ResourceOverride.Key;
import dev.pawl.codegen.overrides.ResourceOverride.OperationOverride;
import dev.pawl.codegen.overrides.ResourceOverride.ReconcileOverride;
import dev.pawl.codegen.overrides.ResourceOverride.Strategy;
import dev.pawl.model.rest.IdentityPart;
import dev.pawl.model.rest.PathValue;
import dev.pawl.model.rest.Readiness;
import dev.pawl.model.rest.RequestToken;
import dev.pawl.model.rest.RequestToken.Place;
import dev.pawl.model.rest.SoftDelete;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads an overrides file; whatever it does not know is an error. */
public final class ReadOverrides {
  private static final List<String> OPERATIONS =
      List.of("create", "get", "list", "update", "delete");
  static final Set<String> ROOT_KEYS = Set.of("resources", "headers", "connectionParams");

  static final Set<String> RECONCILE_KEYS =
      Set.of(
          "strategy",
          "header",
          "query",
          "field",
          "form",
          "shape",
          "fields",
          "createdAt",
          "lifetime");

  /** Of a resource. */
  static final Set<String> KEYS =
      Set.of(
          "exclude",
          "name",
          "idPointer",
          "idArgument",
          "idLocation",
          "identity",
          "headers",
          "create",
          "get",
          "list",
          "update",
          "delete",
          "reconcile",
          "verify",
          "operation",
          "readiness",
          "softDelete",
          "secrets",
          "shownOnce");

  static final Set<String> OPERATION_KEYS =
      Set.of("get", "answer", "id", "result", "status", "done", "failed", "error", "key");

  private static final Pattern LIFETIME = Pattern.compile("([1-9]\\d{0,4})([hm])");

  private ReadOverrides() {}

  /**
   * Reads a file.
   *
   * @throws CodegenException naming the line of what is wrong
   */
  public static Overrides read(Path file) {
    Optional<YamlMap> root = YamlMap.read(file);
    if (root.isEmpty()) {
      return Overrides.NONE;
    }
    known(root.get(), ROOT_KEYS);
    Map<String, ResourceOverride> out = new LinkedHashMap<>();
    root.get()
        .map("resources")
        .ifPresent(
            resources ->
                resources
                    .keys()
                    .forEach(kind -> out.put(kind, resource(resources.map(kind).orElseThrow()))));
    return new Overrides(
        file.toString(), headers(root.get()), root.get().texts("connectionParams"), out);
  }

  private static void known(YamlMap map, Set<String> keys) {
    for (String key : map.keys()) {
      if (!keys.contains(key)) {
        throw map.complaint(
            map.line(key), "unknown key '" + key + "'" + Suggest.didYouMean(key, keys));
      }
    }
  }

  private static ResourceOverride resource(YamlMap map) {
    known(map, KEYS);
    Map<String, String> operations = new LinkedHashMap<>();
    OPERATIONS.forEach(o -> map.text(o).ifPresent(t -> operations.put(o, t)));
    return new ResourceOverride(
        map.line(),
        flag(map, "exclude"),
        map.text("name").map(n -> kind(map, n)),
        key(map),
        map.map("identity").map(ReadOverrides::pathValue),
        operations,
        map.map("reconcile").map(ReadOverrides::reconcile),
        map.text("verify").map(v -> oneOf(map, "verify", v, Verify.class)),
        map.map("operation").map(ReadOverrides::operation),
        map.map("readiness").map(ReadOverrides::readiness),
        map.map("softDelete").map(ReadOverrides::softDelete),
        map.texts("secrets").map(LinkedHashSet::new),
        map.texts("shownOnce").map(LinkedHashSet::new),
        headers(map));
  }

  /**
   * Headers are sent as they are, so they must be some, and credentials have no place in a file.
   */
  private static Map<String, String> headers(YamlMap map) {
    Map<String, String> out = new LinkedHashMap<>();
    map.map("headers")
        .ifPresent(
            headers -> {
              for (String name : headers.keys()) {
                String value = headers.text(name).orElse("");
                if (!name.matches("[A-Za-z0-9-]{1,100}") || !value.matches("[ -~]{1,1000}")) {
                  throw headers.complaint(
                      headers.line(name), "'" + name + "' is no header with one line of ASCII");
                }
                if (name.matches("(?i)authorization|cookie|proxy-authorization")) {
                  throw headers.complaint(
                      headers.line(name),
                      "'" + name + "' holds a credential; give it with the connection instead");
                }
                out.put(name, value);
              }
            });
    return out;
  }

  private static Optional<Key> key(YamlMap map) {
    Optional<Key> answer =
        pointer(map, "idPointer").map(p -> new Key(IdentityPart.Source.RESPONSE, p));
    Optional<Key> argument =
        pointer(map, "idArgument").map(p -> new Key(IdentityPart.Source.REQUEST, p));
    Optional<Key> location =
        flag(map, "idLocation")
            ? Optional.of(new Key(IdentityPart.Source.LOCATION, ""))
            : Optional.empty();
    if (Stream.of(answer, argument, location).filter(Optional::isPresent).count() > 1) {
      throw map.complaint(
          map.line(), "say one of 'idPointer', 'idArgument' and 'idLocation', not several");
    }
    return answer.or(() -> argument).or(() -> location);
  }

  private static PathValue pathValue(YamlMap map) {
    known(map, Set.of("strip", "last", "encode"));
    return new PathValue(
        map.text("strip").orElse(""), flag(map, "last"), map.has("encode") && !flag(map, "encode"));
  }

  private static boolean flag(YamlMap map, String key) {
    String text = map.text(key).orElse("false");
    if (!text.equals("true") && !text.equals("false")) {
      throw map.complaint(map.line(key), "'" + key + "' must be true or false, not " + text);
    }
    return text.equals("true");
  }

  private static String kind(YamlMap map, String name) {
    if (!name.matches("[a-z0-9][a-z0-9_]*")) {
      throw map.complaint(map.line("name"), "'name' must be lower_snake_case, not '" + name + "'");
    }
    return name;
  }

  private static Optional<String> pointer(YamlMap map, String key) {
    Optional<String> text = map.text(key);
    if (text.filter(t -> !t.startsWith("/")).isPresent()) {
      throw map.complaint(map.line(key), "'" + key + "' must be a JSON pointer such as /pet/id");
    }
    return text;
  }

  private static <E extends Enum<E>> E oneOf(YamlMap map, String key, String text, Class<E> type) {
    List<String> names = Stream.of(type.getEnumConstants()).map(Enum::name).toList();
    if (!names.contains(text)) {
      throw map.complaint(
          map.line(key), "'" + key + "' must be one of " + names + Suggest.didYouMean(text, names));
    }
    return Enum.valueOf(type, text);
  }

  private static ReconcileOverride reconcile(YamlMap map) {
    known(map, RECONCILE_KEYS);
    Strategy strategy = oneOf(map, "strategy", map.text("strategy").orElse(""), Strategy.class);
    if (strategy == Strategy.MARKER) {
      demand(map, "field", "MARKER");
    }
    if (strategy == Strategy.NATURAL_KEY) {
      demand(map, "fields", "NATURAL_KEY");
    }
    String shape = map.text("shape").orElse("STRINGS");
    if (!Set.of("STRINGS", "MAP").contains(shape)) {
      throw map.complaint(map.line("shape"), "'shape' must be STRINGS or MAP, not '" + shape + "'");
    }
    return new ReconcileOverride(
        strategy,
        strategy == Strategy.KEY ? Optional.of(token(map)) : Optional.empty(),
        pointer(map, "field").orElse(""),
        shape,
        map.texts("fields").orElse(List.of()),
        pointer(map, "createdAt").orElse(""),
        map.text("lifetime").map(t -> lifetime(map, t)));
  }

  private static RequestToken token(YamlMap map) {
    RequestToken.Form form =
        oneOf(map, "form", map.text("form").orElse("TEXT"), RequestToken.Form.class);
    List<RequestToken> said = new ArrayList<>();
    map.text("header").ifPresent(n -> said.add(new RequestToken(Place.HEADER, n, form)));
    map.text("query").ifPresent(n -> said.add(new RequestToken(Place.QUERY, n, form)));
    pointer(map, "field")
        .ifPresent(
            p -> {
              if (p.indexOf('/', 1) > 0) {
                throw map.complaint(
                    map.line("field"), "'field' must be a member of the body itself, as /token is");
              }
              said.add(new RequestToken(Place.BODY, p.substring(1), form));
            });
    if (said.size() != 1) {
      throw map.complaint(
          map.line(),
          "strategy KEY needs one of 'header', 'query' and 'field', where its token is");
    }
    return said.get(0);
  }

  private static Duration lifetime(YamlMap map, String text) {
    var parts = LIFETIME.matcher(text);
    if (!parts.matches()) {
      throw map.complaint(
          map.line("lifetime"), "'lifetime' must be a time such as 24h or 30m, not '" + text + "'");
    }
    long number = Long.parseLong(parts.group(1));
    return parts.group(2).equals("h") ? Duration.ofHours(number) : Duration.ofMinutes(number);
  }

  private static void demand(YamlMap map, String key, String strategy) {
    if (!map.has(key)) {
      throw map.complaint(map.line(), "strategy " + strategy + " needs '" + key + "'");
    }
  }

  private static OperationOverride operation(YamlMap map) {
    known(map, OPERATION_KEYS);
    String get =
        map.text("get")
            .orElseThrow(
                () ->
                    map.complaint(
                        map.line(), "'get' is missing; say which operation reads it, or none"));
    boolean none = get.equals(ResourceOverride.NONE);
    if (!none && (!map.has("status") || !map.has("done"))) {
      throw map.complaint(
          map.line(), "'status' and 'done' are missing; say when the operation has ended");
    }
    return new OperationOverride(
        get,
        pointer(map, "answer").orElse(""),
        pointer(map, "id").orElse(""),
        pointer(map, "result").orElse(""),
        pointer(map, "status").orElse(""),
        Set.copyOf(map.texts("done").orElse(List.of())),
        Set.copyOf(map.texts("failed").orElse(List.of())),
        pointer(map, "error").orElse(""),
        pointer(map, "key").orElse(""));
  }

  private static Readiness readiness(YamlMap map) {
    known(map, Set.of("pointer", "waiting", "failed"));
    demandPointer(map);
    return new Readiness(
        pointer(map, "pointer").orElse(""),
        Set.copyOf(map.texts("waiting").orElse(List.of())),
        Set.copyOf(map.texts("failed").orElse(List.of())));
  }

  private static SoftDelete softDelete(YamlMap map) {
    known(map, Set.of("pointer", "values"));
    demandPointer(map);
    return new SoftDelete(
        pointer(map, "pointer").orElse(""), Set.copyOf(map.texts("values").orElse(List.of())));
  }

  private static void demandPointer(YamlMap map) {
    if (!map.has("pointer")) {
      throw map.complaint(map.line(), "'pointer' is missing; say which field it is about");
    }
  }
}
