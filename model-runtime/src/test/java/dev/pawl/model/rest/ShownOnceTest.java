package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.Json;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A key's secret comes with the create's answer, and must outlive every read. */
@NullUnmarked // a null where none belongs fails the test
class ShownOnceTest {
  private static final RestResource KEYS = keys();

  private static RestResource keys() {
    RestResource plain = Things.reconciledBy(Things.NONE);
    return new RestResource(
        plain.type(),
        plain.api(),
        plain.create(),
        plain.get(),
        null,
        null,
        null,
        plain.identity(),
        plain.reconcile(),
        null,
        null,
        Set.of(),
        Set.of("secret"),
        null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"secret\":\"s\",\"a\":1} | {\"a\":2}                  | {\"a\":2,\"secret\":\"s\"}",
        "{\"secret\":\"s\"}         | {\"a\":2,\"secret\":null}  | {\"a\":2,\"secret\":\"s\"}",
        "{\"secret\":\"s\"}         | {\"secret\":\"new\"}       | {\"secret\":\"new\"}",
        "{\"secret\":null}          | {\"a\":2}                  | {\"a\":2}",
        "{\"a\":1}                  | {\"a\":2}                  | {\"a\":2}",
        "{\"secret\":\"s\"}         | [1]                        | [1]",
      })
  void whatAReadHidesIsKept(String stored, String shown, String kept) {
    assertThat(ShownOnce.kept(KEYS, Json.parse(stored), Json.parse(shown)))
        .isEqualTo(Json.parse(kept));
  }

  @Test
  void whatWasReadIsItselfNotChanged() {
    JsonNode shown = Json.parse("{\"a\":2}");
    ShownOnce.kept(KEYS, Json.parse("{\"secret\":\"s\"}"), shown);
    assertThat(shown).isEqualTo(Json.parse("{\"a\":2}"));
    assertThat(ShownOnce.kept(KEYS, null, shown)).isSameAs(shown);
  }
}
