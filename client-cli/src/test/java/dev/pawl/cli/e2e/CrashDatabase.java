package dev.pawl.cli.e2e;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What only Pawl's tables tell. */
record CrashDatabase(String url) {

  /** Where the runs are executed, the busiest server first. */
  List<String> executors(Collection<String> runs) throws SQLException {
    return strings(
        "select e.address from run r join executor e using (executor_id) where r.run_id = any (?)"
            + " group by e.address order by count(*) desc",
        runs);
  }

  /** Which of the runs are executed there. */
  List<String> runsAt(String address, Collection<String> runs) throws SQLException {
    List<String> here = new ArrayList<>();
    for (String run : runs) {
      if (executors(List.of(run)).contains(address)) {
        here.add(run);
      }
    }
    return here;
  }

  /** The ids of the executors at that address, one more each time it has come back. */
  List<String> lives(String address) throws SQLException {
    return strings("select executor_id from executor where address = any (?)", List.of(address));
  }

  /** How often an object of that instance was recorded as made by its own create. */
  long created(String instance) throws SQLException {
    return strings(
            "select outcome from resource_version where instance = any (?)"
                + " and outcome = 'CREATED'",
            List.of(instance))
        .size();
  }

  /** How many of the instances are stored as present. */
  int present(Collection<String> instances) throws SQLException {
    return strings(
            "select instance from resource where instance = any (?) and state = 'PRESENT'",
            instances)
        .size();
  }

  private List<String> strings(String sql, Collection<String> parameter) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, connection.createArrayOf("text", parameter.toArray()));
      List<String> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
      return found;
    }
  }
}
