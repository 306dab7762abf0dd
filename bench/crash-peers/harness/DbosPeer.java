package dev.pawl.bench;

import dev.pawl.cli.e2e.AdversarialApi;
import dev.pawl.postgres.EmbeddedPostgres;
import dev.pawl.postgres.PostgresOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An application on DBOS Transact for Java, its PostgreSQL beside it. */
final class DbosPeer implements Peer {
  private final boolean keyed;
  private final AdversarialApi api;
  private final Path root;
  private final Path home;
  private final EmbeddedPostgres postgres;
  private final Hooks hooks;
  private final Set<String> asked = new HashSet<>();
  private Child app;

  /**
   * Makes its database.
   *
   * @param keyed whether a step sends an idempotency key derived from the workflow's id
   */
  DbosPeer(boolean keyed, AdversarialApi api, Path root, Path home) throws Exception {
    this.keyed = keyed;
    this.api = api;
    this.root = root;
    this.home = Files.createDirectories(home);
    postgres = EmbeddedPostgres.start(PostgresOptions.in(home.resolve("postgres")));
    hooks = new Hooks(api);
  }

  @Override
  public String name() {
    return keyed ? "DBOS, step with a key" : "DBOS, plain POST";
  }

  @Override
  public Set<String> kinds() {
    return Set.of(kind());
  }

  private String kind() {
    return keyed ? "cards" : "pipes";
  }

  @Override
  public void start() throws Exception {
    Path dbos = root.resolve("bench/crash-peers/dbos/target");
    asked.clear();
    app =
        Child.start(
            home,
            "dbos",
            Map.of(),
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp", dbos.resolve("classes") + ":" + dbos.resolve("lib") + "/*",
                "dev.pawl.bench.DbosFlow",
                postgres.jdbcUrl(), postgres.user(), postgres.password(),
                api.url(), kind(), Boolean.toString(keyed)));
    app.awaitWord("ready\n");
  }

  @Override
  public void kill() throws Exception {
    app.kill();
  }

  @Override
  public void submit(String id) throws Exception {
    tell("start " + id);
  }

  @Override
  public End end(String id) throws Exception {
    if (asked.add(id)) {
      tell("await " + id);
    }
    String said = app.said();
    return said.contains("end " + id + " SUCCEEDED\n")
        ? End.SUCCEEDED
        : said.contains("end " + id + " FAILED\n") ? End.FAILED : null;
  }

  private void tell(String line) throws IOException {
    app.process().getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    app.process().getOutputStream().flush();
  }

  @Override
  public Holds holds() {
    return hooks;
  }

  @Override
  public void close() throws Exception {
    if (app != null) {
      kill();
    }
    postgres.close();
  }
}
