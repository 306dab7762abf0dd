package dev.pawl.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.model.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllowedCommandsTest {
  @TempDir Path work;

  private Settings read(String yaml) throws IOException {
    Path file = Files.writeString(work.resolve("pawl.yaml"), yaml);
    return ReadConfig.run(file, ServerOptions.in(work), variable -> null).settings();
  }

  @Test
  void byDefaultNoneIsAllowed() throws IOException {
    assertThat(read("port: 0")).isEqualTo(Settings.NONE);
  }

  @Test
  void theFileNamesThem() throws IOException {
    assertThat(read("commands: [git, make]").commands()).isEqualTo(Set.of("git", "make"));
  }

  @Test
  void aPathIsNoName() {
    assertThatThrownBy(() -> read("commands: [/bin/sh]"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("commands has '/bin/sh' is no name of a program");
    assertThatThrownBy(() -> read("commands: git"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("must be a list");
  }
}
