package dev.pawl.server.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.CreateOptions;
import dev.pawl.model.Json;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Definitions as JSON with one way to write each thing; what is left to a default is left out. */
final class CanonicalForm {
  private CanonicalForm() {}

  static JsonNode of(WorkflowDefinition workflow) {
    ObjectNode out = Json.object();
    out.put("apiVersion", workflow.apiVersion());
    out.put("name", workflow.name());
    ObjectNode inputs = out.putObject("inputs");
    workflow.inputs().forEach((name, input) -> inputs.set(name, input(input)));
    if (!workflow.recovery().equals(RecoveryPolicy.DEFAULT)) {
      out.putObject("recovery")
          .put("strategy", workflow.recovery().strategy().name())
          .put("maxRecoveries", workflow.recovery().maxRecoveries());
    }
    putDuration(out, "timeout", workflow.timeout());
    putDuration(out, "totalTimeout", workflow.totalTimeout());
    putTrue(out, "failFast", workflow.failFast());
    var steps = out.putArray("steps");
    workflow.steps().forEach(s -> steps.add(of(s)));
    putMap(out, "outputs", workflow.outputs());
    return Json.canonical(out);
  }

  static JsonNode of(StepDefinition step) {
    ObjectNode out = effect(step);
    out.put("id", step.id());
    if (step.name() != null) {
      out.put("name", step.name());
    }
    putList(out, "dependsOn", step.dependsOn());
    if (!step.retry().equals(Retry.NONE)) {
      out.set("retry", retry(step.retry()));
    }
    if (step.forEach() != null && step.forEach().concurrency() > 0) {
      out.put("concurrency", step.forEach().concurrency());
    }
    putDuration(out, "timeout", step.timeout());
    putList(out, "recoveryDependsOn", step.recoveryDependsOn());
    putTrue(out, "continueOnError", step.continueOnError());
    putTrue(out, "always", step.always());
    return Json.canonical(out);
  }

  static JsonNode effectOf(StepDefinition step) {
    return Json.canonical(effect(step));
  }

  private static ObjectNode effect(StepDefinition step) {
    ObjectNode out = Json.object();
    out.put("model", step.model());
    out.put("method", step.method());
    if (step.instance() != null) {
      out.put("instance", step.instance());
    }
    out.set("with", step.arguments());
    putTrue(out, "skipIfExists", step.skipIfExists());
    if (step.condition() != null) {
      out.put("if", step.condition());
    }
    if (step.forEach() != null) {
      ObjectNode forEach = out.putObject("forEach");
      forEach.set("in", step.forEach().in());
      if (step.forEach().key() != null) {
        forEach.put("key", step.forEach().key());
      }
    }
    putCreate(out, step.create());
    putMap(out, "outputs", step.outputs());
    return out;
  }

  private static void putCreate(ObjectNode out, CreatePolicy create) {
    CreateOptions.Verify verify = create.verify();
    if (verify != null) {
      out.put("verify", verify.never() ? "never" : verify.olderThan().toString());
    }
    if (create.onChange() != null) {
      out.put("onChange", create.onChange().name());
    }
    if (create.adopt() != null) {
      out.put("adopt", create.adopt().name());
    }
    putTrue(out, "recreate", create.recreate());
  }

  private static ObjectNode input(InputDefinition input) {
    ObjectNode out = Json.object();
    out.set("schema", input.schema());
    out.put("required", input.required());
    putTrue(out, "secret", input.secret());
    return out;
  }

  private static ObjectNode retry(Retry retry) {
    ObjectNode out = Json.object().put("limit", retry.limit());
    Backoff backoff = retry.backoff();
    out.putObject("backoff")
        .put("initial", backoff.initial().toString())
        .put("factor", backoff.factor())
        .put("max", backoff.max().toString())
        .put("jitter", backoff.jitter());
    putList(out, "on", retry.on().stream().map(Enum::name).toList());
    return out;
  }

  private static void putList(ObjectNode out, String field, Collection<String> values) {
    if (!values.isEmpty()) {
      var array = out.putArray(field);
      values.stream().sorted().forEach(array::add);
    }
  }

  private static void putMap(ObjectNode out, String field, Map<String, JsonNode> values) {
    if (!values.isEmpty()) {
      ObjectNode map = out.putObject(field);
      values.forEach(map::set);
    }
  }

  private static void putDuration(ObjectNode out, String field, @Nullable Duration value) {
    if (value != null) {
      out.put(field, value.toString());
    }
  }

  private static void putTrue(ObjectNode out, String field, boolean value) {
    if (value) {
      out.put(field, true);
    }
  }
}
