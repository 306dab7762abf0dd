package dev.pawl.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.codegen.document.CodegenException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildModelsTest {
  @TempDir Path folder;
  private Path specs;
  private Path sources;
  private Path resources;
  private BuildOptions options;

  @BeforeEach
  void prepare() throws IOException {
    specs = Files.createDirectories(folder.resolve("specs"));
    Files.copy(Traps.path("reconciling"), specs.resolve("shop.yaml"));
    sources = folder.resolve("target/sources/pawl");
    resources = folder.resolve("target/resources/pawl");
    options = BuildOptions.of(specs, sources, resources);
  }

  @Test
  void aBuildSkipsWhatIsUpToDateAndRemovesWhatIsGone() throws IOException {
    run(options);
    Path server = sources.resolve("dev/pawl/models/shop/Server.java");
    assertThat(server).isRegularFile();
    assertThat(resources.resolve("META-INF/pawl/specs/shop.yaml")).isRegularFile();

    Files.writeString(server, "touched");
    assertThat(run(options)).isInstanceOf(BuildResult.UpToDate.class);
    assertThat(server).hasContent("touched");

    Files.writeString(
        specs.resolve("shop.overrides.yaml"), "resources: {server: {exclude: true}}\n");
    assertThat(run(options)).isInstanceOf(BuildResult.Generated.class);
    assertThat(server).doesNotExist();
    assertThat(sources.resolve("dev/pawl/models/shop/Card.java")).isRegularFile();
  }

  @Test
  void whatSomebodyHasRemovedIsWrittenAgain() throws IOException {
    run(options);
    Path server = sources.resolve("dev/pawl/models/shop/Server.java");
    Files.delete(server);
    run(options);
    assertThat(server).isRegularFile();
  }

  @Test
  void ownModelsAreInTheListAndTheReportBesideIt() throws IOException {
    Path reports = folder.resolve("target/reports");
    BuildResult result =
        run(options.withReports(reports).withOwnModels(List.of("acme.ByHand", "acme.Other")));

    assertThat(resources.resolve(BuildModels.SERVICES))
        .content()
        .contains("acme.ByHand\nacme.Other\n", "dev.pawl.models.shop.Server");
    assertThat(reports.resolve("shop.report.json")).content().contains("shop/server");
    assertThat(result)
        .isInstanceOfSatisfying(
            BuildResult.Generated.class,
            g -> assertThat(g.documents().get(0).types()).contains("shop/server", "shop/card"));
    assertThat(run(options.withReports(reports))).isInstanceOf(BuildResult.Generated.class);
    assertThat(resources.resolve(BuildModels.SERVICES)).content().doesNotContain("acme");
  }

  @Test
  void oneDocumentMayHaveAnotherNameAndOverridesElsewhere() throws IOException {
    Path elsewhere =
        Files.writeString(folder.resolve("mine.yaml"), "resources: {server: {exclude: true}}\n");
    run(
        BuildOptions.of(specs.resolve("shop.yaml"), sources, resources)
            .withName("store")
            .withOverrides(elsewhere));
    assertThat(sources.resolve("dev/pawl/models/store/Card.java")).isRegularFile();
    assertThat(sources.resolve("dev/pawl/models/store/Server.java")).doesNotExist();
  }

  @Test
  void twoBuildsBesideOneAnotherKeepTheirFiles() throws IOException {
    run(options);
    Path other = Files.createDirectories(folder.resolve("other"));
    Files.copy(Traps.path("envelope-per-operation"), other.resolve("cloud.yaml"));
    run(
        BuildOptions.of(
            other, sources.resolveSibling("second"), resources.resolveSibling("second")));
    assertThat(sources.resolve("dev/pawl/models/shop/Server.java")).isRegularFile();
  }

  @Test
  void whatIsWrongWithTheFolderIsSaid() throws IOException {
    refused(BuildOptions.of(folder.resolve("none"), sources, resources), "does not exist");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    refused(BuildOptions.of(empty, sources, resources), "has no OpenAPI document");

    Files.writeString(specs.resolve("shpo.overrides.yaml"), "resources: {}\n");
    refused(options, "shpo.overrides.yaml belongs to no document; expected shpo.yaml");
    Files.delete(specs.resolve("shpo.overrides.yaml"));

    Files.copy(specs.resolve("shop.yaml"), specs.resolve("shop.yml"));
    refused(options, "would both be named 'shop'");
    refused(options.withName("x"), "has 2 documents");
  }

  @Test
  void aBadDocumentLeavesWhatWasThere() throws IOException {
    run(options);
    Files.writeString(specs.resolve("worse.yaml"), "openapi: 3.0.0\npaths: [\n");
    refused(options, "worse.yaml");
    assertThat(sources.resolve("dev/pawl/models/shop/Server.java")).isRegularFile();
  }

  private void refused(BuildOptions wrong, String words) {
    assertThatThrownBy(() -> run(wrong))
        .isInstanceOf(CodegenException.class)
        .hasMessageContaining(words);
  }

  private static BuildResult run(BuildOptions options) {
    return BuildModels.run(options, step -> {});
  }
}
