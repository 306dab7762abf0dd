package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Failure;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.http.ApiRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns an operation, arguments and a known identity into one request. */
final class RequestBuilder {
  private final Operation operation;
  private final String baseUrl;
  private final ObjectNode arguments;
  private final ObjectNode identity;
  private final Map<String, String> extraQuery = new HashMap<>();
  private final Map<String, String> headers = new HashMap<>();

  /**
   * @param baseUrl the connection's
   */
  RequestBuilder(Operation operation, String baseUrl, ObjectNode arguments, ObjectNode identity) {
    this.operation = operation;
    this.baseUrl = operation.baseOn(baseUrl);
    this.arguments = arguments;
    this.identity = identity;
    headers.put("Accept", "application/json");
  }

  RequestBuilder query(String name, String value) {
    extraQuery.put(name, value);
    return this;
  }

  RequestBuilder header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** The body's JSON value: for forms, the object whose members become fields. */
  @Nullable JsonNode body() {
    return switch (operation.body()) {
      case NONE -> null;
      case JSON_VALUE -> arguments.path("body");
      case JSON, FORM, MULTIPART -> members();
    };
  }

  private ObjectNode members() {
    ObjectNode out = Json.object();
    operation.fixed().forEach(out::put);
    arguments.properties().stream()
        .filter(e -> operation.parameters().stream().noneMatch(p -> p.takes(e.getKey())))
        .forEach(e -> out.set(e.getKey(), e.getValue()));
    return out;
  }

  /** The body's bytes; null for none. */
  byte @Nullable [] encode(@Nullable JsonNode body) throws MethodException {
    if (body == null) {
      return null;
    }
    if (operation.body() == Operation.Body.MULTIPART) {
      return multipart(body).bytes();
    }
    String text = operation.body() == Operation.Body.FORM ? form(body) : Json.write(body);
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The request with {@code body} in place of {@link #body()}. */
  ApiRequest build(@Nullable JsonNode body, Duration timeout) throws MethodException {
    Map<String, String> all = new HashMap<>(headers);
    if (body != null) {
      all.put("Content-Type", contentType(body));
    }
    for (Operation.Parameter parameter : operation.parameters()) {
      JsonNode value = arguments.path(parameter.argument());
      if (parameter.in() == Operation.In.HEADER && isGiven(value)) {
        all.put(parameter.name(), oneLine(parameter.name(), value.asText()));
      } else if (parameter.in() == Operation.In.CONSTANT_HEADER) {
        all.put(parameter.name(), parameter.argument());
      }
    }
    return new ApiRequest(operation.method(), URI.create(url()), all, encode(body), timeout);
  }

  private String contentType(JsonNode body) {
    return switch (operation.body()) {
      case FORM -> "application/x-www-form-urlencoded";
      case MULTIPART -> multipart(body).contentType();
      case NONE, JSON, JSON_VALUE -> "application/json";
    };
  }

  private MultipartBody multipart(JsonNode body) {
    return new MultipartBody(
        body,
        operation.parameters().stream()
            .filter(p -> p.in() == Operation.In.FILE)
            .map(Operation.Parameter::argument)
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static String oneLine(String name, String value) throws MethodException {
    if (value.chars().anyMatch(c -> c < ' ')) {
      throw MethodException.notMade(
          Failure.of(
              Reason.INVALID_ARGUMENTS, "header " + name + " must not hold control characters"));
    }
    return value;
  }

  private String url() throws MethodException {
    String path = operation.path();
    List<String> query = new ArrayList<>();
    for (Operation.Parameter parameter : operation.parameters()) {
      JsonNode given = value(parameter);
      switch (parameter.in()) {
        case PATH, PATH_WITH_SLASHES ->
            path = path.replace("{" + parameter.name() + "}", segment(parameter, given));
        case QUERY -> addQuery(query, parameter.name(), given);
        case HEADER, CONSTANT_HEADER, FILE -> {}
      }
    }
    extraQuery.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(e -> query.add(encode(e.getKey()) + "=" + encode(e.getValue())));
    if (path.contains("{")) {
      throw MethodException.notMade(
          Failure.of(
              Reason.INVALID_ARGUMENTS,
              operation.describe() + ": nothing fills a parameter of the path " + path));
    }
    return baseUrl + path + (query.isEmpty() ? "" : "?" + String.join("&", query));
  }

  private JsonNode value(Operation.Parameter parameter) {
    boolean inPath =
        parameter.in() == Operation.In.PATH || parameter.in() == Operation.In.PATH_WITH_SLASHES;
    if (inPath && identity.has(parameter.name())) {
      return identity.get(parameter.name());
    }
    return arguments.path(parameter.argument());
  }

  private String segment(Operation.Parameter parameter, JsonNode value) throws MethodException {
    if (!isGiven(value) || value.asText().isEmpty()) {
      throw MethodException.notMade(
          Failure.of(
              Reason.INVALID_ARGUMENTS,
              operation.describe() + " needs a value for " + parameter.argument()));
    }
    String text = value.asText();
    if (parameter.in() == Operation.In.PATH) {
      return encode(plain(text, text));
    }
    StringJoiner out = new StringJoiner("/");
    for (String segment : text.split("/", -1)) {
      out.add(encode(plain(segment, text)));
    }
    return out.toString();
  }

  private String plain(String segment, String value) throws MethodException {
    // "." and ".." would be resolved away and name another resource.
    if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
      throw MethodException.notMade(
          Failure.of(
              Reason.INVALID_ARGUMENTS,
              operation.describe() + ": '" + value + "' cannot be part of a path"));
    }
    return segment;
  }

  private static void addQuery(List<String> query, String name, JsonNode value) {
    if (value.isArray()) {
      value.forEach(v -> query.add(encode(name) + "=" + encode(v.asText())));
    } else if (isGiven(value)) {
      query.add(encode(name) + "=" + encode(value.asText()));
    }
  }

  private static boolean isGiven(JsonNode value) {
    return !value.isMissingNode() && !value.isNull();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String form(JsonNode body) {
    StringJoiner out = new StringJoiner("&");
    body.properties().forEach(e -> addField(out, e.getKey(), e.getValue()));
    return out.toString();
  }

  private static void addField(StringJoiner out, String name, JsonNode value) {
    if (value.isObject()) {
      value.properties().forEach(e -> addField(out, name + "[" + e.getKey() + "]", e.getValue()));
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        addField(out, name + "[" + i + "]", value.get(i));
      }
    } else {
      out.add(encode(name) + "=" + encode(value.isNull() ? "" : value.asText()));
    }
  }
}
