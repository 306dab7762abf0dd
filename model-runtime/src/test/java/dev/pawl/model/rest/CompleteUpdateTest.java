package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodDescriptor;
import dev.pawl.model.MethodKind;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.StoredResource;
import dev.pawl.model.rest.Operation.Body;
import dev.pawl.model.rest.Operation.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A PUT replaces the whole: what it is not given must not be wiped. */
class CompleteUpdateTest {
  private static final String TAKES =
      "{'properties':{'id':{},'name':{'type':'string'},'size':{'type':'integer'},"
          + "'tags':{'type':'array'},'labels':{'type':'object'}}}";

  private static JsonNode json(String text) {
    return Json.parse(text.replace('\'', '"'));
  }

  private static RestMethod method(String verb, Body body, String takes) {
    return new RestMethod(
        new MethodDescriptor(
            "update",
            MethodKind.UPDATE,
            "",
            (ObjectNode) json(takes),
            Json.object(),
            ResourceKey.STATE,
            Set.of()),
        new Operation(
            verb, "/things/{id}", List.of(Parameter.path("id")), body, Map.of(), "/thing"));
  }

  private static ObjectNode sent(
      RestMethod method, Reconcile strategy, StoredResource row, String given, String shown) {
    return new CompleteUpdate(Things.reconciledBy(strategy), method, row)
        .of((ObjectNode) json(given), json(shown), "installation");
  }

  private static ObjectNode put(String takes, String made, String given, String shown) {
    return sent(
        method("PUT", Body.JSON, takes), Things.NONE, Rows.made(null, json(made)), given, shown);
  }

  @Test
  void onlyWhatReplacesTheWholeNeedsWhatIsThere() {
    StoredResource row = Rows.made(null, null);
    for (Body body : Body.values()) {
      boolean whole = body == Body.JSON || body == Body.FORM;
      assertThat(
              new CompleteUpdate(Things.reconciledBy(Things.NONE), method("PUT", body, TAKES), row)
                  .needsCurrent())
          .as("PUT %s", body)
          .isEqualTo(whole);
      assertThat(
              new CompleteUpdate(
                      Things.reconciledBy(Things.NONE), method("PATCH", body, TAKES), row)
                  .needsCurrent())
          .as("PATCH %s", body)
          .isFalse();
    }
  }

  @Test
  void whatIsNotGivenIsFilledFromWhatIsShown() {
    assertThat(
            put(
                TAKES,
                "{}",
                "{'name':'new'}",
                "{'id':'t-1','name':'old','size':2,'tags':['a'],'labels':{'b':1},'status':'on'}"))
        .isEqualTo(json("{'name':'new','size':2,'tags':['a'],'labels':{'b':1}}"));
    assertThat(
            sent(
                method("PATCH", Body.JSON, TAKES),
                Things.NONE,
                Rows.made(null, null),
                "{'name':'new'}",
                "{'size':2}"))
        .isEqualTo(json("{'name':'new'}"));
  }

  /** An image is sent by its name, and shown as an object. */
  @Test
  void whatIsShownOtherwiseThanItIsTakenIsFilledFromWhatItWasMadeWith() {
    assertThat(put(TAKES, "{'name':'made','size':1}", "{}", "{'name':{'text':'x'},'size':'big'}"))
        .isEqualTo(json("{'name':'made','size':1}"));
    assertThat(put(TAKES, "{'name':'made','size':null}", "{}", "{'name':null}"))
        .isEqualTo(json("{'name':'made'}"));
    assertThat(put(TAKES, "{}", "{}", "{}")).isEmpty();
    assertThat(
            sent(method("PUT", Body.JSON, TAKES), Things.NONE, Rows.made(null, null), "{}", "{}"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "string, '\"a\"', true",
    "string, 1, false",
    "integer, 1, true",
    "integer, 1.5, false",
    "number, 1.5, true",
    "number, '\"1\"', false",
    "boolean, true, true",
    "boolean, '\"true\"', false",
    "array, [], true",
    "array, {}, false",
    "object, {}, true",
    "object, [], false",
    "unheard-of, 1, false",
  })
  void aShownValueIsSentBackWhereItHasTheTypeThatIsTaken(String type, String shown, boolean sent) {
    JsonNode value = json(shown);
    JsonNode both = Json.object().set("x", value);
    String one = "{'properties':{'x':{'type':'" + type + "'}}}";
    String several = "{'properties':{'x':{'type':['null','" + type + "']}}}";
    for (String takes : List.of(one, several)) {
      assertThat(put(takes, "{}", "{}", Json.write(both)).has("x")).as(takes).isEqualTo(sent);
    }
  }

  /** Where the document does not say the type, what was sent before does. */
  @Test
  void withoutATypeTheOneThatWasSentBeforeCounts() {
    String takes = "{'properties':{'x':{}}}";
    assertThat(put(takes, "{'x':'made'}", "{}", "{'x':'shown'}")).isEqualTo(json("{'x':'shown'}"));
    assertThat(put(takes, "{'x':'made'}", "{}", "{'x':{'a':1}}")).isEqualTo(json("{'x':'made'}"));
  }

  @Test
  void theMarkStaysWhereTagsAreReplaced() {
    String marker = Markers.marker("installation", Rows.KEY, 1);
    StoredResource row = Rows.made(null, null);
    RestMethod patch = method("PATCH", Body.JSON, TAKES);
    RestMethod put = method("PUT", Body.JSON, TAKES);
    Reconcile labels = new Reconcile.Marker("/labels", Reconcile.Marker.Shape.MAP);

    assertThat(sent(patch, Things.MARKER, row, "{'tags':['a']}", "{}"))
        .isEqualTo(json("{'tags':['a','" + marker + "']}"));
    assertThat(sent(patch, Things.MARKER, row, "{'name':'a'}", "{}"))
        .as("no tags are replaced")
        .isEqualTo(json("{'name':'a'}"));
    assertThat(sent(patch, labels, row, "{'labels':{'a':'1'}}", "{}"))
        .as("a map's other members stay")
        .isEqualTo(json("{'labels':{'a':'1'}}"));
    assertThat(sent(put, labels, row, "{'labels':{'a':'1'}}", "{}").path("labels").path("pawl"))
        .hasToString("\"" + marker + "\"");
    assertThat(sent(put, Things.NONE, row, "{'tags':['a']}", "{}"))
        .isEqualTo(json("{'tags':['a']}"));
    assertThat(sent(put, Things.MARKER, row, "{'name':'a'}", "{}").has("tags"))
        .as("the API shows no tags")
        .isFalse();
  }
}
