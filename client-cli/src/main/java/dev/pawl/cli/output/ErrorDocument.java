package dev.pawl.cli.output;

import dev.pawl.cli.failure.Failure;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The document of a command that came to no run: {@code {"error":{…}}}. */
final class ErrorDocument {
  private ErrorDocument() {}

  static Map<String, @Nullable Object> of(Failure failure) {
    return Json.object(
        "error",
        Json.object(
            "code",
            failure.code(),
            "reason",
            failure.reason(),
            "message",
            failure.message(),
            "violations",
            failure.violations().stream()
                .map(v -> Json.object("field", v.field(), "message", v.message()))
                .toList()));
  }
}
