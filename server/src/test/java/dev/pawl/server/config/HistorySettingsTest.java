package dev.pawl.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.schema.SqlProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long runs are kept, and in what profile. */
class HistorySettingsTest {
  @TempDir Path temp;

  private ServerOptions read(String yaml) throws IOException {
    Path file = Files.writeString(temp.resolve("config.yaml"), yaml);
    return ReadConfig.run(file, ServerOptions.in(temp), name -> null);
  }

  @Test
  void runsAreKeptForEverUnlessSaidOtherwise() throws IOException {
    assertThat(read("port: 1").runRetention()).isNull();
    assertThat(read("runRetention: 30d").runRetention()).isEqualTo(Duration.ofDays(30));
    assertThatThrownBy(() -> read("runRetention: 0s"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("runRetention a duration is more than 0 and at most 366d");
  }

  @Test
  void profilesAreKnownByName() throws IOException {
    assertThat(read("sqlProfile: portable").sqlProfile()).isEqualTo(SqlProfile.PORTABLE);
    assertThat(read("sqlProfile: postgresql").sqlProfile()).isEqualTo(SqlProfile.POSTGRESQL);
    assertThatThrownBy(() -> read("sqlProfile: mysql"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("sqlProfile must be one of postgresql, portable, is mysql");
  }
}
