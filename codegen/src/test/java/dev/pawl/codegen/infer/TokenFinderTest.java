package dev.pawl.codegen.infer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.codegen.Traps;
import dev.pawl.codegen.ir.Resource;
import dev.pawl.model.rest.Reconcile;
import dev.pawl.model.rest.RequestToken;
import dev.pawl.model.rest.RequestToken.Form;
import dev.pawl.model.rest.RequestToken.Place;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Request tokens in headers, queries and bodies. */
class TokenFinderTest {
  private static Resource resource(String kind) {
    return Traps.api("tokens-in-bodies").resources().stream()
        .filter(r -> r.kind().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  private static Optional<RequestToken> token(String kind) {
    return resource(kind).reconcile().value() instanceof Reconcile.Key key
        ? Optional.of(key.token())
        : Optional.empty();
  }

  @Test
  void aTokenMayBeInTheBodyOrTheQuery() {
    assertThat(token("payout")).contains(RequestToken.body("idempotency_key"));
    assertThat(token("snapshot")).contains(new RequestToken(Place.QUERY, "requestId", Form.TEXT));
  }

  @Test
  void itIsSpeltAsTheDocumentSays() {
    assertThat(token("volume")).contains(new RequestToken(Place.BODY, "clientToken", Form.UUID));
  }

  @Test
  void whatOnlyLooksLikeOneIsNotTaken() {
    assertThat(token("device")).isEmpty();
    assertThat(resource("device").rejected()).isEmpty();
  }

  @Test
  void oneThatMayBeRefusedOrCannotHoldOursIsLeftOutWithAReason() {
    assertThat(token("transfer")).isEmpty();
    assertThat(resource("transfer").rejected())
        .anyMatch(r -> r.contains("idempotency_key") && r.contains("refused"));
    assertThat(token("refund")).isEmpty();
    assertThat(resource("refund").rejected())
        .anyMatch(r -> r.contains("idempotency_key") && r.contains("none of the runtime's"));
  }
}
