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
 * A PowerDNS, with models of the document that it serves itself: its cryptokeys have no name, two
 * like POSTs make two, and the id of a deleted one is given again.
 */
@Timeout(300)
class RealPowerDnsTest {
  private static final String KEY = "of-the-test";
  private static final String SERVER = "/api/v1/servers/localhost";
  private static final String ZONE = SERVER + "/zones/a.test.";

  @TempDir Path home;
  private Pawl pawl;
  private RealServer powerdns;
  private CuttingProxy proxy;
  private PawlServerProcess server;

  @BeforeEach
  void start() throws Exception {
    Path unpacked = RealServer.unpacked();
    pawl = new Pawl(home);
    Path folder = Files.createDirectory(home.resolve("powerdns"));
    int port = RealServer.freePort();
    configure(unpacked, folder, port);
    powerdns =
        new RealServer(
            List.of(
                unpacked.resolve("root/usr/sbin/pdns_server").toString(), "--config-dir=" + folder),
            folder,
            port,
            SERVER,
            KEY);
    proxy = new CuttingProxy(port);
    Path document =
        Files.writeString(
            home.resolve("powerdns.yaml"), powerdns.call("GET", "/api/docs", null).body());
    Files.copy(
        Path.of("src/test/resources/dev/pawl/cli/e2e/powerdns.overrides.yaml"),
        home.resolve("powerdns.overrides.yaml"));
    pawl.setEnvironment("POWERDNS_KEY", KEY);
    server =
        RealModels.server(
            pawl,
            home,
            document,
            "powerdns=http://127.0.0.1:" + proxy.port() + "/api/v1,token-env=POWERDNS_KEY");
    powerdns.call(
        "POST",
        SERVER + "/zones",
        "{\"name\": \"a.test.\", \"kind\": \"Native\", \"nameservers\": [\"ns.a.test.\"]}");
  }

  private static void configure(Path unpacked, Path folder, int port) throws Exception {
    Process tables =
        new ProcessBuilder(
                "python3",
                "-c",
                "import sqlite3,sys; sqlite3.connect(sys.argv[1])"
                    + ".executescript(open(sys.argv[2]).read())",
                folder.resolve("zones.sqlite").toString(),
                unpacked
                    .resolve("root/usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql")
                    .toString())
            .inheritIO()
            .start();
    assertThat(tables.waitFor()).as("python3 makes the tables").isZero();
    Files.writeString(
        folder.resolve("pdns.conf"),
        """
        launch=gsqlite3
        gsqlite3-database=%1$s/zones.sqlite
        gsqlite3-dnssec=yes
        module-dir=%2$s/root/usr/lib/x86_64-linux-gnu/pdns
        local-address=127.0.0.1
        local-port=%3$d
        webserver=yes
        webserver-address=127.0.0.1
        webserver-port=%4$d
        webserver-allow-from=127.0.0.1
        api=yes
        api-key=%5$s
        socket-dir=%1$s
        daemon=no
        guardian=no
        security-poll-suffix=
        """
            .formatted(folder, unpacked, RealServer.freePort(), port, KEY));
  }

  @AfterEach
  void end() throws Exception {
    if (pawl != null) {
      pawl.end();
    }
    if (powerdns != null) {
      powerdns.close();
    }
    if (proxy != null) {
      proxy.close();
    }
  }

  @Test
  void nothingIsMadeTwice() throws Exception {
    Path workflow = workflow("one");
    assertThat(run(workflow).succeeded().steps()).containsExactly("tsig CREATED", "dnssec CREATED");
    powerdns.kill();
    powerdns.restart();
    assertThat(run(workflow).succeeded().steps())
        .containsExactly("tsig VERIFIED", "dnssec VERIFIED");
    assertThat(ids(SERVER + "/tsigkeys")).hasSize(1);
    List<String> ours = ids(ZONE + "/cryptokeys");
    assertThat(ours).hasSize(1);
  }

  @Test
  void aReusedIdIsNotOurs() throws Exception {
    Path workflow = workflow("one");
    run(workflow).succeeded();
    List<String> ours = ids(ZONE + "/cryptokeys");
    powerdns.call("DELETE", ZONE + "/cryptokeys/" + ours.getFirst(), null);
    powerdns.call(
        "POST", ZONE + "/cryptokeys", "{\"keytype\": \"csk\", \"algorithm\": \"ECDSAP384SHA384\"}");
    assertThat(ids(ZONE + "/cryptokeys")).as("the id is given again").isEqualTo(ours);

    RunAnswer other =
        RunAnswer.of(
            pawl.run("run", workflow.toString(), "--server", server.address(), "-o", "json"));
    assertThat(other.step("dnssec").path("outcome").asText()).isNotEqualTo("VERIFIED");
    assertThat(ids(ZONE + "/cryptokeys").size()).isLessThanOrEqualTo(2);
  }

  @Test
  void killedBetweenTheWorkAndItsAnswer() throws Exception {
    Path workflow = workflow("two");
    proxy.cut(CuttingProxy.Cut.ANSWER, "POST " + SERVER + "/tsigkeys", 1);
    RunningCommand first =
        pawl.start("run", workflow.toString(), "--server", server.address(), "-o", "json");
    Await.until("the first answer is lost", () -> proxy.cuts() == 1);
    proxy.cut(CuttingProxy.Cut.ANSWER, "POST " + ZONE + "/cryptokeys", 1);
    powerdns.kill();
    powerdns.restart();
    Await.until("the second answer is lost", () -> proxy.cuts() == 1);
    powerdns.kill();
    powerdns.restart();
    first.finish().exits(3);

    Finished again =
        pawl.run("run", workflow.toString(), "--server", server.address(), "-o", "json").exits(3);
    assertThat(RunAnswer.of(again).step("tsig").path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(ids(SERVER + "/tsigkeys")).hasSize(1);
    // The first kill may have come over the second request, before its work was done.
    assertThat(ids(ZONE + "/cryptokeys")).as("in doubt, and no second").hasSizeLessThanOrEqualTo(1);
    JsonNode row =
        pawl.run(
                "data",
                "get",
                "powerdns/server_zone_cryptokey",
                "two",
                "--server",
                server.address(),
                "-o",
                "json")
            .json();
    assertThat(row.path("state").asText()).isEqualTo("IN_DOUBT");
  }

  private Path workflow(String name) throws Exception {
    return Files.writeString(
        home.resolve(name + ".yaml"),
        """
        apiVersion: pawl.dev/v1
        kind: Workflow
        metadata: {name: keys}
        spec:
          steps:
            - id: tsig
              model: powerdns/server_tsigkey
              method: create
              instance: %1$s
              with: {server_id: localhost, name: %1$s, algorithm: hmac-sha256}
            - id: dnssec
              model: powerdns/server_zone_cryptokey
              method: create
              instance: %1$s
              dependsOn: [tsig]
              with:
                {server_id: localhost, zone_id: a.test., keytype: csk, algorithm: ECDSAP256SHA256}
        """
            .formatted(name));
  }

  private RunAnswer run(Path workflow) throws Exception {
    return pawl.runDocument("run", workflow.toString(), "--server", server.address());
  }

  private List<String> ids(String path) throws Exception {
    JsonNode all = new ObjectMapper().readTree(powerdns.call("GET", path, null).body());
    return StreamSupport.stream(all.spliterator(), false)
        .map(each -> each.path("id").asText())
        .toList();
  }
}
