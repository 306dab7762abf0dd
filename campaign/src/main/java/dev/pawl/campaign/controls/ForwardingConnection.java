package dev.pawl.campaign.controls;

import dev.pawl.model.http.Connection;
import java.util.Map;

/** A connection that changes nothing but what becomes of a request. */
abstract class ForwardingConnection implements Connection {
  final Connection api;

  ForwardingConnection(Connection api) {
    this.api = api;
  }

  @Override
  public String name() {
    return api.name();
  }

  @Override
  public String baseUrl() {
    return api.baseUrl();
  }

  @Override
  public Map<String, String> params() {
    return api.params();
  }

  @Override
  public String account() {
    return api.account();
  }
}
