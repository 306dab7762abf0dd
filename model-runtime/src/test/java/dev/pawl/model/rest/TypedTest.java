package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records as codegen writes them: what was read into one can be written again. */
@NullUnmarked // a null where none belongs fails the test
class TypedTest {
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Box(
      @JsonProperty("name") @Nullable String name,
      @JsonProperty("size") @Nullable Long size,
      @JsonProperty("price") @Nullable BigDecimal price,
      @JsonProperty("open") @Nullable Boolean open,
      @JsonProperty("inner") @Nullable Box inner,
      @JsonProperty("tags") @Nullable List<String> tags,
      @JsonAnySetter @JsonAnyGetter Map<String, JsonNode> rest) {
    Box {
      rest = Typed.rest(rest);
    }
  }

  /** Without a rest it is no record of codegen's. */
  record Plain(@JsonProperty("name") @Nullable String name) {}

  private static JsonNode json(String text) {
    return Json.parse(text.replace('\'', '"'));
  }

  private static Box box(String text) {
    return Typed.read(json(text), Box.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'name':'a','size':1,'price':1.10,'open':true,'inner':{'name':'b'},'tags':['x']}",
        "{'name':null,'size':null,'unknown':null,'more':{'a':[1]}}",
        "{'name':7,'size':1.5,'price':'cheap','open':'true','inner':'gone','tags':{'a':1}}",
        "{'name':true,'size':'5','inner':{'name':1.5,'new':2},'tags':[1]}",
        "{'size':123456789012345678901234567890}",
      })
  void whatWasReadIsWrittenAgain(String text) {
    assertThat(Json.write(Json.canonical(Typed.arguments(box(text)))))
        .isEqualTo(Json.write(Json.canonical(json(text))));
  }

  @Test
  void whatFitsIsInItsComponentAndWhatDoesNotIsAmongTheRest() {
    Box box = box("{'name':5,'size':2,'price':123456789012345678.9,'open':null,'new':'n'}");
    assertThat(box.name()).as("a number is no text").isNull();
    assertThat(box.size()).isEqualTo(2);
    assertThat(box.price()).as("exactly").isEqualTo(new BigDecimal("123456789012345678.9"));
    assertThat(box.rest())
        .containsOnlyKeys("name", "open", "new")
        .containsEntry("name", json("5"))
        .containsEntry("open", NullNode.getInstance());
  }

  @Test
  void whatIsNoObjectIsNoRecord() {
    assertThatThrownBy(() -> Typed.read(json("[1]"), Box.class))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Typed.read(json("{'name':'a','b':1}"), Plain.class)).isEqualTo(new Plain("a"));
    assertThatThrownBy(() -> Typed.read(json("{'name':{}}"), Plain.class))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aMethodsOutputAndItsItemsAreRecords() {
    MethodResult one = MethodResult.of(json("{'name':'a'}"), Outcome.EXECUTED);
    assertThat(Typed.output(one, Box.class).name()).isEqualTo("a");
    MethodResult many =
        MethodResult.of(json("{'items':[{'name':'a'},{'name':'b'}]}"), Outcome.EXECUTED);
    assertThat(Typed.items(many, Box.class)).extracting(Box::name).containsExactly("a", "b");
    assertThat(Typed.items(one, Box.class)).isEmpty();
  }

  @Test
  void aRestIsACopyThatNobodyChanges() {
    Map<String, JsonNode> given = new LinkedHashMap<>();
    given.put("a", null);
    Map<String, JsonNode> rest = Typed.rest(given);
    given.put("b", json("1"));
    assertThat(rest).containsExactly(Map.entry("a", NullNode.getInstance()));
    assertThatThrownBy(() -> rest.put("b", json("1")))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(Typed.rest(null)).isEmpty();
  }

  @Test
  void aNullThatWasSetIsSentUntilAValueIs() {
    Map<String, JsonNode> rest = new LinkedHashMap<>();
    Typed.sayNull(rest, "note", null);
    assertThat(rest).containsExactly(Map.entry("note", NullNode.getInstance()));
    Typed.sayNull(rest, "note", "text");
    assertThat(rest).isEmpty();
  }
}
