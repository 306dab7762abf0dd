package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.Schema;
import dev.pawl.codegen.ir.Confidence;
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
    Map<String, String> before) {}
