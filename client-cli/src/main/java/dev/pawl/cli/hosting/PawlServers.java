package dev.pawl.cli.hosting;

import dev.pawl.cli.failure.CliException;
import dev.pawl.cli.failure.Failure;
import dev.pawl.cli.remote.HostPort;
import dev.pawl.model.http.ConnectionSettings;
import dev.pawl.model.rest.ApiDescriptor;
import dev.pawl.postgres.DataDirectoryLocked;
import dev.pawl.postgres.PostgresException;
import dev.pawl.sandbox.Sandbox;
import dev.pawl.sandbox.SandboxException;
import dev.pawl.sandbox.SandboxOptions;
import dev.pawl.schema.SchemaException;
import dev.pawl.server.PawlServer;
import dev.pawl.server.api.GrpcServer;
import dev.pawl.server.config.ConfigException;
import dev.pawl.server.config.ReadConfig;
import dev.pawl.server.config.ServerOptions;
import dev.pawl.server.models.LoadModels;
import dev.pawl.server.store.postgres.DatabaseUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The servers of this build: the one class that knows the server's and the sandbox's own types. */
final class PawlServers implements Servers {

  @Override
  public HostedServer start(ServerSettings settings) {
    try {
      return new RunningServer(settings.listen(), PawlServer.start(options(settings), List.of()));
    } catch (DataDirectoryLocked e) {
      throw refused("DATA_DIRECTORY_LOCKED", e);
    } catch (PostgresException | SchemaException | DatabaseUnavailable e) {
      throw refused("DATABASE", e);
    } catch (GrpcServer.StartFailed e) {
      throw refused("PORT", e);
    } catch (LoadModels.ModelsException e) {
      throw refused("MODELS", e);
    } catch (ConfigException | IllegalArgumentException e) {
      throw CliException.usage(String.valueOf(e.getMessage()));
    }
  }

  private static CliException refused(String reason, RuntimeException e) {
    return new CliException(
        Failure.of("FAILED_PRECONDITION", reason, String.valueOf(e.getMessage())), e);
  }

  /** The defaults, then the file, then what was given on the command line. */
  private static ServerOptions options(ServerSettings settings) {
    ServerOptions options = ServerOptions.in(settings.dataDir());
    if (settings.configFile().isPresent()) {
      options = ReadConfig.run(settings.configFile().get(), options, System::getenv);
    }
    boolean defaultHost = settings.listen().equals(ServerOptions.LOOPBACK);
    boolean defaultPort = settings.port() == ServerOptions.DEFAULT_PORT;
    options =
        options.withAddress(
            defaultHost ? options.listen() : settings.listen(),
            defaultPort ? options.port() : settings.port());
    if (settings.databaseUrl().isPresent()) {
      options = options.withDatabaseUrl(settings.databaseUrl().get());
    }
    if (settings.modelsDir().isPresent()) {
      options = options.withModelsDir(settings.modelsDir().get());
    }
    List<ConnectionSettings> connections = new ArrayList<>(options.connections());
    for (ApiConnection given : settings.connections()) {
      connections.removeIf(c -> c.name().equals(given.name()));
      connections.add(connection(given));
    }
    return options.withConnections(connections);
  }

  /** How the credential is presented is the model's to say. */
  private static ConnectionSettings connection(ApiConnection given) {
    return new ConnectionSettings(
        given.name(),
        given.url().toString(),
        given.account().orElse(null),
        ApiDescriptor.Auth.BEARER,
        given.token().orElse(null),
        ConnectionSettings.CONNECT_TIMEOUT);
  }

  private record RunningServer(String host, PawlServer server) implements HostedServer {
    @Override
    public HostPort address() {
      return new HostPort(host, server.port());
    }

    @Override
    public boolean isIdle() {
      return server.isIdle();
    }

    @Override
    public void connect(ApiConnection connection) {
      try {
        server.connect(PawlServers.connection(connection));
      } catch (IllegalArgumentException e) {
        throw CliException.usage(String.valueOf(e.getMessage()));
      }
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

  private record RunningSandbox(String name, Sandbox sandbox) implements HostedSandbox {
    @Override
    public ApiConnection connection() {
      return new ApiConnection(
          name, sandbox.baseUri(), Optional.empty(), Optional.of(sandbox.uuid()));
    }

    @Override
    public void close() {
      sandbox.close();
    }
  }
}
