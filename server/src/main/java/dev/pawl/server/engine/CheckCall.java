package dev.pawl.server.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.MethodDescriptor;
import dev.pawl.model.Reason;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.failure.ServerFailure.Violation;
import dev.pawl.server.language.ArgumentsCheck;
import dev.pawl.server.workflow.ModelCatalog;
import jakarta.inject.Inject;
import java.util.List;

/** Refuses a call of a method that does not exist, or not with these arguments. */
public final class CheckCall {
  private final ModelCatalog catalog;

  @Inject
  public CheckCall(ModelCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * Finds the method that is to be called.
   *
   * @throws ServerFailure MODEL_NOT_FOUND, METHOD_NOT_FOUND, or INVALID_ARGUMENTS with every
   *     argument that does not fit
   */
  public MethodDescriptor run(String modelType, String method, ObjectNode arguments) {
    MethodDescriptor found = FindMethod.method(FindMethod.model(catalog, modelType), method);
    List<Violation> violations =
        ArgumentsCheck.validate(found, arguments).stream()
            .map(v -> new Violation(field(v.path()), v.message(), ""))
            .toList();
    if (!violations.isEmpty()) {
      throw new ServerFailure(
          Reason.Code.INVALID_ARGUMENT,
          Reason.INVALID_ARGUMENTS.name(),
          "the arguments do not fit what '" + method + "' of " + modelType + " takes",
          violations);
    }
    return found;
  }

  private static String field(String path) {
    return path.isEmpty() ? "arguments" : "arguments." + path;
  }
}
