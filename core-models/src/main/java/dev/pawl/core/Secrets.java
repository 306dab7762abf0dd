package dev.pawl.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Failure;
import dev.pawl.model.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which names stand for credentials, and what is shown in place of their values. */
public final class Secrets {
  public static final String MASK = "***";

  // 'key' as a word or at the end: a 'keyword' is none.
  private static final Pattern NAME =
      Pattern.compile(
          "authorization|cookie|token|secret|passw|credential|signature|key$|(^|[-_.])key[-_.]");
  private static final Pattern FIELD =
      Pattern.compile("authorization|token|secret|passw|credential|(api|private|access)[_-]?key");

  /** Shorter ones would mask ordinary words, and protect nothing. */
  private static final int SHORTEST = 4;

  private Secrets() {}

  /** Whether a header, query parameter or variable of this name holds a credential. */
  public static boolean isSecret(String name) {
    return NAME.matcher(name.toLowerCase(Locale.ROOT)).find();
  }

  /** A body without the fields whose names speak of credentials. */
  public static JsonNode withoutSecrets(JsonNode body) {
    if (body.isArray()) {
      var out = Json.mapper().createArrayNode();
      body.forEach(each -> out.add(withoutSecrets(each)));
      return out;
    }
    if (!body.isObject()) {
      return body;
    }
    ObjectNode out = Json.object();
    body.properties()
        .forEach(
            field -> {
              if (!FIELD.matcher(field.getKey().toLowerCase(Locale.ROOT)).find()) {
                out.set(field.getKey(), withoutSecrets(field.getValue()));
              }
            });
    return out;
  }

  /** A text in which the values of credentials are masked; a server may echo what it was sent. */
  public static String scrub(String text, Collection<String> secrets) {
    String out = text;
    for (String secret : secrets) {
      for (String part : parts(secret)) {
        out = out.replace(part, MASK);
      }
    }
    return out;
  }

  /** A failure whose message is masked. */
  public static Failure scrub(Failure failure, Collection<String> secrets) {
    return new Failure(
        failure.reason(),
        scrub(failure.message(), secrets),
        failure.request(),
        failure.httpStatus(),
        failure.retryAfter());
  }

  /** {@code Bearer abcd} is a secret as a whole, and so is {@code abcd}. */
  private static List<String> parts(String secret) {
    List<String> parts = new ArrayList<>();
    parts.add(secret);
    int space = secret.lastIndexOf(' ');
    if (space >= 0) {
      parts.add(secret.substring(space + 1));
    }
    parts.removeIf(part -> part.length() < SHORTEST);
    return parts;
  }
}
