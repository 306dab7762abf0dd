package dev.pawl.server.models;

import dev.pawl.model.Failure;
import dev.pawl.model.MethodException;
import dev.pawl.model.Model;
import dev.pawl.model.Reason;
import dev.pawl.model.http.Connection;
import dev.pawl.model.http.ConnectionSettings;
import dev.pawl.model.http.HideCredential;
import dev.pawl.model.http.HttpConnection;
import dev.pawl.model.rest.ApiDescriptor.Auth;
import dev.pawl.model.rest.RestModel;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Where the models' APIs live: one connection per name, opened at first use. */
public final class Connections implements AutoCloseable {
  private final Map<String, ConnectionSettings> settings = new ConcurrentHashMap<>();
  private final Map<String, HideCredential> credentials = new ConcurrentHashMap<>();
  private final Map<Opened, Shared> open = new ConcurrentHashMap<>();

  /** APIs of one name differ in how they take credentials only if their documents do. */
  private record Opened(String name, Auth auth) {}

  /** What callers talk through, and what it is closed by. */
  private record Shared(HttpConnection http, SharedReads reads) {}

  public Connections(Collection<ConnectionSettings> initial) {
    initial.forEach(this::add);
  }

  /**
   * Adds a connection; adding the same again is no change.
   *
   * @throws IllegalArgumentException naming both URLs when the name is taken by another
   */
  public synchronized void add(ConnectionSettings wanted) {
    ConnectionSettings known = settings.putIfAbsent(wanted.name(), wanted);
    if (known != null && !known.equals(wanted)) {
      throw new IllegalArgumentException(
          "connection "
              + wanted.name()
              + " is already "
              + known.baseUrl()
              + params(known)
              + ", so it cannot be "
              + wanted.baseUrl()
              + params(wanted)
              + "; end the server that has it, or use another data directory");
    }
    credentials.putIfAbsent(wanted.name(), new HideCredential(wanted.credential()));
  }

  private static String params(ConnectionSettings connection) {
    return connection.params().isEmpty() ? "" : " with " + new TreeMap<>(connection.params());
  }

  /** Every connection, by name. */
  public List<ConnectionSettings> all() {
    return List.copyOf(new TreeMap<>(settings).values());
  }

  /**
   * The connection that a model talks through.
   *
   * @throws MethodException NO_CONNECTION
   */
  Connection of(Model model) throws MethodException {
    String name = model.descriptor().connection();
    ConnectionSettings found = settings.get(name);
    if (found == null) {
      throw MethodException.notMade(
          Failure.of(
              Reason.NO_CONNECTION,
              "nothing says where the API of "
                  + model.descriptor().type()
                  + " lives; give --connection "
                  + name
                  + "=URL, or --sandbox "
                  + name));
    }
    Auth auth = model instanceof RestModel rest ? rest.resource().api().auth() : Auth.BEARER;
    return open.computeIfAbsent(new Opened(name, auth), o -> shared(found.withAuth(o.auth())))
        .reads();
  }

  private static Shared shared(ConnectionSettings settings) {
    HttpConnection http = new HttpConnection(settings);
    return new Shared(http, new SharedReads(http));
  }

  /** The text without the credential of any connection: a method may have met each of them. */
  String hide(String text) {
    String hidden = text;
    for (HideCredential one : credentials.values()) {
      hidden = one.inText(hidden);
    }
    return hidden;
  }

  @Override
  public void close() {
    open.values().forEach(o -> o.http().close());
  }
}
