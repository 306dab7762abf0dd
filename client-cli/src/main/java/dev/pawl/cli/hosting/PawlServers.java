package dev.pawl.cli.hosting;

import dev.pawl.cli.failure.CliException;
import dev.pawl.cli.failure.Failure;
import dev.pawl.sandbox.Sandbox;
import dev.pawl.sandbox.SandboxException;
import dev.pawl.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** The servers of this build: the one class that knows the server's and the sandbox's own types. */
final class PawlServers implements Servers {

  @Override
  public HostedServer start(ServerSettings settings) {
    throw new CliException(
        Failure.of("UNIMPLEMENTED", "NOT_IMPLEMENTED", "this build has no server"));
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
        PawlServers.class.getResourceAsStream("/pawl/specs/" + document + ".yaml")) {
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
