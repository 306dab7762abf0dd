package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Failure;
import dev.pawl.model.Json;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.ApiResponse;
import dev.pawl.model.http.Connection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a collection to its end, page by page; a part of it is never taken for the whole. */
final class ListAll {
  /** The most items that are read. */
  static final int MAX_ITEMS = 100_000;

  private static final int MAX_PAGES = 10_000;
  private static final int TRIES = 4;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** A longer wait is left to whoever called: a claim does not last for ever. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

  private final Listing listing;
  private final ObjectNode arguments;
  private final ObjectNode identity;
  private final MethodContext context;
  private final Connection connection;

  ListAll(Listing listing, ObjectNode arguments, ObjectNode identity, MethodContext context)
      throws MethodException {
    this.listing = listing;
    this.arguments = arguments;
    this.identity = identity;
    this.context = context;
    this.connection = context.http();
  }

  /** Where the next page is. */
  private record Position(int page, int items, @Nullable String token) {}

  /**
   * Every item of the collection.
   *
   * @throws MethodException when any page could not be read, or there are too many
   */
  List<JsonNode> run() throws MethodException, InterruptedException {
    List<JsonNode> items = new ArrayList<>();
    JsonNode before = Json.mapper().nullNode();
    Position position = new Position(1, 0, null);
    for (int page = 1; position != null; page++) {
      JsonNode answer = readPage(position);
      JsonNode found = answer.at(listing.itemsPointer());
      if (!found.isArray() && !isPlainlyEmpty(answer, found)) {
        throw unreadable("has no list at '" + listing.itemsPointer() + "'");
      }
      if (!found.isEmpty() && found.equals(before)) {
        throw unreadable("gives the same page again and again");
      }
      before = found;
      found.forEach(items::add);
      if (items.size() > MAX_ITEMS || page > MAX_PAGES) {
        throw unreadable("has more than the limit of " + MAX_ITEMS + " items");
      }
      position = next(answer, found, position, items.size());
    }
    return items;
  }

  /** Where the list is missing, only an answer without anything else says that there is none. */
  private static boolean isPlainlyEmpty(JsonNode answer, JsonNode found) {
    return found.isNull() || (found.isMissingNode() && answer.isObject() && answer.isEmpty());
  }

  private MethodException unreadable(String what) {
    return MethodException.notMade(
        Failure.of(Reason.UNAVAILABLE, listing.operation().describe() + " " + what));
  }

  private JsonNode readPage(Position position) throws MethodException, InterruptedException {
    ApiRequest request = pageRequest(position);
    ApiResponse response = ReadApi.read(connection, request);
    for (int tries = 1; tries < TRIES && asksForPatience(response); tries++) {
      Duration asked = response.retryAfter().orElse(PAUSE.multipliedBy(tries));
      if (asked.compareTo(LONGEST_PAUSE) > 0) {
        break;
      }
      context.waitingFor(connection.name() + ", which asks for fewer requests");
      context.pacer().pause(asked);
      response = ReadApi.read(connection, request);
    }
    if (!response.isSuccess()) {
      throw MethodException.notMade(ApiFailures.answered(request, response));
    }
    return response.json().orElseThrow(() -> unreadable("was not answered with JSON"));
  }

  private static boolean asksForPatience(ApiResponse response) {
    return response.status() == 429
        || (response.status() == 503 && response.retryAfter().isPresent());
  }

  private ApiRequest pageRequest(Position position) throws MethodException {
    RequestBuilder builder =
        new RequestBuilder(listing.operation(), connection.baseUrl(), arguments, identity);
    Listing.Paging paging = listing.paging();
    if (paging instanceof Listing.Paging.Pages pages) {
      builder.query(pages.pageParameter(), Integer.toString(position.page()));
      size(builder, pages.sizeParameter(), pages.size());
    } else if (paging instanceof Listing.Paging.Offset offset) {
      builder.query(offset.offsetParameter(), Integer.toString(position.items()));
      size(builder, offset.sizeParameter(), offset.size());
    } else if (paging instanceof Listing.Paging.Cursor cursor && position.token() != null) {
      builder.query(cursor.tokenParameter(), position.token());
    } else if (paging instanceof Listing.Paging.NextUrl && position.token() != null) {
      ApiRequest first = builder.build(null, context.timing().readTimeout());
      URI next = sameOrigin(first.uri(), position.token());
      return new ApiRequest("GET", next, first.headers(), null, first.timeout());
    }
    return builder.build(null, context.timing().readTimeout());
  }

  private static void size(RequestBuilder builder, String parameter, int size) {
    if (!parameter.isEmpty()) {
      builder.query(parameter, Integer.toString(size));
    }
  }

  /** The credential must not follow a link to another host, nor into the clear. */
  private URI sameOrigin(URI first, String url) throws MethodException {
    URI next;
    try {
      next = first.resolve(url);
    } catch (IllegalArgumentException e) {
      throw unreadable("gives a next page that is no URL");
    }
    if (next.getRawPath() == null) {
      throw unreadable("gives a next page that is no web address");
    }
    return URI.create(listing.operation().baseOn(connection.baseUrl()))
        .resolve(next.getRawPath() + (next.getRawQuery() == null ? "" : "?" + next.getRawQuery()));
  }

  private @Nullable Position next(JsonNode answer, JsonNode found, Position asked, int total) {
    int page = asked.page();
    Listing.Paging paging = listing.paging();
    Position following = new Position(page + 1, total, null);
    if (paging instanceof Listing.Paging.Pages pages) {
      return found.isEmpty() || isShort(found, pages.sizeParameter(), pages.size())
          ? null
          : following;
    }
    if (paging instanceof Listing.Paging.Offset offset) {
      return found.isEmpty() || isShort(found, offset.sizeParameter(), offset.size())
          ? null
          : following;
    }
    if (paging instanceof Listing.Paging.Cursor cursor) {
      String token = nextToken(cursor, answer, found);
      boolean echoed = found.isEmpty() && Objects.equals(token, asked.token());
      return token == null || echoed ? null : new Position(page + 1, total, token);
    }
    if (paging instanceof Listing.Paging.NextUrl link) {
      String url = answer.at(link.urlPointer()).asText("");
      return url.isEmpty() || url.equals("null") ? null : new Position(page + 1, total, url);
    }
    return null;
  }

  /** APIs cap the size they honour, so only a page clearly at its end counts as the last. */
  private static boolean isShort(JsonNode found, String sizeParameter, int size) {
    return !sizeParameter.isEmpty() && found.size() < Math.min(size, 10);
  }

  private @Nullable String nextToken(
      Listing.Paging.Cursor cursor, JsonNode answer, JsonNode found) {
    boolean more =
        cursor.morePointer().isEmpty() || answer.at(cursor.morePointer()).asBoolean(false);
    boolean byLastKey = cursor.tokenPointer().isEmpty();
    if (!more || (byLastKey && found.isEmpty())) {
      return null;
    }
    // A page may be empty in the middle, where an API filters after it has paged.
    JsonNode token =
        byLastKey
            ? found.get(found.size() - 1).at(listing.keyPointer())
            : answer.at(cursor.tokenPointer());
    String text = token.isValueNode() && !token.isNull() ? token.asText() : "";
    return text.isEmpty() ? null : text;
  }

  /** A page of items as the {@code list} method gives it. */
  static ObjectNode asOutput(List<JsonNode> items) {
    ObjectNode out = Json.object();
    var array = out.putArray("items");
    items.forEach(array::add);
    return out;
  }
}
