package dev.pawl.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {
  @TempDir Path temp;

  @Test
  void modesAndLinksAreKept() throws IOException {
    Path target = Files.createDirectory(temp.resolve("target"));

    Archive.unpack(
        archive(file("bin/run", 0755), file("share/text", 0600), link("bin/ln", "run")), target);

    assertThat(target.resolve("bin/run")).isExecutable().hasContent("x");
    assertThat(Files.isExecutable(target.resolve("share/text"))).isFalse();
    assertThat(Files.readSymbolicLink(target.resolve("bin/ln"))).isEqualTo(Path.of("run"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../out", "a/../../out", "a/../..", ".."})
  void nothingLeavesTheTarget(String name) throws IOException {
    Path target = Files.createDirectory(temp.resolve("target"));

    assertThatThrownBy(() -> Archive.unpack(archive(file(name, 0644)), target))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("leaves the archive");
    assertThat(temp.resolve("out")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "../../out", "..", "a/../../out"})
  void noLinkLeadsOutOfItsDirectory(String to) throws IOException {
    Path target = Files.createDirectory(temp.resolve("target"));

    assertThatThrownBy(() -> Archive.unpack(archive(link("bin/ln", to)), target))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("leaves its directory");
  }

  private static TarArchiveEntry file(String name, int mode) {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setMode(0100000 | mode);
    entry.setSize(1);
    return entry;
  }

  private static TarArchiveEntry link(String name, String to) {
    TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
    entry.setLinkName(to);
    return entry;
  }

  private static InputStream archive(TarArchiveEntry... entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new XZCompressorOutputStream(bytes))) {
      for (TarArchiveEntry entry : entries) {
        tar.putArchiveEntry(entry);
        if (entry.getSize() > 0) {
          tar.write("x".getBytes(StandardCharsets.US_ASCII));
        }
        tar.closeArchiveEntry();
      }
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }
}
