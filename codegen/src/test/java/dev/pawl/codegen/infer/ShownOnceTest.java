package dev.pawl.codegen.infer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.codegen.Traps;
import dev.pawl.codegen.ir.Resource;
import org.junit.jupiter.api.Test;

/** Secrets that only a create shows. */
class ShownOnceTest {
  private static Resource resource(String kind) {
    return Traps.api("secrets-shown-once").resources().stream()
        .filter(r -> r.kind().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aSecretThatNoReadShowsIsNamedAndWarnedOf() {
    assertThat(resource("key").shownOnce()).containsExactly("secret_key");
    assertThat(resource("key").warnings()).anyMatch(w -> w.contains("shows secret_key"));
  }

  @Test
  void oneThatSaysSoItselfIsToo() {
    assertThat(resource("grant").shownOnce()).containsExactly("token");
  }

  @Test
  void whatHasExpiredIsStillThere() {
    assertThat(resource("grant").softDelete()).isEmpty();
  }
}
