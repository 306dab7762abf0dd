package dev.pawl.server.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.workspace.ConfinedFolder;
import dev.pawl.server.run.Manifest;
import dev.pawl.server.store.WorkspaceStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoldersTest {
  @TempDir Path temp;
  private ConfinedFolder folder;
  private final Map<String, byte[]> stored = new HashMap<>();

  @BeforeEach
  void makeFolder() throws IOException {
    folder = new ConfinedFolder(Files.createDirectory(temp.resolve("folder")));
  }

  private Path write(String name, byte[] content) throws IOException {
    Path file = folder.root().resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  private byte[] piece(String hash) {
    return stored.getOrDefault(hash, new byte[0]);
  }

  private Manifest scan() throws MethodException {
    return ScanFolder.run(folder, FileLimits.DEFAULT);
  }

  private static void mode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  @Test
  void whatIsRestoredIsScannedAsTheSame() throws Exception {
    byte[] large = new byte[2 * WorkspaceStore.PIECE + 17];
    new Random(7).nextBytes(large);
    write("large", large);
    write("empty", new byte[0]);
    mode(write("a/b/run.sh", new byte[] {1}), "rwxr-x--x");
    mode(write("a/secret", new byte[] {2}), "r--------");
    write("ä ö/日本\n", new byte[] {3});
    Files.createDirectory(folder.root().resolve("a/none"));
    Files.createSymbolicLink(folder.root().resolve("link"), Path.of("a/b/run.sh"));
    Files.createSymbolicLink(folder.root().resolve("a/b/dir"), Path.of("../../ä ö"));
    mode(folder.root().resolve("a/b"), "r-xr-x---");

    Manifest before = scan();
    SendPieces.run(folder, before, before.blobs(), stored::putAll);
    ConfinedFolder other = new ConfinedFolder(Files.createDirectory(temp.resolve("other")));
    RestoreFolder.run(other, before, this::piece);

    assertThat(ScanFolder.run(other, FileLimits.DEFAULT)).isEqualTo(before);
    assertThat(Files.readAllBytes(other.root().resolve("large"))).isEqualTo(large);
    assertThat(stored.values()).allMatch(piece -> piece.length <= WorkspaceStore.PIECE);
    assertThat(stored).hasSize(3 + 3);
    assertThat(before.bytes()).isEqualTo(large.length + 3);
    RemoveFolder.run(other.root());
    assertThat(other.root()).doesNotExist();
  }

  @Test
  void nothingIsSentTwiceAndAFewMibAtATime() throws Exception {
    for (int i = 0; i < 5; i++) {
      byte[] content = new byte[3 << 20];
      content[0] = (byte) (i / 2);
      write("f" + i, content);
    }
    Manifest manifest = scan();
    int[] batches = {0};
    SendPieces.run(
        folder,
        manifest,
        manifest.blobs(),
        pieces -> {
          batches[0]++;
          assertThat(pieces.values().stream().mapToInt(p -> p.length).sum())
              .isLessThanOrEqualTo(WorkspaceStore.PIECE);
          assertThat(stored.keySet()).doesNotContainAnyElementsOf(pieces.keySet());
          stored.putAll(pieces);
        });
    assertThat(stored).hasSize(3);
    assertThat(batches[0]).isEqualTo(3);
  }

  @Test
  void aFileThatChangesMeanwhileIsRefusedByName() throws Exception {
    write("a/log", new byte[] {1});
    Manifest manifest = scan();
    write("a/log", new byte[] {2});
    assertRefused(
        "a/log", () -> SendPieces.run(folder, manifest, manifest.blobs(), stored::putAll));
    assertThat(stored).isEmpty();
  }

  @FunctionalInterface
  private interface Call {
    void run() throws Exception;
  }

  private static void assertRefused(String name, Call call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            MethodException.class,
            e -> {
              assertThat(e.failure().reason()).isEqualTo(Reason.WORKSPACE_REFUSED);
              assertThat(e.failure().message()).contains("'" + name + "'");
              assertThat(e.effect()).isEqualTo(MethodException.Effect.UNKNOWN);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/etc/passwd", "..", "../..", "../../outside", "bad", "ok/../../.."})
  void linksToOutsideAreRefusedByName(String target) throws Exception {
    Files.createDirectories(folder.root().resolve("in/ok"));
    Files.createSymbolicLink(
        folder.root().resolve("in/bad"), Path.of(target.equals("..") ? "../.." : target));
    assertRefused("in/bad", this::scan);
  }

  @Test
  void aLinkThatLeadsOutByWayOfAnotherIsRefused() throws Exception {
    Files.createDirectories(folder.root().resolve("a"));
    Files.createSymbolicLink(folder.root().resolve("a/up"), Path.of(".."));
    Files.createSymbolicLink(folder.root().resolve("a/out"), Path.of("up/.."));
    assertRefused("a/out", this::scan);
  }

  @Test
  void aManifestNeverWritesOutside() throws Exception {
    for (String path : List.of("../x", "/x", "a/../../x")) {
      Manifest hostile = new Manifest(List.of(new Manifest.File(path, 0644, 0, List.of())));
      assertThatThrownBy(() -> RestoreFolder.run(folder, hostile, this::piece))
          .isInstanceOf(MethodException.class);
    }
    assertThat(temp).isDirectoryNotContaining("glob:**/x");
  }

  @Test
  void removingFollowsNoLinkAndMindsNoMode() throws Exception {
    Path outside = Files.writeString(temp.resolve("outside"), "stays");
    Path outsideFolder = Files.createDirectory(temp.resolve("outside-folder"));
    Files.createSymbolicLink(folder.root().resolve("file"), outside);
    Files.createSymbolicLink(folder.root().resolve("folder"), outsideFolder);
    write("closed/file", new byte[0]);
    mode(folder.root().resolve("closed"), "---------");
    mode(folder.root(), "r-x------");
    RemoveFolder.run(folder.root());
    assertThat(folder.root()).doesNotExist();
    assertThat(outside).hasContent("stays");
    assertThat(outsideFolder).isDirectory();
    RemoveFolder.run(folder.root());
  }

  @Test
  void whatADeadProcessLeftIsRemovedAndALivingOnesStays() throws Exception {
    Path directory = temp.resolve("workspaces");
    Path dead = Files.createDirectories(directory.resolve("dead/run-1"));
    Files.writeString(dead.resolve("file"), "x");
    Files.createFile(directory.resolve("dead.lock"));
    try (WorkspaceFolders living = WorkspaceFolders.in(directory, FileLimits.DEFAULT)) {
      ConfinedFolder used = living.create("run-2");
      try (WorkspaceFolders other = WorkspaceFolders.in(directory, FileLimits.DEFAULT)) {
        assertThat(used.root()).isDirectory();
        assertThat(dead).doesNotExist();
        assertThat(other.create("run-2").root()).isNotEqualTo(used.root());
      }
      assertThat(used.root()).isDirectory();
      assertThat(living.create("run-2").root()).isNotEqualTo(used.root());
    }
    assertThat(directory).isEmptyDirectory();
  }
}
