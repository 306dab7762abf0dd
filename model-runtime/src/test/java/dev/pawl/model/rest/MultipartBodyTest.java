package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MultipartBodyTest {
  private static MultipartBody body(String json) {
    return new MultipartBody(Json.parse(json), Set.of("file", "pages"));
  }

  private static String text(String json) throws MethodException {
    return new String(body(json).bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void filesAreDecodedAndTheRestIsText() throws Exception {
    String text =
        text("{\"name\":\"blåbær\",\"file\":\"aGVsbG8=\",\"size\":{\"w\":1},\"none\":null}");

    assertThat(text)
        .contains("name=\"name\"", "blåbær")
        .contains("name=\"file\"; filename=\"file\"", "application/octet-stream", "hello")
        .contains("name=\"size\"", "application/json", "{\"w\":1}")
        .doesNotContain("name=\"none\"");
  }

  @Test
  void severalFilesAreSeveralParts() throws Exception {
    assertThat(text("{\"pages\":[\"b25l\",\"dHdv\"]}").split("; name=\"pages\"", -1)).hasSize(3);
  }

  @Test
  void theSameArgumentsGiveTheSameBytes() throws Exception {
    String json = "{\"name\":\"a\",\"file\":\"aGVsbG8=\"}";

    assertThat(body(json).bytes()).isEqualTo(body(json).bytes());
    assertThat(text(json)).contains(body(json).contentType().replaceFirst(".*boundary=", "--"));
    assertThat(body(json).contentType()).isNotEqualTo(body("{\"name\":\"b\"}").contentType());
  }

  @Test
  void whatIsNoBase64IsRefused() {
    assertThatThrownBy(() -> body("{\"file\":\"§\"}").bytes())
        .isInstanceOf(MethodException.class)
        .hasMessageContaining("'file' must be a file's content in Base64");
  }
}
