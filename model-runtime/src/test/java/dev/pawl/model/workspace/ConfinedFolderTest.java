package dev.pawl.model.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfinedFolderTest {
  @TempDir Path temp;
  private Path root;
  private ConfinedFolder folder;

  @BeforeEach
  void makeFolder() throws Exception {
    root = Files.createDirectories(temp.resolve("in/side")).toRealPath();
    Path outside = Files.createDirectories(temp.resolve("outside"));
    Files.createDirectories(root.resolve("a/b"));
    link("a/up", "..");
    link("a/out", "../../../outside");
    link("absolute", outside.toString());
    link("self", root.toString());
    link("dangling", "../nowhere");
    link("later", "a/not-yet");
    link("round", "about");
    link("about", "round");
    link("chain", "a/out");
    link("beside", "../side-by-side");
    folder = new ConfinedFolder(root);
  }

  private void link(String name, String target) throws Exception {
    Files.createSymbolicLink(root.resolve(name), Path.of(target));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        "../side/a",
        "../side-by-side",
        "a/../../x",
        "a/b/../../../x",
        "./../x",
        "a//..//../x",
        "/",
        "/etc/passwd",
        "//etc",
        "a\0",
        "\0",
        "a/\0/../..",
        "a/out",
        "a/out/file",
        "a/b/../out/file",
        "absolute",
        "absolute/file",
        "self",
        "self/a",
        "dangling",
        "dangling/file",
        "beside",
        "round",
        "round/x",
        "chain",
        "chain/../x/../../chain",
        "a/up/a/up/chain",
        "a/up/a/out",
        "../../../../../../../../../../etc/passwd"
      })
  void nothingLeadsOut(String hostile) {
    assertThatThrownBy(() -> folder.resolve(hostile))
        .isInstanceOfSatisfying(
            MethodException.class,
            e -> {
              assertThat(e.failure().reason()).isEqualTo(Reason.INVALID_ARGUMENTS);
              assertThat(e.effect()).isEqualTo(MethodException.Effect.NOT_MADE);
              assertThat(e.failure().message()).contains("'" + hostile.replace("\0", "\\0") + "'");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "., ''",
    "a/.., ''",
    "a/b/./c, a/b/c",
    "a//b/, a/b",
    "a/b/../new file, a/new file",
    "..., ...",
    "..a/b.., ..a/b..",
    "~, ~",
    "'a\\..\\..\\b', 'a\\..\\..\\b'",
    "%2e%2e/x, %2e%2e/x",
    "a/up, a/up",
    "a/up/a/b, a/up/a/b",
    "later, later",
    "ä/日本, ä/日本",
  })
  void namesInsideAreTaken(String relative, String expected) throws Exception {
    Path wanted = expected.isEmpty() ? root : root.resolve(expected);
    assertThat(folder.resolve(relative)).isEqualTo(wanted);
  }

  @Test
  void theFolderItselfMayBeReachedThroughALink() throws Exception {
    Path way = Files.createSymbolicLink(temp.resolve("way"), root);
    assertThat(new ConfinedFolder(way).resolve("a")).isEqualTo(root.resolve("a"));
  }
}
