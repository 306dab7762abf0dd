package dev.pawl.sandbox;

import dev.pawl.sandbox.answer.Answers;
import dev.pawl.sandbox.document.ApiDocument;
import dev.pawl.sandbox.document.DocumentReader;
import dev.pawl.sandbox.http.Replays;
import dev.pawl.sandbox.http.SandboxServer;
import dev.pawl.sandbox.inference.Catalog;
import dev.pawl.sandbox.state.Store;
import java.net.InetSocketAddress;
import java.net.URI;

/**
 * A running simulator of an HTTP API. It answers as the API's OpenAPI document says and remembers
 * what was made; {@code /_sandbox/*} shows what it remembers and arms faults.
 */
public final class Sandbox implements AutoCloseable {
  private final Store store;
  private final SandboxServer server;
  private final String host;

  private Sandbox(Store store, SandboxServer server, String host) {
    this.store = store;
    this.server = server;
    this.host = host;
  }

  /**
   * Starts listening; the sandbox answers when this returns.
   *
   * @throws SandboxException in one plain sentence, when the document is none, the data directory
   *     is in use or damaged, or the port is taken
   */
  public static Sandbox start(SandboxOptions options) {
    ApiDocument document = DocumentReader.read(options.name(), options.document());
    Catalog catalog = Catalog.of(document);
    InetSocketAddress address = new InetSocketAddress(options.host(), options.port());
    if (address.isUnresolved()) {
      throw new SandboxException("The host " + options.host() + " has no address.");
    }
    Store store =
        options
            .dataDirectory()
            .map(directory -> Store.in(directory, options.name()))
            .orElseGet(Store::inMemory);
    try {
      Answers answers =
          new Answers(
              document, catalog, store, options.clock(), options.readyAfter(), options.parents());
      SandboxServer.Auth auth =
          options.auth() == SandboxOptions.Auth.REQUIRED
              ? SandboxServer.Auth.REQUIRED
              : SandboxServer.Auth.ANY_OR_NONE;
      Replays replays =
          new Replays(document.shapes(), options.tokenHeaders(), options.tokenFields());
      SandboxServer server =
          SandboxServer.start(address, document, catalog, store, answers, auth, replays);
      return new Sandbox(store, server, options.host());
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /** Scheme, host and port, without a trailing slash. */
  public URI baseUri() {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + name + ":" + server.address().getPort());
  }

  /**
   * The identity of this sandbox: kept in its data directory, new for every sandbox without one.
   */
  public String uuid() {
    return store.uuid();
  }

  /** Stops answering, then lets go of the data directory. */
  @Override
  public void close() {
    server.close();
    store.close();
  }
}
