package dev.pawl.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {
  @ParameterizedTest
  @ValueSource(
      strings = {"", "plain", "é", "\u07ff\u0800", "€\uffff", "a😀b", "\u0000\u007f\u0080"})
  void countsWhatEncodingWouldGive(String text) {
    assertThat(Utf8.length(text)).isEqualTo(text.getBytes(UTF_8).length);
    JsonNode value = Json.object().put(text, text).set("more", Json.parse("[1, 2.50, null, []]"));
    assertThat(Utf8.lengthOfJson(value)).isEqualTo(Json.write(value).getBytes(UTF_8).length);
  }
}
