package dev.pawl.server.store.postgres.query;

import dev.pawl.model.Json;
import dev.pawl.server.store.Idempotency;
import dev.pawl.server.store.KnownKey;
import dev.pawl.server.store.StartAnswer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the keys of many starts stand for, where they are likely to be known. */
public final class KnownKeysStatement {
  /** What is said of a key {@code k} to whoever asks with {@code g.fingerprint}. */
  static final String SAID =
      """
      k.run_id, k.subject, k.fingerprint,
        case when k.fingerprint <> g.fingerprint then k.request end,
        k.request is null or k.expires_at <= now(),
        (select r.status = 'SUCCEEDED' and r.archived_at is null
          from run r where r.namespace = g.namespace and r.run_id = k.run_id)
      """;

  private static final String SQL =
      "select g.n, "
          + SAID
          + """
          from json_to_recordset(?) as g(n int8, namespace text, rpc text, key text,
            fingerprint text)
          join idempotency_key k on k.namespace = g.namespace and k.rpc = g.rpc and k.key = g.key
          where g.n between 1 and 1000
          """;

  private KnownKeysStatement() {}

  /** A key that a start is asked with. */
  public record Asked(String namespace, Idempotency key) {}

  /** For each whether it is known, and for what. */
  public static List<Optional<StartAnswer.Known>> read(Connection connection, List<Asked> keys)
      throws SQLException {
    List<Optional<StartAnswer.Known>> answers = new ArrayList<>();
    Rows rows = new Rows();
    for (Asked asked : keys) {
      answers.add(Optional.empty());
      rows.begin().put("n", answers.size()).put("namespace", asked.namespace());
      rows.put("rpc", asked.key().rpc()).put("key", asked.key().key());
      rows.put("fingerprint", asked.key().fingerprint()).end();
    }
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      rows.bind(statement, 1);
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          answers.set((int) found.getLong(1) - 1, Optional.ofNullable(known(found, 2)));
        }
      }
    }
    return answers;
  }

  /**
   * Reads {@link #SAID}.
   *
   * @param first its first column
   * @return null where there is no such key
   */
  static StartAnswer.@Nullable Known known(ResultSet row, int first) throws SQLException {
    String fingerprint = row.getString(first + 2);
    if (fingerprint == null) {
      return null;
    }
    String request = row.getString(first + 3);
    KnownKey key =
        KeyStatements.known(
            row.getString(first),
            row.getString(first + 1),
            fingerprint,
            request == null ? null : Json.parse(request),
            null,
            row.getBoolean(first + 4));
    return new StartAnswer.Known(key, row.getBoolean(first + 5));
  }
}
