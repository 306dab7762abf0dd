package dev.pawl.server.models;

import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.Connection;
import dev.pawl.model.http.SendGuard;
import dev.pawl.model.http.SendOutcome;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** A connection for those who may only look: what may have an effect is never sent. */
record ReadOnlyConnection(Connection open) implements Connection {
  private static final Set<String> READS = Set.of("GET", "HEAD");

  @Override
  public String name() {
    return open.name();
  }

  @Override
  public String baseUrl() {
    return open.baseUrl();
  }

  @Override
  public Map<String, String> params() {
    return open.params();
  }

  @Override
  public String account() {
    return open.account();
  }

  @Override
  public SendOutcome send(ApiRequest request, SendGuard guard) throws InterruptedException {
    return READS.contains(request.method())
        ? open.send(request, guard)
        : new SendOutcome.NeverSent(
            new IOException("a preview sends nothing but GET, not " + request.describe()));
  }
}
