package dev.pawl.core.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.data.Completion;
import dev.pawl.model.data.Intent;
import java.util.List;

/** What is stored and given once a send's outcome is known. */
final class Settled {
  private Settled() {}

  static Completion completion(JsonNode output, Intent intent, Outcome outcome) {
    return new Completion(
        output,
        null,
        intent.account(),
        Json.object(),
        intent.arguments(),
        Json.fingerprint(intent.arguments()),
        outcome);
  }

  static MethodResult result(JsonNode output, Outcome outcome) {
    MethodResult result = MethodResult.of(output, outcome);
    return output.path("truncated").asBoolean()
        ? result.withWarnings(
            List.of(
                "the answer was over the limit of "
                    + Answers.LIMIT
                    + " bytes: its beginning is kept as bodyText"))
        : result;
  }
}
