package dev.pawl.codegen.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TreeReaderTest {

  @Test
  void yamlKeysAreTextAndLaterDuplicatesWin() {
    var tree =
        TreeReader.parse("a.yaml", "200: {a: 1}\nok: yes\nok: true\nbig: 12345678901234567890\n");

    assertThat(tree.path("200").path("a").asInt()).isEqualTo(1);
    assertThat(tree.path("ok").isBoolean()).isTrue();
    assertThat(tree.path("big").asText()).isEqualTo("12345678901234567890");
  }

  @Test
  void aYamlBombIsRefused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 12; i++) {
      String before = "*a" + (i - 1);
      bomb.append(
          "a%d: &a%d [%s]\n"
              .formatted(i, i, String.join(",", java.util.Collections.nCopies(10, before))));
    }

    assertThatThrownBy(() -> TreeReader.parse("bomb.yaml", bomb.toString()))
        .isInstanceOf(CodegenException.class)
        .hasMessageContaining("bomb.yaml");
  }

  @Test
  void anAliasThatHoldsItselfIsRefused() {
    assertThatThrownBy(() -> TreeReader.parse("loop.yaml", "a: &a {b: *a}\n"))
        .isInstanceOf(CodegenException.class)
        .hasMessageContaining("loop.yaml");
  }

  @Test
  void deepNestingIsRefusedInBothLanguages() {
    String deep = "[".repeat(100_000);

    assertThatThrownBy(() -> TreeReader.parse("deep.yaml", deep))
        .isInstanceOf(CodegenException.class);
    assertThatThrownBy(() -> TreeReader.parse("deep.json", "{\"a\":" + deep))
        .isInstanceOf(CodegenException.class);
  }

  @Test
  void mistakesNameFileAndPlace() {
    assertThatThrownBy(() -> TreeReader.parse("x.json", "{\n  \"a\": ,\n}"))
        .hasMessageContaining("x.json:2");
    assertThatThrownBy(() -> TreeReader.parse("x.yaml", "a: b\n c: d\n"))
        .hasMessageContaining("x.yaml")
        .hasMessageContaining("line 2");
    assertThatThrownBy(() -> TreeReader.read(Path.of("nowhere.yaml")))
        .hasMessageContaining("nowhere.yaml does not exist");
  }

  @Test
  void whatIsNoOpenApiDocumentIsSaidSo() {
    assertThatThrownBy(() -> ApiDocument.of("x.yaml", TreeReader.parse("x.yaml", "steps: []")))
        .isInstanceOf(CodegenException.class)
        .hasMessageContaining("neither 'openapi' nor 'swagger'");
    assertThatThrownBy(() -> ApiDocument.of("x.yaml", TreeReader.parse("x.yaml", "openapi: 4.0.0")))
        .hasMessageContaining("4.0.0");
    assertThatThrownBy(() -> ApiDocument.of("x.yaml", TreeReader.parse("x.yaml", "openapi: 3.0.0")))
        .hasMessageContaining("'paths'");
    assertThatThrownBy(() -> ApiDocument.of("x.yaml", TreeReader.parse("x.yaml", "")))
        .isInstanceOf(CodegenException.class);
  }
}
