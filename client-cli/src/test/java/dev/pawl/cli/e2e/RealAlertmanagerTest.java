package dev.pawl.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Prometheus Alertmanager: two like POSTs make two silences, what it has acknowledged it loses
 * with {@code kill -9}, and a silence that has run out is still answered with 200.
 */
@Timeout(300)
class RealAlertmanagerTest {
  private static final Path DOCUMENTS = Path.of("src/test/resources/dev/pawl/cli/e2e");
  private static final String SILENCE =
      "{matchers: [{name: job, value: %s, isRegex: false, isEqual: true}],"
          + " startsAt: \"2099-01-01T00:00:00.000Z\", endsAt: \"2099-01-02T00:00:00.000Z\","
          + " createdBy: pawl, comment: %s}";

  @TempDir Path home;
  private Pawl pawl;
  private RealServer alertmanager;
  private CuttingProxy proxy;
  private PawlServerProcess server;

  @BeforeEach
  void start() throws Exception {
    Path unpacked = RealServer.unpacked();
    pawl = new Pawl(home);
    Path folder = Files.createDirectory(home.resolve("alertmanager"));
    for (String template : List.of("default.tmpl", "email.tmpl")) {
      Files.copy(
          unpacked.resolve("root/usr/share/prometheus/alertmanager").resolve(template),
          folder.resolve(template));
    }
    Files.writeString(
        folder.resolve("am.yml"), "{route: {receiver: none}, receivers: [{name: none}]}");
    int port = RealServer.freePort();
    alertmanager =
        new RealServer(
            List.of(
                unpacked.resolve("alertmanager").toString(),
                "--config.file=am.yml",
                "--storage.path=data",
                "--web.listen-address=127.0.0.1:" + port,
                "--cluster.listen-address="),
            folder,
            port,
            "/-/ready",
            null);
    proxy = new CuttingProxy(port);
    server =
        RealModels.server(
            pawl,
            home,
            DOCUMENTS.resolve("silences.yaml"),
            "silences=http://127.0.0.1:" + proxy.port() + "/api/v2");
  }

  @AfterEach
  void end() throws Exception {
    if (pawl != null) {
      pawl.end();
    }
    if (alertmanager != null) {
      alertmanager.close();
    }
    if (proxy != null) {
      proxy.close();
    }
  }

  @Test
  void whatItLosesOrEndsIsMadeOnceMoreAndNothingTwice() throws Exception {
    Path workflow =
        Files.writeString(
            home.resolve("quiet.yaml"),
            """
            apiVersion: pawl.dev/v1
            kind: Workflow
            metadata: {name: quiet}
            spec:
              steps:
                - {id: quiet, model: silences/silence, method: create, instance: one, with: %s}
            """
                .formatted(SILENCE.formatted("one", "one")));
    assertThat(run(workflow).succeeded().steps()).containsExactly("quiet CREATED");
    assertThat(run(workflow).succeeded().steps()).containsExactly("quiet VERIFIED");
    assertThat(standing("one")).hasSize(1);

    alertmanager.kill();
    alertmanager.restart();
    assertThat(standing("one")).as("what it had acknowledged is lost").isEmpty();
    assertThat(run(workflow).succeeded().steps()).containsExactly("quiet RECREATED");
    assertThat(run(workflow).succeeded().steps()).containsExactly("quiet VERIFIED");
    assertThat(standing("one")).hasSize(1);

    String ended = standing("one").getFirst();
    alertmanager.call("DELETE", "/api/v2/silence/" + ended, null);
    assertThat(alertmanager.call("GET", "/api/v2/silence/" + ended, null).statusCode())
        .as("it is still shown")
        .isEqualTo(200);
    assertThat(run(workflow).succeeded().steps()).containsExactly("quiet RECREATED");
    assertThat(standing("one")).hasSize(1).doesNotContain(ended);
  }

  @Test
  void killedBetweenTheWorkAndItsAnswer() throws Exception {
    Path workflow =
        Files.writeString(
            home.resolve("quiet.yaml"),
            """
            apiVersion: pawl.dev/v1
            kind: Workflow
            metadata: {name: quiet}
            spec:
              steps:
                - {id: quiet, model: silences/silence, method: create, instance: two, with: %s}
            """
                .formatted(SILENCE.formatted("two", "two")));
    proxy.cut(CuttingProxy.Cut.ANSWER, "POST /api/v2/silences", 1);
    RunningCommand first =
        pawl.start("run", workflow.toString(), "--server", server.address(), "-o", "json");
    Await.until("the answer is lost", () -> proxy.cuts() == 1);
    alertmanager.kill();
    alertmanager.restart();
    first.finish();

    run(workflow).succeeded();
    assertThat(standing("two")).hasSize(1);
  }

  private RunAnswer run(Path workflow) throws Exception {
    return pawl.runDocument("run", workflow.toString(), "--server", server.address());
  }

  /** The ids of the silences of that comment that have not run out. */
  private List<String> standing(String comment) throws Exception {
    JsonNode all =
        new ObjectMapper().readTree(alertmanager.call("GET", "/api/v2/silences", null).body());
    return StreamSupport.stream(all.spliterator(), false)
        .filter(each -> each.path("comment").asText().equals(comment))
        .filter(each -> !each.path("status").path("state").asText().equals("expired"))
        .map(each -> each.path("id").asText())
        .toList();
  }
}
