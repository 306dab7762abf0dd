package dev.pawl.codegen.document;

import java.util.List;
import java.util.Optional;

/**
 * One operation.
 *
 * @param method HTTP method, upper case
 * @param path as written
 * @param parameters path, query and header parameters
 * @param body what it sends
 * @param answers its documented successes, the best description of the made object first
 * @param operationId the document's name for it; may be empty
 * @param summary one line in the document's words; may be empty
 * @param description in the document's words; may be empty
 * @param server the operation's own base URL; empty where it is the API's
 * @param deprecated whether the document says so
 */
public record ApiOperation(
    String method,
    PathTemplate path,
    List<Parameter> parameters,
    Optional<RequestBody> body,
    List<Answer> answers,
    String operationId,
    String summary,
    String description,
    String server,
    boolean deprecated) {
  public ApiOperation {
    parameters = List.copyOf(parameters);
    answers = List.copyOf(answers);
  }

  /** Method and path as written. */
  public String describe() {
    return method + " " + path.text();
  }

  /** The body of a success; empty where none is described. */
  public Optional<Schema> answer() {
    return answers.stream().flatMap(a -> a.body().stream()).findFirst();
  }

  public List<Parameter> parameters(String in) {
    return parameters.stream().filter(p -> p.in().equals(in)).toList();
  }
}
