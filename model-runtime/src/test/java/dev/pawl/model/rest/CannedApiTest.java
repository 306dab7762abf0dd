package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.data.ClaimAnswer;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.ClaimRequest;
import dev.pawl.model.data.Completion;
import dev.pawl.model.data.StoredResource;
import dev.pawl.model.testkit.InMemoryDataRepository;
import dev.pawl.model.testkit.TestContext;
import dev.pawl.model.testkit.VirtualTime;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** One class of the protocol at a time, with answers that need no API. */
abstract class CannedApiTest {
  final VirtualTime time = new VirtualTime();
  final Canned api = new Canned(time);
  final InMemoryDataRepository repository = new InMemoryDataRepository(time);
  final TestContext context =
      TestContext.of(Things.TYPE, "web-1").repository(repository, time).connection(api).build();

  StoredResource row() {
    return repository.read(context.key());
  }

  /** What a create under this key has made and stored. */
  StoredResource stored(JsonNode data, JsonNode arguments) throws MethodException {
    ClaimRequest wish =
        new ClaimRequest(
            row(),
            ClaimMode.CREATE,
            "test",
            context.timing().lease(),
            Duration.ZERO,
            Duration.ZERO,
            null,
            null);
    return repository.complete(
        ((ClaimAnswer.Granted) repository.claim(wish)).claim(),
        new Completion(
            data,
            "t-1",
            "account-1",
            Json.object().put("id", "t-1"),
            arguments,
            Json.fingerprint(arguments),
            Outcome.CREATED));
  }

  static MethodException fails(Reason reason, ThrowingCallable call) {
    MethodException failure = catchThrowableOfType(MethodException.class, call);
    assertThat(failure).as("fails with %s", reason).isNotNull();
    assertThat(failure.failure().reason()).as(failure.getMessage()).isEqualTo(reason);
    return failure;
  }
}
