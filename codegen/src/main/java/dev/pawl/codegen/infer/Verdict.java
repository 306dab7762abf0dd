package dev.pawl.codegen.infer;

/** Whether a POST makes something. */
sealed interface Verdict {
  /** It does. */
  record Create(Candidate candidate) implements Verdict {}

  /** It does not, or nobody could find what it made. */
  record NotCreate(String reason) implements Verdict {}
}
