package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.Cli.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands that need neither a server nor a database: {@link Cli} would fail if one was started.
 */
class LocalCommandsTest {
  private static final Path EXAMPLE = Path.of("..", "examples", "web-tier", "workflow.yaml");

  @TempDir Path folder;

  @Test
  void theExampleIsValid() {
    Result result = new Cli().run("validate", EXAMPLE.toString());
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).contains("web-tier is valid");
  }

  @Test
  void everyProblemIsToldAtItsPlace() throws Exception {
    String text =
        Files.readString(EXAMPLE)
            .replace("skipIfExists", "skipIfExist")
            .replace("digitalocean/vpc", "digitalocean/vcp");
    Path file = Files.writeString(folder.resolve("w.yaml"), text);
    Result result = new Cli().run("validate", file.toString(), "-o", "json");
    assertThat(result.code()).isEqualTo(2);
    JsonNode error = result.json().at("/error");
    assertThat(error.at("/reason").asText()).isEqualTo("INVALID_WORKFLOW");
    assertThat(error.at("/violations"))
        .allMatch(v -> v.at("/field").asText().matches(".*w\\.yaml:\\d+:\\d+"))
        .anyMatch(v -> v.at("/message").asText().contains("'skipIfExists'"))
        .anyMatch(v -> v.at("/message").asText().contains("'digitalocean/vpc'"));
  }

  @Test
  void modelsAreListedAndShown() throws Exception {
    assertThat(new Cli().run("models").out()).contains("digitalocean/droplet");
    JsonNode droplet = new Cli().run("models", "show", "digitalocean/droplet", "-o", "json").json();
    assertThat(droplet.at("/connection").asText()).isEqualTo("digitalocean");
    assertThat(droplet.at("/methods"))
        .anyMatch(
            m ->
                m.at("/name").asText().equals("create")
                    && m.at("/arguments/properties/size").isObject());
  }

  @Test
  void anUnknownModelIsRefusedWithNearMisses() {
    Result result = new Cli().run("models", "show", "digitalocean/droplets");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("did you mean", "digitalocean/droplet");
    assertThat(new Cli().run("models", "show", "digitalocean/tg").err())
        .contains("did you mean: digitalocean/tag?");
  }

  @Test
  void theSchemaIsOneDocument() throws Exception {
    assertThat(new Cli().run("schema", "-o", "json").json().at("/$schema").asText())
        .contains("json-schema.org");
  }

  @Test
  void theVersionIsOneDocumentToo() throws Exception {
    assertThat(new Cli().run("--version").out()).startsWith("pawl ");
    for (String[] line :
        new String[][] {{"--version", "-o", "json"}, {"run", "--version", "-o", "json"}}) {
      Result result = new Cli().run(line);
      assertThat(result.code()).as(result.err()).isZero();
      assertThat(result.json().at("/version").asText()).matches("\\d+\\..*");
    }
  }

  @Test
  void aDocumentThatCannotBeReadIsSaidInPlainWords() throws Exception {
    Path spec = Files.writeString(folder.resolve("api.yaml"), "openapi: 3.0.0\npaths: {}\n");
    Path missing = folder.resolve("none.yaml");
    Result noOverrides =
        new Cli().run("codegen", spec.toString(), "--overrides", missing.toString());
    assertThat(noOverrides.code()).isEqualTo(2);
    assertThat(noOverrides.err())
        .contains("none.yaml", "does not exist")
        .doesNotContain("Exception");

    Path file = Files.writeString(folder.resolve("taken"), "a file");
    Result inTheWay =
        new Cli().run("codegen", spec.toString(), "--report", file.resolve("r.json").toString());
    assertThat(inTheWay.code()).isEqualTo(2);
    assertThat(inTheWay.err()).contains("taken", "cannot be written").doesNotContain("Exception");

    Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe9, '\n'});
    Result latin = new Cli().run("codegen", folder.resolve("latin.yaml").toString());
    assertThat(latin.err()).contains("latin.yaml", "not UTF-8").doesNotContain("Exception");
  }
}
