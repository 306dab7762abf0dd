package dev.pawl.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.codegen.emit.EmitApi;
import dev.pawl.model.Json;
import dev.pawl.model.Model;
import dev.pawl.model.rest.Operation;
import dev.pawl.model.rest.RestModel;
import dev.pawl.model.rest.Typed;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The types of generated models: what they hold, and that nothing is lost in them. */
@NullUnmarked // a null where none belongs fails the test
class TypedModelsTest {
  private static final Generated RULE = Generated.of(Traps.api("told-apart"));

  private static Class<?> type(Generated models, String name) throws ClassNotFoundException {
    return models.loadClass("dev.pawl.models.trap." + name);
  }

  private static JsonNode json(String text) {
    return Json.parse(text.replace('\'', '"'));
  }

  private static Object read(String text, String name) throws ClassNotFoundException {
    return Typed.read(json(text), type(RULE, name));
  }

  private static String written(Object value) {
    return Json.write(Json.canonical(Typed.arguments(value)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Match  | {'match-kind': 'tag', 'tag': 'x'}               | ByTag",
        "Match  | {'match-kind': 'label', 'tag': 'x', 'new': [1]} | ByTag",
        "Match  | {'match-kind': 'all-of', 'all': []}             | AllOf",
        "Match  | {'match-kind': 'from next year', 'a': 1}        | OtherMatch",
        "Match  | {'tag': 'x'}                                    | OtherMatch",
        "Match  | \"a word\"                                        | OtherMatch",
        "Match  | {'match-kind': {'a': 1}}                        | OtherMatch",
        "Effect | {'type': 'mail', 'to': 'a', 'at': 1}            | MailEffect",
        "Effect | {'type': 'call', 'number': 'a'}                 | CallEffect",
        "Effect | {'type': 'pigeon', 'at': 1}                     | OtherEffect",
        "Pet    | {'petType': 'feline', 'lives': 9}               | Cat",
        "Pet    | {'petType': 'dog', 'name': 'a'}                 | Dog",
        "Pet    | {'petType': 'puppy', 'weeks': 3}                | Puppy",
      })
  void itsMemberSaysWhichKindItIs(String union, String text, String kind) throws Exception {
    Object found = read(text, "Rule$" + union);

    assertThat(found.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(type(RULE, "Rule$" + union).isInstance(found)).isTrue();
    assertThat(type(RULE, "Rule$" + union).isSealed()).isTrue();
    assertThat(Json.write(Json.canonical(Json.mapper().valueToTree(found))))
        .isEqualTo(Json.write(Json.canonical(json(text))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'id': 'r', 'name': null, 'note': null, 'unknown': null}",
        "{'id': 7, 'name': ['a'], 'size': 1.5, 'match': 'gone', 'effects': {'a': null}}",
        "{'size': 123456789012345678901234567890, 'effects': [null, {'type': 'fax'}, 5]}",
        "{'match': {'match-kind': 'all-of', 'all': [{'match-kind': 'tag', 'tag': null}, {}]}}",
        "{'pet': {'petType': 'puppy', 'weeks': 3, 'tricks': [1], 'name': null}, 'rival': null}",
        "{'mixed': {'type': 'x'}, 'effects': [{'type': 'mail', 'at': 'noon'}], 'size': '5'}",
      })
  void whatCameInGoesOut(String text) throws Exception {
    Object state = read(text, "Rule$State");

    assertThat(written(state)).isEqualTo(Json.write(Json.canonical(json(text))));
  }

  @Test
  void aWrappedOrNullableReferenceIsThatType() throws Exception {
    assertThat(component("Rule$State", "match")).isEqualTo("Match");
    assertThat(component("Rule$State", "rival")).isEqualTo("Cat");
    assertThat(component("Rule$CreateArguments", "match")).isEqualTo("Match");
    assertThat(component("Rule$State", "mixed")).isEqualTo("JsonNode");
  }

  private static String component(String record, String name) throws ClassNotFoundException {
    return Arrays.stream(type(RULE, record).getRecordComponents())
        .filter(c -> c.getName().equals(name))
        .map(c -> c.getType().getSimpleName())
        .findFirst()
        .orElse("");
  }

  @Test
  void aNullThatMaySentIsSaidAndWhatIsNotSetIsNot() throws Exception {
    Object builder = type(RULE, "Rule$CreateArguments").getMethod("builder").invoke(null);
    builder.getClass().getMethod("name", String.class).invoke(builder, "a");
    builder.getClass().getMethod("note", String.class).invoke(builder, (Object) null);
    assertThat(built(builder)).isEqualTo("{\"name\":\"a\",\"note\":null}");

    builder.getClass().getMethod("note", String.class).invoke(builder, "b");
    assertThat(built(builder)).isEqualTo("{\"name\":\"a\",\"note\":\"b\"}");
  }

  private static String built(Object builder) throws ReflectiveOperationException {
    return written(builder.getClass().getMethod("build").invoke(builder));
  }

  @Test
  void whatMayBeMissingIsMarkedSo() throws Exception {
    assertThat(isNullable("Rule$CreateArguments", "name")).isFalse();
    assertThat(isNullable("Rule$CreateArguments", "note")).isTrue();
    assertThat(isNullable("Rule$State", "name")).isTrue();
    assertThat(type(RULE, "package-info").isAnnotationPresent(NullMarked.class)).isTrue();
  }

  private static boolean isNullable(String record, String name) throws ClassNotFoundException {
    RecordComponent found =
        Arrays.stream(type(RULE, record).getRecordComponents())
            .filter(c -> c.getName().equals(name))
            .findFirst()
            .orElseThrow();
    return found.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  /** Each has one resource that takes and shows all its odd members. */
  @ParameterizedTest
  @CsvSource({
    "yaml-integer-keys, gauge",
    "duplicate-operation-ids, lamp",
    "cycles-of-parts, knot",
    "maps-and-types, chart",
    "names-of-the-language, word",
    "names-alike, twin",
    "nested-brackets, order",
    "dangling-references, lost",
    "three-hundred-members, wide"
  })
  void oddMembersAreTakenAndKept(String trap, String kind) throws Exception {
    Generated models = Generated.of(Traps.api(trap));
    Model model = models.models().get(0);
    JsonNode properties =
        model.descriptor().method("create").orElseThrow().argumentsSchema().path("properties");
    var all = Json.object();
    properties.fieldNames().forEachRemaining(name -> all.put(name, "value of " + name));
    all.putNull("never heard of");
    Class<?> state = type(models, model.getClass().getSimpleName() + "$State");

    assertThat(model.descriptor().type()).isEqualTo("trap/" + kind);
    assertThat(properties).isNotEmpty();
    assertThat(written(Typed.read(all, state))).isEqualTo(Json.write(Json.canonical(all)));
  }

  @Test
  void membersKeepTheirNamesHoweverJavaCallsThem() {
    JsonNode numbers = properties("yaml-integer-keys");
    assertThat(numbers.fieldNames()).toIterable().contains("404", "0x1F", "1.5", "true", "null");
    assertThat(properties("names-alike").fieldNames())
        .toIterable()
        .contains(
            "id", "ID", "Id", "i-d", "user_name", "userName", "user-name", "+1", "-1", "$ref");
    assertThat(properties("three-hundred-members")).hasSize(301);
    assertThat(properties("maps-and-types").at("/odd/enum/0").asText("missing")).isEmpty();
  }

  private static JsonNode properties(String trap) {
    return Generated.of(Traps.api(trap))
        .models()
        .get(0)
        .descriptor()
        .method("create")
        .orElseThrow()
        .argumentsSchema()
        .path("properties");
  }

  @Test
  void aFileIsSentInPartsFromItsBase64() {
    RestModel photo = (RestModel) Generated.of(Traps.api("files-in-parts")).models().get(0);

    assertThat(photo.resource().create().body()).isEqualTo(Operation.Body.MULTIPART);
    assertThat(photo.resource().create().parameters())
        .containsExactly(new Operation.Parameter("file", Operation.In.FILE, "file"));
  }

  @Test
  void sourcesReadWell() {
    for (String trap : List.of("told-apart", "hostile", "odd-schemas", "maps-and-types")) {
      for (String line : allSources(trap).lines().toList()) {
        boolean aLongWord = line.strip().matches("(\\* |\"|[A-Z_]+ = )?\\S{80,}.*");
        assertThat(aLongWord ? "" : line).as(trap).hasSizeLessThanOrEqualTo(140);
        assertThat(line).doesNotMatch(".*\\s$").doesNotContain("\t");
      }
    }
  }

  private static String allSources(String trap) {
    return new EmitApi(Traps.api(trap))
        .sources()
        .map(f -> new String(f.content(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("\n"));
  }
}
