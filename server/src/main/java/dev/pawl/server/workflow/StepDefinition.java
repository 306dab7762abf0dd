package dev.pawl.server.workflow;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * A step of a workflow. Texts may hold {@code ${{ }}} expressions where noted (T).
 *
 * @param id unique in the workflow
 * @param name for people; null: the id
 * @param model such as {@code digitalocean/droplet}
 * @param method such as {@code create}
 * @param instance (T) the instance's name; null where the file gives none
 * @param arguments (T) the {@code with} of the file
 * @param skipIfExists whether stored data means done, without even a read
 * @param dependsOn step ids the file names
 * @param references step ids its expressions refer to, which implies the dependency
 * @param condition (T) the {@code if} of the file; null: always
 * @param forEach null: once
 * @param retry tries inside the attempt
 * @param timeout of one execution; null: none of its own
 * @param recoveryDependsOn step ids to run again whenever this step is run again
 * @param continueOnError whether dependents and the run go on when it fails
 * @param always whether it runs once per attempt whatever became of the steps before it
 * @param create how its create treats what it finds
 * @param outputs (T) named values that replace the method's output; empty: the method's output
 */
public record StepDefinition(
    String id,
    @Nullable String name,
    String model,
    String method,
    @Nullable String instance,
    ObjectNode arguments,
    boolean skipIfExists,
    SequencedSet<String> dependsOn,
    SequencedSet<String> references,
    @Nullable String condition,
    @Nullable ForEach forEach,
    Retry retry,
    @Nullable Duration timeout,
    SequencedSet<String> recoveryDependsOn,
    boolean continueOnError,
    boolean always,
    CreatePolicy create,
    Map<String, JsonNode> outputs) {

  public StepDefinition {
    requireNonNull(id, "id");
    requireNonNull(model, "model");
    requireNonNull(method, "method");
    arguments = arguments.deepCopy();
    dependsOn = Copies.ordered(dependsOn);
    references = Copies.ordered(references);
    requireNonNull(retry, "retry");
    recoveryDependsOn = Copies.ordered(recoveryDependsOn);
    requireNonNull(create, "create");
    outputs = Copies.ordered(outputs);
  }

  /** Every step that must have ended before this one starts. */
  public SequencedSet<String> dependencies() {
    var all = new LinkedHashSet<>(dependsOn);
    all.addAll(references);
    return all;
  }

  /** The whole step as JSON; formatting, comments and the order of keys do not change it. */
  public JsonNode canonical() {
    return CanonicalForm.of(this);
  }

  /**
   * The part of the step that decides what it does: a change of its name, its retries or its times
   * leaves this as it is.
   */
  public JsonNode effect() {
    return CanonicalForm.effectOf(this);
  }
}
