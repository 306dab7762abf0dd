package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.rest.Listing.Paging;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a listing has ended, where its next page is, and how long it is waited for. */
@NullUnmarked // a null where none belongs fails the test
class PagesTest extends CannedApiTest {
  private List<JsonNode> list(Paging paging) throws Exception {
    return new ListAll(Things.listing(paging), Json.object(), Json.object(), context).run();
  }

  private Canned page(int from, int to, String more) {
    String items =
        IntStream.range(from, to)
            .mapToObj(i -> "{'id':'" + i + "'}")
            .collect(Collectors.joining(","));
    return api.says(200, "{'things':[" + items + "]" + more + "}");
  }

  /** APIs cap the size they honour: a page below the size asked for may not be the last. */
  @Test
  void aPageOfTenMayBeCappedAndOneOfNineIsTheLast() throws Exception {
    page(0, 10, "");
    page(10, 19, "");
    assertThat(list(new Paging.Pages("page", "size", 100))).hasSize(19);
    assertThat(api.urls()).containsExactly("/things?page=1&size=100", "/things?page=2&size=100");
  }

  @Test
  void aPageAsLongAsAskedForMayNotBeTheLast() throws Exception {
    page(0, 3, "");
    page(3, 6, "");
    page(6, 8, "");
    assertThat(list(new Paging.Offset("from", "size", 3))).hasSize(8);
    assertThat(api.urls())
        .containsExactly("/things?from=0&size=3", "/things?from=3&size=3", "/things?from=6&size=3");
  }

  @Test
  void withoutASizeOnlyAnEmptyPageIsTheEnd() throws Exception {
    page(0, 1, "");
    page(1, 2, "");
    page(0, 0, "");
    assertThat(list(new Paging.Pages("page", "", 0))).hasSize(2);
    assertThat(api.urls()).containsExactly("/things?page=1", "/things?page=2", "/things?page=3");
  }

  @Test
  void noMoreIsSaidByWhateverTellsIt() throws Exception {
    page(0, 2, ",'more':true");
    page(2, 3, ",'more':false");
    assertThat(list(new Paging.Cursor("after", "", "/more"))).hasSize(3);
    assertThat(api.urls()).containsExactly("/things", "/things?after=1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",'token':null", ",'token':''", ",'token':{'a':1}"})
  void aTokenThatIsNoneIsTheEnd(String token) throws Exception {
    page(0, 1, token);
    assertThat(list(new Paging.Cursor("after", "/token", ""))).hasSize(1);
    assertThat(api.asked()).hasSize(1);
  }

  @Test
  void aPromiseOfMoreWithoutAnItemHasNoTokenToFollow() throws Exception {
    page(0, 0, ",'more':true");
    assertThat(list(new Paging.Cursor("after", "", "/more"))).isEmpty();
    assertThat(api.asked()).hasSize(1);
  }

  @Test
  void aLinkIsFollowedOnTheConnectionsOwnServer() throws Exception {
    page(0, 1, ",'next':'https://elsewhere.test/v2/things?after=0'");
    page(1, 2, ",'next':'things?after=1'");
    page(2, 3, ",'next':'/plain'");
    page(3, 4, ",'next':null");
    assertThat(list(new Paging.NextUrl("/next"))).hasSize(4);
    assertThat(api.asked())
        .extracting(r -> r.uri().toString())
        .containsExactly(
            "https://api.test/v1/things",
            "https://api.test/v2/things?after=0",
            "https://api.test/v1/things?after=1",
            "https://api.test/plain");
  }

  @Test
  void aLinkThatIsNoUrlFailsTheWhole() {
    page(0, 1, ",'next':'::'");
    assertThat(fails(Reason.UNAVAILABLE, () -> list(new Paging.NextUrl("/next"))))
        .hasMessageContaining("GET /things gives a next page that is no URL");
  }

  @Test
  void patienceIsAskedForThreeTimesAtMost() {
    api.says(429, "{'message':'slow down'}");
    MethodException failure = fails(Reason.RATE_LIMITED, () -> list(new Paging.None()));
    assertThat(failure).hasMessageContaining("slow down");
    assertThat(api.pauses())
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3));
  }

  @Test
  void thePatienceThatIsAskedForIsGivenUpToTwentySeconds() throws Exception {
    api.says(429, "", "retry-after", "20").says(503, "", "retry-after", "4");
    page(0, 1, "");
    assertThat(list(new Paging.None())).hasSize(1);
    assertThat(api.pauses()).containsExactly(Duration.ofSeconds(20), Duration.ofSeconds(4));
    assertThat(context.waits()).containsOnly("fake, which asks for fewer requests");
  }

  /** A claim does not last for ever. */
  @Test
  void aLongerWaitIsLeftToTheCaller() {
    api.says(429, "", "retry-after", "21");
    assertThat(fails(Reason.RATE_LIMITED, () -> list(new Paging.None())).failure().retryAfter())
        .isEqualTo(Duration.ofSeconds(21));
    assertThat(api.asked()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503})
  void whoDoesNotAskForPatienceIsNotAskedAgain(int status) {
    api.says(status, "");
    fails(Reason.UNAVAILABLE, () -> list(new Paging.None()));
    assertThat(api.asked()).hasSize(1);
  }

  @Test
  void whatGotNoAnswerIsNoList() {
    api.isUnreachable();
    fails(Reason.UNREACHABLE, () -> list(new Paging.None()));
  }

  @Test
  void moreThanTheLimitIsNotReadToItsEnd() {
    page(0, ListAll.MAX_ITEMS + 1, "");
    assertThat(fails(Reason.UNAVAILABLE, () -> list(new Paging.None())))
        .hasMessageContaining("GET /things has more than the limit of 100000 items");
  }

  @Test
  void asManyAsTheLimitAre() throws Exception {
    page(0, ListAll.MAX_ITEMS, "");
    assertThat(list(new Paging.None())).hasSize(ListAll.MAX_ITEMS);
  }
}
