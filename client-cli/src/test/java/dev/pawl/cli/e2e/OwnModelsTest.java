package dev.pawl.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From an API's document to models in a running server, without a build. */
@Timeout(300)
class OwnModelsTest {
  @TempDir Path home;
  private Pawl pawl;

  @BeforeEach
  void start() {
    pawl = new Pawl(home);
  }

  @AfterEach
  void end() throws Exception {
    pawl.end();
  }

  @Test
  void theExampleRunsOnModelsFromAJar() throws Exception {
    assertExampleRunsOn(Path.of("..", "generated-models", "specs", "digitalocean.yaml"));
  }

  @Test
  void theExampleRunsOnModelsOfThePublishedDocument() throws Exception {
    Path published = Path.of("..", "..", "shared", "specs", "digitalocean.yaml");
    assumeTrue(Files.exists(published), () -> "skipped: there is no " + published);
    assertExampleRunsOn(published);
  }

  private void assertExampleRunsOn(Path spec) throws Exception {
    Path models = Files.createDirectory(home.resolve("models"));
    // A name that no built-in model has.
    pawl.run(
            "codegen",
            spec.toString(),
            "--name",
            "ocean",
            "--jar",
            models.resolve("ocean.jar").toString())
        .exits(0);
    Path workflow =
        Files.writeString(
            home.resolve("ocean.yaml"),
            Files.readString(WebTier.file()).replace("digitalocean/", "ocean/"));
    SandboxProcess api = pawl.sandbox();
    PawlServerProcess server =
        pawl.server(
            pawl.dataDirectory("data"),
            "--port",
            "0",
            "--models-dir",
            models.toString(),
            "--connection",
            "ocean=" + api.url());

    RunAnswer first =
        pawl.runDocument("run", workflow.toString(), "--server", server.address()).succeeded();
    RunAnswer second =
        pawl.runDocument("run", workflow.toString(), "--server", server.address()).succeeded();

    assertThat(first.steps()).isEqualTo(WebTier.CREATED);
    assertThat(second.steps()).isEqualTo(WebTier.KEPT);
    assertThat(api.postsAfter(0)).isEqualTo(WebTier.POSTS);
  }

  @Test
  void modelsThatCannotBeUsedAreTheCallersMistakeWhereverTheyAreAskedFor() throws Exception {
    Path models = Files.createDirectory(home.resolve("twice"));
    Path spec = Path.of("..", "generated-models", "specs", "digitalocean.yaml");
    Path jar = models.resolve("one.jar");
    pawl.run("codegen", spec.toString(), "--name", "ocean", "--jar", jar.toString()).exits(0);
    Files.copy(jar, models.resolve("two.jar"));

    for (Path wrong : new Path[] {models, home.resolve("missing")}) {
      Finished listed = pawl.run("models", "--models-dir", wrong.toString(), "-o", "json").exits(2);
      Finished served =
          pawl.run(
                  "server",
                  "--port",
                  "0",
                  "--data-dir",
                  home.resolve("unused").toString(),
                  "--models-dir",
                  wrong.toString(),
                  "-o",
                  "json")
              .exits(2);
      assertThat(served.error().path("reason").asText()).isEqualTo("MODELS");
      assertThat(served.error().path("message")).isEqualTo(listed.error().path("message"));
    }
  }
}
