package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Strategies have the names that reports and overrides call them by. */
class ReconcileTest {
  @Test
  void eachIsCalledByItsName() {
    assertThat(Things.KEY.strategy()).isEqualTo("KEY");
    assertThat(Things.CLIENT_ID.strategy()).isEqualTo("CLIENT_ID");
    assertThat(Things.MARKER.strategy()).isEqualTo("MARKER");
    assertThat(Things.NATURAL_KEY.strategy()).isEqualTo("NATURAL_KEY");
    assertThat(Things.NONE.strategy()).isEqualTo("NONE");
  }

  @Test
  void behindATokenIsWhatHelpsWithoutIt() {
    Reconcile behind = new Reconcile.Key("Request-Id", Things.MARKER, Duration.ofMinutes(10));
    assertThat(behind.withoutToken()).isEqualTo(Things.MARKER);
    assertThat(new Reconcile.Key("Idempotency-Key", behind).withoutToken())
        .isEqualTo(Things.MARKER);
    assertThat(((Reconcile.Key) behind).repeatable()).isEqualTo(Duration.ofMinutes(8));
  }
}
