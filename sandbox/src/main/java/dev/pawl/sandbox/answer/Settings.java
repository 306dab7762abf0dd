package dev.pawl.sandbox.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.document.DocumentedResponse;
import dev.pawl.sandbox.document.JsonText;
import dev.pawl.sandbox.inference.Meaning.WhenAbsent;
import java.util.Optional;

/** The one document at a path without a key, such as the configuration of a database. */
final class Settings {
  private final Simulation simulation;

  Settings(Simulation simulation) {
    this.simulation = simulation;
  }

  ApiAnswer read(ApiRequest request, WhenAbsent absent) {
    simulation.anchors(request);
    Optional<JsonNode> stored = simulation.store().setting(request.path());
    if (stored.isEmpty() && absent == WhenAbsent.REFUSE) {
      throw Refusal.notFound(request.path());
    }
    DocumentedResponse success = request.route().operation().success();
    return ApiAnswer.of(
        success, simulation.write(success.schema(), stored.orElseGet(() -> fresh(request))));
  }

  ApiAnswer write(ApiRequest request) {
    simulation.anchors(request);
    ObjectNode merged =
        simulation.store().setting(request.path()).orElseGet(JsonText::object).deepCopy();
    request.body().properties().forEach(field -> merged.set(field.getKey(), field.getValue()));
    simulation.store().putSetting(request.path(), merged);
    DocumentedResponse success = request.route().operation().success();
    return ApiAnswer.of(success, simulation.write(success.schema(), merged));
  }

  ApiAnswer delete(ApiRequest request) {
    simulation.anchors(request);
    if (simulation.store().setting(request.path()).isEmpty()) {
      throw Refusal.notFound(request.path());
    }
    simulation.store().removeSetting(request.path());
    DocumentedResponse success = request.route().operation().success();
    return ApiAnswer.of(success, simulation.write(success.schema(), MissingNode.getInstance()));
  }

  /** Nobody wrote it yet: what the path says is all there is. */
  private static ObjectNode fresh(ApiRequest request) {
    ObjectNode fields = JsonText.object();
    request.parameters().forEach(fields::put);
    return fields;
  }
}
