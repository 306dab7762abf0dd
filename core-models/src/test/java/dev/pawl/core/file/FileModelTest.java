package dev.pawl.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileModelTest {
  @TempDir Path outside;
  private final FileModel model = new FileModel();
  private final TestContext context = TestContext.of("core/file", "step").build();
  private Path root = Path.of("");

  @BeforeEach
  void workspace() throws Exception {
    root = context.workspace().root();
  }

  private MethodResult run(String method, ObjectNode arguments) throws Exception {
    return model.invoke(method, arguments, context);
  }

  private MethodException refused(String method, ObjectNode arguments) {
    MethodException thrown =
        catchThrowableOfType(MethodException.class, () -> run(method, arguments));
    assertThat(thrown).as(method + " of " + arguments).isNotNull();
    return thrown;
  }

  private static ObjectNode at(String path) {
    return Json.object().put("path", path);
  }

  private Path old(String path) throws IOException {
    return Files.setLastModifiedTime(root.resolve(path), FileTime.fromMillis(1000));
  }

  @Test
  void theSameBytesAreWrittenOnce() throws Exception {
    ObjectNode arguments = at("a/b/motd").put("content", "hello ü\n");

    MethodResult first = run("write", arguments);
    Path file = old("a/b/motd");
    MethodResult second = run("write", arguments);

    assertThat(first.outcome()).isEqualTo(Outcome.CREATED);
    assertThat(second.outcome()).isEqualTo(Outcome.VERIFIED);
    assertThat(second.output()).isEqualTo(first.output());
    assertThat(file).hasContent("hello ü\n");
    assertThat(Files.getLastModifiedTime(file).toMillis()).as("not touched").isEqualTo(1000);
    assertThat(first.output().path("bytes").asInt()).isEqualTo(9);
    assertThat(first.output().path("path").asText()).isEqualTo("a/b/motd");
  }

  @Test
  void otherBytesReplaceTheFileAndLeaveNothingBesideIt() throws Exception {
    run("write", at("f").put("content", "one"));

    assertThat(run("write", at("f").put("content", "two")).outcome()).isEqualTo(Outcome.UPDATED);

    assertThat(root.resolve("f")).hasContent("two");
    try (Stream<Path> found = Files.list(root)) {
      assertThat(found).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"0600, rw-------", "755, rwxr-xr-x", "0444, r--r--r--"})
  void theModeIsPartOfTheFile(String mode, String permissions) throws Exception {
    run("write", at("f").put("content", "x"));

    MethodResult changed = run("write", at("f").put("content", "x").put("mode", mode));

    assertThat(changed.outcome()).isEqualTo(Outcome.UPDATED);
    assertThat(Files.getPosixFilePermissions(root.resolve("f")))
        .isEqualTo(PosixFilePermissions.fromString(permissions));
    assertThat(run("write", at("f").put("content", "x").put("mode", mode)).outcome())
        .isEqualTo(Outcome.VERIFIED);
  }

  @Test
  void anExecutableIsExecutable() throws Exception {
    run("write", at("run.sh").put("content", "#!/bin/sh\n").put("executable", true));

    assertThat(Files.isExecutable(root.resolve("run.sh"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "8", "4755", "0077", ""})
  void aModeThatIsNoneIsRefused(String mode) {
    assertThat(refused("write", at("f").put("content", "x").put("mode", mode)).failure().reason())
        .isEqualTo(Reason.INVALID_ARGUMENTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../f", "/etc/f", "a/../../f", "link/f", "link", ".", "", "a\0b"})
  void nothingIsWrittenReadOrDeletedOutside(String path) throws Exception {
    Files.writeString(outside.resolve("f"), "not ours");
    Files.createSymbolicLink(root.resolve("link"), outside);

    for (String method : new String[] {"write", "read", "delete"}) {
      MethodException e = refused(method, at(path).put("content", "x"));
      assertThat(e.failure().reason()).as(method).isIn(Reason.INVALID_ARGUMENTS, Reason.NOT_FOUND);
    }
    assertThat(outside.resolve("f")).hasContent("not ours");
    assertThat(root).isNotEmptyDirectory();
  }

  @Test
  void aLinkInsideIsNotWrittenThrough() throws Exception {
    run("write", at("real").put("content", "x"));
    Files.createSymbolicLink(root.resolve("alias"), Path.of("real"));

    assertThat(refused("write", at("alias").put("content", "y")).failure().message())
        .contains("symbolic link");
    assertThat(run("read", at("alias")).output().path("content").asText()).isEqualTo("x");
    run("delete", at("alias"));
    assertThat(root.resolve("real")).exists();
  }

  @Test
  void aFileIsNoFolder() throws Exception {
    run("write", at("f").put("content", "x"));
    Files.createDirectory(root.resolve("d"));

    assertThat(refused("write", at("f/g").put("content", "x")).failure().message())
        .contains("'f', which is no folder");
    assertThat(refused("write", at("d").put("content", "x")).failure().message())
        .contains("is a folder");
  }

  @Test
  void aFolderIsDeletedWithAllThatIsInIt() throws Exception {
    run("write", at("d/e/f").put("content", "x"));
    Files.createSymbolicLink(root.resolve("d/out"), outside);
    Files.writeString(outside.resolve("kept"), "x");

    MethodResult first = run("delete", at("d"));
    MethodResult second = run("delete", at("d"));

    assertThat(first.outcome()).isEqualTo(Outcome.EXECUTED);
    assertThat(second.outcome()).isEqualTo(Outcome.VERIFIED);
    assertThat(second.output().path("deleted").asBoolean(true)).isFalse();
    assertThat(outside.resolve("kept")).exists();
    assertThat(root.resolve("d")).doesNotExist();
  }

  @Test
  void whatIsReadIsWholeOrRefused() throws Exception {
    run("write", at("f").put("content", "12345"));

    assertThat(run("read", at("f").put("limit", 5)).output().path("content").asText())
        .isEqualTo("12345");
    assertThat(refused("read", at("f").put("limit", 4)).failure().reason())
        .isEqualTo(Reason.LIMIT_EXCEEDED);
    assertThat(refused("read", at("none")).failure().reason()).isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void whatIsNoTextIsReadAsBase64() throws Exception {
    Files.write(root.resolve("b"), new byte[] {(byte) 0xff, 0});

    Files.write(root.resolve("nul"), new byte[] {'a', 0});

    assertThat(run("read", at("b")).output().path("contentBase64").asText()).isEqualTo("/wA=");
    assertThat(run("read", at("nul")).output().path("contentBase64").asText()).isEqualTo("YQA=");
  }

  @Test
  void aTemplateIsFilledAsItStands() throws Exception {
    ObjectNode arguments =
        at("conf").put("template", "a={{a.b}}\n{{#list}}- {{.}}\n{{/list}}{{^none}}no{{/none}}\n");
    ObjectNode values = arguments.putObject("values");
    values.putObject("a").put("b", "<&>");
    values.putArray("list").add(1).add("x");
    values.putArray("none");

    MethodResult first = run("template", arguments);

    assertThat(root.resolve("conf")).hasContent("a=<&>\n- 1\n- x\nno\n");
    assertThat(first.outcome()).isEqualTo(Outcome.CREATED);
    assertThat(run("template", arguments).outcome()).isEqualTo(Outcome.VERIFIED);
  }

  @ParameterizedTest
  @CsvSource({
    "{{name}}, needs a value for 'name' in line 1",
    "{{#list}}x{{/list}}, needs a value for 'list' in line 1",
    "{{text.class}}, needs a value for 'text.class' in line 1",
    "{{text.length}}, needs a value for 'text.length' in line 1",
    "{{#open}}, cannot be filled",
    "{{>/etc/passwd}}, no partials"
  })
  void whatATemplateCannotHaveIsNamed(String template, String message) {
    ObjectNode arguments = at("conf").put("template", template);
    arguments.putObject("values").put("text", "t");

    MethodException e = refused("template", arguments);

    assertThat(e.failure().reason()).isEqualTo(Reason.INVALID_ARGUMENTS);
    assertThat(e.failure().message()).contains(message);
    assertThat(root.resolve("conf")).doesNotExist();
  }

  @Test
  void aTemplateThatMultipliesIsStopped() {
    StringBuilder template = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      template.append("{{#l").append(i).append("}}");
    }
    template.append("text");
    for (int i = 5; i >= 0; i--) {
      template.append("{{/l").append(i).append("}}");
    }
    ObjectNode arguments = at("conf").put("template", template.toString());
    ObjectNode values = arguments.putObject("values");
    for (int i = 0; i < 6; i++) {
      var list = values.putArray("l" + i);
      for (int j = 0; j < 50; j++) {
        list.add("x");
      }
    }

    assertThat(refused("template", arguments).failure().reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
  }
}
