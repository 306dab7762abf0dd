package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Rows that others change between a read and a write are read again, and not for ever. */
@NullUnmarked // a null where none belongs fails the test
class ChangedUnderneathTest extends ApiTest {
  private static final String LIST = "GET /things";

  private int changes;

  private void changesAt(String request, int times) {
    api.next(
        request,
        times,
        handling -> {
          try {
            repository.confirm(row(), Json.object().put("seen", ++changes));
          } catch (MethodException e) {
            throw new AssertionError(e);
          }
          return handling.run();
        });
  }

  @Test
  void whatWasChangedMeanwhileIsReadAgain() throws Exception {
    create();
    changesAt(GET, 9);
    assertCreates(Outcome.VERIFIED);
    assertThat(api.count(GET)).as("one after the create").isEqualTo(11);
  }

  @Test
  void aCallGivesUpAfterTenRounds() throws Exception {
    create();
    changesAt(GET, 11);
    MethodException failure = assertFails(Reason.CLAIM_STALE);
    assertThat(failure).hasMessage(context.key() + " changed under this call 10 times; run again");
    assertThat(failure.effect()).isEqualTo(MethodException.Effect.NOT_MADE);
    assertThat(api.count(GET)).isEqualTo(11);
  }

  private void isSentTwice() {
    resource = Things.reconciledBy(Things.NATURAL_KEY);
    api.next(POST, FakeApi.dropsBefore());
  }

  private void changesAtTheLastLook(int times) {
    api.next(
        POST,
        handling -> {
          changesAt(LIST, times);
          return handling.run();
        });
  }

  @Test
  void theLastLookIsTakenAgainWhereTheRowChanges() throws Exception {
    isSentTwice();
    changesAtTheLastLook(4);
    assertThat(create().warnings()).isEmpty();
    assertThat(row().provenAbsentAt()).isNull();
  }

  @Test
  void andIsOwedAfterFiveTimes() throws Exception {
    isSentTwice();
    changesAtTheLastLook(5);
    assertThat(create().warnings())
        .containsExactly(
            "whether an earlier send of "
                + context.key()
                + " was carried out after all could not be looked up, the next run asks again: it"
                + " changed 5 times");
    assertThat(row().provenAbsentAt()).isNotNull();
  }
}
