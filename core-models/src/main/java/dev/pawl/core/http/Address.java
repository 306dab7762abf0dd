package dev.pawl.core.http;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.core.Refused;
import dev.pawl.core.Secrets;
import dev.pawl.model.MethodException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where a request goes.
 *
 * @param shown without the query parameters that hold credentials; may be stored and shown
 * @param secrets those parameters, encoded as {@code name=value}
 */
record Address(URI shown, List<String> secrets) {
  Address {
    requireNonNull(shown, "shown");
    secrets = List.copyOf(secrets);
  }

  /**
   * Reads a URL, with more query parameters.
   *
   * @param argument the argument's name, for messages; the URL itself may hold a secret
   * @throws MethodException INVALID_ARGUMENTS
   */
  static Address of(String argument, String url, JsonNode query) throws MethodException {
    URI uri = parse(argument, url);
    List<String> open = new ArrayList<>();
    List<String> secret = new ArrayList<>();
    if (uri.getRawQuery() != null) {
      for (String pair : uri.getRawQuery().split("&", -1)) {
        sort(pair, open, secret);
      }
    }
    for (Map.Entry<String, JsonNode> each : query.properties()) {
      for (JsonNode value :
          each.getValue().isArray() ? each.getValue() : List.of(each.getValue())) {
        sort(encode(each.getKey()) + "=" + encode(value.asText()), open, secret);
      }
    }
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String whole = uri.getScheme() + "://" + uri.getRawAuthority() + path;
    return new Address(
        URI.create(open.isEmpty() ? whole : whole + "?" + String.join("&", open)), secret);
  }

  private static URI parse(String argument, String url) throws MethodException {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw Refused.arguments(argument + " is not a URL: " + e.getReason());
    }
    if (!("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
        || uri.getHost() == null) {
      throw Refused.arguments(argument + " must be an absolute http or https URL with a host");
    }
    if (uri.getRawUserInfo() != null) {
      throw Refused.arguments(
          argument
              + " must not hold a user or password before the @; send them in the header"
              + " Authorization");
    }
    return uri;
  }

  private static void sort(String pair, List<String> open, List<String> secret) {
    int equals = pair.indexOf('=');
    String name = equals < 0 ? pair : pair.substring(0, equals);
    (Secrets.isSecret(decode(name)) ? secret : open).add(pair);
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** The credentials themselves, both as they are sent and as they are meant. */
  List<String> secretValues() {
    List<String> out = new ArrayList<>();
    for (String pair : secrets) {
      String value = pair.substring(pair.indexOf('=') + 1);
      out.add(value);
      out.add(decode(value));
    }
    return out;
  }

  /** As it goes out. */
  URI wire() {
    return with(shown);
  }

  /** A stored address with this one's credentials. */
  URI with(URI stored) {
    if (secrets.isEmpty()) {
      return stored;
    }
    String more = String.join("&", secrets);
    return URI.create(stored + (stored.getRawQuery() == null ? "?" : "&") + more);
  }

  /** Scheme, host and port: whose objects these are. */
  String origin() {
    return shown.getScheme() + "://" + shown.getRawAuthority();
  }
}
