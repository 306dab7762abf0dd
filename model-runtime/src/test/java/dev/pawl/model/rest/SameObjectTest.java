package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.Json;
import dev.pawl.model.data.StoredResource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether what an id shows now is what it showed before: ids are given out anew. */
@NullUnmarked // a null where none belongs fails the test
class SameObjectTest {
  private static final String OURS = Markers.marker("installation", Rows.KEY, 1);
  private static final String THEIRS = Markers.marker("installation", Rows.KEY, 2);

  private static JsonNode json(String text) {
    return Json.parse(text.replace('\'', '"'));
  }

  private static @Nullable String doubt(Reconcile strategy, String stored, String shown) {
    return doubt(Things.reconciledBy(strategy), Rows.made(json(stored), null), shown);
  }

  private static @Nullable String doubt(RestResource resource, StoredResource row, String shown) {
    Optional<String> doubt = SameObject.doubts(resource, OURS, row, json(shown));
    return doubt.orElse(null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"created_at", "createdAt", "creation_time", "creationTimestamp", "created"})
  void anotherTimeOfCreationIsAnotherObject(String field) {
    String stored = "{'" + field + "':'2026-01-01T00:00:00Z'}";
    assertThat(doubt(Things.NONE, stored, stored.replace("00Z", "02Z"))).as("rounded").isNull();
    assertThat(doubt(Things.NONE, stored, "{'" + field + "':'2026-01-01T01:00:02+01:00'}"))
        .isNull();
    assertThat(doubt(Things.NONE, stored, stored.replace("00Z", "03Z")))
        .isEqualTo("created at 2026-01-01T00:00:03Z, ours at 2026-01-01T00:00:00Z");
    assertThat(doubt(Things.NONE, stored.replace("00Z", "03Z"), stored)).isNotNull();
    assertThat(doubt(Things.NONE, stored, "{}")).isNull();
    assertThat(doubt(Things.NONE, stored, "{'" + field + "':'yesterday'}")).isNull();
  }

  @Test
  void aTimeMayBeInSeconds() {
    assertThat(doubt(Things.NONE, "{'created':1700000000}", "{'created':1700000002}")).isNull();
    assertThat(doubt(Things.NONE, "{'created':1700000000}", "{'created':1700000003}"))
        .startsWith("created at 2023-11-14T22:13:23Z");
  }

  @Test
  void aNaturalKeysOwnTimeCountsToo() {
    Reconcile made = new Reconcile.NaturalKey(List.of("/name"), "/made");
    String stored = "{'made':'2026-01-01T00:00:00Z','name':'a'}";
    assertThat(doubt(made, stored, stored.replace("2026", "2027"))).startsWith("created at 2027");
    assertThat(doubt(Things.NONE, stored, stored.replace("2026", "2027"))).isNull();
    assertThat(doubt(new Reconcile.NaturalKey(List.of("/name"), ""), stored, "{'name':'b'}"))
        .isEqualTo("with another natural key than ours has");
  }

  @Test
  void aMarkerTellsOursFromAnothers() {
    String stored = "{'tags':['" + OURS + "'],'uuid':'1'}";
    assertThat(doubt(Things.MARKER, stored, stored)).isNull();
    assertThat(doubt(Things.MARKER, stored, "{'tags':['" + OURS + "'],'uuid':'2'}"))
        .as("the marker is proof enough")
        .isNull();
    assertThat(doubt(Things.MARKER, stored, "{'tags':['" + THEIRS + "']}"))
        .isEqualTo("with another object's marker in tags");
    assertThat(doubt(Things.MARKER, stored, "{'tags':['blue']}"))
        .isEqualTo("without the marker in tags that ours has");
    assertThat(doubt(Things.MARKER, "{'tags':[]}", "{'tags':['" + THEIRS + "']}"))
        .as("ours never had one")
        .isNull();
  }

  @Test
  void aLostMarkerSaysNothingWhereTheTimeIsTheSameOrReadsNeverShowIt() {
    String time = "'created':1700000000";
    String stored = "{'tags':['" + OURS + "']," + time + "}";
    assertThat(doubt(Things.MARKER, stored, "{" + time + ",'tags':['blue']}")).isNull();

    JsonNode listed = json("{'tags':['" + OURS + "']}");
    RestResource marked = Things.reconciledBy(Things.MARKER);
    assertThat(doubt(marked, Rows.unconfirmed(listed, Json.object()), "{'labels':[]}")).isNull();
    assertThat(doubt(marked, Rows.unconfirmed(listed, Json.object()), "{'tags':[]}")).isNotNull();
    assertThat(doubt(marked, Rows.made(listed, null), "{'labels':[]}")).isNotNull();
  }

  @Test
  void anotherNaturalKeyIsAnotherObjectUnlessTheTimeIsTheSame() {
    assertThat(doubt(Things.NATURAL_KEY, "{'name':'web'}", "{'name':'db'}"))
        .isEqualTo("with another natural key than ours has");
    assertThat(doubt(Things.NATURAL_KEY, "{'name':'web'}", "{'name':' WEB '}")).isNull();
    assertThat(doubt(Things.NATURAL_KEY, "{'name':'web'}", "{}")).as("not shown").isNull();
    assertThat(doubt(Things.NATURAL_KEY, "{}", "{'name':'db'}")).as("never shown").isNull();
    assertThat(
            doubt(
                Things.NATURAL_KEY,
                "{'name':'web','created':1700000000}",
                "{'name':'db','created':1700000000}"))
        .as("renamed")
        .isNull();
    Reconcile two = new Reconcile.NaturalKey(List.of("/name", "/zone"), "");
    assertThat(doubt(two, "{'name':'web','zone':'a'}", "{'name':'web','zone':'b'}")).isNotNull();
    assertThat(doubt(two, "{'name':'web'}", "{'name':'db','zone':'b'}")).isNull();
    assertThat(doubt(two, "{'name':'web','zone':'a'}", "{'name':'db'}")).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'finger_print':'a'} | {'finger_print':'b'} | finger_print",
        "{'publicKey':'a'}    | {'publicKey':'b'}    | publicKey",
        "{'UUID':1}           | {'UUID':2}           | UUID",
        "{'uuid':1}           | {'uuid':'1'}         |",
        "{'uuid':'a'}         | {'uuid':{'b':1}}     |",
        "{'uuid':{'a':1}}     | {'uuid':'b'}         |",
        "{'uuid':'a'}         | {}                   |",
        "{'size':1}           | {'size':2}           |",
      })
  void whatAnObjectIsBornWithStays(String stored, String shown, String field) {
    String expected = field == null ? null : "with another " + field + " than ours has";
    assertThat(doubt(Things.NONE, stored, shown)).isEqualTo(expected);
  }

  /** Nobody can have changed it. */
  @Test
  void whereNothingUpdatesItWhatItWasMadeWithStays() {
    RestResource changes = Things.reconciledBy(Things.NONE);
    RestResource fixed =
        new RestResource(
            changes.type(),
            changes.api(),
            changes.create(),
            changes.get(),
            null,
            null,
            null,
            changes.identity(),
            Things.NONE,
            null,
            null,
            Set.of());
    JsonNode stored = json("{'name':'web','zone':'b'}");
    StoredResource row = Rows.made(stored, json("{'name':'web','zone':'a'}"));
    assertThat(doubt(fixed, row, "{'name':'db','zone':'b'}"))
        .isEqualTo("with another name than ours has");
    assertThat(doubt(changes, row, "{'name':'db','zone':'b'}")).isNull();
    assertThat(doubt(fixed, row, "{'name':'web','zone':'c'}"))
        .as("the API shows it otherwise than it takes it")
        .isNull();
    assertThat(doubt(fixed, Rows.made(null, null), "{'name':'db'}")).isNull();
  }
}
