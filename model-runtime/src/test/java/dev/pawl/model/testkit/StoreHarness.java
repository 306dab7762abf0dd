package dev.pawl.model.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.Claim;
import dev.pawl.model.data.ClaimAnswer;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.ClaimRequest;
import dev.pawl.model.data.Completion;
import dev.pawl.model.data.DataRepository;
import dev.pawl.model.data.Evidence;
import dev.pawl.model.data.Intent;
import dev.pawl.model.data.StoredResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;

/**
 * What the contract needs of a store, and short words for its moves. Every test uses keys and an
 * account of its own, so that all of them may share one store.
 */
@NullUnmarked // a null where none belongs fails the test
abstract class StoreHarness {
  static final Duration LEASE = Duration.ofSeconds(30);
  static final Duration SEND_WITHIN = Duration.ofSeconds(15);
  static final Duration ALLOWANCE = Duration.ofSeconds(20);
  static final Duration PAST_LEASE = LEASE.plusSeconds(1);

  final String account = "account-" + UUID.randomUUID();
  final ResourceKey key = key("default");

  /** The store under test; the same one through a test. */
  protected abstract DataRepository repository();

  /** Moves the store's clock, by which leases and quarantines run out. */
  protected abstract void advance(Duration time);

  /** What was learned about a key, oldest first. */
  protected abstract List<Evidence> evidence(ResourceKey of);

  /** Every stored version of a key's data, oldest first. */
  protected abstract List<JsonNode> versions(ResourceKey of);

  static ResourceKey key(String namespace) {
    return new ResourceKey(
        namespace, "contract/thing", "thing-" + UUID.randomUUID(), ResourceKey.STATE);
  }

  StoredResource read() {
    return repository().read(key);
  }

  ClaimAnswer ask(StoredResource read, ClaimMode mode) {
    return repository()
        .claim(
            new ClaimRequest(
                read,
                mode,
                "holder-" + mode,
                LEASE,
                mode == ClaimMode.RECONCILE ? Duration.ZERO : SEND_WITHIN,
                mode == ClaimMode.RECONCILE ? Duration.ZERO : ALLOWANCE,
                null,
                mode == ClaimMode.CREATE ? intent("body") : null));
  }

  Claim claim(ResourceKey of, ClaimMode mode) {
    ClaimAnswer answer = ask(repository().read(of), mode);
    assertThat(answer).isInstanceOf(ClaimAnswer.Granted.class);
    return ((ClaimAnswer.Granted) answer).claim();
  }

  Claim claim(ClaimMode mode) {
    return claim(key, mode);
  }

  StoredResource made(ResourceKey of, String externalId) throws MethodException {
    return repository()
        .complete(claim(of, ClaimMode.CREATE), completion(externalId, Outcome.CREATED));
  }

  StoredResource made() throws MethodException {
    return made(key, "id-1");
  }

  /** A row with a tombstone. */
  StoredResource buried() throws MethodException {
    return repository().bury(made(), StoredResource.Tombstone.Cause.VERIFIED_GONE);
  }

  /** A row in doubt about its first send. */
  Claim doubted() throws MethodException {
    Claim claim = claim(ClaimMode.CREATE);
    repository().doubt(claim, because("no answer"));
    return claim;
  }

  Intent intent(String body) {
    return new Intent(
        "POST",
        "http://127.0.0.1/things",
        Map.of("Accept", "application/json"),
        Json.object().put("name", body),
        Json.object().put("name", body),
        Json.object().put("parent", "p"),
        "pawl-marker",
        "pawl-token",
        account,
        false,
        null);
  }

  Completion completion(String externalId, Outcome outcome) {
    return completion(externalId, outcome, data("made"));
  }

  Completion completion(String externalId, Outcome outcome, JsonNode data) {
    return new Completion(
        data,
        externalId,
        account,
        Json.object().put("id", externalId),
        Json.object().put("name", "n"),
        "fingerprint-1",
        outcome);
  }

  static ObjectNode data(String status) {
    return Json.object().put("status", status);
  }

  static Evidence because(String what) {
    return new Evidence(what, Json.object().put("seen", "nothing"));
  }

  List<String> learned() {
    return evidence(key).stream().map(Evidence::what).toList();
  }

  static void assertRefused(Reason reason, ThrowingCallable call) {
    MethodException refusal = catchThrowableOfType(MethodException.class, call);
    assertThat(refusal).as("a refusal with reason " + reason).isNotNull();
    assertThat(refusal.failure().reason()).isEqualTo(reason);
  }

  static void assertStale(ThrowingCallable call) {
    assertRefused(Reason.CLAIM_STALE, call);
  }
}
