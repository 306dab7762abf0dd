package dev.pawl.server.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pawl.model.Json;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"30s\" | PT30S",
        "\"2m\" | PT2M",
        "\"1h30m\" | PT1H30M",
        "\"500ms\" | PT0.5S",
        "\"1d\" | PT24H",
        "{\"minutes\":1,\"seconds\":5} | PT1M5S"
      })
  void reads(String json, Duration duration) {
    assertThat(Durations.parse(Json.parse(json))).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"30\"",
        "30",
        "\"-1s\"",
        "\"1 h\"",
        "\"\"",
        "\"0s\"",
        "\"367d\"",
        "{}",
        "{\"minute\":1}",
        "{\"minutes\":-1}",
        "{\"minutes\":1.5}",
        "null",
        "\"PT1S\"",
        "\"99999999999s\""
      })
  void refuses(String json) {
    assertThatIllegalArgumentException().isThrownBy(() -> Durations.parse(Json.parse(json)));
  }
}
