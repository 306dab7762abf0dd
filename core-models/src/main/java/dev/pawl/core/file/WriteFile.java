package dev.pawl.core.file;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.core.Refused;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Set;

/** Makes a file have these bytes and this mode; one that has them is not touched. */
final class WriteFile {
  private WriteFile() {}

  static MethodResult run(Workspace workspace, String path, byte[] content, JsonNode arguments)
      throws MethodException, IOException {
    Set<PosixFilePermission> mode = Modes.wanted(arguments);
    Path file = workspace.resolve(path);
    refuse(workspace, file, path);
    boolean exists = Files.exists(file, NOFOLLOW_LINKS);
    Outcome outcome =
        !exists
            ? Outcome.CREATED
            : isAsWanted(file, content, mode) ? Outcome.VERIFIED : Outcome.UPDATED;
    if (outcome != Outcome.VERIFIED) {
      put(file, content, mode);
    }
    ObjectNode output =
        Json.object()
            .put("path", Paths.shown(workspace, file))
            .put("bytes", content.length)
            .put("sha256", Paths.sha256(content))
            .put("mode", Modes.text(mode));
    return MethodResult.of(output, outcome);
  }

  private static void refuse(Workspace workspace, Path file, String path) throws MethodException {
    if (file.equals(workspace.root()) || Files.isDirectory(file, NOFOLLOW_LINKS)) {
      throw Refused.arguments("'" + path + "' is a folder; give the path of a file");
    }
    if (Files.exists(file, NOFOLLOW_LINKS) && !Files.isRegularFile(file, NOFOLLOW_LINKS)) {
      throw Refused.arguments(
          "'" + path + "' is a symbolic link or special file; delete it first, or write another");
    }
    for (Path up = file.getParent(); up != null && !up.equals(workspace.root()); ) {
      if (Files.exists(up) && !Files.isDirectory(up)) {
        throw Refused.arguments(
            "'" + path + "' would lie in '" + Paths.shown(workspace, up) + "', which is no folder");
      }
      up = up.getParent();
    }
  }

  private static boolean isAsWanted(Path file, byte[] content, Set<PosixFilePermission> mode)
      throws IOException {
    return Files.size(file) == content.length
        && Files.getPosixFilePermissions(file).equals(mode)
        && Arrays.equals(Files.readAllBytes(file), content);
  }

  /** Beside it first, so that nobody ever sees half a file. */
  private static void put(Path file, byte[] content, Set<PosixFilePermission> mode)
      throws IOException {
    Path folder = file.resolveSibling("");
    Files.createDirectories(folder);
    Path fresh = Files.createTempFile(folder, ".pawl-", ".new");
    try {
      Files.write(fresh, content);
      Files.setPosixFilePermissions(fresh, mode);
      Files.move(fresh, file, ATOMIC_MOVE, REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
