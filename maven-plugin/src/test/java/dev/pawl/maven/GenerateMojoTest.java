package dev.pawl.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateMojoTest {
  private static final Path DOCUMENT =
      Path.of("..", "examples", "extension", "src", "main", "pawl", "greenhouse.yaml");
  private static final String LIST = "META-INF/services/dev.pawl.model.Model";

  @TempDir Path folder;
  private Path specs;
  private GenerateMojo mojo;

  @BeforeEach
  void prepare() throws IOException {
    specs = Files.createDirectories(folder.resolve("src/main/pawl"));
    mojo = mojo();
  }

  private GenerateMojo mojo() {
    GenerateMojo made = new GenerateMojo();
    made.specs = specs.toFile();
    made.sources = folder.resolve("target/generated-sources/pawl").toFile();
    made.resources = folder.resolve("target/generated-resources/pawl").toFile();
    made.reports = folder.resolve("target/pawl").toFile();
    made.project = new MavenProject();
    return made;
  }

  @Test
  void addsSourcesAndResourcesAlsoWhenNothingHasChanged() throws Exception {
    Files.copy(DOCUMENT, specs.resolve("greenhouse.yaml"));
    mojo.execute();
    GenerateMojo second = mojo();
    second.execute();

    for (MavenProject project : new MavenProject[] {mojo.project, second.project}) {
      assertThat(project.getCompileSourceRoots()).containsExactly(mojo.sources.getPath());
      assertThat(project.getResources())
          .extracting(Resource::getDirectory)
          .containsExactly(mojo.resources.getPath());
    }
    assertThat(mojo.sources.toPath().resolve("dev/pawl/models/greenhouse/Bed.java"))
        .isRegularFile();
    assertThat(folder.resolve("target/pawl/greenhouse.report.json")).isRegularFile();
  }

  @Test
  void theProjectsOwnListBecomesPartOfTheGeneratedOne() throws Exception {
    Files.copy(DOCUMENT, specs.resolve("greenhouse.yaml"));
    Resource own = new Resource();
    own.setDirectory(folder.resolve("src/main/resources").toString());
    mojo.project.addResource(own);
    Path list = folder.resolve("src/main/resources").resolve(LIST);
    Files.createDirectories(list.resolveSibling(""));
    Files.writeString(list, "# by hand\nacme.SeedOrder # comes first\n\n");

    mojo.execute();

    assertThat(own.getExcludes()).containsExactly(LIST);
    assertThat(mojo.resources.toPath().resolve(LIST))
        .content()
        .isEqualTo("acme.SeedOrder\ndev.pawl.models.greenhouse.Bed\n");
  }

  @Test
  void anotherName() throws Exception {
    Files.copy(DOCUMENT, specs.resolve("greenhouse.yaml"));
    mojo.name = "glass";
    mojo.execute();
    assertThat(mojo.sources.toPath().resolve("dev/pawl/models/glass/Bed.java")).isRegularFile();

    mojo.name = "Glass House";
    assertFails("the name 'Glass House' must be lower-case letters");
  }

  @Test
  void skipped() throws Exception {
    mojo.specs = folder.resolve("none").toFile();
    mojo.skip = true;
    mojo.execute();
    assertThat(mojo.project.getCompileSourceRoots()).isEmpty();
  }

  @Test
  void aMissingFolder() {
    mojo.specs = folder.resolve("none").toFile();
    assertFails("none does not exist; put an OpenAPI document there");
  }

  @Test
  void anEmptyFolder() {
    assertFails("src/main/pawl has no OpenAPI document");
  }

  @Test
  void aBadDocument() throws IOException {
    Files.writeString(specs.resolve("bad.yaml"), "title: no API at all\n");
    assertFails("bad.yaml");
  }

  @Test
  void aMistakeInTheOverridesNamesItsLine() throws IOException {
    Files.copy(DOCUMENT, specs.resolve("greenhouse.yaml"));
    Files.writeString(
        specs.resolve("greenhouse.overrides.yaml"),
        "resources:\n  bed:\n    verify: GET\n    reconsile: {strategy: NONE}\n");
    assertFails("greenhouse.overrides.yaml:4: unknown key 'reconsile'; did you mean 'reconcile'?");
  }

  @Test
  void overridesOfNothing() throws IOException {
    Files.copy(DOCUMENT, specs.resolve("greenhouse.yaml"));
    mojo.overrides = folder.resolve("none.yaml").toFile();
    assertFails("none.yaml");
  }

  /** Without a cause, which Maven would print behind the message. */
  private void assertFails(String words) {
    assertThatThrownBy(mojo::execute)
        .isInstanceOf(MojoFailureException.class)
        .hasMessageContaining(words)
        .hasNoCause();
  }
}
