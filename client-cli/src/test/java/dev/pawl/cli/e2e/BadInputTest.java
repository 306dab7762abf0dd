package dev.pawl.cli.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong is said in one sentence with its place, and changes nothing. */
@Timeout(300)
class BadInputTest {
  private static final String TOKEN = "token-that-nobody-may-see";

  private static final String SEVEN_PROBLEMS =
      """
      apiVersion: pawl.dev/v1
      kind: Workflow
      metadata: {name: bad}
      spec:
        inputs:
          region: {type: string, default: nyc3}
        steps:
          - id: unknown-model
            model: digitalocean/vpcc
            method: create
            instance: x
            with: {name: x}
          - id: typo
            model: digitalocean/tag
            methud: create
            instance: x
            with: {name: x}
          - id: unknown-method
            model: digitalocean/tag
            method: creat
            instance: x
            with: {name: x}
          - id: cel
            model: digitalocean/tag
            method: create
            instance: x
            with: {name: "${{ inputs.region + 1 }}", colour: red}
          - id: a
            model: digitalocean/tag
            method: create
            instance: a
            with: {name: "${{ steps.b.output.name }}"}
          - id: b
            model: digitalocean/tag
            method: create
            instance: b
            with: {name: "${{ steps.a.output.name }}"}
      """;

  @TempDir static Path home;
  private static Pawl pawl;
  private static SandboxProcess api;
  private static DataDirectory data;
  private static PawlServerProcess server;

  @BeforeAll
  static void start() throws Exception {
    pawl = new Pawl(home);
    pawl.setEnvironment("DO_TOKEN", TOKEN);
    api = pawl.sandbox("--require-auth");
    data = pawl.dataDirectory("data");
    server =
        pawl.server(
            data,
            "--port",
            "0",
            "--connection",
            "digitalocean=" + api.url() + ",token-env=DO_TOKEN");
  }

  @AfterAll
  static void end() throws Exception {
    pawl.end();
  }

  @Test
  void aWorkflowsProblemsAreSaidAllAtOnceAndNothingIsStored() throws Exception {
    Path file = Files.writeString(home.resolve("bad.yaml"), SEVEN_PROBLEMS);

    JsonNode error = run("bad", file).exits(2).error();

    assertThat(error.path("reason").asText()).isEqualTo("INVALID_WORKFLOW");
    List<String> places = new ArrayList<>();
    List<String> messages = new ArrayList<>();
    for (JsonNode violation : error.path("violations")) {
      places.add(violation.path("field").asText().replace(file.toString(), "bad.yaml"));
      messages.add(violation.path("message").asText());
    }
    assertThat(places)
        .containsExactly(
            "bad.yaml:9:14",
            "bad.yaml:13:7",
            "bad.yaml:15:7",
            "bad.yaml:20:15",
            "bad.yaml:27:39",
            "bad.yaml:27:48",
            "bad.yaml:28:11");
    assertThat(messages)
        .satisfiesExactly(
            m -> assertThat(m).contains("did you mean 'digitalocean/vpc'?"),
            m -> assertThat(m).contains("'method' is missing"),
            m -> assertThat(m).contains("did you mean 'method'?"),
            m -> assertThat(m).contains("did you mean 'create'?"),
            m -> assertThat(m).contains("(string, int)"),
            m -> assertThat(m).contains("unknown argument 'colour'"),
            m -> assertThat(m).contains("a → b → a"));
    assertNothingStored("bad");
  }

  @Test
  void anInputOfTheWrongTypeIsRefused() throws Exception {
    JsonNode error = run("inputs", WebTier.file(), "--input", "droplets=5").exits(2).error();

    assertThat(error.path("reason").asText()).isEqualTo("INVALID_INPUTS");
    assertThat(error.path("violations").path(0).path("field").asText())
        .isEqualTo("inputs.droplets");
    assertNothingStored("inputs");
  }

  @Test
  void aFileOverItsLimitIsToldTheLimit() throws Exception {
    Path file = home.resolve("big.yaml");
    Files.writeString(file, Files.readString(WebTier.file()) + "#" + "x".repeat(1 << 20));

    JsonNode error = run("big", file).exits(2).error();

    assertThat(error.path("code").asText()).isEqualTo("RESOURCE_EXHAUSTED");
    assertThat(error.path("message").asText()).contains("big.yaml", "1048576");
    assertNothingStored("big");
  }

  @Test
  void aFileThatCannotBeReadIsNamed() throws Exception {
    Path none = home.resolve("none.yaml");

    JsonNode error = run("none", none).exits(2).error();

    assertThat(error.path("message").asText())
        .isEqualTo("cannot read " + none + ": there is no such file");
    assertThat(run("none", home).exits(2).error().path("message").asText()).endsWith("a folder");
  }

  @Test
  void aRefusedTokenIsSaidInTheApisWordsAndNeverShown() throws Exception {
    api.arm(
        """
        {"match": "POST /v2/vpcs", "fault": "status", "status": 401, "times": 1,
         "body": "{\\"id\\": \\"Unauthorized\\", \\"message\\": \\"Unable to authenticate you\\"}"}
        """);

    Finished finished = run("refused", WebTier.file());

    RunAnswer answer = RunAnswer.of(finished).failed();
    // The token reached the API: without one it takes nothing.
    assertThat(answer.steps()).contains("tag CREATED");
    JsonNode error = answer.step("vpc").path("error");
    assertThat(error.path("reason").asText()).isEqualTo("API_UNAUTHENTICATED");
    assertThat(error.path("message").asText()).contains("Unable to authenticate you");
    assertThat(error.path("request").path("path").asText()).isEqualTo("/v2/vpcs");
    assertThat(finished.out() + finished.err()).doesNotContain(TOKEN);
    assertThat(Files.readString(server.command().err())).doesNotContain(TOKEN);
    assertThat(filesWith(TOKEN, data.path())).isEmpty();
  }

  @Test
  void anUnreachableApiIsNamed() throws Exception {
    DataDirectory own = pawl.dataDirectory("unreachable");

    // Port 9 is discard: nobody listens there.
    RunAnswer answer =
        pawl.runDocument(
                "run",
                WebTier.file().toString(),
                "--connection",
                "digitalocean=http://127.0.0.1:9",
                "--data-dir",
                own.path().toString())
            .failed();

    JsonNode error = answer.step("vpc").path("error");
    assertThat(error.path("reason").asText()).isEqualTo("UNREACHABLE");
    assertThat(error.path("message").asText()).contains("http://127.0.0.1:9", "refused");
    assertThat(error.path("request").path("path").asText()).isEqualTo("/v2/vpcs");
  }

  @Test
  void aTakenPortIsOneSentence() throws Exception {
    DataDirectory own = pawl.dataDirectory("port");

    JsonNode error = startsNot(own, server.port());

    assertThat(error.path("message").asText()).contains("127.0.0.1:" + server.port());
  }

  @Test
  void aDirectoryOfALivingServerIsOneSentence() throws Exception {
    JsonNode error = startsNot(data, "0");

    assertThat(error.path("reason").asText()).isEqualTo("DATA_DIRECTORY_LOCKED");
    assertThat(error.path("message").asText())
        .contains(data.path().toString(), server.address(), "--data-dir");
  }

  private static JsonNode startsNot(DataDirectory directory, String port) throws Exception {
    Finished server =
        pawl.run("server", "--data-dir", directory.path().toString(), "--port", port, "-o", "json");
    JsonNode error = server.exits(1).error();
    assertThat(error.path("code").asText()).isEqualTo("FAILED_PRECONDITION");
    assertThat(server.err()).doesNotContain("Exception");
    return error;
  }

  private static Finished run(String namespace, Path file, String... more) throws Exception {
    List<String> line = new ArrayList<>(List.of("run", file.toString()));
    line.addAll(List.of("--server", server.address(), "--namespace", namespace, "-o", "json"));
    line.addAll(List.of(more));
    return pawl.run(line.toArray(String[]::new));
  }

  private static void assertNothingStored(String namespace) throws Exception {
    JsonNode runs =
        pawl.run("runs", "--server", server.address(), "--namespace", namespace, "-o", "json")
            .exits(0)
            .json();
    assertThat(runs.path("runs")).isEmpty();
  }

  private static List<Path> filesWith(String words, Path root) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()
                && new String(Files.readAllBytes(file), UTF_8).contains(words)) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            // The database at work renames and removes files.
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }
}
