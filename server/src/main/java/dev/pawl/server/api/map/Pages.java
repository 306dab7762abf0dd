package dev.pawl.server.api.map;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.Json;
import dev.pawl.model.Reason;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.failure.ServerFailure.Violation;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/**
 * Page sizes and tokens. A token is bound to its list and to the filters it was made with, so that
 * a page can't silently continue another question.
 */
public final class Pages {
  private static final int DEFAULT_SIZE = 50;
  private static final int MAX_SIZE = 1000;

  private final String question;

  private Pages(String question) {
    this.question = question;
  }

  /** The pages of one question: a list's name and every filter, page size and mask left out. */
  public static Pages of(String list, Object... filters) {
    var parts = Json.mapper().createArrayNode().add(list);
    for (Object filter : filters) {
      parts.add(Objects.toString(filter));
    }
    return new Pages(Json.fingerprint(parts).substring(0, 16));
  }

  /** 0 means 50. */
  public static int size(int given) {
    if (given < 0 || given > MAX_SIZE) {
      throw ServerFailure.invalidField(
          "page_size", "is " + given + "; it must be 1 to " + MAX_SIZE + ", or 0 for 50");
    }
    return given == 0 ? DEFAULT_SIZE : given;
  }

  /** The token of the page that begins behind a cursor. */
  public String token(List<String> cursor) {
    var whole = Json.mapper().createArrayNode().add(question);
    cursor.forEach(whole::add);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(whole.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads a token.
   *
   * @param parts how many the cursor has
   * @return the cursor; empty for the first page
   * @throws ServerFailure INVALID_PAGE_TOKEN
   */
  public List<String> cursor(String token, int parts) {
    if (token.isEmpty()) {
      return List.of();
    }
    try {
      JsonNode whole =
          Json.parse(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8));
      if (whole.size() == parts + 1 && whole.path(0).asText().equals(question)) {
        return whole.valueStream().skip(1).map(JsonNode::asText).toList();
      }
    } catch (IllegalArgumentException e) {
      // Neither base64 nor JSON: nothing that a list gave out.
    }
    throw invalid();
  }

  /** The number that a cursor of one part holds; 0 for the first page. */
  public static long number(List<String> cursor) {
    try {
      return cursor.isEmpty() ? 0 : Long.parseLong(cursor.getFirst());
    } catch (NumberFormatException e) {
      throw invalid();
    }
  }

  /** A cursor that does not hold what it should. */
  public static ServerFailure invalid() {
    String message =
        "is not one that this list gave out for these filters; leave it empty to begin anew";
    return new ServerFailure(
        Reason.Code.INVALID_ARGUMENT,
        "INVALID_PAGE_TOKEN",
        "page_token: " + message,
        List.of(new Violation("page_token", message, "")));
  }
}
