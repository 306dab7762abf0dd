package dev.pawl.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.Model;
import dev.pawl.model.Outcome;
import dev.pawl.model.testkit.FakeConnection;
import dev.pawl.model.testkit.TestContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What generated updates, deletes and lists send. */
class GeneratedVerbsTest {
  private static final Generated MODELS = Generated.of(Traps.api("updates-of-two-kinds"));

  private final FakeConnection api = new FakeConnection("trap");

  @Test
  void aPatchSendsOnlyWhatIsGivenAndNullsThatAreSaid() throws Exception {
    ObjectNode shown = object("{'id': 'b1', 'label': 'a', 'note': 'n', 'size': 's'}");
    api.on("GET /boxes", 200, object("{'boxes': []}"))
        .on("POST /boxes", 201, shown)
        .on("GET /boxes/b1", 200, shown)
        .on("PATCH /boxes/b1", 200, shown);
    TestContext context = TestContext.of("trap/box", "one").connection(api).build();
    Model box = model("box");
    box.invoke("create", object("{'label': 'a', 'note': 'n'}"), context);

    box.invoke("update", object("{'size': 'm'}"), context);
    box.invoke("update", object("{'note': null}"), context);

    assertThat(sent("PATCH")).containsExactly("{\"size\":\"m\"}", "{\"note\":null}");
  }

  @Test
  void aPutKeepsWhatItIsNotGiven() throws Exception {
    ObjectNode made =
        object("{'id': 'c1', 'label': 'a', 'note': 'n', 'size': {'slug': 's'}, 'made': 'now'}");
    api.on("POST /crates", 201, made)
        .on("GET /crates/c1", 200, made.deepCopy().put("note", "changed by hand"))
        .on("PUT /crates/c1", 200, made);
    TestContext context = TestContext.of("trap/crate", "one").connection(api).build();
    Model crate = model("crate");
    crate.invoke("create", object("{'label': 'a', 'note': 'n', 'size': 's'}"), context);

    crate.invoke("update", object("{'label': 'b'}"), context);
    crate.invoke("update", object("{'label': 'b', 'note': null}"), context);

    assertThat(sent("PUT").stream().map(Json::parse).map(Json::canonical))
        .containsExactly(
            Json.canonical(object("{'label': 'b', 'note': 'changed by hand', 'size': 's'}")),
            Json.canonical(object("{'label': 'b', 'note': null, 'size': 's'}")));
  }

  @Test
  void aDeleteOfWhatIsGoneIsDone() throws Exception {
    ObjectNode shown = object("{'id': 'b1', 'label': 'a'}");
    api.on("GET /boxes", 200, object("{'boxes': []}"))
        .on("POST /boxes", 201, shown)
        .on("GET /boxes/b1", 200, shown)
        .on("DELETE /boxes/b1", 404, object("{'message': 'no such box'}"));
    TestContext context = TestContext.of("trap/box", "one").connection(api).build();
    Model box = model("box");
    box.invoke("create", object("{'label': 'a'}"), context);

    assertThat(box.invoke("delete", Json.object(), context).outcome()).isEqualTo(Outcome.EXECUTED);
    assertThat(box.invoke("delete", Json.object(), context).outcome()).isEqualTo(Outcome.REUSED);
  }

  @Test
  void aListIsReadToItsEnd() throws Exception {
    api.on("GET /boxes", 200, object("{'boxes': [{'id': 'b1'}, {'id': 'b2'}], 'next': 'b2'}"))
        .on("GET /boxes", 200, object("{'boxes': [{'id': 'b3'}], 'next': null}"));
    TestContext context = TestContext.of("trap/box", "one").connection(api).build();

    var items = model("box").invoke("list", Json.object(), context).output().path("items");

    assertThat(items.findValuesAsText("id")).containsExactly("b1", "b2", "b3");
    assertThat(api.requests())
        .extracting(r -> String.valueOf(r.uri().getQuery()))
        .containsExactly("null", "after=b2");
  }

  private List<String> sent(String method) {
    return api.requests().stream()
        .filter(r -> r.method().equals(method))
        .map(r -> new String(Objects.requireNonNull(r.body()), StandardCharsets.UTF_8))
        .toList();
  }

  private static ObjectNode object(String text) {
    return (ObjectNode) Json.parse(text.replace('\'', '"'));
  }

  private static Model model(String kind) {
    return MODELS.models().stream()
        .filter(m -> m.descriptor().type().equals("trap/" + kind))
        .findFirst()
        .orElseThrow();
  }
}
