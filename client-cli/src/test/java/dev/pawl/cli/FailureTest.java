package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.Code;
import dev.pawl.cli.Cli.Result;
import dev.pawl.cli.failure.CliException;
import dev.pawl.cli.failure.ExitCode;
import dev.pawl.cli.hosting.SandboxSettings;
import dev.pawl.cli.hosting.Servers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command answers that comes to no run, and the exit code that goes with it. */
class FailureTest {
  @TempDir Path folder;

  @Test
  void aCallThatIsRefusedIsToldWithItsReason() throws Exception {
    try (FakePawl pawl =
        FakePawl.refusing(
            Code.ALREADY_EXISTS_VALUE, "IDEMPOTENCY_KEY_REUSED", "the key k started run R1")) {
      Result result = command(pawl, "run", file(), "--idempotency-key", "k", "-o", "json");
      assertThat(result.code()).isEqualTo(1);
      JsonNode error = result.json().at("/error");
      assertThat(error.at("/code").asText()).isEqualTo("ALREADY_EXISTS");
      assertThat(error.at("/reason").asText()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
      assertThat(error.at("/message").asText()).isEqualTo("the key k started run R1");
      assertThat(error.at("/violations").isEmpty()).isTrue();
    }
  }

  @Test
  void anInvalidFileIsToldLineByLineAndExitsWithTwo() throws Exception {
    FieldViolation violation =
        FieldViolation.newBuilder()
            .setField("w.yaml:3:7")
            .setDescription("unknown field 'regoin'")
            .build();
    try (FakePawl pawl =
        FakePawl.refusing(
            Code.INVALID_ARGUMENT_VALUE, "INVALID_WORKFLOW", "a problem", violation)) {
      Result text = command(pawl, "run", file());
      assertThat(text.code()).isEqualTo(2);
      assertThat(text.err()).startsWith("w.yaml:3:7: unknown field 'regoin'\n");
      assertThat(text.out()).isEmpty();
      Result json = command(pawl, "run", file(), "-o", "json");
      assertThat(json.json().at("/error/violations/0/field").asText()).isEqualTo("w.yaml:3:7");
    }
  }

  @Test
  void aFileOverALimitExitsWithTwoAsAnyOtherInvalidOne() throws Exception {
    try (FakePawl pawl =
        FakePawl.refusing(Code.RESOURCE_EXHAUSTED_VALUE, "LIMIT_EXCEEDED", "more than 1 MiB")) {
      assertThat(command(pawl, "run", file()).code()).isEqualTo(2);
    }
  }

  @Test
  void aDatabaseThatIsNoPostgresIsAMisuse() {
    Result result = new Cli().run("server", "--database-url", "jdbc:mysql://db/pawl");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("jdbc:postgresql:").doesNotContain("defect");
  }

  @Test
  void aSandboxOfSomethingElseThanAnApiDocumentIsAMisuse() throws Exception {
    SandboxSettings settings =
        new SandboxSettings(
            file(), 0, Optional.of(folder), SandboxSettings.Credentials.NOT_CHECKED, Duration.ZERO);
    assertThatThrownBy(() -> Servers.ofThisBuild().startSandbox(settings))
        .isInstanceOfSatisfying(
            CliException.class, e -> assertThat(e.failure().exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("is not an OpenAPI document");
  }

  @Test
  void aDataDirectoryThatCannotBeUsedIsNamedWithTheWayOut() throws Exception {
    Result result = new Cli().run("runs", "--data-dir", file());
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err())
        .contains("cannot use the data directory " + file(), "--data-dir")
        .doesNotContain("server.address");
  }

  @Test
  void aResourceInDoubtExitsWithThree() throws Exception {
    try (FakePawl pawl =
        FakePawl.refusing(Code.FAILED_PRECONDITION_VALUE, "IN_DOUBT", "sent, unanswered")) {
      assertThat(command(pawl, "data", "get", "a/b", "c").code()).isEqualTo(3);
    }
  }

  @Test
  void aServerThatDoesNotAnswerIsNamed() {
    Result result = new Cli().run("show", "R1", "--server", "127.0.0.1:1", "-o", "json");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("no server answers at 127.0.0.1:1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "runn",
        "run",
        "run w.yaml --sanbox x",
        "run w.yaml --input novalue",
        "run w.yaml --input a=1 --input a=2",
        "run w.yaml --on-existing fail",
        "run w.yaml --on-existing sometimes --idempotency-key k",
        "run w.yaml --connection digitalocean",
        "run w.yaml --connection Digital=http://x",
        "run w.yaml --connection a=ftp://x",
        "run w.yaml --connection a=http://user:pw@x/",
        "run w.yaml --connection a=http://x,token=secret",
        "run w.yaml --connection a=http://x,token-env=UNSET",
        "run w.yaml --connection a=http://x --connection a=http://y",
        "run w.yaml --server h:1 --sandbox digitalocean",
        "run no-such-file.yaml",
        "run w.yaml --workflow web-tier",
        "run --workflow @3",
        "run --workflow web-tier@latest",
        "plan",
        "workflow",
        "workflow get web-tier@0",
        "workflow put w.yaml --expected-version -1",
        "workflow put no-such-file.yaml",
        "show R1 --server nowhere",
        "show R1 --server h:99999",
        "runs --limit 0",
        "runs --status odd",
        "data",
        "data get a/b",
        "server --port 70000",
        "sandbox digitalocean --ready-after soon",
        "validate no-such-file.yaml",
      })
  void misuseExitsWithTwoAndIsToldInJsonToo(String line) throws Exception {
    String[] words = line.replace("w.yaml", file()).split(" ");
    Result text = new Cli().run(words);
    assertThat(text.code()).as(text.err()).isEqualTo(2);
    assertThat(text.out()).isEmpty();
    assertThat(text.err()).startsWith("error: ");

    String[] asJson = java.util.Arrays.copyOf(words, words.length + 2);
    asJson[words.length] = "-o";
    asJson[words.length + 1] = "json";
    Result json = new Cli().run(asJson);
    assertThat(json.code()).isEqualTo(2);
    assertThat(json.json().at("/error/code").asText()).isEqualTo("INVALID_ARGUMENT");
  }

  @Test
  void anEmptyIdempotencyKeyIsAnError() throws Exception {
    Result result = new Cli().run("run", file(), "--idempotency-key", "");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("1 to 255 characters");
  }

  @Test
  void aNearMissIsSuggested() {
    assertThat(new Cli().run("valdate", "x").err()).contains("did you mean: validate");
    assertThat(new Cli().run("run", "x", "--sanbox", "y").err())
        .contains("did you mean: --sandbox?");
  }

  @Test
  void aTokenIsNeverPrinted() throws Exception {
    Result result =
        new Cli()
            .with("TOKEN", "s3cret")
            .run(
                "run",
                file(),
                "--server",
                "h:1",
                "--connection",
                "a=http://x,token-env=TOKEN,account=me");
    assertThat(result.out() + result.err()).doesNotContain("s3cret");
  }

  @Test
  void helpAndVersionAreNoErrors() {
    assertThat(new Cli().run("--version").out()).startsWith("pawl ");
    for (String command : new String[] {"run", "retry", "server", "sandbox", "data", "models"}) {
      Result help = new Cli().run(command, "--help");
      assertThat(help.code()).isZero();
      assertThat(help.out()).startsWith("Usage: pawl " + command);
    }
  }

  @Test
  void dataIsPrintedWithItsStateInside() throws Exception {
    try (FakePawl pawl = FakePawl.with(dev.pawl.v1.Run.getDefaultInstance())) {
      JsonNode data = command(pawl, "data", "get", "a/b", "c", "-o", "json").json();
      assertThat(data.at("/state").asText()).isEqualTo("PRESENT");
      assertThat(data.at("/data/id").asInt()).isEqualTo(7);
    }
  }

  private String file() throws java.io.IOException {
    return Files.writeString(folder.resolve("w.yaml"), "spec: {}\n").toString();
  }

  private static Result command(FakePawl pawl, String... line) {
    return new Cli().with("PAWL_SERVER", pawl.address()).run(line);
  }
}
