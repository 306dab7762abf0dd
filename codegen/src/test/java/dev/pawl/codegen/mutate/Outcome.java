package dev.pawl.codegen.mutate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.codegen.Report;
import dev.pawl.codegen.document.ApiDocument;
import dev.pawl.codegen.emit.EmitApi;
import dev.pawl.codegen.infer.InferApi;
import dev.pawl.codegen.ir.Api;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All that codegen says and writes of a document.
 *
 * @param report as printed, a line for each member
 * @param files path → text
 */
record Outcome(String report, Map<String, String> files) {
  static Outcome of(JsonNode document) {
    Api api = new InferApi(ApiDocument.of("changed", document), "changed").run();
    EmitApi emit = new EmitApi(api);
    Map<String, String> files = new TreeMap<>();
    Stream.concat(emit.sources(), emit.resources())
        .forEach(f -> files.put(f.path(), new String(f.content(), StandardCharsets.UTF_8)));
    return new Outcome(Report.of(api).toPrettyString(), files);
  }

  /** Only what is said. */
  static String reportOf(JsonNode document) {
    return Report.of(new InferApi(ApiDocument.of("changed", document), "changed").run())
        .toPrettyString();
  }
}
