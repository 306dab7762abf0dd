package dev.pawl.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client that was written from the .proto files alone, against this server. */
@Timeout(300)
class NodeClientTest {
  /** What {@code test.sh} exits with where it can't run. */
  private static final int COULD_NOT_RUN = 75;

  @TempDir Path home;
  private Pawl pawl;

  @BeforeEach
  void start() {
    pawl = new Pawl(home);
  }

  @AfterEach
  void end() throws Exception {
    pawl.end();
  }

  @Test
  void itRunsWatchesAndClaims() throws Exception {
    SandboxProcess api = pawl.sandbox();
    PawlServerProcess server =
        pawl.server(
            pawl.dataDirectory("data"), "--port", "0", "--connection", "digitalocean=" + api.url());
    Path log = home.resolve("node.log");
    ProcessBuilder tests =
        new ProcessBuilder("sh", Path.of("..", "clients", "node", "test.sh").toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    tests.environment().put("PAWL_SERVER", server.address());
    tests.environment().put("PAWL_WORKFLOW", WebTier.file().toString());
    Process process = tests.start();
    boolean ended = process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    process.destroyForcibly().waitFor();

    String said = Files.readString(log);
    assertThat(ended).as("ended in time: %s", said).isTrue();
    assumeTrue(
        process.exitValue() != COULD_NOT_RUN || System.getenv("PAWL_REQUIRE_NODE") != null,
        "skipped: " + said);
    assertThat(process.exitValue()).as("%s", said).isZero();
    assertThat(api.postsAfter(0)).isEqualTo(WebTier.POSTS);
  }
}
