package dev.pawl.server.store;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Workflow definitions by name, every version of them. */
public interface WorkflowStore {

  /**
   * A definition to be stored.
   *
   * @param fingerprint of the canonical definition; the latest version's equal stores nothing
   * @param expectedVersion the latest version the caller has seen, 0 for none; null: whichever
   * @param idempotency null for none
   */
  record NewVersion(
      String namespace,
      String name,
      String definition,
      String definitionFile,
      String fingerprint,
      String inputsSchema,
      @Nullable Long expectedVersion,
      @Nullable Idempotency idempotency) {
    public NewVersion {
      requireNonNull(namespace, "namespace");
      requireNonNull(name, "name");
    }
  }

  /** What came of it. */
  sealed interface PutAnswer {
    /** The version that holds the definition, new or not. */
    record Stored(StoredWorkflow workflow) implements PutAnswer {}

    /** The key is known: nothing was stored. */
    record Known(KnownKey first) implements PutAnswer {}

    /** The latest version is another than the expected one; 0: there is none. */
    record Changed(long latest) implements PutAnswer {}
  }

  /** How much of each is read. */
  enum Detail {
    /** Without the definition and the schema. */
    SUMMARY,
    WHOLE
  }

  /** Stores a version, its name's head and its idempotency key in one transaction. */
  PutAnswer put(NewVersion version);

  /**
   * One version.
   *
   * @param version 0: the latest
   */
  Optional<StoredWorkflow> find(String namespace, String name, long version);

  /**
   * The latest version of each workflow, by name.
   *
   * @param after only names behind this; empty from the first
   */
  List<StoredWorkflow> latest(String namespace, String after, int limit, Detail detail);

  /**
   * The versions of one workflow, newest first.
   *
   * @param before only lower ones; 0 from the newest
   */
  List<StoredWorkflow> versions(
      String namespace, String name, long before, int limit, Detail detail);
}
