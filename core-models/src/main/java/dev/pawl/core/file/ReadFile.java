package dev.pawl.core.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.core.Refused;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Reads a file whole, or not at all. */
final class ReadFile {
  private static final int DEFAULT_LIMIT = 256 << 10;

  private ReadFile() {}

  static MethodResult run(Workspace workspace, String path, JsonNode limitArgument)
      throws MethodException, IOException {
    int limit = limitArgument.asInt(DEFAULT_LIMIT);
    Path file = workspace.resolve(path);
    if (!Files.isRegularFile(file)) {
      throw Refused.because(Reason.NOT_FOUND, "there is no file '" + path + "' in the workspace");
    }
    byte[] content;
    try (InputStream in = Files.newInputStream(file)) {
      content = in.readNBytes(limit + 1);
    }
    if (content.length > limit) {
      throw Refused.because(
          Reason.LIMIT_EXCEEDED,
          "'" + path + "' has " + Files.size(file) + " bytes, over the limit of " + limit);
    }
    ObjectNode output =
        Json.object()
            .put("path", Paths.shown(workspace, file))
            .put("bytes", content.length)
            .put("sha256", Paths.sha256(content));
    String text = text(content);
    if (text == null) {
      output.put("contentBase64", Base64.getEncoder().encodeToString(content));
    } else {
      output.put("content", text);
    }
    return MethodResult.of(output, Outcome.EXECUTED);
  }

  /** Null for what is no UTF-8, and for a NUL, which is not stored as it is. */
  private static @Nullable String text(byte[] content) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return text.indexOf('\0') < 0 ? text : null;
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
