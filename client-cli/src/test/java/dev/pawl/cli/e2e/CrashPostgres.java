package dev.pawl.cli.e2e;

import dev.pawl.postgres.EmbeddedPostgres;
import dev.pawl.postgres.PostgresOptions;
import java.io.IOException;
import java.nio.file.Path;

/** A PostgreSQL that can be killed and started anew, at one address behind a proxy that cuts. */
final class CrashPostgres implements CrashStore {
  private final PostgresOptions options;
  private final CuttingProxy proxy;
  private EmbeddedPostgres postgres;

  CrashPostgres(Path directory) throws IOException {
    options = PostgresOptions.in(directory);
    postgres = EmbeddedPostgres.start(options);
    proxy = new CuttingProxy(postgres.port());
  }

  @Override
  public CuttingProxy proxy() {
    return proxy;
  }

  @Override
  public String url() {
    return postgres.jdbcUrl().replace(":" + postgres.port() + "/", ":" + proxy.port() + "/")
        + "?prepareThreshold=0&user="
        + postgres.user()
        + "&password="
        + postgres.password();
  }

  /** {@code kill -9} of the postmaster, and its start on what it has left. */
  @Override
  public void lose(CrashCell.Signal how, Runnable meanwhile) throws Exception {
    int rc = new ProcessBuilder("kill", "-9", Long.toString(postgres.pid())).start().waitFor();
    if (rc != 0) {
      throw new AssertionError("kill -9 of the postmaster ended with " + rc);
    }
    postgres.onExit().get();
    postgres.close();
    postgres = EmbeddedPostgres.start(options);
    proxy.target(postgres.port());
    meanwhile.run();
  }

  @Override
  public void ready() {}

  @Override
  public void close() throws IOException {
    postgres.close();
    proxy.close();
  }
}
