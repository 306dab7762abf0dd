package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.Schema;
import dev.pawl.codegen.ir.Endpoint;
import java.util.List;
import java.util.Optional;

/** Finds where an operation's answer holds what looks most like the resource. */
final class Endpoints {
  private Endpoints() {}

  static Endpoint closest(ApiOperation operation, Optional<Schema> state) {
    View best = null;
    double closest = 0;
    for (View view : operation.answer().map(View::ofRead).orElse(List.of())) {
      double similarity = state.map(s -> Similarity.of(s, view.schema())).orElse(0.0);
      if (similarity > closest) {
        best = view;
        closest = similarity;
      }
    }
    return best == null || closest < Similarity.LIKELY
        ? new Endpoint(operation, "", Optional.empty())
        : new Endpoint(operation, best.pointer(), Optional.of(best.schema()));
  }
}
