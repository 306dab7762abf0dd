package dev.pawl.codegen.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads an operation's documented successes. {@code default} is not one: it describes errors. */
final class AnswerReader {
  private static final List<String> ORDER = List.of("201", "200", "202", "2XX");

  private final ApiDocument document;

  AnswerReader(ApiDocument document) {
    this.document = document;
  }

  List<Answer> read(JsonNode operation) {
    List<Answer> out = new ArrayList<>();
    for (var entry : operation.path("responses").properties()) {
      String status = entry.getKey().toUpperCase(Locale.ROOT);
      if (status.matches("2(\\d\\d|XX)")) {
        out.add(answer(status, document.resolve(entry.getValue())));
      }
    }
    out.sort(Comparator.comparingInt(AnswerReader::rank).thenComparing(Answer::status));
    return out;
  }

  private static int rank(Answer answer) {
    int known = ORDER.indexOf(answer.status());
    return known < 0 ? ORDER.size() : known;
  }

  private Answer answer(String status, JsonNode response) {
    Set<String> headers = new LinkedHashSet<>();
    response
        .path("headers")
        .properties()
        .forEach(h -> headers.add(h.getKey().toLowerCase(Locale.ROOT)));
    return new Answer(status, body(response), headers);
  }

  private Optional<Schema> body(JsonNode response) {
    JsonNode schema =
        document.isVersion2()
            ? response.path("schema")
            : MediaTypes.choose(response.path("content"))
                .filter(c -> c.kind() == RequestBody.Kind.JSON)
                .map(c -> c.media().path("schema"))
                .orElse(response.path("absent"));
    return schema.isObject() ? Optional.of(document.schema(schema)) : Optional.empty();
  }
}
