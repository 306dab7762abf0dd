package dev.pawl.campaign;

import dev.pawl.model.Pacer;
import dev.pawl.model.data.DataRepository;
import dev.pawl.model.http.Connection;

/** What stands between a process and its store and API; the true one changes nothing. */
public interface Control {
  /** Everything as in production. */
  Control PRODUCTION = new Control() {};

  /** The store as one process sees it. */
  default DataRepository store(DataRepository store) {
    return store;
  }

  /** The API as one process sees it. */
  default Connection connection(Connection connection, Pacer time) {
    return connection;
  }
}
