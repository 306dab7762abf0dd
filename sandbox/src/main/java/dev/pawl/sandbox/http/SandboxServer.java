package dev.pawl.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pawl.sandbox.SandboxException;
import dev.pawl.sandbox.answer.Answers;
import dev.pawl.sandbox.document.ApiDocument;
import dev.pawl.sandbox.document.JsonText;
import dev.pawl.sandbox.inference.Catalog;
import dev.pawl.sandbox.state.Store;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: one virtual thread per request. */
public final class SandboxServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SandboxServer.class);

  static {
    // Without it the JDK's server holds the second packet of a small answer back for 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    // Seconds. Closing a connection that a client is about to use again looks like a lost answer.
    System.setProperty("sun.net.httpserver.idleInterval", "600");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "2000");
  }

  /** Whether a request must carry a credential of the documented kind. */
  public enum Auth {
    ANY_OR_NONE,
    REQUIRED
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final ApiEndpoints api;
  private final ControlEndpoints control;

  private SandboxServer(HttpServer server, ApiEndpoints api, ControlEndpoints control) {
    this.server = server;
    this.api = api;
    this.control = control;
    this.threads = Executors.newVirtualThreadPerTaskExecutor();
  }

  /** Throws SandboxException when the address is taken or not this machine's. */
  public static SandboxServer start(
      InetSocketAddress address,
      ApiDocument document,
      Catalog catalog,
      Store store,
      Answers answers,
      Auth auth,
      Replays replays) {
    RequestLog log = new RequestLog();
    Faults faults = new Faults();
    ApiEndpoints.Door door =
        auth == Auth.REQUIRED ? ApiEndpoints.Door.GUARDED : ApiEndpoints.Door.OPEN;
    ApiEndpoints api =
        new ApiEndpoints(
            document, catalog, answers, door, log, faults, replays, SandboxServer::sleep);
    ControlEndpoints control = new ControlEndpoints(document, store, answers, log, faults);
    SandboxServer server = new SandboxServer(bind(address), api, control);
    server.server.createContext("/", server::handle);
    server.server.setExecutor(server.threads);
    server.server.start();
    return server;
  }

  private static HttpServer bind(InetSocketAddress address) {
    try {
      return HttpServer.create(address, 1024);
    } catch (IOException e) {
      throw new SandboxException(
          "The sandbox can't listen on "
              + address.getHostString()
              + " port "
              + address.getPort()
              + " ("
              + e.getMessage()
              + "); stop what listens there or choose another port.",
          e);
    }
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public InetSocketAddress address() {
    return server.getAddress();
  }

  private void handle(HttpExchange http) {
    Exchange exchange = new Exchange(http);
    try {
      Optional<byte[]> body = exchange.body();
      if (ControlEndpoints.own(exchange.path())) {
        control.handle(exchange, body.orElseGet(() -> new byte[0]));
      } else {
        api.handle(exchange, body);
      }
    } catch (IOException gone) {
      LOG.debug("the client of {} {} has gone", exchange.method(), exchange.path(), gone);
      exchange.drop();
    } catch (RuntimeException e) {
      LOG.warn("{} {} failed; answering 500", exchange.method(), exchange.path(), e);
      fail(exchange, e);
    }
  }

  private static void fail(Exchange exchange, RuntimeException e) {
    try {
      String message =
          e instanceof SandboxException ? String.valueOf(e.getMessage()) : e.toString();
      byte[] body =
          JsonText.print(
              JsonText.object()
                  .put("id", "server_error")
                  .put("message", "The sandbox failed: " + message));
      exchange.send(500, "application/json", body, Map.of());
    } catch (IOException gone) {
      exchange.drop();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
