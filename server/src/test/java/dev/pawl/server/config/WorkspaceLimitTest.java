package dev.pawl.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspaceLimitTest {
  @TempDir Path temp;

  private long read(String yaml) throws IOException {
    Path file = Files.writeString(temp.resolve("config.yaml"), yaml);
    return ReadConfig.run(file, ServerOptions.in(temp), name -> null).workspaceLimit();
  }

  @Test
  void itIs256MibUnlessSaidOtherwise() throws IOException {
    assertThat(read("port: 1")).isEqualTo(256L << 20);
  }

  @ParameterizedTest
  @CsvSource({"1000, 1000", "0, 0", "64KiB, 65536", "1 MiB, 1048576", "3GiB, 3221225472"})
  void sizesAreReadWithTheirUnits(String text, long bytes) throws IOException {
    assertThat(read("workspaceLimit: " + text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "big", "1MB", "1.5GiB", "99999999999", ""})
  void anythingElseIsRefusedWithItsKey(String text) {
    assertThatThrownBy(() -> read("workspaceLimit: '" + text + "'"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("workspaceLimit")
        .hasMessageContaining("MiB");
  }
}
