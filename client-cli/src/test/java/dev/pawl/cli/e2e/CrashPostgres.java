package dev.pawl.cli.e2e;

import dev.pawl.postgres.EmbeddedPostgres;
import dev.pawl.postgres.PostgresOptions;
import java.io.IOException;
import java.nio.file.Path;

/** A PostgreSQL that can be killed and started anew, at one address behind a proxy that cuts. */
final class CrashPostgres implements AutoCloseable {
  private final PostgresOptions options;
  private final CuttingProxy proxy;
  private EmbeddedPostgres postgres;

  CrashPostgres(Path directory) throws IOException {
    options = PostgresOptions.in(directory);
    postgres = EmbeddedPostgres.start(options);
    proxy = new CuttingProxy(postgres.port());
  }

  CuttingProxy proxy() {
    return proxy;
  }

  /** With user and password; the same as long as this lives. */
  String url() {
    return postgres.jdbcUrl().replace(":" + postgres.port() + "/", ":" + proxy.port() + "/")
        + "?prepareThreshold=0&user="
        + postgres.user()
        + "&password="
        + postgres.password();
  }

  /** {@code kill -9} of the postmaster, and its start on what it has left. */
  void killAndRestart() throws Exception {
    int rc = new ProcessBuilder("kill", "-9", Long.toString(postgres.pid())).start().waitFor();
    if (rc != 0) {
      throw new AssertionError("kill -9 of the postmaster ended with " + rc);
    }
    postgres.onExit().get();
    postgres.close();
    postgres = EmbeddedPostgres.start(options);
    proxy.target(postgres.port());
  }

  @Override
  public void close() throws IOException {
    postgres.close();
    proxy.close();
  }
}
