package dev.pawl.server.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntentKeyTest {
  @TempDir Path directory;
  private TestDatabase database;
  private Database open;

  @BeforeEach
  void open() {
    database = TestDatabase.create();
    open = Database.open(database.settings());
  }

  @AfterEach
  void close() {
    open.close();
    database.close();
  }

  private Path file(String name, byte[] key) throws IOException {
    return Files.writeString(
        directory.resolve(name), Base64.getEncoder().encodeToString(key) + "\n");
  }

  private static byte[] key(int fill) {
    byte[] key = new byte[32];
    java.util.Arrays.fill(key, (byte) fill);
    return key;
  }

  @Test
  void serversThatStartTogetherShareTheKeyOfTheirDatabase() throws Exception {
    List<String> keys = Together.call(8, i -> HexFormat.of().formatHex(IntentKey.kept(open)));
    assertThat(keys).containsOnly(keys.getFirst());
    assertThat(keys.getFirst()).hasSize(64);
    try (TestDatabase other = TestDatabase.create();
        Database elsewhere = Database.open(other.settings())) {
      assertThat(HexFormat.of().formatHex(IntentKey.kept(elsewhere))).isNotIn(keys);
    }
  }

  @Test
  void aFileIsForAllServersOrForNone() throws Exception {
    Path file = file("intent.key", key(1));
    assertThat(IntentKey.given(open, file)).isEqualTo(key(1));
    assertThat(IntentKey.given(open, file("copy.key", key(1)))).isEqualTo(key(1));
    assertThatThrownBy(() -> IntentKey.given(open, file("other.key", key(2))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("other.key")
        .hasMessageContaining("copy theirs");
    assertThatThrownBy(() -> IntentKey.kept(open))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("set intentKeyFile");
  }

  @Test
  void aFileThatComesLaterIsRefused() throws Exception {
    byte[] kept = IntentKey.kept(open);
    assertThatThrownBy(() -> IntentKey.given(open, file("intent.key", key(1))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("remove intentKeyFile");
    assertThat(IntentKey.kept(open)).isEqualTo(kept);
  }

  @Test
  void whatIsNoKeyIsRefusedWithItsFile() throws IOException {
    Path file = Files.writeString(directory.resolve("intent.key"), "c2hvcnQ=\n");
    assertThatThrownBy(() -> IntentKey.given(open, file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("intent.key")
        .hasMessageContaining("32");
    assertThatThrownBy(() -> IntentKey.given(open, directory.resolve("none")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("none can't be read");
    assertThatThrownBy(() -> IntentSealer.withKey("???"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not Base64");
  }
}
