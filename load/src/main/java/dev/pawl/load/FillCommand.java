package dev.pawl.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "fill",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true,
    description =
        "Fills the tables of a database that a server has made with runs that have ended, and with"
            + " as many resources. Prints a line of JSON.")
final class FillCommand implements Callable<Integer> {
  /** What one commit makes. */
  private static final long AT_ONCE = 50_000;

  @Option(names = "--database-url", required = true, paramLabel = "jdbc:…")
  String databaseUrl = "";

  @Option(names = "--to", required = true, description = "How many runs there shall be then.")
  long to;

  public static void main(String[] args) {
    System.exit(new CommandLine(new FillCommand()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    long started = System.nanoTime();
    try (Connection connection = DriverManager.getConnection(databaseUrl);
        Statement statement = connection.createStatement()) {
      // Nothing of it must survive a crash.
      statement.execute("set synchronous_commit = off");
      long there =
          number(statement, "select count(*) from resource where model_type = 'filled/thing'");
      long first = there;
      while (there < to) {
        long next = Math.min(to, there + AT_ONCE);
        statement.execute(
            script()
                .replace(":from", Long.toString(there + 1))
                .replace(":to", Long.toString(next)));
        there = next;
      }
      statement.execute("vacuum (freeze, analyze)");
      statement.execute("checkpoint");
      System.out.printf(
          "{\"filled\":%d,\"from\":%d,\"seconds\":%d,\"bytes\":%d}%n",
          there,
          first,
          (System.nanoTime() - started) / 1_000_000_000,
          number(statement, "select pg_database_size(current_database())"));
    }
    return 0;
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }

  private static String script() throws IOException {
    try (InputStream in = FillCommand.class.getResourceAsStream("fill.sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
