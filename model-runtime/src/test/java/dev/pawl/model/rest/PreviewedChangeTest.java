package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.CreateOptions;
import dev.pawl.model.CreateOptions.OnChange;
import dev.pawl.model.Json;
import dev.pawl.model.Preview;
import dev.pawl.model.Preview.Act;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.ClaimRequest;
import dev.pawl.model.data.StoredResource.Tombstone.Cause;
import dev.pawl.model.testkit.TestContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a preview says of a thing that is asked for otherwise, held by another, or buried. */
@NullUnmarked // a null where none belongs fails the test
class PreviewedChangeTest extends CannedApiTest {
  private static final ObjectNode SHOWN = Json.object().put("name", "web").put("status", "active");

  private RestResource resource = Things.reconciledBy(Things.NONE);

  private Preview preview(@Nullable ObjectNode arguments, TestContext in) throws Exception {
    return Things.model(resource).preview(arguments, in).orElseThrow();
  }

  private Preview preview() throws Exception {
    return preview(Things.named("web"), context);
  }

  private Preview changed(OnChange choice) throws Exception {
    stored(Json.object().put("name", "web"), Things.named("web"));
    api.says(200, "{'thing':{'name':'web','status':'active'}}");
    CreateOptions options =
        new CreateOptions(
            CreateOptions.Verify.ALWAYS, choice, CreateOptions.Adopt.NEVER, null, false);
    return preview(Things.named("other"), context.with().options(options).build());
  }

  private void withoutDelete() {
    RestResource all = resource;
    resource =
        new RestResource(
            all.type(),
            all.api(),
            all.create(),
            all.get(),
            null,
            null,
            null,
            all.identity(),
            Things.NONE,
            null,
            null,
            Set.of());
  }

  @Test
  void keptAsItWasMade() throws Exception {
    Preview preview = changed(OnChange.KEEP);
    assertThat(preview)
        .isEqualTo(
            new Preview(
                Act.VERIFY,
                SHOWN,
                preview.differs(),
                List.of("kept as it was made (onChange: keep)"),
                null));
    assertThat(preview.differs()).hasSize(1);
  }

  @Test
  void deletedAndMadeAnew() throws Exception {
    Preview preview = changed(OnChange.REPLACE);
    assertThat(preview.act()).isEqualTo(Act.RECREATE);
    assertThat(preview.data()).isNull();
    assertThat(preview.differs()).hasSize(1);
    assertThat(preview.reasons()).containsExactly("deleted and made anew (onChange: replace)");
  }

  @Test
  void changedInPlace() throws Exception {
    Preview preview = changed(OnChange.UPDATE);
    assertThat(preview.act()).isEqualTo(Act.UPDATE);
    assertThat(preview.data()).isNull();
    assertThat(preview.reasons()).containsExactly("changed in place (onChange: update)");
  }

  @ParameterizedTest
  @EnumSource(
      value = OnChange.class,
      names = {"FAIL", "REPLACE", "UPDATE"})
  void whatCannotBeDoneWouldFail(OnChange choice) throws Exception {
    withoutDelete();
    Preview preview = changed(choice);
    assertThat(preview.act()).isEqualTo(Act.VERIFY);
    assertThat(preview.data()).isEqualTo(SHOWN);
    assertThat(preview.differs()).hasSize(1);
    assertThat(preview.reasons())
        .containsExactly(
            switch (choice) {
              case FAIL -> "it would fail with ARGUMENTS_CHANGED (onChange: fail)";
              case REPLACE ->
                  "it would fail with ARGUMENTS_CHANGED (fake/thing has no delete to replace it"
                      + " by)";
              default -> "it would fail: fake/thing has no update operation";
            });
  }

  @Test
  void anotherAccountsThingWouldFail() throws Exception {
    stored(SHOWN, Things.named("web"));
    Canned elsewhere = new Canned(time, "account-2");
    Preview preview = preview(Things.named("web"), context.with().connection(elsewhere).build());
    assertThat(preview.act()).isEqualTo(Act.VERIFY);
    assertThat(preview.data()).isEqualTo(SHOWN);
    assertThat(preview.reasons())
        .singleElement()
        .asString()
        .startsWith("it would fail: ")
        .contains("was made in account account-1, and the connection is to account-2");
    assertThat(elsewhere.asked()).isEmpty();
  }

  @Test
  void whatAnotherIsMakingIsWaitedFor() throws Exception {
    repository.claim(
        new ClaimRequest(
            row(),
            ClaimMode.CREATE,
            "run-7",
            Duration.ofSeconds(30),
            Duration.ZERO,
            Duration.ZERO,
            null,
            null));
    assertThat(preview())
        .isEqualTo(Preview.of(Act.VERIFY, "run-7 is making it now, and is waited for"));
  }

  @Test
  void whatWasFoundGoneIsMadeAgain() throws Exception {
    repository.bury(stored(SHOWN, Things.named("web")), Cause.VERIFIED_GONE);
    assertThat(preview()).isEqualTo(Preview.of(Act.RECREATE));
  }

  @Test
  void whatWasDeletedIsSimplyNewAndRefusedToWhatBeganBefore() throws Exception {
    Instant began = time.instant();
    time.advance(Duration.ofSeconds(1));
    repository.bury(stored(SHOWN, Things.named("web")), Cause.DELETED);
    assertThat(preview()).isEqualTo(Preview.of(Act.CREATE));

    CreateOptions options =
        new CreateOptions(
            CreateOptions.Verify.ALWAYS, OnChange.KEEP, CreateOptions.Adopt.NEVER, began, false);
    Preview refused = preview(Things.named("web"), context.with().options(options).build());
    assertThat(refused.act()).isEqualTo(Act.CREATE);
    assertThat(refused.reasons()).singleElement().asString().startsWith("it would fail: ");
  }

  @Test
  void withoutAConnectionNothingCanBeMade() throws Exception {
    TestContext unconnected =
        TestContext.of(Things.TYPE, "web-1").repository(repository, time).build();
    assertThat(preview(Things.named("web"), unconnected).reasons())
        .singleElement()
        .asString()
        .startsWith("it would fail: this test gives its context no connection");
  }

  /** Its name is not looked for, where nobody knows it yet. */
  @Test
  void aFreeNameIsSimplyMade() throws Exception {
    resource = Things.reconciledBy(Things.CLIENT_ID);
    api.says(404, "{}");
    assertThat(preview()).isEqualTo(Preview.of(Act.CREATE));
    assertThat(preview(null, context)).isEqualTo(Preview.of(Act.CREATE));
    assertThat(api.asked()).hasSize(1);
  }

  @Test
  void anOldThingThatIsGoneIsNotAskedForOnceMore() throws Exception {
    repository.confirm(stored(SHOWN, Things.named("web")), SHOWN);
    api.says(404, "{}");
    assertThat(preview().reasons()).containsExactly("the API says that it is gone");
  }
}
