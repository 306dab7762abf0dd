package dev.pawl.server.language;

import static java.util.Objects.requireNonNull;

/** An expression that has no value in this run. */
public final class EvaluationFailed extends Exception {
  private final String place;
  private final String path;
  private final String expression;

  EvaluationFailed(String place, String path, String expression, String message) {
    super(
        place
            + ": "
            + path
            + ": "
            + message
            + (expression.isEmpty() ? "" : ", in ${{ " + expression + " }}"));
    this.place = requireNonNull(place, "place");
    this.path = requireNonNull(path, "path");
    this.expression = requireNonNull(expression, "expression");
  }

  /** {@code file:line:column}. */
  public String place() {
    return place;
  }

  /** Where in the document, such as {@code spec.steps[2].with.name}. */
  public String path() {
    return path;
  }

  /** As written; empty where the problem is not in one expression. */
  public String expression() {
    return expression;
  }
}
