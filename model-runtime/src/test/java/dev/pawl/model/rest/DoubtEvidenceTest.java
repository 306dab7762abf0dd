package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.Timing;
import dev.pawl.model.data.ClaimRequest;
import dev.pawl.model.data.Evidence;
import dev.pawl.model.data.StoredResource;
import dev.pawl.model.testkit.TestContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** When a doubt is looked into, and what is kept of the looks. */
@NullUnmarked // a null where none belongs fails the test
class DoubtEvidenceTest extends ApiTest {
  private static final String LIST = "GET /things";

  private JsonNode detail(String what) {
    List<Evidence> all = repository.evidence(context.key());
    return all.stream().filter(e -> e.what().startsWith(what)).findFirst().orElseThrow().detail();
  }

  @Test
  void candidatesAndWhyAreKeptWithTheTimeOfTheSend() throws Exception {
    resource = Things.reconciledBy(Things.NATURAL_KEY);
    api.next(
        POST,
        handling -> {
          api.thingMadeByHand("a", Things.named("web"));
          api.thingMadeByHand("b", Things.named("web"));
          return null;
        });

    assertFails(Reason.IN_DOUBT);

    JsonNode seen = detail("looked, and nothing can be proven");
    assertThat(seen.path("why").asText()).startsWith("several objects match by every sent field");
    assertThat(seen.path("candidates")).extracting(JsonNode::asText).containsExactly("a", "b");
    assertThat(seen.path("sentAt").asText()).isEqualTo(row().claim().sentAt().toString());
    assertThat(context.waits()).as("several that match are final").isEmpty();
  }

  @Test
  void absenceIsSeenTwiceASettleTimeApartAfterTheQuarantine() throws Exception {
    resource = Things.reconciledBy(Things.NATURAL_KEY);
    Instant began = time.instant();
    List<Duration> looks = new ArrayList<>();
    api.next(
        LIST,
        4,
        handling -> {
          looks.add(Duration.between(began, time.instant()));
          return handling.run();
        });
    api.next(POST, FakeApi.dropsBefore());

    assertCreates(Outcome.CREATED);

    assertThat(looks.get(0)).as("the baseline").isLessThan(Duration.ofSeconds(1));
    assertThat(looks.get(1)).as("at once").isLessThan(Duration.ofSeconds(1));
    assertThat(looks.get(2)).isBetween(quarantine(), quarantine().plusSeconds(1));
    assertThat(looks.get(3).minus(looks.get(2))).isEqualTo(context.timing().settle());
    assertThat(context.waits())
        .contains(
            "the quarantine of " + context.key() + ": what was sent may still be carried out");
    assertThat(detail("proven absent").path("how").asText())
        .startsWith("a complete listing shows none by");
  }

  /** That the first send was proven absent says nothing of when the second one is carried out. */
  @Test
  void aSecondSendHasAQuarantineOfItsOwn() throws Exception {
    resource = Things.reconciledBy(Things.NATURAL_KEY);
    List<Instant> sends = new ArrayList<>();
    api.next(
        POST,
        3,
        handling -> {
          sends.add(time.instant());
          return sends.size() == 3 ? handling.run() : null;
        });

    api.next(LIST, 4, FakeApi.Handling::run);
    api.next(LIST, FakeApi.says(500, "not now"));
    assertFails(Reason.UNAVAILABLE);
    assertThat(row().provenAbsentAt()).isNotNull();
    time.advance(Duration.ofHours(1));

    assertCreates(Outcome.CREATED);

    assertThat(Duration.between(sends.get(1), sends.get(2))).isGreaterThan(quarantine());
  }

  private Duration quarantine() {
    return context.timing().quarantine();
  }

  /** A lease may last 10 minutes and no longer. */
  @Test
  void aLongQuarantineIsLookedIntoUnderTheLongestLease() throws Exception {
    resource = Things.reconciledBy(Things.NATURAL_KEY);
    Timing usual = Timing.DEFAULT;
    TestContext patient =
        context
            .with()
            .timing(
                new Timing(
                    usual.lease(),
                    usual.createDeadline(),
                    Duration.ofMinutes(20),
                    usual.settle(),
                    usual.readTimeout(),
                    usual.claimWait(),
                    usual.readyWait()))
            .build();
    List<Duration> leases = new ArrayList<>();
    api.next(
        POST,
        handling -> {
          api.next(
              LIST,
              look -> {
                StoredResource held = row();
                leases.add(Duration.between(held.readAt(), held.claim().leaseUntil()));
                return look.run();
              });
          handling.run();
          return null;
        });

    assertThat(create(patient).outcome()).isEqualTo(Outcome.ADOPTED);

    assertThat(leases).first().isEqualTo(ClaimRequest.MAX_LEASE);
  }

  @Test
  void aLookThatEndsAtOnceHasALeaseForTheWholeQuarantine() throws Exception {
    resource = Things.reconciledBy(Things.NATURAL_KEY);
    List<Duration> leases = new ArrayList<>();
    api.next(
        POST,
        handling -> {
          api.next(
              LIST,
              look -> {
                StoredResource held = row();
                leases.add(Duration.between(held.readAt(), held.claim().leaseUntil()));
                return look.run();
              });
          handling.run();
          return null;
        });

    assertCreates(Outcome.ADOPTED);

    assertThat(leases)
        .first()
        .isEqualTo(context.timing().lease().plus(context.timing().quarantine()));
  }
}
