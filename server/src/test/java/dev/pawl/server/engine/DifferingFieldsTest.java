package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.model.Json;
import org.junit.jupiter.api.Test;

class DifferingFieldsTest {
  private static java.util.List<String> of(String first, String second) {
    return DifferingFields.of(Json.parse(first), Json.parse(second));
  }

  @Test
  void fieldsAreNamedByTheirPaths() {
    assertThat(of("{\"a\":{\"b\":1,\"c\":2},\"d\":3}", "{\"a\":{\"b\":1,\"c\":9},\"e\":3}"))
        .containsExactly("a.c", "d", "e");
  }

  @Test
  void listsOfOneLengthAreComparedItemByItem() {
    assertThat(of("{\"s\":[{\"id\":1},{\"id\":2}]}", "{\"s\":[{\"id\":1},{\"id\":3}]}"))
        .containsExactly("s[1].id");
    assertThat(of("{\"s\":[1,2]}", "{\"s\":[1]}")).containsExactly("s");
  }

  @Test
  void aNumberIsTheSameHoweverItWasMade() {
    assertThat(
            DifferingFields.of(
                Json.object().put("n", 1L).put("x", 1), Json.object().put("n", 1).put("x", 2L)))
        .containsExactly("x");
  }

  @Test
  void noMoreAreNamedThanAPersonReads() {
    var first = Json.object();
    var second = Json.object();
    for (int i = 0; i < 100; i++) {
      first.put("f" + i, 1);
      second.put("f" + i, 2);
    }
    assertThat(DifferingFields.of(first, second)).hasSize(20);
    assertThat(DifferingFields.of(null, Json.object())).containsExactly("request");
  }
}
