package dev.pawl.server.store.postgres.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.FieldDifference;
import dev.pawl.model.Json;
import dev.pawl.model.Outcome;
import dev.pawl.server.run.StepError;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.run.StepStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A step execution, and what its row keeps as JSON. */
final class StepJson {
  /** For how many microseconds it had run when it was told of. */
  private static final String RAN = "ranMicros";

  private StepJson() {}

  /** An output over the limit is left out. */
  static ObjectNode write(StepRecord step, int outputLimit) {
    ObjectNode out = Json.object();
    out.put("stepId", step.key().stepId());
    out.put("iteration", step.key().iteration());
    out.put("attempt", step.attempt());
    out.put("ordinal", step.ordinal());
    out.put("name", step.name());
    out.put("modelType", step.modelType());
    out.put("method", step.method());
    out.put("instance", step.instance());
    out.put("status", step.status().name());
    Fields.put(out, "outcome", step.outcome());
    Fields.put(out, "fingerprint", step.fingerprint());
    if (step.output() != null && Values.text(step.output()).length() <= outputLimit) {
      out.set("output", step.output());
    }
    out.set("differs", differs(step.differs()));
    out.set("warnings", warnings(step.warnings()));
    if (step.error() != null) {
      out.set("error", error(step.error()));
    }
    out.put("tries", step.tries());
    out.put("waitingFor", step.waitingFor());
    Instant started = step.startedAt();
    Optional<Duration> age = started == null ? Optional.empty() : StepRecord.age(started);
    if (age.isPresent()) {
      out.put(RAN, TimeUnit.MICROSECONDS.convert(age.get()));
    } else {
      Fields.put(out, "startedAt", started);
    }
    return out;
  }

  /**
   * As it was told.
   *
   * @param at when; an end is told when it comes
   */
  static StepRecord read(JsonNode in, Instant at) {
    StepStatus status = StepStatus.valueOf(in.path("status").asText());
    String outcome = Fields.text(in, "outcome");
    return new StepRecord(
        new StepKey(in.path("stepId").asText(), in.path("iteration").asText()),
        in.path("attempt").asInt(),
        in.path("ordinal").asInt(),
        in.path("name").asText(),
        in.path("modelType").asText(),
        in.path("method").asText(),
        in.path("instance").asText(),
        status,
        outcome == null ? null : Outcome.valueOf(outcome),
        Fields.text(in, "fingerprint"),
        in.get("output"),
        differs(in.path("differs")),
        Fields.texts(in.path("warnings")),
        error(in.get("error")),
        in.path("tries").asInt(),
        in.path("waitingFor").asText(),
        in.has(RAN)
            ? (Instant) at.minus(in.path(RAN).asLong(), ChronoUnit.MICROS)
            : Fields.instant(in, "startedAt"),
        status.hasEnded() ? at : null);
  }

  /** A side that has no value is left out; JSON null is a value. */
  static ArrayNode differs(List<FieldDifference> differs) {
    ArrayNode out = Json.mapper().createArrayNode();
    for (FieldDifference each : differs) {
      ObjectNode difference = out.addObject().put("path", each.path());
      if (!each.stored().isMissingNode()) {
        difference.set("stored", each.stored());
      }
      if (!each.wanted().isMissingNode()) {
        difference.set("wanted", each.wanted());
      }
    }
    return out;
  }

  static List<FieldDifference> differs(JsonNode in) {
    List<FieldDifference> out = new ArrayList<>();
    for (JsonNode each : in) {
      out.add(
          new FieldDifference(
              each.path("path").asText(), side(each, "stored"), side(each, "wanted")));
    }
    return out;
  }

  static ArrayNode warnings(List<String> warnings) {
    ArrayNode out = Json.mapper().createArrayNode();
    warnings.forEach(out::add);
    return out;
  }

  static ObjectNode error(StepError error) {
    ObjectNode out = Json.object();
    out.put("code", error.code());
    out.put("reason", error.reason());
    out.put("message", error.message());
    Fields.put(out, "request", error.request());
    out.put("httpStatus", error.httpStatus());
    out.set("violations", warnings(error.violations()));
    return out;
  }

  static @Nullable StepError error(@Nullable JsonNode in) {
    if (in == null) {
      return null;
    }
    return new StepError(
        in.path("code").asText(),
        in.path("reason").asText(),
        in.path("message").asText(),
        Fields.text(in, "request"),
        in.path("httpStatus").asInt(),
        Fields.texts(in.path("violations")));
  }

  private static JsonNode side(JsonNode in, String name) {
    JsonNode value = in.get(name);
    return value == null ? MissingNode.getInstance() : value;
  }
}
