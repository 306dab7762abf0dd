package dev.pawl.server.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * One stored version of a workflow.
 *
 * @param version from 1
 * @param definition the text as it was put; empty in a summary
 * @param definitionFile its file's name, for messages
 * @param fingerprint hex SHA-256 of the canonical definition
 * @param inputsSchema JSON Schema of the inputs as text; empty in a summary
 * @param createdAt when this version was stored, on the database's clock
 */
public record StoredWorkflow(
    String namespace,
    String name,
    long version,
    String definition,
    String definitionFile,
    String fingerprint,
    String inputsSchema,
    Instant createdAt) {
  public StoredWorkflow {
    requireNonNull(namespace, "namespace");
    requireNonNull(name, "name");
    requireNonNull(definition, "definition");
    requireNonNull(definitionFile, "definitionFile");
    requireNonNull(fingerprint, "fingerprint");
    requireNonNull(inputsSchema, "inputsSchema");
    requireNonNull(createdAt, "createdAt");
  }
}
