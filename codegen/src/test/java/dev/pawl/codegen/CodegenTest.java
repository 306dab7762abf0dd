package dev.pawl.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.codegen.document.CodegenException;
import dev.pawl.codegen.emit.GeneratedFile;
import dev.pawl.model.Json;
import dev.pawl.model.Model;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodegenTest {
  @TempDir Path folder;

  @Test
  void writesSourcesReportAndAJarThatLoads() throws IOException {
    List<String> steps = new ArrayList<>();
    Path jar = folder.resolve("out/models.jar");
    Path report = folder.resolve("report.json");

    CodegenResult result =
        Codegen.run(
            CodegenOptions.of(Traps.path("reconciling"))
                .withName("shop")
                .withOut(folder.resolve("src"))
                .withReport(report)
                .withJar(jar),
            steps::add);

    assertThat(result.generated())
        .containsExactly("shop/card", "shop/firewall", "shop/group", "shop/server");
    assertThat(folder.resolve("src/dev/pawl/models/shop/Server.java")).isRegularFile();
    assertThat(Json.parse(Files.readString(report)))
        .isEqualTo(Json.parse(Json.write(result.report())));
    assertThat(steps).isNotEmpty();
    try (var loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, Model.class.getClassLoader())) {
      assertThat(ServiceLoader.load(Model.class, loader)).hasSize(4);
    }
  }

  @Test
  void aJarsBytesDependOnItsInputsAlone() throws IOException {
    CodegenOptions options = CodegenOptions.of(Traps.path("envelope-per-operation"));
    Path first = folder.resolve("a.jar");
    Path second = folder.resolve("b.jar");
    Codegen.run(options.withJar(first));
    Codegen.run(options.withJar(second));

    assertThat(Files.readAllBytes(first)).isEqualTo(Files.readAllBytes(second));
  }

  @Test
  void theNameComesFromTheFile() {
    assertThat(CodegenOptions.of(Path.of("a/My API.v1.yaml")).effectiveName())
        .isEqualTo("my-api-v1");
    assertThat(CodegenOptions.of(Path.of("digitalocean.yaml")).effectiveName())
        .isEqualTo("digitalocean");
    assertThatThrownBy(() -> CodegenOptions.of(Path.of("a.yaml")).withName("../x"))
        .isInstanceOf(CodegenException.class);
  }

  @Test
  void noFileCanBeNamedOutsideItsFolder() {
    for (String path : List.of("../x", "/x", "a/../../x", "a\\b", "", "a//b")) {
      assertThatThrownBy(() -> new GeneratedFile(path, new byte[0]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
