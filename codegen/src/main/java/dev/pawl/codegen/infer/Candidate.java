package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.Schema;
import dev.pawl.codegen.ir.Confidence;
import dev.pawl.codegen.ir.Inferred;
import dev.pawl.codegen.ir.LongRunning;
import java.util.Map;
import java.util.Optional;

/**
 * A POST that was judged to make something.
 *
 * @param post the create
 * @param item what names the made thing; empty where only its list does
 * @param answer where its answer holds the resource and key; empty where the key is not in it
 * @param requestKey the argument that is the key; empty where the client does not choose it
 * @param location whether the key is in the {@code Location} header
 * @param read the resource as reading it answers
 * @param confidence that it is a create
 * @param reason why it is taken for one
 * @param before where the answer holds the parts of the key before its last, by parameter; empty
 *     where the key is one field, or where one of them is not found
 * @param operation the operation that it answers with; empty where it answers none that can be
 *     asked
 */
record Candidate(
    ApiOperation post,
    Optional<ItemPath> item,
    Optional<AnswerKey.Found> answer,
    Optional<String> requestKey,
    boolean location,
    Optional<Schema> read,
    Confidence confidence,
    String reason,
    Map<String, String> before,
    Optional<Inferred<LongRunning>> operation) {

  /** Without an operation. */
  Candidate(
      ApiOperation post,
      Optional<ItemPath> item,
      Optional<AnswerKey.Found> answer,
      Optional<String> requestKey,
      boolean location,
      Optional<Schema> read,
      Confidence confidence,
      String reason,
      Map<String, String> before) {
    this(
        post,
        item,
        answer,
        requestKey,
        location,
        read,
        confidence,
        reason,
        before,
        Optional.empty());
  }

  /** The same with the operation that it answers with; what that says of the key makes it surer. */
  Candidate begunBy(Optional<Inferred<LongRunning>> begun) {
    boolean surer =
        confidence == Confidence.LOW && begun.filter(b -> b.value().key().isPresent()).isPresent();
    return new Candidate(
        post,
        item,
        answer,
        requestKey,
        location,
        read,
        surer ? Confidence.MEDIUM : confidence,
        surer ? "it answers an operation, which says what it has made" : reason,
        before,
        begun);
  }
}
