package dev.pawl.server.engine;

import dev.pawl.model.MethodDescriptor;
import dev.pawl.model.ModelDescriptor;
import dev.pawl.model.Reason;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.failure.ServerFailure.Violation;
import dev.pawl.server.language.Suggestion;
import dev.pawl.server.workflow.ModelCatalog;
import java.util.Collection;
import java.util.List;

/** Finds a model or a method by name, or says what was probably meant. */
final class FindMethod {
  private FindMethod() {}

  /**
   * Finds a model.
   *
   * @throws ServerFailure MODEL_NOT_FOUND
   */
  static ModelDescriptor model(ModelCatalog catalog, String type) {
    return catalog
        .model(type)
        .orElseThrow(
            () ->
                unknown(
                    "MODEL_NOT_FOUND",
                    "model_type",
                    "this server has no model '" + type + "'",
                    Suggestion.nearest(type, catalog.types()).orElse(""),
                    "; 'pawl models' lists what there is"));
  }

  /**
   * Finds a method.
   *
   * @throws ServerFailure METHOD_NOT_FOUND
   */
  static MethodDescriptor method(ModelDescriptor model, String name) {
    Collection<String> names = model.methods().stream().map(MethodDescriptor::name).toList();
    return model
        .method(name)
        .orElseThrow(
            () ->
                unknown(
                    "METHOD_NOT_FOUND",
                    "method",
                    "'" + model.type() + "' has no method '" + name + "'",
                    Suggestion.nearest(name, names).orElse(""),
                    "; it has " + String.join(", ", names)));
  }

  private static ServerFailure unknown(
      String reason, String field, String what, String meant, String wayOut) {
    String message = what + (meant.isEmpty() ? wayOut : "; did you mean '" + meant + "'?");
    return new ServerFailure(
        Reason.Code.NOT_FOUND, reason, message, List.of(new Violation(field, what, meant)));
  }
}
