package dev.pawl.server.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntentKeyTest {
  @TempDir Path directory;

  @Test
  void aKeyIsMadeOnceAndForItsOwnerOnly() throws IOException {
    Path file = directory.resolve("intent.key");
    byte[] made = IntentKey.in(file);

    assertThat(made).hasSize(32);
    assertThat(IntentKey.in(file)).isEqualTo(made);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void serversThatStartTogetherShareOneKey() throws Exception {
    Path file = directory.resolve("intent.key");
    List<String> keys = Together.call(8, i -> HexFormat.of().formatHex(IntentKey.in(file)));
    assertThat(keys).containsOnly(keys.getFirst());
  }

  @Test
  void whatIsNoKeyIsRefusedWithItsFile() throws IOException {
    Path file = directory.resolve("intent.key");
    Files.writeString(file, "c2hvcnQ=\n");
    assertThatThrownBy(() -> IntentKey.in(file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("intent.key")
        .hasMessageContaining("32");
    assertThatThrownBy(() -> IntentSealer.withKey("???"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not Base64");
  }
}
