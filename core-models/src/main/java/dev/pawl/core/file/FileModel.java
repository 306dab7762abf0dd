package dev.pawl.core.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.core.Described;
import dev.pawl.core.Refused;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Model;
import dev.pawl.model.ModelDescriptor;
import dev.pawl.model.Reason;
import dev.pawl.model.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** {@code core/file}: idempotent by content; a file that is as it should be is not touched. */
public final class FileModel implements Model {
  private static final ModelDescriptor DESCRIPTOR = Described.by("core-file.json");

  @Override
  public ModelDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public MethodResult invoke(String method, ObjectNode arguments, MethodContext context)
      throws MethodException, InterruptedException {
    String path = arguments.path("path").asText();
    Workspace workspace = context.workspace();
    try {
      return switch (method) {
        case "write" ->
            WriteFile.run(workspace, path, bytes(arguments.path("content").asText()), arguments);
        case "template" ->
            WriteFile.run(
                workspace,
                path,
                bytes(
                    FillTemplate.run(
                        arguments.path("template").asText(), arguments.path("values"))),
                arguments);
        case "read" -> ReadFile.run(workspace, path, arguments.path("limit"));
        case "delete" -> DeleteFile.run(workspace, path);
        default -> throw Refused.method(DESCRIPTOR.type(), method);
      };
    } catch (IOException e) {
      // Whatever was done is put back: a step that fails leaves its workspace as it was.
      throw Refused.because(
          Reason.UNAVAILABLE,
          method
              + " of '"
              + path
              + "' failed: "
              + e.getClass().getSimpleName()
              + (e.getMessage() == null ? "" : ": " + hide(e.getMessage(), workspace)));
    }
  }

  /** Where a server keeps its folders is nobody's business. */
  private static String hide(String message, Workspace workspace) {
    return message.replace(workspace.root().toString() + "/", "");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
