package dev.pawl.codegen;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.codegen.ir.Api;
import java.util.List;

/**
 * What came of a run.
 *
 * @param api all that was understood
 * @param report the same as JSON
 * @param generated the model types that got a class
 * @param warnings sentences for people
 * @param verifications what came of proving them; empty where nobody asked
 */
public record CodegenResult(
    Api api,
    ObjectNode report,
    List<String> generated,
    List<String> warnings,
    List<Verification> verifications) {
  public CodegenResult {
    generated = List.copyOf(generated);
    warnings = List.copyOf(warnings);
    verifications = List.copyOf(verifications);
  }
}
