package dev.pawl.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code onChange: update}: a generated model changes what is there instead of making another. */
@Timeout(300)
class UpdateTest {
  private static final String FLOW =
      """
      apiVersion: pawl.dev/v1
      kind: Workflow
      metadata: {name: network}
      spec:
        inputs:
          note: {type: string}
          region: {type: string, default: nyc3}
        steps:
          - id: vpc
            model: digitalocean/vpc
            method: create
            instance: web-vpc
            onChange: update
            with: {name: web-vpc, region: "${{ inputs.region }}", description: "${{ inputs.note }}"}
      """;

  @TempDir Path home;
  private Pawl pawl;
  private SandboxProcess api;
  private PawlServerProcess server;
  private String file;

  @BeforeEach
  void start() throws Exception {
    pawl = new Pawl(home);
    api = pawl.sandbox();
    server =
        pawl.server(
            pawl.dataDirectory("data"), "--port", "0", "--connection", "digitalocean=" + api.url());
    file = Files.writeString(home.resolve("network.yaml"), FLOW).toString();
  }

  @AfterEach
  void end() throws Exception {
    pawl.end();
  }

  private RunAnswer run(String command, String... inputs) throws Exception {
    List<String> line =
        new java.util.ArrayList<>(List.of(command, file, "--server", server.address()));
    for (String input : inputs) {
      line.addAll(List.of("--input", input));
    }
    return pawl.runDocument(line.toArray(String[]::new));
  }

  private long sent(String method) throws Exception {
    return api.requests().stream().filter(seen -> seen.method().equals(method)).count();
  }

  @Test
  void aChangedArgumentIsChangedAtTheApiOnce() throws Exception {
    assertThat(run("run", "note=first").succeeded().steps()).containsExactly("vpc CREATED");
    assertThat(run("plan", "note=second").step("vpc").toString()).contains("UPDATE");
    assertThat(run("run", "note=second").succeeded().steps()).containsExactly("vpc UPDATED");
    RunAnswer same = run("run", "note=second").succeeded();

    assertThat(same.steps()).containsExactly("vpc VERIFIED");
    assertThat(same.step("vpc").path("differs")).isEmpty();
    assertThat(sent("PATCH")).isEqualTo(1);
    assertThat(sent("POST")).isEqualTo(1);
    assertThat(api.count("/v2/vpcs/")).isEqualTo(1);
  }

  @Test
  void whatTheApiCannotChangeIsRefusedAndNothingIsSent() throws Exception {
    run("run", "note=first").succeeded();
    RunAnswer moved = run("run", "note=second", "region=ams3").failed();

    assertThat(moved.step("vpc").at("/error/reason").asText()).isEqualTo("ARGUMENTS_CHANGED");
    assertThat(moved.step("vpc").at("/error/message").asText()).contains("cannot change /region");
    assertThat(sent("PATCH") + sent("PUT")).isZero();
    assertThat(sent("POST")).isEqualTo(1);
  }
}
