package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.Failure;
import dev.pawl.model.Reason;
import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.ApiResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Failures in the API's own words, with the request's method and path. */
public final class ApiFailures {
  private static final int MAX_WORDS = 500;
  private static final List<String> WHERE_MESSAGES_ARE =
      List.of(
          "/message",
          "/error/message",
          "/error_description",
          "/detail",
          "/errors/0/message",
          "/errors/0",
          "/title",
          "/error");

  private ApiFailures() {}

  /** An answer that is no success. */
  public static Failure answered(ApiRequest request, ApiResponse response) {
    Reason reason =
        switch (response.status()) {
          case 401, 403 -> Reason.API_UNAUTHENTICATED;
          case 429 -> Reason.RATE_LIMITED;
          case 408, 425, 499 -> Reason.UNAVAILABLE;
          default -> isRefusal(response.status()) ? Reason.API_REFUSED : Reason.UNAVAILABLE;
        };
    String words = words(response);
    return new Failure(
        reason,
        request.describe()
            + " was answered "
            + response.status()
            + (words.isEmpty() ? "" : ": " + words),
        request.describe(),
        response.status(),
        response.retryAfter().orElse(null));
  }

  /** Not one byte went out. */
  public static Failure neverSent(ApiRequest request, IOException cause) {
    return new Failure(
        Reason.UNREACHABLE,
        request.describe() + " was not sent to " + origin(request) + ": " + text(cause),
        request.describe(),
        0,
        null);
  }

  /** It was written, and no whole answer came. */
  public static Failure lost(ApiRequest request, IOException cause) {
    return new Failure(
        Reason.UNAVAILABLE,
        request.describe() + " got no answer from " + origin(request) + ": " + text(cause),
        request.describe(),
        0,
        null);
  }

  /** Whether an answer says that nothing was done. */
  public static boolean isRefusal(int status) {
    return status >= 400
        && status < 500
        && status != 408
        && status != 425
        && status != 429
        && status != 499;
  }

  /** What the API said, without markup and bounded. */
  static String words(ApiResponse response) {
    String said = response.json().map(ApiFailures::message).orElse(null);
    return bounded(said == null ? response.text().replaceAll("<[^>]*>", " ") : said);
  }

  /** What an operation says that went wrong with it, bounded. */
  static String words(JsonNode error) {
    String said = message(error);
    return bounded(said != null ? said : error.isValueNode() ? error.asText() : error.toString());
  }

  private static String bounded(String words) {
    String line = words.replaceAll("\\s+", " ").trim();
    return line.length() > MAX_WORDS ? line.substring(0, MAX_WORDS) + " …" : line;
  }

  private static @Nullable String message(JsonNode body) {
    for (String pointer : WHERE_MESSAGES_ARE) {
      JsonNode at = body.at(pointer);
      if (at.isTextual() && !at.asText().isBlank()) {
        return at.asText();
      }
    }
    return null;
  }

  private static String origin(ApiRequest request) {
    return request.uri().getScheme() + "://" + request.uri().getRawAuthority();
  }

  private static String text(IOException cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
