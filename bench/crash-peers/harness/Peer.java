package dev.pawl.bench;

import java.util.Set;

/** A system under test: one process that executes workflows, which can be killed and started. */
interface Peer extends AutoCloseable {
  /** How a workflow ended. */
  enum End {
    SUCCEEDED,
    FAILED,
    IN_DOUBT
  }

  /** What the table calls it. */
  String name();

  /** The collections that its steps post to. */
  Set<String> kinds();

  /** Starts the executing process and returns when it is ready. */
  void start() throws Exception;

  /** {@code kill -9} of the executing process. */
  void kill() throws Exception;

  /** Starts a workflow of that id. */
  void submit(String id) throws Exception;

  /** How that workflow ended; null: it has not. */
  End end(String id) throws Exception;

  /** Where the system itself can be held before a send, and between an answer and its record. */
  Holds holds();

  /** Holds a step at a place inside the executing process. */
  interface Holds {
    void beforeSend(String step) throws Exception;

    void answered(String step) throws Exception;

    int held() throws Exception;

    /** After the kill: what was held is lost. */
    void lose() throws Exception;
  }

  @Override
  void close() throws Exception;
}
