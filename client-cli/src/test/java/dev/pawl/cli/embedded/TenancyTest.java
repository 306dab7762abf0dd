package dev.pawl.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TenancyTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final Tenancy tenancy = new Tenancy(Duration.ofSeconds(1), now::get);

  @Test
  void endsAMomentAfterTheLastClient() {
    assertThat(tenancy.enter()).isTrue();
    pass(Duration.ofHours(1));
    assertThat(tenancy.endIfUnneeded(() -> true)).isFalse();
    tenancy.leave();
    pass(Duration.ofMillis(999));
    assertThat(tenancy.endIfUnneeded(() -> true)).isFalse();
    pass(Duration.ofMillis(1));
    assertThat(tenancy.endIfUnneeded(() -> true)).isTrue();
  }

  @Test
  void theFirstClientMayTakeItsTime() {
    pass(Duration.ofMinutes(2));
    tenancy.begin();
    pass(Duration.ofSeconds(29));
    assertThat(tenancy.endIfUnneeded(() -> true)).isFalse();
    pass(Duration.ofSeconds(1));
    assertThat(tenancy.endIfUnneeded(() -> true)).isTrue();
  }

  @Test
  void aRunKeepsItWithoutAnyClient() {
    comeAndGo();
    pass(Duration.ofHours(1));
    assertThat(tenancy.endIfUnneeded(() -> false)).isFalse();
    pass(Duration.ofMillis(999));
    assertThat(tenancy.endIfUnneeded(() -> true)).isFalse();
    pass(Duration.ofMillis(1));
    assertThat(tenancy.endIfUnneeded(() -> true)).isTrue();
  }

  @Test
  void aClientThatComesInTimeIsHeld() {
    comeAndGo();
    pass(Duration.ofMillis(999));
    assertThat(tenancy.enter()).isTrue();
    pass(Duration.ofHours(1));
    assertThat(tenancy.endIfUnneeded(() -> true)).isFalse();
  }

  @Test
  void aClientThatComesTooLateIsTurnedAway() {
    comeAndGo();
    pass(Duration.ofSeconds(1));
    assertThat(tenancy.endIfUnneeded(() -> true)).isTrue();
    assertThat(tenancy.enter()).isFalse();
  }

  @Test
  void keptItStaysUntilToldToEnd() {
    tenancy.keep();
    pass(Duration.ofDays(1));
    assertThat(tenancy.endIfUnneeded(() -> true)).isFalse();
    tenancy.end();
    assertThat(tenancy.endIfUnneeded(() -> true)).isTrue();
  }

  @Test
  void keepingComesTooLateOnceItEnds() {
    tenancy.end();
    tenancy.keep();
    assertThat(tenancy.enter()).isFalse();
  }

  private void comeAndGo() {
    assertThat(tenancy.enter()).isTrue();
    tenancy.leave();
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
