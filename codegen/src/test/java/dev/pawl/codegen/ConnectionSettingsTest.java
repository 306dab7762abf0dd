package dev.pawl.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.codegen.ir.Api;
import dev.pawl.model.Json;
import dev.pawl.model.Model;
import dev.pawl.model.Outcome;
import dev.pawl.model.testkit.FakeConnection;
import dev.pawl.model.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What all paths begin with is a setting of the connection, where it can be nothing else. */
class ConnectionSettingsTest {
  private static final String TRAP = "connection-settings";
  private static final ObjectNode BOX = object("{'id': '7', 'title': 't'}");

  @TempDir Path folder;
  private final FakeConnection connection = new FakeConnection("trap");

  @Test
  void theReportSaysWhichAndWhyAndNoParentIsLeft() {
    JsonNode report = Report.of(Traps.api(TRAP));

    assertThat(report.path("connectionParams")).hasSize(1);
    JsonNode account = report.path("connectionParams").path(0);
    assertThat(account.path("name").asText()).isEqualTo("account_id");
    assertThat(account.path("confidence").asText()).isEqualTo("MEDIUM");
    assertThat(account.path("reason").asText()).startsWith("6 of 6 paths begin with it");
    assertThat(Traps.resource(TRAP, "box").path("parents")).isEmpty();
    assertThat(Traps.resource(TRAP, "box_label").path("parents"))
        .extracting(JsonNode::asText)
        .containsExactly("box_id");
  }

  @Test
  void theConnectionGivesIt() throws Exception {
    connection.param("account_id", "a 1");
    connection
        .on("POST /v1/accounts/a%201/boxes", 201, BOX)
        .on("GET /v1/accounts/a%201/boxes/7", 200, BOX)
        .on("GET /v1/accounts/a%201/boxes", 200, Json.parse("[" + Json.write(BOX) + "]"));
    Model box = box();
    TestContext context = context();

    assertThat(required(box)).doesNotContain("account_id");
    assertThat(create(box, "{'title': 't'}", context)).isEqualTo(Outcome.CREATED);
    assertThat(create(box, "{'title': 't'}", context)).isEqualTo(Outcome.VERIFIED);
    assertThat(box.invoke("list", object("{}"), context).output().path("items")).hasSize(1);
  }

  @Test
  void anArgumentWins() throws Exception {
    connection.param("account_id", "a1");
    connection
        .on("POST /v1/accounts/mine/boxes", 201, BOX)
        .on("GET /v1/accounts/mine/boxes", 200, Json.parse("[]"))
        .on("GET /v1/accounts/mine/boxes/7", 200, BOX);
    Model box = box();
    TestContext context = context();

    assertThat(create(box, "{'account_id': 'mine', 'title': 't'}", context))
        .isEqualTo(Outcome.CREATED);
    assertThat(box.invoke("get", object("{}"), context).output().path("id").asText())
        .as("what is stored says whose it is")
        .isEqualTo("7");
  }

  @Test
  void whereNeitherSaysItTheMessageNamesTheSetting() {
    Model box = box();

    for (String method : List.of("create", "list")) {
      assertThatThrownBy(() -> box.invoke(method, object("{}"), context()))
          .hasMessageContaining("connection trap has no param account_id")
          .hasMessageContaining("params: {account_id: …}")
          .hasMessageContaining("param.account_id=…");
    }
    assertThat(connection.requests()).isEmpty();
  }

  /** Each change takes away one of the reasons. */
  @ParameterizedTest
  @CsvSource({
    "account_id, shelf_id",
    "/v1/accounts/{account_id}/usage, /v1/accounts",
    "/v1/accounts/{account_id}/usage, /v1/usage",
    "/v1/accounts/{account_id}/usage, /v1/accounts/{account_id}/boxes/usage"
  })
  void aWrongGuessIsWorseThanNone(String what, String instead) throws IOException {
    String text = Files.readString(Traps.path(TRAP)).replace(what, instead);

    assertThat(Traps.of(text).descriptor().connectionParams()).isEmpty();
  }

  @Test
  void theOverridesHaveTheLastWord() throws IOException {
    assertThat(overridden("connectionParams: []\n").descriptor().connectionParams()).isEmpty();
    assertThat(overridden("connectionParams: [box_id]\n").descriptor().connectionParams())
        .containsExactly("box_id");
    assertThatThrownBy(() -> overridden("connectionParams: [acount_id]\n"))
        .hasMessageContaining("overrides.yaml")
        .hasMessageContaining("did you mean 'account_id'?");
  }

  private Api overridden(String text) throws IOException {
    Path file = folder.resolve("overrides.yaml");
    Files.writeString(file, text);
    return Codegen.understand(CodegenOptions.of(Traps.path(TRAP)).withOverrides(file));
  }

  private static Model box() {
    return Generated.of(Traps.api(TRAP)).models().stream()
        .filter(m -> m.descriptor().type().equals("trap/box"))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> required(Model box) {
    JsonNode schema = box.descriptor().method("create").orElseThrow().argumentsSchema();
    return Json.mapper().convertValue(schema.withArray("required"), List.class);
  }

  private TestContext context() {
    return TestContext.of("trap/box", "one").connection(connection).build();
  }

  private static Outcome create(Model box, String arguments, TestContext context) throws Exception {
    return box.invoke("create", object(arguments), context).outcome();
  }

  private static ObjectNode object(String text) {
    return (ObjectNode) Json.parse(text.replace('\'', '"'));
  }
}
