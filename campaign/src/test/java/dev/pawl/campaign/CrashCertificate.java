package dev.pawl.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** The whole campaign; run by {@code bench/crash}, not by the build. */
@NullUnmarked // a null where none belongs fails the test
class CrashCertificate {
  @Test
  void write() throws Exception {
    Campaign campaign =
        new Campaign(
            Integer.getInteger("pawl.crash.every", 1),
            Integer.getInteger("pawl.crash.random", 20_000),
            Long.getLong("pawl.crash.seed", 1));
    String version = System.getProperty("pawl.crash.version", "unknown");
    assertThat(campaign.run(version, Path.of("../docs/crash-certificate.md")))
        .as("every promise kept, but for what is known, and every control noticed")
        .isTrue();
  }
}
