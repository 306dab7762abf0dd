package dev.pawl.core.file;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.pawl.core.Refused;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Removes a file, a link (not what it leads to), or a folder with all that is in it. */
final class DeleteFile {
  private DeleteFile() {}

  static MethodResult run(Workspace workspace, String path) throws MethodException, IOException {
    Path file = workspace.resolve(path);
    if (file.equals(workspace.root())) {
      throw Refused.arguments("'" + path + "' is the whole workspace; name what is to be deleted");
    }
    boolean was = Files.exists(file, NOFOLLOW_LINKS);
    if (was) {
      List<Path> deepestFirst;
      try (Stream<Path> found = Files.walk(file)) {
        deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path each : deepestFirst) {
        Files.delete(each);
      }
    }
    return MethodResult.of(
        Json.object().put("path", Paths.shown(workspace, file)).put("deleted", was),
        was ? Outcome.EXECUTED : Outcome.VERIFIED);
  }
}
