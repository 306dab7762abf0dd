package dev.pawl.server.models;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Failure;
import dev.pawl.model.Json;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodDescriptor;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodKind;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Model;
import dev.pawl.model.ModelDescriptor;
import dev.pawl.model.Reason;
import dev.pawl.server.workflow.EngineSteps;
import java.util.List;
import java.util.Set;

/** Describes a step that the engine carries out, so that files that use it are checked like any. */
final class EngineModel implements Model {
  private static final String SLEEP =
      """
      {"type": "object", "additionalProperties": false,
       "properties": {
         "duration": {"type": ["string", "object"],
           "description": "How long from the step's start: 30s, 2h, 7d or {minutes: 1}."},
         "until": {"type": "string",
           "description": "When it ends, as 2026-01-31T08:00:00Z; a time that has passed ends it at once."}},
       "oneOf": [{"required": ["duration"]}, {"required": ["until"]}]}
      """;
  private static final String SLEPT =
      """
      {"type": "object", "properties": {"until": {"type": "string"}}}
      """;
  private static final String REQUEST =
      """
      {"type": "object", "additionalProperties": false, "required": ["prompt"],
       "properties": {
         "prompt": {"type": "string", "minLength": 1, "maxLength": 4096,
           "description": "What is asked of the person."},
         "onTimeout": {"type": "string", "enum": ["fail", "reject", "approve"],
           "description": "What the step's timeout means; default fail, with DEADLINE."}}}
      """;
  private static final String ANSWER =
      """
      {"type": "object", "properties": {
         "decision": {"type": "string"}, "decidedBy": {"type": "string"},
         "comment": {"type": "string"}, "at": {"type": "string"}}}
      """;
  private static final String RUN =
      """
      {"type": "object", "additionalProperties": false,
       "properties": {
         "workflow": {"type": ["object", "string"],
           "description": "The definition as it would stand in a file of its own, or its text; expressions inside an object are the child's."},
         "stored": {"type": "string", "minLength": 1,
           "description": "A stored workflow instead: NAME, the latest version when the child starts, or NAME@VERSION."},
         "inputs": {"type": "object", "description": "The child's inputs."}}}
      """;

  private final ModelDescriptor descriptor;

  private EngineModel(String type, String description, MethodDescriptor method) {
    this.descriptor = new ModelDescriptor(type, description, List.of(method));
  }

  /** All of them. */
  static List<EngineModel> all() {
    return List.of(
        new EngineModel(
            EngineSteps.WAIT,
            "Waits for a time, at the cost of a row.",
            method(
                "sleep", "Waits; a restart of the server does not begin it anew.", SLEEP, SLEPT)),
        new EngineModel(
            EngineSteps.APPROVAL,
            "Waits for a person's decision.",
            method("request", "Asks; a rejection fails the step.", REQUEST, ANSWER)),
        new EngineModel(
            EngineSteps.WORKFLOW,
            "Runs another workflow as a child run.",
            method("run", "Runs it; its outputs are the step's.", RUN, "{\"type\": \"object\"}")));
  }

  private static MethodDescriptor method(
      String name, String description, String arguments, String output) {
    return new MethodDescriptor(
        name,
        MethodKind.ACTION,
        description,
        (ObjectNode) Json.parse(arguments),
        (ObjectNode) Json.parse(output),
        name,
        Set.of());
  }

  @Override
  public ModelDescriptor descriptor() {
    return descriptor;
  }

  @Override
  public MethodResult invoke(String method, ObjectNode arguments, MethodContext context)
      throws MethodException {
    throw MethodException.notMade(
        Failure.of(
            Reason.MODEL_ERROR,
            descriptor.type() + " is carried out by the engine, as a step of a workflow"));
  }
}
