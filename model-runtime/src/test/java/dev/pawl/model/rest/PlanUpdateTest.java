package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodDescriptor;
import dev.pawl.model.MethodKind;
import dev.pawl.model.Reason;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.rest.Operation.Body;
import dev.pawl.model.rest.Operation.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which arguments of a create an update can give, and what it is refused for. */
@NullUnmarked // a null where none belongs fails the test
class PlanUpdateTest extends CannedApiTest {
  private static final String ALL = "{'properties':{'name':{},'size':{},'tags':{},'password':{}}}";

  private final String marker = Markers.marker(repository.installationId(), Rows.KEY, 1);

  private static JsonNode json(String text) {
    return Json.parse(text.replace('\'', '"'));
  }

  private static RestMethod method(String verb, String takes) {
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
            verb, "/things/{id}", List.of(Parameter.path("id")), Body.JSON, Map.of(), "/thing"));
  }

  private PlanUpdate plan(
      Reconcile strategy, @Nullable RestMethod update, String made, String wanted) {
    RestResource resource = Things.reconciledBy(strategy);
    return new PlanUpdate(
        resource,
        update,
        new PlanCreate(resource, (ObjectNode) json(wanted), context),
        Rows.made(Json.object(), json(made)));
  }

  private @Nullable String obstacle(RestMethod update, String made, String wanted) {
    return plan(Things.NONE, update, made, wanted).obstacle().orElse(null);
  }

  private ObjectNode sent(Reconcile strategy, RestMethod update, String made, String wanted)
      throws Exception {
    return plan(strategy, update, made, wanted).arguments(context);
  }

  @Test
  void whatTheUpdateTakesIsSent() throws Exception {
    RestMethod patch = method("PATCH", ALL);
    assertThat(sent(Things.NONE, patch, "{'name':'a','zone':1}", "{'name':'b','zone':1}"))
        .isEqualTo(json("{'name':'b'}"));
    assertThat(sent(Things.NONE, method("PATCH", "{}"), "{'zone':1}", "{'zone':2}"))
        .as("one that lists nothing takes all")
        .isEqualTo(json("{'zone':2}"));
  }

  @Test
  void secretsAreSentOnlyWhereTheWholeIsReplaced() throws Exception {
    String wanted = "{'name':'b','password':'s'}";
    assertThat(sent(Things.NONE, method("PATCH", ALL), "{'name':'a'}", wanted))
        .isEqualTo(json("{'name':'b'}"));
    assertThat(sent(Things.NONE, method("PUT", ALL), "{'name':'a'}", wanted))
        .isEqualTo(json(wanted));
  }

  @Test
  void whatTheUpdateCannotChangeIsNamed() {
    RestMethod patch = method("PATCH", ALL);
    assertThat(obstacle(null, "{'name':'a'}", "{'name':'b'}"))
        .isEqualTo("fake/thing has no update operation");
    assertThat(obstacle(patch, "{'a':{'b':1},'zone':1}", "{'a':{'b':2},'zone':2}"))
        .isEqualTo("its update cannot change /a/b, /zone");
    assertThat(obstacle(patch, "{'name':'a'}", "{'name':'b'}")).isNull();
  }

  @Test
  void aNameMayHoldWhatPointersDoNot() {
    RestMethod odd = method("PATCH", "{'properties':{'a/b~c':{}}}");
    assertThat(obstacle(odd, "{'a/b~c':{'x/y':1}}", "{'a/b~c':{'x/y':2}}")).isNull();
    assertThat(obstacle(odd, "{'a':1}", "{'a':2}")).isEqualTo("its update cannot change /a");
  }

  @Test
  void onlyAPutTakesAway() throws Exception {
    String made = "{'name':'a','size':1}";
    assertThat(obstacle(method("PATCH", ALL), made, "{'name':'a'}"))
        .isEqualTo("its update sets values and cannot take away /size");
    assertThat(sent(Things.NONE, method("PUT", ALL), made, "{'name':'a'}"))
        .isEqualTo(json("{'name':'a'}"));
  }

  @Test
  void whatTheUpdateNeedsTheCreateHasToGive() {
    RestMethod patch =
        method("PATCH", "{'properties':{'name':{},'b':{},'a':{}},'required':['b','name','a']}");
    assertThat(obstacle(patch, "{'name':'a'}", "{'name':'b'}"))
        .isEqualTo("its update needs a, b, which the create does not give");
    assertThat(obstacle(patch, "{'name':'a'}", "{'name':'b','a':1,'b':2}")).isNull();
  }

  @Test
  void aRefusalNamesTheDifferencesAndTheWayOut() {
    assertThat(
            fails(
                Reason.ARGUMENTS_CHANGED,
                () -> sent(Things.NONE, null, "{'name':'a'}", "{'name':'b'}")))
        .hasMessage(
            Rows.KEY
                + " was made with other arguments (/name), and fake/thing has no update"
                + " operation; set onChange: keep, or choose another instance");
  }

  /** It is how the thing is found: {@code name} names it. */
  @Test
  void anIdentityIsNeverChanged() {
    assertThat(
            plan(Things.CLIENT_ID, method("PATCH", ALL), "{'name':'a'}", "{'name':'b'}").obstacle())
        .contains("its update cannot change /name");
    assertThat(plan(Things.CLIENT_ID, method("PATCH", ALL), "{'size':1}", "{'size':2}").obstacle())
        .isEmpty();
  }

  @Test
  void theMarkStaysWhereTagsAreReplaced() throws Exception {
    RestMethod patch = method("PATCH", ALL);
    assertThat(sent(Things.MARKER, patch, "{'tags':['a']}", "{'tags':['b']}"))
        .isEqualTo(json("{'tags':['b','" + marker + "']}"));
    assertThat(sent(Things.MARKER, patch, "{'size':1}", "{'size':2}"))
        .as("no tags are replaced")
        .isEqualTo(json("{'size':2}"));
    assertThat(sent(Things.MARKER, method("PUT", ALL), "{'size':1}", "{'size':2}"))
        .as("all are")
        .isEqualTo(json("{'size':2,'tags':['" + marker + "']}"));
    assertThat(
            sent(
                Things.MARKER,
                method("PUT", "{'properties':{'size':{}}}"),
                "{'size':1}",
                "{'size':2}"))
        .as("where it takes them")
        .isEqualTo(json("{'size':2}"));
    assertThat(sent(Things.NONE, patch, "{'tags':['a']}", "{'tags':['b']}"))
        .isEqualTo(json("{'tags':['b']}"));
  }
}
