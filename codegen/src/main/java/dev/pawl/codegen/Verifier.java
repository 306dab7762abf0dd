package dev.pawl.codegen;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.Model;
import java.util.List;
import java.util.function.Consumer;

/**
 * Proves generated models against their document. Codegen does not know how: what proves its work
 * must share nothing with it.
 */
@FunctionalInterface
public interface Verifier {
  /**
   * Proves models.
   *
   * @param document what they were generated from, overlays applied
   * @param models loaded
   * @param progress is told what is being proven
   * @return one for each model
   */
  List<Verification> run(JsonNode document, List<Model> models, Consumer<String> progress);
}
