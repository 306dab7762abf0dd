package dev.pawl.model.http;

import java.io.IOException;

/** What became of a request. */
public sealed interface SendOutcome {
  /** The API answered, with whatever status. */
  record Answered(ApiResponse response) implements SendOutcome {}

  /** Not one byte of the request was written. */
  record NeverSent(IOException cause) implements SendOutcome {}

  /** Bytes were written and no complete answer came. */
  record Lost(IOException cause) implements SendOutcome {}
}
