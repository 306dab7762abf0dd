package dev.pawl.server.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.model.Model;
import dev.pawl.server.models.LoadModels.ModelsException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models from jars that are compiled here. */
class LoadModelsTest {
  private static final String SOURCE =
      """
      package dev.pawl.models.NAME;
      import dev.pawl.model.*;
      public final class Thing implements Model {
        public ModelDescriptor descriptor() {
          BODY
          return new ModelDescriptor("TYPE", "of NAME", java.util.List.of());
        }
        public MethodResult invoke(
            String m, com.fasterxml.jackson.databind.node.ObjectNode a, MethodContext c) {
          throw new UnsupportedOperationException();
        }
      }
      """;

  @TempDir Path work;

  private Path jar(String name, String type) throws IOException {
    return jar(name, type, "");
  }

  private Path jar(String name, String type, String body) throws IOException {
    Path sources = Files.createDirectories(work.resolve("src-" + name));
    Path source = sources.resolve("Thing.java");
    Files.writeString(
        source, SOURCE.replace("NAME", name).replace("TYPE", type).replace("BODY", body));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Path out = Files.createDirectories(work.resolve("out-" + name));
    int exit =
        compiler.run(
            null,
            null,
            null,
            "-proc:none",
            "-cp",
            System.getProperty("java.class.path"),
            "-d",
            out.toString(),
            source.toString());
    assertThat(exit).isZero();
    Path jars = Files.createDirectories(work.resolve("models"));
    String entry = "dev/pawl/models/" + name + "/Thing.class";
    Path jar = jars.resolve(name + ".jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream zip = new JarOutputStream(file)) {
      zip.putNextEntry(new JarEntry(entry));
      zip.write(Files.readAllBytes(out.resolve(entry)));
      zip.putNextEntry(new JarEntry("META-INF/services/" + Model.class.getName()));
      zip.write(("dev.pawl.models." + name + ".Thing\n").getBytes(StandardCharsets.UTF_8));
    }
    return jars;
  }

  @Test
  void findsTheModelsOfEveryJar() throws IOException {
    jar("one", "one/thing");
    ModelRegistry models = LoadModels.run(jar("two", "two/thing"));
    assertThat(models.types()).contains("one/thing", "two/thing");
  }

  @Test
  void replacesTheClassPathsModelOfTheSameType() throws IOException {
    assertThat(LoadModels.run(null).find("digitalocean/vpc")).isPresent();
    ModelRegistry models = LoadModels.run(jar("own", "digitalocean/vpc"));
    assertThat(models.find("digitalocean/vpc").orElseThrow().descriptor().description())
        .isEqualTo("of own");
    assertThat(models.types()).contains("digitalocean/tag");
  }

  @Test
  void refusesTwoJarsWithOneType() throws IOException {
    jar("one", "same/thing");
    Path jars = jar("two", "same/thing");
    assertRefused(jars, List.of("one.jar", "two.jar", "same/thing"));
  }

  @Test
  void refusesWhatIsNoJar() throws IOException {
    Path jars = Files.createDirectories(work.resolve("models"));
    Files.writeString(jars.resolve("broken.jar"), "not a zip");
    assertRefused(jars, List.of("broken.jar"));
  }

  @Test
  void refusesAModelThatCannotSayWhatItIs() throws IOException {
    Path jars = jar("bad", "bad/thing", "if (true) throw new IllegalStateException(\"oh\");");
    assertRefused(jars, List.of("bad.jar", "oh"));
  }

  @Test
  void refusesADirectoryThatDoesNotExist() {
    assertRefused(work.resolve("none"), List.of("none", "does not exist"));
  }

  private static void assertRefused(Path jars, List<String> words) {
    assertThatThrownBy(() -> LoadModels.run(jars))
        .isInstanceOf(ModelsException.class)
        .hasMessageContainingAll(words.toArray(String[]::new));
  }
}
