package dev.pawl.maven;

import dev.pawl.codegen.BuildModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.MojoExecutionException;

/**
 * The models that a project lists itself. A jar has one list of models, and whichever file Maven
 * copied last would be it; so the project's lists are left out and written into the generated one.
 */
final class OwnModels {
  private OwnModels() {}

  /**
   * Reads all lists and excludes them from the resources.
   *
   * @throws MojoExecutionException when a list cannot be read
   */
  static Set<String> takeFrom(List<Resource> resources) throws MojoExecutionException {
    Set<String> found = new TreeSet<>();
    for (Resource resource : resources) {
      Path list = Path.of(resource.getDirectory()).resolve(BuildModels.SERVICES);
      if (Files.isRegularFile(list)) {
        found.addAll(read(list));
        resource.addExclude(BuildModels.SERVICES);
      }
    }
    return found;
  }

  private static List<String> read(Path list) throws MojoExecutionException {
    try {
      return Files.readAllLines(list).stream()
          .map(line -> line.replaceFirst("#.*", "").trim())
          .filter(line -> !line.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new MojoExecutionException(list + " cannot be read: " + e.getMessage());
    }
  }
}
