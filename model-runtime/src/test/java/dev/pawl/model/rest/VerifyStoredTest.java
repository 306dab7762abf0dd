package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.data.StoredResource;
import dev.pawl.model.rest.Listing.Paging;
import dev.pawl.model.rest.VerifyStored.Verification;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When an answer says that a stored thing exists, when that it is gone, and when neither. */
@NullUnmarked // a null where none belongs fails the test
class VerifyStoredTest extends CannedApiTest {
  private static final String THERE = "{'thing':{'status':'active'}}";

  private RestResource resource = Things.reconciledBy(Things.NONE);
  private StoredResource row;

  @BeforeEach
  void store() throws MethodException {
    row = stored(Json.object(), Json.object());
  }

  private VerifyStored verify() {
    return new VerifyStored(resource, row, context);
  }

  private void ages(Duration age) {
    time.advance(age);
    row = row();
  }

  private void isOld() throws MethodException {
    row = repository.confirm(row, Json.object());
  }

  private static String why(Verification unknown) {
    return ((Verification.Unknown) unknown).failure().message();
  }

  @ParameterizedTest
  @CsvSource({
    "404, application/json, {}, true",
    "410, application/problem+json, '{}', true",
    "404, application/json, '', true",
    "404, application/json, '{', false",
    "404, text/html, <h1>, false",
    "400, application/json, {}, false",
    "500, application/json, {}, false",
    "200, application/json, {}, false",
    "200, application/json, '{\"thing\":[]}', false",
    "500, application/json, '{\"thing\":{}}', false",
  })
  void onlyTheApisOwnWordsSayThatItIsGone(int status, String type, String body, boolean gone)
      throws Exception {
    api.says(status, body, "content-type", type);
    assertThat(verify().look())
        .isInstanceOf(gone ? Verification.Gone.class : Verification.Unknown.class);
  }

  @Test
  void whatSaysNothingIsAskedThreeTimes() throws Exception {
    api.says(500, "").loses().says(200, THERE);
    assertThat(verify().run())
        .isEqualTo(new Verification.Exists(Json.object().put("status", "active")));
    assertThat(api.pauses()).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1));
    assertThat(context.waits()).containsOnly("the API to say whether " + row.key() + " exists");
  }

  @Test
  void andNotAFourthTime() throws Exception {
    api.says(500, "{'message':'down'}");
    assertThat(why(verify().run())).contains("down");
    assertThat(api.asked()).hasSize(3);
  }

  @Test
  void whatWasOnceSeenIsGoneWhenThatIsSaidTwiceASettleTimeApart() throws Exception {
    isOld();
    api.says(404, "{}");
    assertThat(verify().run()).isInstanceOf(Verification.Gone.class);
    assertThat(api.pauses()).containsExactly(context.timing().settle());
    assertThat(context.waits())
        .containsExactly("a second look at " + row.key() + ", which seems to be gone");
  }

  @Test
  void aSecondLookMayShowIt() throws Exception {
    isOld();
    api.says(404, "{}").says(200, THERE);
    assertThat(verify().run()).isInstanceOf(Verification.Exists.class);
    api.says(404, "{}");
    assertThat(verify().glance()).isInstanceOf(Verification.Exists.class);
  }

  /** A read may lag behind the create for as long as the create may take. */
  @Test
  void aYoungThingsAbsenceIsWaitedOutBeforeTwoLooksThatAgree() throws Exception {
    ages(Duration.ofSeconds(5));
    api.says(404, "{}");
    assertThat(verify().run()).isInstanceOf(Verification.Gone.class);
    assertThat(api.pauses())
        .containsExactly(context.timing().quarantine().minusSeconds(5), context.timing().settle());
  }

  @Test
  void aYoungThingThatIsShownInTheEndIsThere() throws Exception {
    api.says(404, "{}").says(200, THERE);
    assertThat(verify().run()).isInstanceOf(Verification.Exists.class);
    assertThat(api.pauses()).containsExactly(context.timing().quarantine());
  }

  @Test
  void aGlanceDoesNotWaitForYoungThings() throws Exception {
    api.says(404, "{}");
    assertThat(verify().glance()).isInstanceOf(Verification.Gone.class);
    assertThat(api.pauses()).containsExactly(context.timing().settle());
  }

  @Test
  void aReadMayLagUntilTheQuarantineIsOver() throws Exception {
    assertThat(verify().mayLag()).isTrue();
    ages(context.timing().quarantine());
    assertThat(verify().mayLag()).as("to its last moment").isTrue();
    ages(Duration.ofNanos(1));
    assertThat(verify().mayLag()).isFalse();
  }

  @Test
  void whatAReadHasShownDoesNotLag() throws Exception {
    isOld();
    assertThat(verify().mayLag()).isFalse();
  }

  @Test
  void whatIsShownAsDeletedIsGone() throws Exception {
    resource =
        Things.things(
            Things.NONE, Things.GET, null, null, new SoftDelete("/status", Set.of("deleted")));
    api.says(200, THERE).says(200, "{'thing':{'status':'deleted'}}");
    assertThat(verify().look()).isInstanceOf(Verification.Exists.class);
    assertThat(verify().look()).isInstanceOf(Verification.Gone.class);
  }

  @Test
  void aListShowsItUnderItsIdOrNot() throws Exception {
    resource = Things.things(Things.NONE, null, Things.listing(new Paging.None()), null, null);
    api.says(200, "{'things':[{},{'id':'t-2'},{'id':'t-1','size':1}]}")
        .says(200, "{'things':[{},{'id':'t-2'}]}")
        .says(500, "");
    assertThat(verify().look())
        .isInstanceOfSatisfying(
            Verification.Exists.class,
            seen -> assertThat(seen.data().path("size").asInt()).isEqualTo(1));
    assertThat(verify().look()).isInstanceOf(Verification.Gone.class);
    assertThat(verify().look()).isInstanceOf(Verification.Unknown.class);
  }

  @Test
  void whatCannotBeReadCannotBeVerified() throws Exception {
    assertThat(VerifyStored.isPossible(resource, row)).isTrue();
    assertThat(VerifyStored.isPossible(resource, Rows.withoutIdentity())).isFalse();
    resource = Things.things(Things.NONE, null, Things.listing(new Paging.None()), null, null);
    assertThat(VerifyStored.isPossible(resource, row)).isTrue();
    resource = Things.things(Things.NONE, null, null, null, null);
    assertThat(VerifyStored.isPossible(resource, row)).isFalse();
    assertThat(why(verify().look())).isEqualTo("no operation reads fake/thing");
  }
}
