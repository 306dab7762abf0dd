package dev.pawl.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.postgres.EmbeddedPostgres;
import dev.pawl.postgres.PostgresOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An operator's bad day: answers are lost, objects appear, and in the end the database is gone. */
@Timeout(600)
class DataCareTest {
  private static final String TYPE = "digitalocean/droplet";
  private static final String WORKFLOW =
      """
      apiVersion: pawl.dev/v1
      kind: Workflow
      metadata: {name: fleet}
      spec:
        inputs: {names: {type: array, items: {type: string}}}
        steps:
          - id: fleet
            model: digitalocean/droplet
            method: create
            forEach: {in: "${{ inputs.names }}"}
            instance: "${{ each.value }}"
            with: {name: "${{ each.value }}", region: nyc3, size: s-1vcpu-1gb, image: debian-12-x64}
      """;

  @TempDir Path home;
  private Pawl pawl;
  private SandboxProcess api;
  private EmbeddedPostgres postgres;
  private Path file;

  @BeforeEach
  void start() throws Exception {
    pawl = new Pawl(home);
    api = pawl.sandbox();
    postgres = EmbeddedPostgres.start(PostgresOptions.in(home.resolve("postgres")));
    file = Files.writeString(home.resolve("fleet.yaml"), WORKFLOW);
  }

  @AfterEach
  void end() throws Exception {
    pawl.end();
    postgres.close();
  }

  private void sql(String statement) throws Exception {
    try (Connection connection =
        DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password())) {
      connection.createStatement().execute(statement);
    }
  }

  /** Serves with short times, on a database of this name, which is made. */
  private PawlServerProcess server(String database) throws Exception {
    sql("create database " + database);
    Path config =
        Files.writeString(
            home.resolve(database + ".yaml"),
            """
            timing: {lease: 3s, createDeadline: 1s, processingAllowance: 1s, settle: 200ms}
            """);
    return pawl.server(
        pawl.dataDirectory(database),
        "--port",
        "0",
        "--config",
        config.toString(),
        "--database-url",
        postgres.jdbcUrl().replaceFirst("/[^/?]*(\\?.*)?$", "/" + database)
            + "?user="
            + postgres.user()
            + "&password="
            + postgres.password(),
        "--connection",
        "digitalocean=" + api.url());
  }

  private Finished run(String names) throws Exception {
    return pawl.run("run", file.toString(), "--input", "names=" + names, "-o", "json");
  }

  private Finished data(String... words) throws Exception {
    List<String> line = new ArrayList<>(List.of("data"));
    line.addAll(List.of(words));
    line.addAll(List.of("-o", "json"));
    return pawl.run(line.toArray(String[]::new));
  }

  private String state(String instance) throws Exception {
    return data("get", TYPE, instance).exits(0).json().path("state").asText();
  }

  /** The ids of all droplets there are. */
  private List<String> droplets() throws Exception {
    return api.resources().stream()
        .filter(path -> path.startsWith("/v2/droplets/"))
        .map(path -> path.substring("/v2/droplets/".length()))
        .toList();
  }

  private String madeByHand(String name) throws Exception {
    List<String> before = droplets();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(api.url() + "/v2/droplets"))
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    """
                    {"name":"%s","region":"nyc3","size":"s-1vcpu-1gb","image":"debian-12-x64"}
                    """
                        .formatted(name)))
            .build();
    assertThat(
            HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode() / 100)
        .isEqualTo(2);
    return droplets().stream().filter(id -> !before.contains(id)).findFirst().orElseThrow();
  }

  private void blindAfter(String fault) throws Exception {
    api.arm("{\"match\": \"POST /v2/droplets\", \"fault\": \"%s\"}".formatted(fault));
    api.arm(
        """
        {"match": "GET /v2/droplets", "fault": "status", "status": 500, "times": 1000}
        """);
  }

  @Test
  void whatIsInDoubtIsDecidedAndWhatIsLostIsFoundAgain() throws Exception {
    PawlServerProcess first = server("first");
    pawl.setEnvironment("PAWL_SERVER", first.address());
    String installation = first.command().firstAnswer().path("installationId").asText();
    assertThat(data("audit").exits(0).json().path("installationId").asText())
        .isEqualTo(installation)
        .hasSizeGreaterThan(20);

    decideThatItExists();
    decideThatItDoesNot();
    importWhatWasMadeByHand();
    findAnOrphanAndTakeItBack();

    first.command().stop();
    sql("drop database first with (force)");
    PawlServerProcess second = server("second");
    pawl.setEnvironment("PAWL_SERVER", second.address());
    findItAllAgain(installation);
  }

  private void decideThatItExists() throws Exception {
    blindAfter("drop-after-commit");
    run("[\"web-1\"]").exits(3);
    api.disarm();
    assertThat(state("web-1")).isEqualTo("IN_DOUBT");
    String id = droplets().getFirst();
    JsonNode finding = data("audit").exits(3).json().path("findings").path(0);
    assertThat(finding.path("finding").asText()).isEqualTo("IN_DOUBT");
    assertThat(finding.path("externalIds").path(0).asText()).isEqualTo(id);
    assertThat(data("resolve", TYPE, "web-1", "--adopt", "999").exits(1).error().path("reason"))
        .asString()
        .contains("OBJECT_NOT_FOUND");

    data("resolve", TYPE, "web-1", "--adopt", id, "--reason", "seen in the console").exits(0);

    assertThat(state("web-1")).isEqualTo("PRESENT");
    assertThat(RunAnswer.of(run("[\"web-1\"]")).succeeded().steps())
        .containsExactly("fleet VERIFIED");
    assertThat(data("resolve", TYPE, "web-1", "--absent").exits(1).error().path("reason").asText())
        .isEqualTo("NOT_IN_DOUBT");
    assertThat(api.postsAfter(0)).hasSize(1);
  }

  private void decideThatItDoesNot() throws Exception {
    blindAfter("drop-before-commit");
    run("[\"web-2\"]").exits(3);
    api.disarm();

    data("resolve", TYPE, "web-2", "--absent").exits(0);

    assertThat(RunAnswer.of(run("[\"web-2\"]")).succeeded().steps())
        .containsExactly("fleet CREATED");
    assertThat(droplets()).hasSize(2);
  }

  private void importWhatWasMadeByHand() throws Exception {
    String id = madeByHand("web-3");
    int posts = api.postsAfter(0).size();

    data("import", TYPE, "web-3", id).exits(0);

    assertThat(data("import", TYPE, "web-3", id).exits(0).json().path("alreadyPresent").asBoolean())
        .isTrue();
    RunAnswer run = RunAnswer.of(run("[\"web-3\"]")).succeeded();
    assertThat(run.steps()).containsExactly("fleet VERIFIED");
    assertThat(run.step("fleet").path("differs")).isEmpty();
    assertThat(data("import", TYPE, "web-4", id).exits(1).error().path("reason").asText())
        .isEqualTo("EXTERNAL_ID_OWNED");
    assertThat(api.postsAfter(0)).hasSize(posts);
  }

  private void findAnOrphanAndTakeItBack() throws Exception {
    String id = data("get", TYPE, "web-2").json().path("externalId").asText();
    data("delete", TYPE, "web-2").exits(0);

    JsonNode finding = data("audit", "--type", TYPE).exits(1).json().path("findings").path(0);
    assertThat(finding.path("finding").asText()).isEqualTo("UNOWNED");
    assertThat(finding.path("instance").asText()).isEqualTo("web-2");
    assertThat(finding.path("externalIds").path(0).asText()).isEqualTo(id);

    data("import", TYPE, "web-2", id).exits(0);
    data("audit").exits(0);
  }

  private void findItAllAgain(String installation) throws Exception {
    int posts = api.postsAfter(0).size();
    String names = "names=[\"web-1\",\"web-2\",\"web-3\"]";

    Finished rebuilt =
        data(
            "rebuild",
            "--from-provider",
            "--installation-id",
            installation,
            file.toString(),
            "--input",
            names);

    List<String> told = new ArrayList<>();
    for (JsonNode one : new ObjectMapper().readTree(rebuilt.out()).path("resources")) {
      told.add(one.path("instance").asText() + " " + one.path("result").asText());
    }
    // Nobody but the lost database knew that web-3 was taken over.
    assertThat(told).containsExactly("web-1 FOUND", "web-2 FOUND", "web-3 ABSENT");
    assertThat(rebuilt.err()).contains("web-1 FOUND");
    RunAnswer run = RunAnswer.of(run("[\"web-1\",\"web-2\"]")).succeeded();
    assertThat(run.steps()).containsExactly("fleet VERIFIED", "fleet VERIFIED");
    assertThat(run.step("fleet").path("differs")).isEmpty();
    assertThat(api.postsAfter(0)).hasSize(posts);
    assertThat(droplets()).hasSize(3);
  }
}
