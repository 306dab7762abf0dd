package dev.pawl.codegen.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;

/** Chooses the media type that a runtime can speak: JSON, then forms, then whatever there is. */
final class MediaTypes {
  private MediaTypes() {}

  record Choice(RequestBody.Kind kind, JsonNode media) {}

  static Optional<Choice> choose(JsonNode content) {
    Choice best = null;
    for (var entry : content.properties()) {
      Choice choice = new Choice(kind(entry.getKey()), entry.getValue());
      if (best == null || choice.kind().compareTo(best.kind()) < 0) {
        best = choice;
      }
    }
    return Optional.ofNullable(best);
  }

  static RequestBody.Kind kind(String mediaType) {
    String type = mediaType.toLowerCase(Locale.ROOT);
    if (type.contains("/json") || type.contains("+json") || type.startsWith("*/*")) {
      return RequestBody.Kind.JSON;
    }
    if (type.startsWith("application/x-www-form-urlencoded")) {
      return RequestBody.Kind.FORM;
    }
    return type.startsWith("multipart/") ? RequestBody.Kind.MULTIPART : RequestBody.Kind.OTHER;
  }
}
