package dev.pawl.maven;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.model.Model;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example of an extension, built as its author would. */
@Tag("real-mvn")
@Timeout(900)
class ExtensionBuildTest {
  private static final Path EXAMPLE = Path.of("..", "examples", "extension");

  @TempDir Path folder;

  @Test
  void buildsTestsAndPacksTheExampleAndSaysWhatIsWrongWithIt() throws Exception {
    Path project = copyOfExample();
    try (RealMvn mvn = new RealMvn(folder)) {
      builds(mvn, project);
      doesNothingTwice(mvn, project);
      saysWhatIsWrong(mvn, project);
    }
  }

  private static void builds(RealMvn mvn, Path project) throws Exception {
    RealMvn.Finished built = mvn.run(project, "package");
    assertThat(built.exit()).as(built.output()).isZero();
    assertThat(built.output()).contains("models greenhouse/bed", "Tests run: ");
    assertThat(typesIn(project.resolve("target/greenhouse-models-1.0.0-SNAPSHOT.jar")))
        .containsExactlyInAnyOrder("greenhouse/bed", "greenhouse/seed_order");
    assertThat(project.resolve("target/pawl/greenhouse.report.json")).isRegularFile();
  }

  private static void doesNothingTwice(RealMvn mvn, Path project) throws Exception {
    RealMvn.Finished again = mvn.run(project, "generate-sources");
    assertThat(again.exit()).as(again.output()).isZero();
    assertThat(again.output()).contains("models are up to date");
  }

  private static void saysWhatIsWrong(RealMvn mvn, Path project) throws Exception {
    Files.writeString(
        project.resolve("src/main/pawl/greenhouse.overrides.yaml"),
        "resources:\n  bed: {reconcile: {strategy: MARKR}}\n");
    RealMvn.Finished wrong = mvn.run(project, "generate-sources");
    assertThat(wrong.exit()).as(wrong.output()).isEqualTo(1);
    assertThat(wrong.output())
        .contains("greenhouse.overrides.yaml:2: ", "did you mean 'MARKER'?", "BUILD FAILURE")
        .doesNotContain("\tat ");
  }

  private Path copyOfExample() throws IOException {
    Path project = folder.resolve("extension");
    try (Stream<Path> files = Files.walk(EXAMPLE)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path name = EXAMPLE.relativize(file);
        if (!name.startsWith("target")) {
          Path copy = project.resolve(name);
          Files.createDirectories(copy.resolveSibling(""));
          Files.copy(file, copy);
        }
      }
    }
    return project;
  }

  private static List<String> typesIn(Path jar) throws IOException {
    try (var loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, Model.class.getClassLoader())) {
      return ServiceLoader.load(Model.class, loader).stream()
          .map(found -> found.get().descriptor().type())
          .toList();
    }
  }
}
