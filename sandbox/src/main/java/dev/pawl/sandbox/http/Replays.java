package dev.pawl.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.pawl.sandbox.answer.ApiAnswer;
import dev.pawl.sandbox.answer.ApiRequest;
import dev.pawl.sandbox.document.Operation;
import dev.pawl.sandbox.document.Shapes;
import dev.pawl.sandbox.inference.Names;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gives a POST that is repeated under one token its first answer again, where the document declares
 * a header, a query parameter or a member of the body for it. Kept in memory: a sandbox that is
 * started anew has forgotten them.
 */
public final class Replays {
  /** Answers beyond this number, the oldest first, are forgotten. */
  static final int MAX_ANSWERS = 100_000;

  private static final Pattern TOKEN =
      Pattern.compile("(x-)?(idempot(ency|ent)|request|client)-?(key|token)");

  private static final Pattern FIELD =
      Pattern.compile("idempot(ency|ent)(key|token|id)?|(client|unique|request)*(token|requestid)");

  private final Shapes shapes;
  private final Set<String> honoured;
  private final Set<String> fields;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, ApiAnswer> answers =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ApiAnswer> eldest) {
          return size() > MAX_ANSWERS;
        }
      };

  /**
   * @param headers that are honoured whatever the document declares
   * @param fields of a body or a query that are
   */
  public Replays(Shapes shapes, Set<String> headers, Set<String> fields) {
    this.shapes = shapes;
    this.fields = Set.copyOf(fields);
    this.honoured =
        headers.stream()
            .map(h -> h.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** The first answer under the request's token, or a new one. */
  ApiAnswer answer(
      Operation operation,
      String path,
      Map<String, String> headers,
      ApiRequest request,
      Supplier<ApiAnswer> perform) {
    String token = operation.method().equals("POST") ? token(operation, headers, request) : null;
    if (token == null) {
      return perform.get();
    }
    lock.lock();
    try {
      String key = path + " " + token;
      ApiAnswer known = answers.get(key);
      if (known == null) {
        known = perform.get();
        answers.put(key, known);
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable String token(
      Operation operation, Map<String, String> headers, ApiRequest request) {
    return headers.entrySet().stream()
        .filter(h -> honoured.contains(h.getKey()) || declares(operation, h.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .or(() -> inQuery(operation, request))
        .or(() -> inBody(operation, request))
        .orElse(null);
  }

  private Optional<String> inQuery(Operation operation, ApiRequest request) {
    return operation.queryParameters().stream()
        .filter(
            p ->
                fields.contains(p.name())
                    || isToken(p.name(), p.schema().path("description").asText("")))
        .map(p -> request.query().get(p.name()))
        .filter(Objects::nonNull)
        .findFirst();
  }

  private Optional<String> inBody(Operation operation, ApiRequest request) {
    Map<String, JsonNode> members =
        operation.body().map(b -> shapes.of(b.schema()).properties()).orElse(Map.of());
    return request
        .body()
        .propertyStream()
        .filter(m -> m.getValue().isTextual())
        .filter(
            m ->
                fields.contains(m.getKey())
                    || isToken(
                        m.getKey(),
                        members
                            .getOrDefault(m.getKey(), MissingNode.getInstance())
                            .path("description")
                            .asText("")))
        .map(m -> m.getValue().asText())
        .findFirst();
  }

  /** A name that says it, or one that may mean it with words that say it. */
  private static boolean isToken(String name, String description) {
    String plain = Names.plain(name);
    boolean said = (plain + description).toLowerCase(Locale.ROOT).contains("idempot");
    return said && FIELD.matcher(plain).matches();
  }

  private static boolean declares(Operation operation, String header) {
    return TOKEN.matcher(header).matches()
        && operation.parameters().stream()
            .anyMatch(p -> p.in().equals("header") && p.name().equalsIgnoreCase(header));
  }
}
