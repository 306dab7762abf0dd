package dev.pawl.cli.hosting;

import dev.pawl.cli.failure.CliException;
import dev.pawl.cli.failure.Failure;
import dev.pawl.cli.remote.HostPort;
import dev.pawl.model.http.ConnectionSettings;
import dev.pawl.model.rest.ApiDescriptor.Auth;
import dev.pawl.postgres.DataDirectoryLocked;
import dev.pawl.postgres.PostgresException;
import dev.pawl.sandbox.DocumentException;
import dev.pawl.sandbox.Sandbox;
import dev.pawl.sandbox.SandboxException;
import dev.pawl.sandbox.SandboxOptions;
import dev.pawl.schema.SchemaException;
import dev.pawl.server.PawlServer;
import dev.pawl.server.api.GrpcServer;
import dev.pawl.server.config.ServerOptions;
import dev.pawl.server.models.LoadModels;
import dev.pawl.server.store.postgres.DatabaseUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** The servers of this build: the one class that knows the server's and the sandbox's own types. */
final class PawlServers implements Servers {

  @Override
  public HostedServer start(ServerOptions options) {
    try {
      return new RunningServer(options.listen(), PawlServer.start(options, List.of()));
    } catch (DataDirectoryLocked e) {
      throw refused("DATA_DIRECTORY_LOCKED", e);
    } catch (PostgresException | SchemaException | DatabaseUnavailable e) {
      throw refused("DATABASE", e);
    } catch (GrpcServer.StartFailed e) {
      throw refused("PORT", e);
    } catch (LoadModels.ModelsException e) {
      // The same as for the commands that load models themselves: what was given is wrong.
      throw new CliException(
          Failure.of("INVALID_ARGUMENT", "MODELS", String.valueOf(e.getMessage())), e);
    }
  }

  private static CliException refused(String reason, RuntimeException e) {
    return new CliException(
        Failure.of("FAILED_PRECONDITION", reason, String.valueOf(e.getMessage())), e);
  }

  @Override
  public HostedSandbox startSandbox(SandboxSettings settings) {
    try {
      SandboxOptions options =
          document(settings.document()).port(settings.port()).readyAfter(settings.readyAfter());
      settings.dataDir().ifPresent(options::dataDirectory);
      if (settings.credentials() == SandboxSettings.Credentials.REQUIRED) {
        options.requireAuth();
      }
      return new RunningSandbox(settings.name(), Sandbox.start(options));
    } catch (DocumentException e) {
      throw new CliException(
          Failure.of("INVALID_ARGUMENT", "SANDBOX", String.valueOf(e.getMessage())), e);
    } catch (SandboxException e) {
      throw new CliException(
          Failure.of("FAILED_PRECONDITION", "SANDBOX", String.valueOf(e.getMessage())), e);
    }
  }

  /** A name is one of the documents that come with the models; anything else is a file. */
  private static SandboxOptions document(String document) {
    if (!document.matches("[a-z0-9][a-z0-9_-]*") || Path.of(document).toFile().isFile()) {
      return SandboxOptions.forFile(Path.of(document));
    }
    try (InputStream in =
        PawlServers.class.getResourceAsStream("/META-INF/pawl/specs/" + document + ".yaml")) {
      if (in == null) {
        throw CliException.usage(
            "there is no API named '%s' in this build: give the path of its OpenAPI document"
                .formatted(document));
      }
      return SandboxOptions.forStream(document, in);
    } catch (IOException e) {
      throw new CliException(
          Failure.of("INTERNAL", "INTERNAL", "cannot read this build's document " + document), e);
    }
  }

  private record RunningServer(String host, PawlServer server) implements HostedServer {
    @Override
    public HostPort address() {
      return new HostPort(host, server.port());
    }

    @Override
    public String installationId() {
      return server.installationId();
    }

    @Override
    public boolean isIdle() {
      return server.isIdle();
    }

    @Override
    public void connect(ConnectionSettings connection) {
      try {
        server.connect(connection);
      } catch (IllegalArgumentException e) {
        throw new CliException(
            Failure.of("ALREADY_EXISTS", "CONNECTION_TAKEN", String.valueOf(e.getMessage())), e);
      }
    }

    @Override
    public void allowCommands(Collection<String> names) {
      server.allowCommands(names);
    }

    @Override
    public void awaitTermination() throws InterruptedException {
      server.awaitTermination();
    }

    @Override
    public void close() {
      server.close();
    }
  }

  private record RunningSandbox(String name, Sandbox sandbox) implements HostedSandbox {
    @Override
    public ConnectionSettings connection() {
      return new ConnectionSettings(
          name,
          sandbox.baseUri().toString(),
          sandbox.uuid(),
          Auth.BEARER,
          null,
          ConnectionSettings.CONNECT_TIMEOUT);
    }

    @Override
    public void close() {
      sandbox.close();
    }
  }
}
