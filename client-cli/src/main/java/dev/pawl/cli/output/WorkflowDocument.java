package dev.pawl.cli.output;

import dev.pawl.v1.Workflow;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A stored workflow as a document. */
public final class WorkflowDocument {
  private WorkflowDocument() {}

  /** The definition and the schema are null where they were not asked for. */
  public static Map<String, @Nullable Object> json(Workflow workflow) {
    return Json.object(
        "namespace", workflow.getNamespace(),
        "name", workflow.getName(),
        "version", workflow.getVersion(),
        "fingerprint", workflow.getFingerprint(),
        "createTime", Times.json(workflow.hasCreateTime(), workflow.getCreateTime()),
        "inputsSchema", new Json.Raw(workflow.getInputsSchemaJson()),
        "definition", Json.orNull(workflow.getDefinition().getText()));
  }
}
