package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.rest.Listing.Paging;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@NullUnmarked // a null where none belongs fails the test
class ListAllTest extends ApiTest {
  private static final String LIST = "GET /things";

  private List<String> listed(Paging paging) throws Exception {
    resource = Things.things(Things.NONE, Things.GET, Things.listing(paging), null, null);
    List<String> ids = new ArrayList<>();
    call("list", Json.object(), context)
        .output()
        .path("items")
        .forEach(i -> ids.add(i.path("id").asText()));
    return ids;
  }

  private List<String> made(int count) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(api.thingMadeByHand("h-" + i, Things.named("n" + i)));
    }
    return ids;
  }

  static Stream<Paging> styles() {
    return Stream.of(
        new Paging.None(),
        new Paging.Pages("page", "per_page", 2),
        new Paging.Pages("page", "per_page", 3),
        new Paging.Pages("page", "per_page", 200),
        new Paging.Offset("offset", "per_page", 2),
        new Paging.Offset("offset", "per_page", 6),
        new Paging.Cursor("after", "/last", ""),
        new Paging.Cursor("after", "", "/more"),
        new Paging.NextUrl("/next"));
  }

  @ParameterizedTest
  @MethodSource("styles")
  void everyItemOnce(Paging paging) throws Exception {
    List<String> ids = made(6);
    assertThat(listed(paging)).isEqualTo(ids);
  }

  @ParameterizedTest
  @MethodSource("styles")
  void nothing(Paging paging) throws Exception {
    assertThat(listed(paging)).isEmpty();
  }

  @Test
  void pagesAreAskedInTurn() throws Exception {
    made(5);
    listed(new Paging.Pages("page", "per_page", 2));
    assertThat(api.queries())
        .extracting(q -> q.get("page") + "/" + q.get("per_page"))
        .containsExactly("1/2", "2/2", "3/2");
  }

  @Test
  void aFailingPageFailsTheWhole() {
    made(5);
    api.next(LIST, FakeApi.Handling::run);
    api.next(LIST, FakeApi.says(500, "application/json", "{\"things\":[]}"));
    assertListFails(new Paging.Pages("page", "per_page", 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"items\":[]}",
        "{\"things\":{\"id\":1}}",
        "{\"error\":\"try later\"}",
        "[]",
        "{\"things\":[",
        "<html>log in</html>"
      })
  void whatIsNoListIsNotAnEmptyOne(String answer) {
    api.next(LIST, FakeApi.says(200, "application/json", answer));
    assertListFails(new Paging.None());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"things\":null}", "{\"things\":[],\"meta\":{}}"})
  void emptyIsSaidInManyWays(String answer) throws Exception {
    api.next(LIST, FakeApi.says(200, "application/json", answer));
    assertThat(listed(new Paging.None())).isEmpty();
  }

  @Test
  void anEmptyPageWithATokenIsNotTheEnd() throws Exception {
    Paging paging = new Paging.Cursor("after", "/last", "");
    api.next(LIST, FakeApi.says(200, "application/json", "{\"things\":[],\"last\":\"b\"}"));
    api.next(LIST, FakeApi.says(200, "application/json", "{\"things\":[{\"id\":\"c\"}]}"));
    assertThat(listed(paging)).containsExactly("c");
  }

  @Test
  void aTokenThatIsEchoedUnderAnEmptyPageIsTheEnd() throws Exception {
    Paging paging = new Paging.Cursor("after", "/last", "");
    api.next(LIST, 9, FakeApi.says(200, "application/json", "{\"things\":[],\"last\":\"b\"}"));
    assertThat(listed(paging)).isEmpty();
    assertThat(api.count(LIST)).isEqualTo(2);
  }

  @Test
  void anApiThatGivesOnePageForEverIsNotAskedForEver() {
    String page =
        "{\"things\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"next\":\"/things\",\"last\":\"b\"}";
    for (Paging paging :
        List.of(
            new Paging.Pages("page", "per_page", 2),
            new Paging.Offset("offset", "per_page", 2),
            new Paging.Cursor("after", "/last", ""),
            new Paging.NextUrl("/next"))) {
      api.next(LIST, 9, FakeApi.says(200, "application/json", page));
      assertListFails(paging);
      api.heal();
    }
    assertThat(api.count(LIST)).isEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:1/things?after=b", "https://evil.test/things?after=b"})
  void theCredentialDoesNotFollowALinkElsewhere(String next) throws Exception {
    made(1);
    api.next(
        LIST,
        FakeApi.says(
            200, "application/json", "{\"things\":[{\"id\":\"b\"}],\"next\":\"" + next + "\"}"));
    assertThat(listed(new Paging.NextUrl("/next"))).containsExactly("b", "h-0");
    assertThat(api.queries()).hasSize(2);
  }

  @Test
  void aLinkThatIsNoWebAddressFailsTheWhole() {
    api.next(
        LIST,
        FakeApi.says(
            200, "application/json", "{\"things\":[{\"id\":\"b\"}],\"next\":\"mailto:a@b\"}"));
    assertListFails(new Paging.NextUrl("/next"));
  }

  private void assertListFails(Paging paging) {
    MethodException failure =
        org.assertj.core.api.Assertions.catchThrowableOfType(
            MethodException.class, () -> listed(paging));
    assertThat(failure).as("%s", paging).isNotNull().hasMessageContaining(LIST);
    assertThat(failure.failure().reason()).isEqualTo(Reason.UNAVAILABLE);
  }
}
