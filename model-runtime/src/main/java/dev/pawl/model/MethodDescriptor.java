package dev.pawl.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * What a method takes and gives.
 *
 * @param name such as {@code create} or {@code reboot}
 * @param kind what it does to the world
 * @param description one sentence or empty
 * @param argumentsSchema JSON Schema (2020-12) of an object
 * @param outputSchema JSON Schema of the output
 * @param outputSpec the named output under which the result is stored: {@code state} for the
 *     resource itself, the method's own name for an action
 * @param traits {@link Trait#IDEMPOTENT} when a stored result makes running it again needless
 */
public record MethodDescriptor(
    String name,
    MethodKind kind,
    String description,
    ObjectNode argumentsSchema,
    ObjectNode outputSchema,
    String outputSpec,
    Set<Trait> traits) {

  /** Flags of a method. */
  public enum Trait {
    /** Runs under a claim on its output spec; a stored result is reused. */
    IDEMPOTENT,
    /** The model's own code runs the create protocol (generated creates do). */
    CLAIMS_ITSELF,
    /** What it does is the run's own business, such as its files: it is about no instance. */
    NEEDS_NO_INSTANCE
  }

  public MethodDescriptor {
    requireNonNull(name, "name");
    requireNonNull(kind, "kind");
    requireNonNull(description, "description");
    argumentsSchema = argumentsSchema.deepCopy();
    outputSchema = outputSchema.deepCopy();
    requireNonNull(outputSpec, "outputSpec");
    traits = Set.copyOf(traits);
  }

  public boolean has(Trait trait) {
    return traits.contains(trait);
  }
}
